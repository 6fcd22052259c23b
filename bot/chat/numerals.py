"""How a reader writes numbers: separators, digits, signs, times.

Every figure of a reply passes through here once. Rounding for display is half to even, except
prices, which arrive already placed on their tick on the careful side.
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from functools import cache

from bot.chat.figures import (
    Age,
    Code,
    Count,
    Day,
    Figure,
    Label,
    Moment,
    Money,
    Name,
    Percent,
    PriceOf,
    Said,
    Size,
    Times,
)
from bot.chat.names import clean, harmless
from core.money import display

_CENT = Decimal("0.01")
_SECONDS = ((86400, "d"), (3600, "h"), (60, "min"))


class Numerals:
    """Writes figures for one locale and zone; `translate` words what is not a number."""

    def __init__(
        self, locale: str = "en", zone: tzinfo = UTC, translate: Callable[[str], str] = str
    ) -> None:
        """Look the locale's separators up once."""
        self._group, self._point = separators(locale)
        self._zone = zone
        self._ = translate

    def figure(self, figure: Figure) -> str:
        """Return a figure as text."""
        match figure:
            case Money() | PriceOf() | Percent() | Size():
                return self._quantity(figure)
            case Code(value) | Label(value):
                return value
            case Times(value):
                return self.plain(value) + "x"
            case Count(value):
                return self.plain(Decimal(value))
            case Age(seconds):
                return self.age(seconds)
            case Moment(value, brief):
                return self.brief(value) if brief else self.moment(value)
            case Day(value):
                return f"{value:%Y-%m-%d}"
            case Name(value):
                return clean(value)
            case Said(value):
                return harmless(value)

    def _quantity(self, figure: Money | PriceOf | Percent | Size) -> str:
        match figure:
            case Money():
                return self.money(figure)
            case PriceOf():
                return self.price(figure)
            case Percent():
                text = self.number(figure.value * 100, figure.places, signed=figure.signed)
                return text + "%"
            case Size():
                text = self.plain(figure.value)
                return f"{text} {figure.unit}" if figure.unit else text

    def number(self, value: Decimal, places: int, *, signed: bool = False) -> str:
        """Return a number with exactly `places` decimals; a rounded zero has no sign."""
        shown = display(value, places)
        if not shown:
            shown = abs(shown)
        text = f"{shown:+,f}" if signed and shown else f"{shown:,f}"
        return self._local(text)

    def plain(self, value: Decimal) -> str:
        """Return a number with the decimals it has and no trailing zeros."""
        text = f"{value:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return self._local(text)

    def _local(self, text: str) -> str:
        if self._group == "," and self._point == ".":
            return text
        return text.translate({44: self._group, 46: self._point})

    def money(self, figure: Money) -> str:
        """Two decimals; none where asked and whole; more where cents would hide the amount."""
        value = figure.value
        places = 2
        if figure.whole and value == value.to_integral_value():
            places = 0
        elif value and abs(value) < _CENT:
            places = min(8, 1 - value.adjusted())
        text = self.number(value, places, signed=figure.signed)
        return f"{text} {figure.unit}" if figure.unit else text

    def price(self, figure: PriceOf) -> str:
        """The digits of the tick, or "none"."""
        if figure.value is None:
            return self._("none")
        return self.number(figure.value, max(0, -int(figure.tick.normalize().as_tuple().exponent)))

    def age(self, seconds: int) -> str:
        """A span in its largest unit."""
        for span, unit in _SECONDS:
            if seconds >= span:
                return f"{seconds // span} {unit}"
        return f"{max(0, seconds)} s"

    def moment(self, value: datetime) -> str:
        """A time to the minute with its zone's name."""
        local = value.astimezone(self._zone)
        return f"{local:%Y-%m-%d %H:%M} {local.tzname()}"

    def brief(self, value: datetime) -> str:
        """A weekday and a time, without the zone."""
        return f"{value.astimezone(self._zone):%a %H:%M}"


@cache
def separators(locale: str) -> tuple[str, str]:
    """Return the group separator and the decimal mark of a locale (Babel's data)."""
    if locale.replace("-", "_").split("_", 1)[0] == "en":
        return ",", "."
    from babel import Locale, UnknownLocaleError, numbers  # noqa: PLC0415 - 9 MB, other locales only

    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return ",", "."
    return numbers.get_group_symbol(known), numbers.get_decimal_symbol(known)
