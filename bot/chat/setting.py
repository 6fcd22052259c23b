"""One of a person's settings: `leverage 20`, `wallet = 5k`, `venue bybit`, `default`.

A value beyond its range is answered with the range and the nearest value inside it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, NoReturn
from zoneinfo import ZoneInfo

from bot.chat.amounts import HIGHEST_LEVERAGE
from bot.chat.lexicon import LEXICON, Kind
from bot.chat.line import Line
from bot.chat.numbers import likely, read_number, write_number
from bot.chat.reading import Misread
from bot.chat.words import SETTING_KEYS, VENUE_NAMES
from core.money import ONE, ZERO

LARGEST = Decimal("1e10")
"""More than this is no wallet; it also keeps every sum inside the ledger's columns (quote)."""

_SAMPLES = {
    "leverage": "20",
    "margin": "500",
    "wallet": "5000",
    "fee": "0.05%",
    "venue": "bybit",
    "zone": "Europe/Berlin",
    "confirm": "on",
    "mistakes": "on",
}
_OFFERED = {
    "leverage": ("5", "10", "20"),
    "venue": VENUE_NAMES,
    "zone": ("Europe/Berlin", "America/New_York", "UTC"),
    "confirm": ("on", "off"),
    "mistakes": ("on", "off"),
}
"""What is offered where no value, or none that can be, was typed."""
_ALIASES = {"lev": "leverage", "bal": "wallet", "balance": "wallet", "reset": "default"}
_PARTS = re.compile(r"([^\s=:]+)\s*[=:]?\s*(?:to\b)?\s*[=:]?\s*(.*)", re.DOTALL | re.IGNORECASE)


class _Said(NamedTuple):
    """A key and what was typed behind it."""

    line: Line
    key: str
    typed: str

    def fail(self, kind: str, values: Iterable[str], hint: str = "") -> NoReturn:
        """Raise a `Misread` that offers other values of the same key."""
        lines = tuple((value, self.line.say((f"{self.key} {value}",))) for value in values)
        raise Misread(kind, self.typed, hint or self.key, lines[0][1], lines)

    def number(self, text: str) -> Decimal:
        """Return what was typed as a number. Raises `Misread` with the one it may have been."""
        number = read_number(text)
        if number is None:
            meant = likely(text)
            self.fail("bad_number", (meant or _SAMPLES[self.key],), meant)
        return number


def read_setting(line: Line) -> dict[str, object]:
    """Return key and value, or nothing of an empty line. Raises `Misread`."""
    found = _PARTS.fullmatch(" ".join(line.words).strip(" =:"))
    if found is None:
        return {}
    key, typed = found[1].lower(), found[2].strip()
    key = _ALIASES.get(key, key)
    if key not in SETTING_KEYS:
        _unknown(line, found[1])
    if key == "default":
        if typed:  # whoever names one setting does not mean all of them
            named = typed.split()[0].lower()
            if _ALIASES.get(named, named) not in SETTING_KEYS:
                _unknown(line, typed)
            raise Misread("unknown_token", typed, suggestion=line.say((typed,)))
        return {"key": key}
    if not typed:
        _Said(line, key, "").fail("missing_amount", _OFFERED.get(key, (_SAMPLES[key],)))
    return {"key": key, "value": _VALUES[key](_Said(line, key, typed))}


def _unknown(line: Line, word: str) -> NoReturn:
    """A key that is none; a bare number may be a leverage, a wallet or a margin."""
    number = read_number(word.lower().removesuffix("x"))
    said = ["leverage 20", "wallet 5000"]
    if number is not None and number > ZERO:
        text = write_number(number)
        said = [f"wallet {text}", f"margin {text}"]
        if number <= HIGHEST_LEVERAGE:
            said.insert(0, f"leverage {text}")
    options = tuple((words, line.say((words,))) for words in said)
    raise Misread("unknown_token", word, suggestion=options[0][1], options=options)


def _leverage(said: _Said) -> Decimal:
    """1 to 125, two decimals at most."""
    number = said.number(said.typed.lower().strip("x "))
    nearest = min(max(number, ONE), HIGHEST_LEVERAGE).quantize(Decimal("0.01"))
    if number != nearest:
        said.fail("leverage_out_of_range", (f"{write_number(nearest)}x",))
    return _kept(number)


def _money(said: _Said) -> Decimal:
    """An amount in USDT, above zero."""
    if said.typed.endswith("%"):
        said.fail("unknown_token", (_SAMPLES[said.key],), "money")
    number = said.number(said.typed.upper().removesuffix("USDT").lower())
    if number > LARGEST:
        said.fail("bad_number", (write_number(LARGEST),), "too_large")
    kept = _kept(max(number, -LARGEST))
    if kept <= ZERO:
        nearest = write_number(-kept) if kept else _SAMPLES[said.key]
        said.fail("not_positive", (nearest,))
    return kept


def _fee(said: _Said) -> Decimal:
    """A rate in percent, 0 to 1."""
    number = said.number(said.typed.removesuffix("%"))
    if not ZERO <= number <= ONE:
        said.fail("percent_out_of_range", ("1%" if number > ONE else "0%",))
    return number


def _venue(said: _Said) -> str:
    """A venue's id, by its name or a short one."""
    sense = LEXICON.get(said.typed.lower())
    if sense is None or sense.kind is not Kind.VENUE:
        said.fail("unknown_token", _OFFERED[said.key])
    return sense.name


def _switch(said: _Said) -> bool:
    """On or off."""
    meant = {"on": True, "yes": True, "off": False, "no": False}.get(said.typed.lower())
    if meant is None:
        said.fail("unknown_token", _OFFERED[said.key])
    return meant


def _zone(said: _Said) -> str:
    """An IANA zone's name, whatever its capitals."""
    typed = said.typed
    if len(typed) <= 40 and re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*", typed):
        for name in (typed, typed.title(), typed.upper()):
            try:
                return ZoneInfo(name).key
            except (KeyError, ValueError, OSError):
                continue
    return said.fail("unknown_token", _OFFERED[said.key])


def _kept(number: Decimal) -> Decimal:
    """Cut a setting to the eight decimals that are kept."""
    return number.quantize(Decimal("1e-8")).normalize() + ZERO


_VALUES: Mapping[str, Callable[[_Said], object]] = {
    "leverage": _leverage,
    "margin": _money,
    "wallet": _money,
    "fee": _fee,
    "venue": _venue,
    "zone": _zone,
    "confirm": _switch,
    "mistakes": _switch,
}
