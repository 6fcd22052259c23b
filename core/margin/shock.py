"""When several coins move together: how far, who falls first, and who ate the cushion.

A single liquidation price holds every other coin still; markets do not. `joint_band` gives the
common relative move at which a pool is liquidated, usually much nearer than any single price.
`shock` tells the story of given moves: prices run straight from here to there, pools fall in
order, each fall names the legs by what they took. Source: margin specification, section 7.3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.margin.path import Strand, safe_spans, span_around
from core.margin.pool import Leg, Pool
from core.margin.risk import (
    Risk,
    closing_fee,
    leg_cushion,
    notional,
    risk,
)
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, Price, Rate
from core.venue import Remainder


@dataclass(frozen=True, slots=True)
class JointBand:
    """Common relative moves (-0.077: minus 7.7 %) at which a pool is liquidated; None is never."""

    fall: Rate | None
    rise: Rate | None


def joint_band(pool: Pool, marks: Marks, listing: Listing) -> JointBand:
    """Return how far all marks may move by one factor before the pool is liquidated.

    Every leg's tier is taken at its own moved notional. A pool under water already has 0 on the
    side it would have to move from. Raises `NoPrice`, `UnknownSymbol`.
    """
    strands = _strands(pool, dict.fromkeys(pool.symbols, Rate(ONE)), marks, listing, from_zero=True)
    if not strands:
        return JointBand(None, None)
    span = span_around(safe_spans(_fixed(pool, listing), strands), ONE)
    if span is None:
        return JointBand(Rate(ZERO), Rate(ZERO))
    return JointBand(
        None if span.low is None else Rate(min(span.low - ONE, ZERO)),
        None if span.high is None else Rate(max(span.high - ONE, ZERO)),
    )


@dataclass(frozen=True, slots=True)
class Bite:
    """What one leg took from the cushion (quote, negative) on the way; gains are positive."""

    leg: Leg
    change: Amount


@dataclass(frozen=True, slots=True)
class Fall:
    """A pool liquidated on the way: after which part of the shock (0..1), at which marks.

    `kept` (quote) is what the trader keeps of it: 0, except where the venue leaves the remainder.
    """

    pool: Pool
    after: Rate
    marks: Marks
    bites: tuple[Bite, ...]
    kept: Amount

    @property
    def lost(self) -> Amount:
        """What the wall let out: the collateral less what is kept, quote."""
        return Amount(self.pool.collateral - self.kept)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A pool that stands at the end, with its risk there."""

    pool: Pool
    risk: Risk
    bites: tuple[Bite, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What a shock does: falls in order, survivors, and what is left of all the collateral."""

    marks: Marks
    falls: tuple[Fall, ...]
    survivors: tuple[Survivor, ...]

    @property
    def left(self) -> Amount:
        """Sum of the survivors' margin balances and of what falls leave to the trader, quote."""
        kept = sum((fall.kept for fall in self.falls), ZERO)
        return Amount(sum((s.risk.margin_balance for s in self.survivors), kept))


def shock(
    pools: Iterable[Pool], moves: Mapping[Symbol, Rate], marks: Marks, listing: Listing
) -> Story:
    """Move the named marks by relative amounts (> -1), all at the same pace; tell what falls when.

    Raises `NoPrice`, `UnknownSymbol`.
    """
    falls: list[Fall] = []
    survivors: list[Survivor] = []
    end = moved(marks, moves, ONE)
    for pool in pools:
        after = _falls_after(pool, moves, marks, listing)
        if after is None:
            bites = _bites(pool, marks, end, listing)
            survivors.append(Survivor(pool, risk(pool, end, listing), bites))
        else:
            falls.append(_fall(pool, Rate(after), marks, moved(marks, moves, after), listing))
    falls.sort(key=lambda fall: fall.after)
    return Story(end, tuple(falls), tuple(survivors))


def _fall(pool: Pool, after: Rate, before: Marks, there: Marks, listing: Listing) -> Fall:
    """Tell one liquidation; the remainder goes to whom the venue gives it."""
    kept = ZERO
    if listing.venue.remainder_to is Remainder.TRADER:
        kept = max(ZERO, risk(pool, there, listing).margin_balance)
    return Fall(pool, after, there, _bites(pool, before, there, listing), Amount(kept))


def moved(marks: Marks, moves: Mapping[Symbol, Rate], part: Decimal) -> Marks:
    """Return the snapshot after `part` (0..1) of the moves."""
    prices = dict(marks.prices)
    for symbol, move in moves.items():
        price = Price(marks.price(symbol) * (ONE + move * part))
        prices[symbol] = MarkPrice(price, marks.mark(symbol).at)
    return Marks(marks.market, marks.at, prices)


def _falls_after(
    pool: Pool, moves: Mapping[Symbol, Rate], marks: Marks, listing: Listing
) -> Decimal | None:
    """The part of the shock after which the pool is liquidated, or None."""
    if risk(pool, marks, listing).is_liquidatable(listing.venue):
        return ZERO
    strands = _strands(pool, moves, marks, listing, from_zero=False)
    if not any(strand.pace for strand in strands):
        return None
    spans = safe_spans(_fixed(pool, listing), strands)
    if not spans or spans[0].low is not None:
        return ZERO
    high = spans[0].high
    reached = high is not None and (high < ONE or (high == ONE and listing.venue.equal_liquidates))
    return high if reached else None


def _strands(
    pool: Pool, moves: Mapping[Symbol, Rate], marks: Marks, listing: Listing, *, from_zero: bool
) -> tuple[Strand, ...]:
    """The pool's legs along the moves: from nothing (t is a factor) or from here (t is a part)."""
    strands = []
    for leg in pool.legs:
        worth = notional(leg, marks.price(leg.symbol))
        pace = worth * moves.get(leg.symbol, Rate(ZERO))
        start = ZERO if from_zero else worth
        strands.append(Strand(leg, listing.instrument(leg.symbol), start, pace))
    return tuple(strands)


def _fixed(pool: Pool, listing: Listing) -> Decimal:
    """Collateral less the closing fees, which do not move."""
    fees = (closing_fee(leg, listing.instrument(leg.symbol)) for leg in pool.legs)
    return pool.collateral - sum(fees, ZERO)


def _bites(pool: Pool, before: Marks, after: Marks, listing: Listing) -> tuple[Bite, ...]:
    """What each leg took from the cushion, the hungriest first."""
    bites = [
        Bite(leg, Amount(_give(leg, after, listing) - _give(leg, before, listing)))
        for leg in pool.legs
    ]
    return tuple(sorted(bites, key=lambda bite: bite.change))


def _give(leg: Leg, marks: Marks, listing: Listing) -> Decimal:
    """A leg's part of the cushion."""
    return leg_cushion(leg, marks.price(leg.symbol), listing.instrument(leg.symbol))
