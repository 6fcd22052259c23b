"""What a typed line was understood to mean, or why it could not be read.

A `Reading` is the normal form of a request: the canonical command and its typed fields. A
`Misread` is the grammar's own refusal: which token, what kind of mistake, and the line that
would have been right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from core.errors import Refusal
from core.margin.pool import Side
from core.margin.sizing import Size as TypedSize
from core.margin.sizing import SizeKind
from core.market import Symbol

__all__ = [
    "Context",
    "Defaults",
    "Misread",
    "Note",
    "Reading",
    "SizeKind",
    "TypedFill",
    "TypedLeg",
    "TypedSize",
]


@dataclass(frozen=True, slots=True)
class TypedLeg:
    """One leg of a `hedge` line; `size` None takes the default."""

    side: Side
    symbol: Symbol
    leverage: Decimal | None = None
    size: TypedSize | None = None
    entry: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TypedFill:
    """One fill of an `avg` line: how much (quantity or margin) at which price (quote per base)."""

    size: TypedSize
    price: Decimal


class Note(NamedTuple):
    """Something the reader should know about the reading (a typo mended, a default taken).

    `code` names it, `fields` are texts and numbers; words come later (`bot.chat.notes`).
    """

    code: str
    fields: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """A line understood.

    `values` holds the fields by name (see `bot.chat.words.FIELDS`), defaults filled in;
    `assumed` names those that were not typed. `size` values are `TypedSize`.
    """

    command: str
    values: Mapping[str, object]
    assumed: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is taken for a field nobody typed: the person's settings over the bot's."""

    leverage: Decimal = Decimal(10)
    wallet: Decimal = Decimal(10000)
    margin: Decimal | None = None
    venue: str = "binance"
    mode: str = "isolated"


@dataclass(frozen=True, slots=True)
class Context:
    """What a line is read against.

    `marks` by symbol (quote per base). `addressed` says that the text was meant for the bot
    (a mention, a reply, a button); `bot_name` is its name on the platform, or empty. `meant` says
    that a line is one of ours, which names contracts as they are called.
    """

    marks: Mapping[str, Decimal] = field(default_factory=dict)
    defaults: Defaults = Defaults()
    private: bool = True
    addressed: bool = False
    bot_name: str = ""
    meant: bool = False


@dataclass(eq=False)
class Misread(Refusal):
    """A line that could not be read: `kind` is one of the error kinds, `token` what stood there.

    `suggestion` is a corrected line to copy, `options` are lines to choose from (label to line),
    `hint` is a short machine word that narrows the kind (or empty).
    """

    kind: str
    token: str = ""
    hint: str = ""
    suggestion: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def fields(self) -> Mapping[str, object]:
        """Return token, hint and suggestion."""
        return {"token": self.token, "hint": self.hint, "suggestion": self.suggestion}
