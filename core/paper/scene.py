"""What a decision about a paper account is made on: rules, marks and a moment, all frozen."""

from dataclasses import dataclass
from datetime import datetime

from core.margin.pool import MarginMode, Side
from core.market import Instrument, Listing, Marks, Symbol
from core.money import ONE, Price, Quantity, Rate, down, up
from core.paper.account import NO_STOPS, Stops
from core.paper.rules import PaperRules


@dataclass(frozen=True, slots=True)
class Scene:
    """A venue's contracts, one snapshot of marks, the moment, and the house's rules."""

    listing: Listing
    marks: Marks
    at: datetime
    rules: PaperRules

    def instrument(self, symbol: Symbol) -> Instrument:
        """Return the contract. Raises `UnknownSymbol`."""
        return self.listing.instrument(symbol)

    def mark(self, symbol: Symbol) -> Price:
        """Return the mark. Raises `NoPrice`."""
        return self.marks.price(symbol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody wants to open: `quantity` (base), already on the venue's step.

    `price` None is at the market; `reduce_only` may close but never open.
    """

    symbol: Symbol
    side: Side
    quantity: Quantity
    mode: MarginMode
    leverage: Rate
    price: Price | None = None
    reduce_only: bool = False
    stops: Stops = NO_STOPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """At which price (quote per base) something is executed, at which fee rate, and why.

    `order` is the resting order that is filled; `seen` the mark that was shown before.
    """

    price: Price
    rate: Rate
    reason: str = "close"
    order: int | None = None
    seen: Price | None = None


def market_fill(
    symbol: Symbol, side: Side, scene: Scene, reason: str = "close", seen: Price | None = None
) -> Fill:
    """Return the fill of buying (long) or selling (short) at the market.

    mark x (1 + s x half spread), placed on the tick on the worse side; taker fee. Raises `NoPrice`,
    `UnknownSymbol`.
    """
    instrument = scene.instrument(symbol)
    raw = scene.mark(symbol) * (ONE + side.sign * scene.rules.half_spread)
    tick = instrument.tick_at(raw)
    price = up(raw, tick) if side is Side.LONG else max(down(raw, tick), tick)
    return Fill(price=Price(price), rate=instrument.taker_fee, reason=reason, seen=seen)
