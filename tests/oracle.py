"""An oracle for liquidation prices: rational numbers, the definition, and nothing of our own path.

It knows one thing only, the definition of the cushion at a given set of marks, in fractions without
any rounding. Between two neighbouring edges of tiers the cushion is a straight line, so two probes
inside give the line, and the line its root. Every piece is looked at; the band is the stretch of
positive cushion that holds the mark, else the nearest one.

`mismatches(count, seed)` makes random pools, asks the program and the oracle, and returns whatever
differs by more than 1e-24 of the price. `python -m tests.oracle 100000` runs it alone.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from math import lcm
from random import Random

from core.margin.liquidation import liquidation_band
from core.margin.pool import Leg, Pool, Side
from core.margin.shock import joint_band
from core.market import Instrument, Listing, Marks, Measure, Symbol
from core.money import EXACT, ONE
from tests.random_pools import Market, random_market, random_pool

Ends = tuple[Fraction | None, Fraction | None]
TOLERANCE = Fraction(1, 10**24)
NONE: Ends = (None, None)


@dataclass(frozen=True)
class Exact:
    """A leg and its contract as whole numbers of a common `unit`th; `tiers` are floor, rate, off.

    The rate of a tier carries the closing fee of the trigger, its amount the fees that margin
    carries.
    """

    symbol: Symbol
    sign: int
    unit: int
    quantity: int
    cost: int
    tiers: tuple[tuple[int, int, int], ...]
    by_quantity: bool

    def cushion(self, mark: Fraction) -> Fraction:
        """What the leg leaves to its pool at a mark: its PnL less its requirement."""
        coins, parts, unit = mark.numerator, mark.denominator, self.unit
        worth = self.quantity * coins
        size = self.quantity * parts if self.by_quantity else worth
        _, rate, off = next(tier for tier in reversed(self.tiers) if tier[0] * parts <= size)
        gain = self.sign * (worth - self.cost * parts)
        return Fraction(gain * unit - worth * rate + off * parts * unit, parts * unit * unit)

    def edges(self) -> list[Fraction]:
        """The marks at which the leg enters another tier."""
        if self.by_quantity:
            return []
        return [Fraction(floor, self.quantity) for floor, _, _ in self.tiers[1:]]


def exactly(leg: Leg, contract: Instrument) -> Exact:
    """Turn a leg and its contract into whole numbers of a common part."""
    sign = 1 if leg.side is Side.LONG else -1
    quantity, cost = Fraction(leg.quantity), Fraction(leg.entry_cost)
    fee = cost * (1 - sign / Fraction(leg.leverage)) * Fraction(contract.bankruptcy_fee)
    tiers = [
        (
            Fraction(bracket.floor),
            Fraction(bracket.maintenance_rate) + Fraction(contract.trigger_fee),
            Fraction(bracket.maintenance_amount) - fee,
        )
        for bracket in contract.brackets.brackets
    ]
    every = [quantity, cost, *(value for tier in tiers for value in tier)]
    unit = lcm(*(value.denominator for value in every))
    whole = [(int(floor * unit), int(rate * unit), int(off * unit)) for floor, rate, off in tiers]
    by_quantity = contract.brackets.measure is Measure.QUANTITY
    return Exact(
        leg.symbol, sign, unit, int(quantity * unit), int(cost * unit), tuple(whole), by_quantity
    )


def safe_band(
    cushion: Callable[[Fraction], Fraction], edges: set[Fraction], here: Fraction
) -> Ends | None:
    """Return the ends of the stretch of positive cushion round `here`, else of the nearest one.

    None says that the cushion is positive nowhere.
    """
    stretches = list(_joined(cushion, edges))
    if not stretches:
        return None
    low, high = min(stretches, key=lambda ends: _gap(ends, here))
    return low or None, high


def _gap(ends: tuple[Fraction, Fraction | None], here: Fraction) -> Fraction:
    low, high = ends
    return max(low - here, Fraction(0) if high is None else here - high, Fraction(0))


def _joined(
    cushion: Callable[[Fraction], Fraction], edges: set[Fraction]
) -> Iterator[tuple[Fraction, Fraction | None]]:
    """Yield the stretches of positive cushion; two that touch at a safe edge are one."""
    pending: tuple[Fraction, Fraction | None] | None = None
    for low, high in _stretches(cushion, sorted(edges)):
        if pending and pending[1] == low and cushion(low) > 0:
            pending = (pending[0], high)
            continue
        if pending:
            yield pending
        pending = (low, high)
    if pending:
        yield pending


def _stretches(
    cushion: Callable[[Fraction], Fraction], edges: list[Fraction]
) -> Iterator[tuple[Fraction, Fraction | None]]:
    """Yield, piece by piece, where the cushion is positive."""
    for start, end in zip([Fraction(0), *edges], [*edges, None], strict=True):
        width = Fraction(1) if end is None else (end - start) / 3
        first, second = cushion(start + width), cushion(start + 2 * width)
        slope = (second - first) / width
        at_start = first - slope * width
        root = None if slope == 0 else start - at_start / slope
        inside = root is not None and root > start and (end is None or root < end)
        if root is None or not inside:
            if first > 0:
                yield start, end
        elif slope < 0:
            yield start, root
        else:
            yield root, end


@dataclass(frozen=True)
class Oracle:
    """A pool in whole numbers, ready to be asked."""

    collateral: Fraction
    legs: tuple[Exact, ...]
    marks: Mapping[Symbol, Fraction]

    @classmethod
    def of(cls, pool: Pool, marks: Marks, listing: Listing) -> "Oracle":
        """Turn a pool and its market into whole numbers."""
        legs = tuple(exactly(leg, listing.instrument(leg.symbol)) for leg in pool.legs)
        at = {symbol: Fraction(marks.price(symbol)) for symbol in pool.symbols}
        return cls(Fraction(pool.collateral), legs, at)

    def band(self, symbol: Symbol) -> Ends:
        """Return the liquidation prices of a symbol, the other marks held still."""
        own = [leg for leg in self.legs if leg.symbol == symbol]
        others = [leg for leg in self.legs if leg.symbol != symbol]
        fixed = self.collateral + sum(leg.cushion(self.marks[leg.symbol]) for leg in others)

        def cushion(mark: Fraction) -> Fraction:
            return fixed + sum(leg.cushion(mark) for leg in own)

        edges = {edge for leg in own for edge in leg.edges()}
        return safe_band(cushion, edges, self.marks[symbol]) or NONE

    def joint(self) -> Ends:
        """Return the common factors of all marks at which the pool is liquidated.

        A pool under water has no way to go on the side it would have to come from: 1 there; and 1
        on both sides where no factor would help.
        """

        def cushion(factor: Fraction) -> Fraction:
            return self.collateral + sum(
                leg.cushion(self.marks[leg.symbol] * factor) for leg in self.legs
            )

        edges = {edge / self.marks[leg.symbol] for leg in self.legs for edge in leg.edges()}
        here = Fraction(1)
        low, high = safe_band(cushion, edges, here) or (here, here)
        return None if low is None else min(low, here), None if high is None else max(high, here)


@dataclass(frozen=True)
class Mismatch:
    """A question on which program and oracle differ."""

    question: str
    ours: tuple[Decimal | None, ...]
    exact: Ends
    pool: Pool
    marks: Marks = field(repr=False)
    listing: Listing = field(repr=False)


def agree(ours: Decimal | None, exact: Fraction | None) -> bool:
    """Whether two ends are the same to 1e-24 of their size; no end equals no end only."""
    if ours is None or exact is None:
        return ours is None and exact is None
    return abs(Fraction(ours) - exact) <= TOLERANCE * abs(exact)


def _questions(pool: Pool, market: Market) -> Iterator[Mismatch]:
    """Ask the program and the oracle for every symbol, and for the joint move."""
    marks, listing = market.marks, market.listing
    oracle = Oracle.of(pool, marks, listing)
    for symbol in pool.symbols:
        band = liquidation_band(pool, symbol, marks, listing)
        ends = (band.lower, band.upper)
        yield Mismatch(symbol, ends, oracle.band(symbol), pool, marks, listing)
    if len(pool.symbols) > 1:
        joint = joint_band(pool, marks, listing)
        ours = tuple(None if move is None else move + ONE for move in (joint.fall, joint.rise))
        yield Mismatch("joint", ours, oracle.joint(), pool, marks, listing)


def mismatches(count: int, seed: int) -> list[Mismatch]:
    """Ask about `count` random pools; return every answer that differs from the exact one."""
    random = Random(seed)
    wrong = []
    with localcontext(EXACT):
        market = random_market(random)
        for number in range(count):
            if number % 4 == 0:
                market = random_market(random)
            pool = random_pool(random, market)
            wrong += [each for each in _questions(pool, market) if not _right(each)]
    return wrong


def _right(each: Mismatch) -> bool:
    return all(agree(ours, exact) for ours, exact in zip(each.ours, each.exact, strict=True))


if __name__ == "__main__":
    found = mismatches(int(sys.argv[1]), seed=1)
    sys.exit(f"{len(found)} mismatches: {found[:3]}" if found else 0)
