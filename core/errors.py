"""Refusals: what a person can put right, as a code with fields and never as prose.

    Refusal
    ├── UnknownVenue        no such venue here
    ├── UnknownSymbol       the venue's table does not list it
    ├── Delisted            the venue does not list it any more
    ├── NoPrice             listed, but nothing quotes it
    ├── StalePrice          the last price is too old to decide anything
    ├── NoMarks             a live market has no price that can be relied on
    ├── LeverageTooHigh     the tier at this size allows less
    ├── SizeTooLarge        beyond the last tier known
    ├── QuantityTooSmall    rounds below the venue's smallest order
    ├── NotionalTooSmall    worth less than the venue's smallest order
    ├── ExceedsWallet       margin and entry fee need more than there is
    ├── IsolatedOnly        the venue does not offer this contract in cross
    ├── UnknownTopic        no FAQ entry answers this
    ├── EntryTooLong        a host's question or answer has more characters than there is room
    ├── EntryEmpty          a host's entry without a question or an answer
    ├── EntryHasLink        a link in an entry, where the chat allows none
    ├── TooManyEntries      the chat has all the entries it may have
    ├── UnknownEntry        the chat has no entry of that key
    ├── AlertReached        the mark is where an alert should wait for it
    ├── TooManyAlerts       the person has all the alerts they may have
    ├── UnknownAlert        the person has no alert of that number
    ├── BadHour             no hour of the day at which anything could be posted
    └── NotAllowed          somebody else's right (a host, an owner)

Paper trading has a family of its own below `Refusal` (`core.paper.errors`), and the conversation
another (`bot.chat.misread`): texts it cannot read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import ClassVar


class Refusal(Exception):
    """Something the person can put right. `code` names it; `fields()` are its facts."""

    code: ClassVar[str] = "refusal"

    def __init_subclass__(cls) -> None:
        """Name the code after the class: `UnknownSymbol` is `unknown_symbol`."""
        super().__init_subclass__()
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def fields(self) -> Mapping[str, object]:
        """Return the facts of this refusal by name."""
        return {}


class Facts(Refusal):
    """A refusal whose facts are its dataclass fields."""

    def fields(self) -> Mapping[str, object]:
        """Return the dataclass fields by name."""
        # Every subclass is a dataclass; this class itself only says what they have in common.
        facts = fields(self)  # type: ignore[arg-type]  # a mixin of dataclasses is none itself
        return {fact.name: getattr(self, fact.name) for fact in facts}


@dataclass(eq=False)
class UnknownVenue(Facts):
    """No venue of that name; `available` are the ones there are."""

    text: str
    available: tuple[str, ...]


@dataclass(eq=False)
class UnknownSymbol(Facts):
    """The venue's table does not list `text`; `available` are the contracts it lists."""

    text: str
    venue: str
    available: tuple[str, ...]


@dataclass(eq=False)
class Delisted(Facts):
    """The venue lists the contract no longer: nothing new is opened in it."""

    symbol: str
    venue: str


@dataclass(eq=False)
class NoPrice(Facts):
    """The contract is listed, but this market quotes no price; `available` are those it quotes."""

    symbol: str
    market: str
    available: tuple[str, ...]


@dataclass(eq=False)
class StalePrice(Facts):
    """A market's newest mark is of `since`, `age` seconds ago; older than `limit` seconds."""

    market: str
    since: datetime
    age: int
    limit: int


@dataclass(eq=False)
class NoMarks(Facts):
    """A live market has had no price that can be relied on since `since`, `waited` seconds ago."""

    market: str
    since: datetime
    waited: int


@dataclass(eq=False)
class LeverageTooHigh(Facts):
    """This notional allows `highest` only; `cap` is the most notional at `leverage`."""

    symbol: str
    venue: str
    leverage: Decimal
    notional: Decimal
    highest: Decimal
    cap: Decimal


@dataclass(eq=False)
class SizeTooLarge(Facts):
    """The notional (quote) lies beyond the last tier known, `cap`."""

    symbol: str
    venue: str
    notional: Decimal
    cap: Decimal


@dataclass(eq=False)
class QuantityTooSmall(Facts):
    """The quantity (base) rounds below the venue's `least`; `margin` (quote) would reach it."""

    symbol: str
    venue: str
    least: Decimal
    margin: Decimal


@dataclass(eq=False)
class NotionalTooSmall(Facts):
    """The order is worth `notional` (quote), the venue takes `least` or more; `margin` would do."""

    symbol: str
    venue: str
    notional: Decimal
    least: Decimal
    margin: Decimal


@dataclass(eq=False)
class ExceedsWallet(Facts):
    """Margin plus entry fee is `needed` (quote), more than the `wallet` holds."""

    needed: Decimal
    wallet: Decimal


@dataclass(eq=False)
class IsolatedOnly(Facts):
    """The venue offers this contract in isolated margin only."""

    symbol: str
    venue: str


@dataclass(eq=False)
class UnknownTopic(Facts):
    """No FAQ entry answers `text`; `closest` are entry ids, nearest first, with `questions`."""

    text: str
    closest: tuple[str, ...]
    questions: tuple[str, ...] = ()


@dataclass(eq=False)
class EntryTooLong(Facts):
    """The `part` ("question", "answer") has `length` characters, `most` are allowed."""

    part: str
    length: int
    most: int


@dataclass(eq=False)
class EntryEmpty(Facts):
    """The `part` ("question", "answer") has nothing in it."""

    part: str


@dataclass(eq=False)
class EntryHasLink(Facts):
    """`found` looks like a link, and the chat's rules allow none."""

    found: str


@dataclass(eq=False)
class TooManyEntries(Facts):
    """The chat has `most` entries already."""

    most: int


@dataclass(eq=False)
class UnknownEntry(Facts):
    """The chat has no entry `key`; `available` are the keys it has."""

    key: str
    available: tuple[str, ...]


@dataclass(eq=False)
class AlertReached(Facts):
    """The mark of `symbol` is at `price` (quote per base) already."""

    symbol: str
    price: Decimal


@dataclass(eq=False)
class TooManyAlerts(Facts):
    """The person has `most` alerts already."""

    most: int


@dataclass(eq=False)
class UnknownAlert(Facts):
    """The person has no alert `number`; `available` are the numbers they have."""

    number: int
    available: tuple[int, ...]


@dataclass(eq=False)
class BadHour(Facts):
    """`text` is no hour of the day, or for what comes `weekly` no weekday and hour."""

    text: str
    weekly: bool = False


@dataclass(eq=False)
class NotAllowed(Facts):
    """This needs the role `needs` ("host", "owner", "group", "person")."""

    needs: str
