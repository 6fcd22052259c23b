"""A market of seeded random walks with gaps, the same in every process that knows the seed.

It is a pure function of (seed, beginning, moment), so that a process that starts again after it was
killed finds the marks it would have seen. Every step all coins move together and each by itself;
now and then one jumps, and stays there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random

from core.market import MarkPrice, Marks, Symbol
from core.money import Price, Rate
from core.ports import Clock

MARKET = "demo"

COINS: Mapping[Symbol, tuple[int, str]] = {
    Symbol("BTCUSDT"): (68_424, "0.1"),
    Symbol("ETHUSDT"): (3_420, "0.01"),
    Symbol("SOLUSDT"): (150, "0.01"),
}
"""Contracts that every venue lists: the first mark and its tick."""

SLOT = timedelta(hours=8)
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Weather:
    """How a market moves: seconds of a step, its size, how often it jumps, and how far at most."""

    step: timedelta
    size: float
    gaps: float
    gap: float


class Walk:
    """Implements `core.ports.MarkSource`: `steps` steps, then back again, for ever."""

    market = MARKET

    def __init__(self, seed: int, begin: datetime, clock: Clock, weather: Weather) -> None:
        self._begin = begin
        self._clock = clock
        self._step = weather.step
        self._random = Random(seed)
        self._rates = Random(seed + 1)
        self._weather = weather
        self._paths = {symbol: [0.0] for symbol in COINS}
        self._funding: list[dict[Symbol, Rate]] = []

    def marks(self) -> Marks:
        """The marks of this moment."""
        return self.marks_at(self._clock.now())

    def marks_at(self, moment: datetime) -> Marks:
        """The marks of any moment from the beginning on; before it, the first ones."""
        place = max(0, (moment - self._begin) // self._step)
        while len(next(iter(self._paths.values()))) <= place:
            self._walk()
        at = self._begin + place * self._step
        slot = (moment - _UNIX) // SLOT + 1
        rates = self._rates_of(slot - (self._begin - _UNIX) // SLOT)
        prices = {
            symbol: MarkPrice(
                self._price(symbol, place),
                at,
                funding=rates[symbol],
                funding_at=_UNIX + slot * SLOT,
            )
            for symbol in COINS
        }
        return Marks(MARKET, moment, prices)

    def _walk(self) -> None:
        """One more step of every coin: held near its first mark, so that no walk runs away."""
        draw, weather = self._random, self._weather
        together = draw.gauss(0, weather.size)
        for path in self._paths.values():
            move = together + draw.gauss(0, weather.size / 2)
            if draw.random() < weather.gaps:
                move += draw.uniform(-weather.gap, weather.gap)
            path.append((path[-1] + move) * (1 - weather.size / 20))

    def _price(self, symbol: Symbol, place: int) -> Price:
        first, tick = COINS[symbol]
        return Price(
            Decimal(round(first * exp(self._paths[symbol][place]) / float(tick))) * Decimal(tick)
        )

    def _rates_of(self, slot: int) -> dict[Symbol, Rate]:
        """The rates of a settlement: small as a rule, either way."""
        while len(self._funding) <= slot:
            self._funding.append(
                {s: Rate(Decimal(self._rates.randint(-300, 500)).scaleb(-6)) for s in COINS}
            )
        return self._funding[slot]
