"""Refusals: what a person can put right, as a code with fields and never as prose.

    Refusal
    ├── UnknownVenue        no such venue here
    ├── UnknownSymbol       the venue's table does not list it
    ├── NoPrice             listed, but nothing quotes it
    ├── StalePrice          the last price is too old to decide anything
    ├── LeverageTooHigh     the tier at this size allows less
    ├── SizeTooLarge        beyond the last tier known
    ├── QuantityTooSmall    rounds below the venue's smallest order
    ├── NotionalTooSmall    worth less than the venue's smallest order
    ├── ExceedsWallet       margin and entry fee need more than there is
    ├── IsolatedOnly        the venue does not offer this contract in cross
    ├── UnknownTopic        no FAQ entry answers this
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
    ├── LinkGone            nothing waits under this code any more
    ├── LinkRefused         these two identities cannot be one person
    ├── NotLinked           there is only one identity
    └── NotAllowed          somebody else's right (a host, an owner)

The conversation adds its own family below `Refusal` (`bot.chat.misread`): texts it cannot read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
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


class _Facts(Refusal):
    """A refusal whose facts are its dataclass fields."""

    def fields(self) -> Mapping[str, object]:
        # Every subclass is a dataclass; this class itself only says what they have in common.
        facts = fields(self)  # type: ignore[arg-type]  # a mixin of dataclasses is none itself
        return {fact.name: getattr(self, fact.name) for fact in facts}


@dataclass(eq=False)
class UnknownVenue(_Facts):
    """No venue of that name; `available` are the ones there are."""

    text: str
    available: tuple[str, ...]


@dataclass(eq=False)
class UnknownSymbol(_Facts):
    """The venue's table does not list `text`; `available` are the contracts it lists."""

    text: str
    venue: str
    available: tuple[str, ...]


@dataclass(eq=False)
class NoPrice(_Facts):
    """The contract is listed, but this market quotes no price; `available` are those it quotes."""

    symbol: str
    market: str
    available: tuple[str, ...]


@dataclass(eq=False)
class StalePrice(_Facts):
    """The last mark is `age` seconds old, older than `limit` seconds."""

    symbol: str
    age: int
    limit: int


@dataclass(eq=False)
class LeverageTooHigh(_Facts):
    """This notional allows `highest` only; `cap` is the most notional at `leverage`."""

    symbol: str
    venue: str
    leverage: Decimal
    notional: Decimal
    highest: Decimal
    cap: Decimal


@dataclass(eq=False)
class SizeTooLarge(_Facts):
    """The notional (quote) lies beyond the last tier known, `cap`."""

    symbol: str
    venue: str
    notional: Decimal
    cap: Decimal


@dataclass(eq=False)
class QuantityTooSmall(_Facts):
    """The quantity (base) rounds below the venue's `least`; `margin` (quote) would reach it."""

    symbol: str
    venue: str
    least: Decimal
    margin: Decimal


@dataclass(eq=False)
class NotionalTooSmall(_Facts):
    """The order is worth `notional` (quote), the venue takes `least` or more; `margin` would do."""

    symbol: str
    venue: str
    notional: Decimal
    least: Decimal
    margin: Decimal


@dataclass(eq=False)
class ExceedsWallet(_Facts):
    """Margin plus entry fee is `needed` (quote), more than the `wallet` holds."""

    needed: Decimal
    wallet: Decimal


@dataclass(eq=False)
class IsolatedOnly(_Facts):
    """The venue offers this contract in isolated margin only."""

    symbol: str
    venue: str


@dataclass(eq=False)
class UnknownTopic(_Facts):
    """No FAQ entry answers `text`; `closest` are entry ids, nearest first, with `questions`."""

    text: str
    closest: tuple[str, ...]
    questions: tuple[str, ...] = ()


@dataclass(eq=False)
class NotAllowed(_Facts):
    """This needs the role `needs` ("host", "owner", "group", "person")."""

    needs: str


@dataclass(eq=False)
class UnknownPosition(_Facts):
    """The account has no position or order `text`; `available` are the numbers there are."""

    text: str
    available: tuple[int, ...]


@dataclass(eq=False)
class Insufficient(_Facts):
    """Margin plus fee is `needed` (quote), more than is `available`."""

    needed: Decimal
    available: Decimal


@dataclass(eq=False)
class NothingToReduce(_Facts):
    """A reduce-only order in a symbol without a position on the other side."""

    symbol: str


@dataclass(eq=False)
class Overdrawn(_Facts):
    """Closing position `number` would cost `loss` (quote), more than the `wallet` holds."""

    number: int
    symbol: str
    loss: Decimal
    wallet: Decimal


@dataclass(eq=False)
class ModeFixed(_Facts):
    """A position or order holds `symbol` (empty: the account) to `mode` on this venue."""

    symbol: str
    venue: str
    mode: str


@dataclass(eq=False)
class ModeBlocked(_Facts):
    """These `positions` and `orders` stand in the way of switching; `symbol` empty: the account."""

    symbol: str
    venue: str
    mode: str
    positions: tuple[int, ...]
    orders: tuple[int, ...]


@dataclass(eq=False)
class LeverageFixed(_Facts):
    """The open position in `symbol` stands at `leverage`."""

    symbol: str
    leverage: Decimal


@dataclass(eq=False)
class LeverageLocked(_Facts):
    """The venue does not lower the leverage of an open isolated position in `symbol`."""

    symbol: str
    venue: str
    leverage: Decimal


@dataclass(eq=False)
class NotIsolated(_Facts):
    """Position `number` stands behind the cross wall, which has no margin of its own."""

    number: int
    symbol: str


@dataclass(eq=False)
class MarginLocked(_Facts):
    """At most `removable` (quote) may leave the pocket of position `number`."""

    number: int
    removable: Decimal


@dataclass(eq=False)
class NoHedgeMode(_Facts):
    """The venue keeps one position per symbol."""

    venue: str


@dataclass(eq=False)
class NotFlat(_Facts):
    """This waits for an account without positions and orders; these are there."""

    positions: tuple[int, ...]
    orders: tuple[int, ...]


@dataclass(eq=False)
class NothingChanges(_Facts):
    """It is so already; `value` is what it is."""

    value: str


@dataclass(eq=False)
class StopWrongSide(_Facts):
    """The mark has passed `price` already; a "stop_loss" or "take_profit" there is no plan."""

    kind: str
    price: Decimal
    mark: Decimal


class PreviewGone(Refusal):
    """Nothing waits under this token: it is unknown, older than a minute, or of another market."""


class PreviewUsed(Refusal):
    """What the preview showed was done already."""


class NotYours(Refusal):
    """The preview belongs to somebody else, or to another chat."""


@dataclass(eq=False)
class MovedAway(_Facts):
    """The fill would be at `price` (quote per base), much worse than the `seen` one."""

    seen: Decimal
    price: Decimal


class LinkGone(Refusal):
    """Nothing waits under this code: it is unknown, used, out of time, or somebody else's."""


@dataclass(eq=False)
class LinkRefused(_Facts):
    """Two identities that cannot be one: "linked" already, one "platform", or they "both_hold"."""

    reason: str


class NotLinked(Refusal):
    """The person is known on one platform only."""
