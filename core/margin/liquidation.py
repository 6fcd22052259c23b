"""At which mark a pool is liquidated, and at which nothing is left.

For one symbol, with every other mark held still, the cushion is a concave broken line of the mark;
it is positive between at most one lower and one upper liquidation price. A single leg on a
continuous ladder has the textbook root

    LP = (W + c - s*q*E) / (q*(m + phi - s))          W: collateral + what the other legs leave

with m and c of the tier of q*LP: the tier is picked again at the liquidation price. Everything else
(two legs of a symbol, a ladder that jumps) walks the pieces of `core.margin.path`.
Source: margin specification, sections 5 to 8 (Binance S1, Hyperliquid S10, OKX S8).
"""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from core.margin.path import Strand, safe_spans, span_around
from core.margin.pool import Leg, MarginMode, Pool, Side
from core.margin.risk import closing_fee, leg_cushion, unrealized_pnl
from core.market import Instrument, Listing, Marks, Symbol
from core.money import ONE, ZERO, Price, Rate
from core.venue import Venue


class LiquidationBand(NamedTuple):
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
        """Return the signed relative move from the mark to the nearer end; None without ends."""
        nearest = self.nearest(mark)
        return None if nearest is None else Rate(nearest / mark - ONE)


NOWHERE = LiquidationBand(None, None)


def liquidation_band(pool: Pool, symbol: Symbol, marks: Marks, listing: Listing) -> LiquidationBand:
    """Return where the pool is liquidated if only this symbol's mark moves.

    Prices are unrounded; `printed` places them on the tick. Where the pool is under water at the
    mark, the band is the nearest stretch on which it would not be. Raises `NoPrice`,
    `UnknownSymbol`.
    """
    instrument = listing.instrument(symbol)
    own: tuple[Leg, ...] = pool.legs
    fixed: Decimal = pool.collateral
    if len(own) != 1 or own[0].symbol != symbol:
        own, fixed = _apart(pool, symbol, marks, listing)
    if not own:
        return NOWHERE
    if instrument.bankruptcy_fee:
        fixed -= sum((closing_fee(leg, instrument) for leg in own), ZERO)
    if len(own) == 1 and instrument.brackets.continuous:
        return _of_one(fixed, own[0], instrument)
    return _of_many(fixed, own, instrument, marks.price(symbol))


def _apart(
    pool: Pool, symbol: Symbol, marks: Marks, listing: Listing
) -> tuple[tuple[Leg, ...], Decimal]:
    """The symbol's own legs, and what collateral and the other legs put behind them."""
    own: list[Leg] = []
    fixed: Decimal = pool.collateral
    prices, instruments = marks.prices, listing.instruments
    for leg in pool.legs:
        other = leg.symbol
        if other == symbol:
            own.append(leg)
            continue
        try:
            mark, instrument = prices[other].price, instruments[other]
        except KeyError:  # whichever is missing says so itself
            mark, instrument = marks.price(other), listing.instrument(other)
        fixed += leg_cushion(leg, mark, instrument)
    return tuple(own), fixed


def _of_one(fixed: Decimal, leg: Leg, instrument: Instrument) -> LiquidationBand:
    """The textbook root of one leg, in the tier that holds it; the walk is one way only.

    At an edge the last digits of two tiers' roots may differ: turning round could go on for ever.
    """
    table, quantity, cost = instrument.brackets, leg.quantity, leg.entry_cost
    floors, ceilings, rates, amounts = table.floors, table.ceilings, table.rates, table.amounts
    is_long = leg.side is Side.LONG
    level, lift = (
        (fixed - cost, instrument.long_lift) if is_long else (fixed + cost, instrument.short_lift)
    )
    tier, step = bisect_right(floors, cost) - 1, 0
    while True:
        price = (level + amounts[tier]) / (quantity * (rates[tier] + lift))
        worth = quantity * price
        if worth >= ceilings[tier] and step >= 0:
            step = 1
        elif worth < floors[tier] and tier and step <= 0:
            step = -1
        else:
            break
        tier += step
    if price <= ZERO:
        return NOWHERE
    # The constructor of the tuple itself: half the price of the class's own.
    ends = (price, None) if is_long else (None, price)
    return _band(LiquidationBand, ends)


_band = tuple.__new__


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


def bankruptcy_price(pool: Pool, symbol: Symbol, marks: Marks, listing: Listing) -> Price | None:
    """Return the mark of this symbol at which nothing is left, the others held still.

    BP = (sum (s*q*E + F) - C - PnL of the others) / sum s*q, unrounded; None where no price does
    it. F is the fee of closing there where margin carries it (Bybit), else 0. Raises `NoPrice`,
    `UnknownSymbol`.
    """
    own = [leg for leg in pool.legs if leg.symbol == symbol]
    net = sum((leg.side.sign * leg.quantity for leg in own), ZERO)
    if net == ZERO:
        return None
    instrument = listing.instrument(symbol)
    cost = sum((g.side.sign * g.entry_cost + closing_fee(g, instrument) for g in own), ZERO)
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
    return LiquidationBand(
        None if lower is None else instrument.careful(lower, lower=True, ticks=shift),
        None if upper is None else instrument.careful(upper, lower=False, ticks=shift),
    )
