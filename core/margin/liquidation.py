"""At which mark a pool is liquidated, and at which nothing is left.

For one symbol, with every other mark held still, the cushion is a concave broken line of the mark;
it is positive between at most one lower and one upper liquidation price. A single leg on a
continuous ladder has the textbook root

    LP = (W + c - s*q*E) / (q*(m + phi - s))          W: collateral + what the other legs leave

with m and c of the tier of q*LP: the tier is picked again at the liquidation price. Everything else
(two legs of a symbol, a ladder that jumps) walks the pieces of `core.margin.path`.
Source: margin specification, sections 5 to 8 (Binance S1, Hyperliquid S10, OKX S8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.margin.path import Strand, safe_spans, span_around
from core.margin.pool import Leg, MarginMode, Pool
from core.margin.risk import closing_fee, maintenance_margin, unrealized_pnl
from core.market import Instrument, Listing, Marks, Symbol
from core.money import ONE, ZERO, Price, Rate, down, up
from core.venue import Venue


@dataclass(frozen=True, slots=True)
class LiquidationBand:
    """The marks between which a pool lives, unrounded (quote per base); None is no price there."""

    lower: Price | None
    upper: Price | None

    @property
    def prices(self) -> tuple[Price, ...]:
        """The prices there are."""
        return tuple(p for p in (self.lower, self.upper) if p is not None)

    def nearest(self, mark: Price) -> Price | None:
        """Return whichever end is nearer to the mark."""
        return min(self.prices, key=lambda price: abs(price - mark), default=None)

    def distance(self, mark: Price) -> Rate | None:
        """Return the relative move from the mark to the nearer end, signed; None where there is none."""
        nearest = self.nearest(mark)
        return None if nearest is None else Rate(nearest / mark - ONE)


NOWHERE = LiquidationBand(None, None)


def liquidation_band(
    pool: Pool, symbol: Symbol, marks: Marks, listing: Listing
) -> LiquidationBand:
    """Return where the pool is liquidated if only this symbol's mark moves.

    Prices are unrounded; `printed` places them on the tick. Where the pool is under water at the
    mark, the band is the nearest stretch on which it would not be. Raises `NoPrice`,
    `UnknownSymbol`.
    """
    own: list[Leg] = []
    fixed: Decimal = pool.collateral
    for leg in pool.legs:
        if leg.symbol == symbol:
            own.append(leg)
        else:
            mark, other = marks.price(leg.symbol), listing.instrument(leg.symbol)
            fixed += unrealized_pnl(leg, mark) - maintenance_margin(leg, mark, other)
    if not own:
        return NOWHERE
    instrument = listing.instrument(symbol)
    if instrument.bankruptcy_fee:
        fixed -= sum((closing_fee(leg, instrument) for leg in own), ZERO)
    if len(own) == 1 and instrument.brackets.continuous:
        return _of_one(fixed, own[0], instrument)
    return _of_many(fixed, own, instrument, marks.price(symbol))


def _of_one(fixed: Decimal, leg: Leg, instrument: Instrument) -> LiquidationBand:
    """The textbook root of one leg, in the tier that holds it; the walk is one way only."""
    table, quantity, sign = instrument.brackets, leg.quantity, leg.side.sign
    floors, rates, amounts = table.floors, table.rates, table.amounts
    level, lift = fixed - sign * leg.entry_cost, instrument.trigger_fee - sign
    last = len(floors) - 1
    tier = max(0, table.index(leg.entry_cost))
    while True:
        price = (level + amounts[tier]) / (quantity * (rates[tier] + lift))
        worth = quantity * price
        if tier < last and worth >= floors[tier + 1]:
            tier += 1
        elif tier and worth < floors[tier]:
            tier -= 1
        else:
            break
    if price <= ZERO:
        return NOWHERE
    found = Price(price)
    return LiquidationBand(found, None) if sign > ZERO else LiquidationBand(None, found)


def _of_many(
    fixed: Decimal, legs: Sequence[Leg], instrument: Instrument, mark: Price
) -> LiquidationBand:
    """The stretch of marks round the present one on which legs of one symbol keep a cushion."""
    strands = tuple(Strand(leg, instrument, ZERO, leg.quantity) for leg in legs)
    span = span_around(safe_spans(fixed, strands), mark)
    if span is None:
        return NOWHERE
    return LiquidationBand(
        None if span.low is None else Price(span.low),
        None if span.high is None else Price(span.high),
    )


def bankruptcy_price(pool: Pool, symbol: Symbol, marks: Marks) -> Price | None:
    """Return the mark of this symbol at which the margin balance is zero, the others held still.

    BP = (sum s*q*E - C - PnL of the others) / sum s*q, unrounded; None where no price does it.
    """
    own = [leg for leg in pool.legs if leg.symbol == symbol]
    net = sum((leg.side.sign * leg.quantity for leg in own), ZERO)
    if net == ZERO:
        return None
    cost = sum((leg.side.sign * leg.entry_cost for leg in own), ZERO)
    others = sum(
        (unrealized_pnl(g, marks.price(g.symbol)) for g in pool.legs if g.symbol != symbol), ZERO
    )
    price = (cost - pool.collateral - others) / net
    return Price(price) if price > ZERO else None


def printed(
    band: LiquidationBand, instrument: Instrument, venue: Venue, mode: MarginMode
) -> LiquidationBand:
    """Place a band on the tick, on the careful side: lower prices up, upper prices down.

    OKX prints isolated prices one tick nearer to the mark than its formula; so do we there.
    """
    shift = venue.isolated_tick_shift if mode is MarginMode.ISOLATED else 0
    lower, upper = band.lower, band.upper
    if lower is not None:
        tick = instrument.tick_at(lower)
        lower = Price(up(lower + shift * tick, tick))
    if upper is not None:
        tick = instrument.tick_at(upper)
        upper = Price(max(down(upper - shift * tick, tick), tick))
    return LiquidationBand(lower, upper)
