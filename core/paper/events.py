"""What may happen to a paper account, in the past tense; never edited, only followed by more.

An event carries every amount that was decided, so that applying it and booking it need no price,
no rule and no clock: a replay of the events gives the account to the last quantum.
"""

from dataclasses import dataclass
from datetime import datetime

from core.margin.pool import Leg, MarginMode, PositionMode, Side
from core.market import Symbol
from core.money import Amount, Price, Quantity, Rate
from core.paper.account import Order, Stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """Paper money came from nowhere (quote): a new account, or a new start."""

    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A host put an account of a game right: paper money (quote) came, or went where negative."""

    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class WasReset:
    """Everything was given up: what the wallet and the pockets held (quote) went back.

    `resets` is how often that has happened now.
    """

    wallet: Amount
    pockets: tuple[tuple[int, Amount], ...]
    resets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetsCarried:
    """The person had begun anew more often elsewhere; the higher number stays with them.

    `last` is when that happened last.
    """

    resets: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced:
    """A limit order rests now."""

    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled:
    """A resting order is gone without a fill; `reason` is a code ("asked", "liquidation" ...)."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionIncreased:
    """A fill opened a position or added to it.

    `leg` is the fill alone, with the position's leverage. `margin` (quote) moved from the wallet
    into the pocket, 0 in cross; `fee` was paid from the wallet. `order` is the resting order that
    was filled, or None. `seen` is the mark the person was shown before, or None.
    """

    number: int
    mode: MarginMode
    leg: Leg
    price: Price
    margin: Amount
    fee: Amount
    stops: Stops
    order: int | None = None
    seen: Price | None = None

    @property
    def symbol(self) -> Symbol:
        """The contract that was filled."""
        return self.leg.symbol

    @property
    def buys(self) -> bool:
        """Whether the fill bought: a long was opened."""
        return self.leg.side is Side.LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReduced:
    """A fill closed a position or a part of it.

    `cost` (quote) is the part of the entry cost that went with `quantity`; `margin` went from the
    pocket back to the wallet, `pnl` was realised into the wallet, `fee` paid from it. `reason` is a
    code: "close", "flip", "limit", "stop_loss", "take_profit".
    """

    number: int
    symbol: Symbol
    side: Side
    quantity: Quantity
    price: Price
    cost: Amount
    margin: Amount
    pnl: Amount
    fee: Amount
    reason: str
    order: int | None = None
    seen: Price | None = None

    @property
    def buys(self) -> bool:
        """Whether the fill bought: a short was closed."""
        return self.side is Side.SHORT


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginMoved:
    """Margin (quote) moved into a pocket, or out of it where negative."""

    number: int
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverageChosen:
    """A symbol's leverage changed; `topped_up` (quote) had to move into pockets, by number."""

    symbol: Symbol
    leverage: Rate
    topped_up: tuple[tuple[int, Amount], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChosen:
    """A margin mode was chosen: for a symbol, or for the account where `symbol` is None."""

    mode: MarginMode
    symbol: Symbol | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionModeChosen:
    """One-way or hedge, for the whole account."""

    mode: PositionMode


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueChosen:
    """The account follows another venue's rules."""

    venue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopsSet:
    """A position's own closing marks changed."""

    number: int
    stops: Stops


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingSettled:
    """Funding was settled on one position at a mark.

    `from_wallet` and `from_pocket` (quote) were paid where negative, received where positive;
    `forgiven` is what neither could pay and the house did.
    """

    number: int
    symbol: Symbol
    rate: Rate
    mark: Price
    from_wallet: Amount
    from_pocket: Amount
    forgiven: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Seized:
    """What a liquidation closed of one position: at which mark, with which result (quote)."""

    number: int
    symbol: Symbol
    side: Side
    quantity: Quantity
    price: Price
    cost: Amount
    pnl: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLiquidated:
    """A wall fell, or was brought back within its limits by closing a part.

    `scope` is the isolated position's number, or None for the cross pool. `collateral` (quote) was
    behind the wall before; `limit` the liquidation price at the triggering marks per symbol. After
    a whole liquidation nothing is left behind the wall: `fee` was kept, `remainder` went to the
    insurance fund, `returned` to the wallet (where the venue leaves it), `shortfall` came from the
    insurance fund.
    """

    scope: int | None
    mode: MarginMode
    whole: bool
    collateral: Amount
    limits: tuple[tuple[Symbol, Price], ...]
    seized: tuple[Seized, ...]
    fee: Amount
    remainder: Amount
    returned: Amount
    shortfall: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A wall came near its end: `ratio` is maintenance margin over margin balance, 1 is the end.

    `scope` is the isolated position's number, or None for the cross pool.
    """

    scope: int | None
    ratio: Rate


Filled = PositionIncreased | PositionReduced
"""What is executed at a price."""

Event = (
    Granted
    | Adjusted
    | WasReset
    | ResetsCarried
    | OrderPlaced
    | OrderCancelled
    | PositionIncreased
    | PositionReduced
    | MarginMoved
    | LeverageChosen
    | ModeChosen
    | PositionModeChosen
    | VenueChosen
    | StopsSet
    | FundingSettled
    | PoolLiquidated
    | Warned
)
"""Everything that may happen."""
