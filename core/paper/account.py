"""A paper account as a value: a wallet, positions behind their walls, resting orders.

The wallet is the cross wallet: what was realised, less the margin posted to isolated positions.
Isolated margin stands in its position (a pocket); a cross position has none, because behind the
cross wall margin is only a number. `pools` yields the walls, and the one formula judges each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from core.margin.fees import posted_margin
from core.margin.pool import Leg, MarginMode, Pool, PositionMode, Side, cross_pool, isolated_pool
from core.margin.risk import Risk, risk
from core.market import Instrument, Listing, Marks, Symbol
from core.money import ZERO, Amount, Price, Quantity, Rate, credit, require
from core.paper.errors import UnknownPosition

NO_MODES: Mapping[Symbol, MarginMode] = MappingProxyType({})
NO_LEVERAGES: Mapping[Symbol, Rate] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """Marks (quote per base) at which a position is closed by itself; None is no such mark."""

    loss: Price | None = None
    profit: Price | None = None

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return self.loss is not None or self.profit is not None

    def reached(self, side: Side, mark: Price) -> str:
        """Return "stop_loss" or "take_profit" if the mark is there, else ""."""
        sign = side.sign
        if self.loss is not None and (mark - self.loss) * sign <= ZERO:
            return "stop_loss"
        if self.profit is not None and (mark - self.profit) * sign >= ZERO:
            return "take_profit"
        return ""


NO_STOPS = Stops()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One open position. `margin` (quote) is its pocket, 0 behind the cross wall."""

    number: int
    mode: MarginMode
    leg: Leg
    margin: Amount
    opened_at: datetime
    stops: Stops = NO_STOPS

    @property
    def isolated(self) -> bool:
        """Whether it stands behind a wall of its own."""
        return self.mode is MarginMode.ISOLATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A resting limit order: `quantity` (base) at `price` (quote per base) or better."""

    number: int
    symbol: Symbol
    side: Side
    quantity: Quantity
    price: Price
    mode: MarginMode
    leverage: Rate
    placed_at: datetime
    reduce_only: bool = False
    stops: Stops = NO_STOPS

    @property
    def leg(self) -> Leg:
        """The leg it would open at its price."""
        return Leg.at(self.symbol, self.side, self.quantity, self.price, self.leverage)

    def reserved(self, instrument: Instrument) -> Amount:
        """Margin and entry fee it keeps aside (quote, rounded up); 0 if it only reduces."""
        if self.reduce_only:
            return Amount(ZERO)
        leg = self.leg
        fee = leg.entry_cost * instrument.taker_fee
        return require(posted_margin(leg, instrument) + fee)

    def crossed(self, mark: Price) -> bool:
        """Whether the mark is at the price or better."""
        return (self.price - mark) * self.side.sign >= ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAccount:
    """Everything one account holds in one market, on one venue's rules; money in quote.

    A bare account has no venue and no money yet: both come by events.

    `account_mode` is the mode of venues with one mode for all; `modes` and `leverages` are what
    was chosen per symbol. `last_number` counts positions and orders together. `version` grows with
    every event, and `changed_at` is when the last one happened: older marks never touch it.
    `warned` says when a wall's owner was last warned (an isolated position's number, 0 the cross
    pool).
    """

    id: int
    market: str
    venue: str
    wallet: Amount = field(default=Amount(ZERO))
    position_mode: PositionMode = PositionMode.ONE_WAY
    account_mode: MarginMode = MarginMode.ISOLATED
    modes: Mapping[Symbol, MarginMode] = field(default_factory=dict)
    leverages: Mapping[Symbol, Rate] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    orders: tuple[Order, ...] = ()
    last_number: int = 0
    resets: int = 0
    version: int = 0
    changed_at: datetime | None = None
    warned: tuple[tuple[int, datetime], ...] = ()

    def position(self, number: int) -> Position:
        """Return the position of that number. Raises `UnknownPosition` with those there are."""
        for position in self.positions:
            if position.number == number:
                return position
        raise UnknownPosition(str(number), tuple(p.number for p in self.positions))

    def order(self, number: int) -> Order:
        """Return the order of that number. Raises `UnknownPosition` with those there are."""
        for order in self.orders:
            if order.number == number:
                return order
        raise UnknownPosition(str(number), tuple(o.number for o in self.orders))

    def holding(self, symbol: Symbol, side: Side | None = None) -> Position | None:
        """Return the position in a symbol (on a side), or None."""
        for position in self.positions:
            leg = position.leg
            if leg.symbol == symbol and side in {None, leg.side}:
                return position
        return None

    @property
    def at_stake(self) -> bool:
        """Whether there is a position or an order that a mark may concern."""
        return bool(self.positions or self.orders)

    @property
    def symbols(self) -> frozenset[Symbol]:
        """Every symbol in which something is held or ordered."""
        held = (position.leg.symbol for position in self.positions)
        return frozenset((*held, *(order.symbol for order in self.orders)))

    def ordered(self, symbol: Symbol) -> tuple[Order, ...]:
        """Return the resting orders in a symbol."""
        return tuple(order for order in self.orders if order.symbol == symbol)

    @property
    def cross(self) -> Pool:
        """The wall round the wallet and every cross position."""
        legs = (p.leg for p in self.positions if not p.isolated)
        return cross_pool(self.wallet, legs)

    def pool(self, position: Position) -> Pool:
        """Return the wall a position stands behind."""
        return isolated_pool(position.leg, position.margin) if position.isolated else self.cross

    def pools(self) -> Iterator[tuple[int | None, Pool]]:
        """Yield every wall with something inside: isolated ones by number, cross under None."""
        for position in self.positions:
            if position.isolated:
                yield position.number, isolated_pool(position.leg, position.margin)
        cross = self.cross
        if cross.legs:
            yield None, cross

    @property
    def wallet_balance(self) -> Amount:
        """Everything realised: the wallet and the pockets."""
        return Amount(self.wallet + sum((p.margin for p in self.positions), ZERO))

    def reserved(self, listing: Listing) -> Amount:
        """What resting orders keep aside, quote."""
        parts = (o.reserved(listing.instrument(o.symbol)) for o in self.orders)
        return Amount(sum(parts, ZERO))

    def cross_risk(self, marks: Marks, listing: Listing) -> Risk:
        """Return the risk of the cross pool; with no leg it is the wallet alone."""
        return risk(self.cross, marks, listing)

    def available(self, marks: Marks, listing: Listing) -> Amount:
        """Return what may still be posted or reserved, quote, rounded down, never below 0.

        Margin balance of the cross pool less its initial margin and what orders reserve; and never
        more than the wallet itself, so that no posting is paid from profit that is not realised.
        """
        free = min(self.cross_risk(marks, listing).available, self.wallet)
        return Amount(max(ZERO, credit(free - self.reserved(listing))))

    def mode_of(self, symbol: Symbol, default: MarginMode) -> MarginMode:
        """Return the mode chosen for a symbol, or the default."""
        return self.modes.get(symbol, default)

    def with_position(self, new: Position) -> "PaperAccount":
        """Return the account with a position put in or put in place of the one of its number."""
        kept = tuple(p for p in self.positions if p.number != new.number)
        at = next((i for i, p in enumerate(self.positions) if p.number == new.number), len(kept))
        return replace(self, positions=(*kept[:at], new, *kept[at:]))

    def moved_behind(self, position: Position, mode: MarginMode, margin: Amount) -> "PaperAccount":
        """Return the account as if a position stood in a mode with a pocket of `margin` (quote).

        What its pocket held comes from the wallet or goes there.
        """
        wallet = Amount(self.wallet + position.margin - margin)
        moved = replace(position, mode=mode, margin=margin)
        return replace(self, wallet=wallet).with_position(moved)

    def without_position(self, number: int) -> "PaperAccount":
        """Return the account without a position."""
        return replace(self, positions=tuple(p for p in self.positions if p.number != number))

    def without_order(self, number: int) -> "PaperAccount":
        """Return the account without an order."""
        return replace(self, orders=tuple(o for o in self.orders if o.number != number))


def bare(number: int, market: str) -> PaperAccount:
    """Return an account to which nothing has happened."""
    return PaperAccount(id=number, market=market, venue="")
