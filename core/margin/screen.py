"""The float64 twin of `core.margin.risk` for many walls at once: it proposes, it never decides.

All legs of all walls lie in columns, contract by contract; one pass gives every wall's cushion.
A wall is proposed when its cushion is below a billionth of what went into it, which is a thousand
times what float64 can be wrong by: whoever is liquidatable exactly is always among the proposed.
Beside walls there are triggers, prices at which something else happens (a stop, an order).

    cushion = collateral + sum (s*(q*P - cost) - (q*P*(m + phi) - c + closing fee))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from core.margin.pool import Pool
from core.margin.risk import closing_fee
from core.market import Instrument, Listing, Marks, Measure, Symbol
from core.money import ONE

ALLOWANCE = 1e-9
"""A cushion this small against the amounts it is made of is judged exactly."""

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wall:
    """A pool by the rules of one venue, and whose it is."""

    owner: int
    pool: Pool
    listing: Listing


@dataclass(frozen=True, slots=True)
class Trigger:
    """A price (quote per base) of a symbol at which something happens to an owner."""

    owner: int
    symbol: Symbol
    price: Decimal
    rising: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """The legs of one contract: which wall each belongs to, and its figures."""

    symbol: Symbol
    walls: Places
    signs: Floats
    quantities: Floats
    costs: Floats
    fees: Floats
    floors: Floats
    rates: Floats
    amounts: Floats
    by_notional: bool

    def cushions(self, price: float, watch: float) -> tuple[Floats, Floats]:
        """Return what every leg leaves to its wall, and how large the figures were.

        What it needs to stay counts 1 / `watch` times.
        """
        worth = self.quantities * price
        size = worth if self.by_notional else self.quantities
        tier = np.searchsorted(self.floors, size, side="right") - 1
        needed = worth * self.rates[tier] - self.amounts[tier] + self.fees
        return self.signs * (worth - self.costs) - needed / watch, worth + self.costs


@dataclass(frozen=True, slots=True)
class _Edges:
    """The triggers of one symbol on one side, sorted by price."""

    symbol: Symbol
    rising: bool
    prices: Floats
    owners: Places

    def reached(self, price: float) -> Places:
        """Return whose trigger is at or behind the price, a little early rather than late."""
        slack = price * ALLOWANCE
        if self.rising:
            return self.owners[: np.searchsorted(self.prices, price + slack, side="right")]
        return self.owners[np.searchsorted(self.prices, price - slack, side="left") :]


class Screen:
    """Columns over many walls and triggers, made once and asked at every tick."""

    def __init__(
        self, walls: Iterable[Wall], triggers: Iterable[Trigger], watch: Decimal = ONE
    ) -> None:
        """Lay the columns out. `watch` is the margin ratio from which a wall is proposed."""
        self._watch = float(watch)
        walls = tuple(walls)
        self._owners = np.array([wall.owner for wall in walls], dtype=np.int64)
        self._collateral = np.array([float(wall.pool.collateral) for wall in walls])
        self._columns = _columns(walls)
        self._edges = _edges(triggers)

    def candidates(self, marks: Marks) -> frozenset[int]:
        """Return the owners whom this snapshot may concern; nobody else is.

        A wall with a leg that has no mark is not proposed: it could not be judged.
        """
        cushion, scale = self._collateral.copy(), np.abs(self._collateral)
        for column in self._columns:
            quote = marks.get(column.symbol)
            if quote is None:
                np.put(cushion, column.walls, np.inf)
                continue
            left, size = column.cushions(float(quote.price), self._watch)
            cushion += np.bincount(column.walls, left, len(cushion))
            scale += np.bincount(column.walls, size, len(cushion))
        proposed = set(self._owners[cushion <= scale * ALLOWANCE].tolist())
        for edge in self._edges:
            quote = marks.get(edge.symbol)
            if quote is not None:
                proposed.update(edge.reached(float(quote.price)).tolist())
        return frozenset(proposed)


def _columns(walls: tuple[Wall, ...]) -> tuple[_Column, ...]:
    """The legs of all walls, apart by contract."""
    found: dict[tuple[str, Symbol], list[tuple[float, float, float, float, float]]] = {}
    contracts: dict[tuple[str, Symbol], Instrument] = {}
    for place, wall in enumerate(walls):
        venue = wall.listing.venue.id
        for leg in wall.pool.legs:
            key = (venue, leg.symbol)
            instrument = contracts.setdefault(key, wall.listing.instrument(leg.symbol))
            row = (
                place,
                float(leg.side.sign),
                float(leg.quantity),
                float(leg.entry_cost),
                float(closing_fee(leg, instrument)),
            )
            found.setdefault(key, []).append(row)
    return tuple(_column(contracts[key], rows) for key, rows in found.items())


def _column(
    instrument: Instrument, rows: list[tuple[float, float, float, float, float]]
) -> _Column:
    walls, signs, quantities, costs, fees = np.array(rows, dtype=np.float64).T
    table = instrument.brackets
    phi = float(instrument.trigger_fee)
    return _Column(
        symbol=instrument.symbol,
        walls=walls.astype(np.int64),
        signs=signs,
        quantities=quantities,
        costs=costs,
        fees=fees,
        floors=np.array([float(floor) for floor in table.floors]),
        rates=np.array([float(rate) + phi for rate in table.rates]),
        amounts=np.array([float(amount) for amount in table.amounts]),
        by_notional=table.measure is Measure.NOTIONAL,
    )


def _edges(triggers: Iterable[Trigger]) -> tuple[_Edges, ...]:
    found: dict[tuple[Symbol, bool], list[tuple[float, int]]] = {}
    for trigger in triggers:
        edge = (float(trigger.price), trigger.owner)
        found.setdefault((trigger.symbol, trigger.rising), []).append(edge)
    return tuple(_sorted(symbol, rising, rows) for (symbol, rising), rows in found.items())


def _sorted(symbol: Symbol, rising: bool, rows: list[tuple[float, int]]) -> _Edges:  # noqa: FBT001
    rows.sort()
    prices = np.array([price for price, _ in rows])
    owners = np.array([owner for _, owner in rows], dtype=np.int64)
    return _Edges(symbol, rising, prices, owners)
