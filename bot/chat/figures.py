"""Numbers as a reply carries them: typed, unrounded, without a locale.

A command never formats. It hands over what a number *is* (money, a price, a share), and the one
formatter (`bot.chat.render`) decides digits, separators and signs for the reader.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.money import display


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in quote units; `signed` shows a plus; `unit` empty hides the unit."""

    value: Decimal
    unit: str = ""
    signed: bool = False
    whole: bool = False
    """Print without decimals where the value has none (settings: "10,000")."""


@dataclass(frozen=True, slots=True)
class PriceOf:
    """A price, printed to the digits of `tick`; None is "none"."""

    value: Decimal | None
    tick: Decimal


@dataclass(frozen=True, slots=True)
class Percent:
    """A share as a fraction (0.1 is 10 %), printed with `places` digits."""

    value: Decimal
    places: int = 2
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """A quantity in base units, printed without trailing zeros."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Times:
    """A leverage: `10x`."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """A plain whole number or factor."""

    value: Decimal | int


def exact(value: Decimal) -> Count:
    """A number with all the digits that matter, eight decimals at most."""
    return Count(display(value, 8))


@dataclass(frozen=True, slots=True)
class Age:
    """A span in seconds, printed in the largest sensible unit."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, printed in UTC with the suffix (or the reader's zone).

    `brief` ones show weekday and time only: for columns, beside a full one.
    """

    value: datetime
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    value: date


@dataclass(frozen=True, slots=True)
class Code:
    """Text to copy: a command, a symbol as typed."""

    value: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the bot's own, already translated (a venue's name, a side)."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a person wrote or is called: normalised and escaped before it is shown."""

    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a chat's hosts wrote for everybody: shown whole, but it can ring nobody.

    Links stay: whether there may be any was decided when it was kept.
    """

    value: str


Figure = (
    Money
    | PriceOf
    | Percent
    | Size
    | Times
    | Count
    | Age
    | Moment
    | Day
    | Code
    | Label
    | Name
    | Said
)
"""Anything that may stand in a sentence or a cell."""
