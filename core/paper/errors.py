"""What paper trading refuses, as a code with fields and never as prose.

Refusal
├── UnknownPosition     the account has no position or order of that number
├── Insufficient        margin and fee need more than is available
├── NothingToReduce     reduce-only, and there is nothing to reduce
├── Overdrawn           the wallet could not pay the loss of this close
├── ModeFixed           a position or order (or the account) holds the symbol to a mode
├── ModeBlocked         what stands in the way of switching the margin mode
├── LeverageFixed       the open position has another leverage
├── LeverageLocked      the venue does not lower it on an open isolated position
├── NotIsolated         margin moves only into and out of isolated positions
├── MarginLocked        less than that may be taken out
├── NoHedgeMode         the venue has one position per symbol
├── NotFlat             first without positions and orders
├── NothingChanges      it is so already
├── StopWrongSide       a stop that the mark has passed already
├── PreviewGone         nothing waits under this token any more
├── PreviewUsed         it was done already
├── NotYours            somebody else's preview, or one of another chat
├── MovedAway           the fill would be much worse than what was shown
├── CatchingUp          what happened while prices were away is not judged yet
├── LinkGone            nothing waits under this code any more
├── LinkRefused         these two identities cannot be one person
└── NotLinked           there is only one identity
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.errors import Facts, Refusal


@dataclass(eq=False)
class UnknownPosition(Facts):
    """The account has no position or order `text`; `available` are the numbers there are."""

    text: str
    available: tuple[int, ...]


@dataclass(eq=False)
class Insufficient(Facts):
    """Margin plus fee is `needed` (quote), more than is `available`."""

    needed: Decimal
    available: Decimal


@dataclass(eq=False)
class NothingToReduce(Facts):
    """A reduce-only order in a symbol without a position on the other side."""

    symbol: str


@dataclass(eq=False)
class Overdrawn(Facts):
    """Closing position `number` would cost `loss` (quote), more than the `wallet` holds."""

    number: int
    symbol: str
    loss: Decimal
    wallet: Decimal


@dataclass(eq=False)
class ModeFixed(Facts):
    """A position or order holds `symbol` (empty: the account) to `mode` on this venue."""

    symbol: str
    venue: str
    mode: str


@dataclass(eq=False)
class ModeBlocked(Facts):
    """These `positions` and `orders` stand in the way of switching; `symbol` empty: the account."""

    symbol: str
    venue: str
    mode: str
    positions: tuple[int, ...]
    orders: tuple[int, ...]


@dataclass(eq=False)
class LeverageFixed(Facts):
    """The open position in `symbol` stands at `leverage`."""

    symbol: str
    leverage: Decimal


@dataclass(eq=False)
class LeverageLocked(Facts):
    """The venue does not lower the leverage of an open isolated position in `symbol`."""

    symbol: str
    venue: str
    leverage: Decimal


@dataclass(eq=False)
class NotIsolated(Facts):
    """Position `number` stands behind the cross wall, which has no margin of its own."""

    number: int
    symbol: str


@dataclass(eq=False)
class MarginLocked(Facts):
    """At most `removable` (quote) may leave the pocket of position `number`."""

    number: int
    removable: Decimal


@dataclass(eq=False)
class NoHedgeMode(Facts):
    """The venue keeps one position per symbol."""

    venue: str


@dataclass(eq=False)
class NotFlat(Facts):
    """This waits for an account without positions and orders; these are there."""

    positions: tuple[int, ...]
    orders: tuple[int, ...]


@dataclass(eq=False)
class NothingChanges(Facts):
    """It is so already; `value` is what it is."""

    value: str


@dataclass(eq=False)
class StopWrongSide(Facts):
    """The mark has passed `price` already; a "stop_loss" or "take_profit" there is no plan."""

    kind: str
    price: Decimal
    mark: Decimal


class PreviewGone(Refusal):
    """Nothing waits under this token: it is unknown, older than a minute, or of another market."""


class PreviewUsed(Refusal):
    """What the preview showed was done already."""


@dataclass(eq=False)
class CatchingUp(Facts):
    """Prices were away, and what they did to the account from `since` on is not judged yet.

    `symbols` are the contracts that were silent, empty for the whole market; `asked` is since when
    the venue is asked in vain for what they did, None if it is not.
    """

    symbols: tuple[str, ...]
    since: datetime
    asked: datetime | None = None


class NotYours(Refusal):
    """The preview belongs to somebody else, or to another chat."""


@dataclass(eq=False)
class MovedAway(Facts):
    """The fill would be at `price` (quote per base), much worse than the `seen` one."""

    seen: Decimal
    price: Decimal


class LinkGone(Refusal):
    """Nothing waits under this code: it is unknown, used, out of time, or somebody else's."""


@dataclass(eq=False)
class LinkRefused(Facts):
    """Two identities that cannot be one: "linked" already, one "platform", or they "both_hold"."""

    reason: str


class NotLinked(Refusal):
    """The person is known on one platform only."""
