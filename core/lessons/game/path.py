"""A market that nobody can look up: a recording's hours in an order of chance, half of them turned.

The recording's future is public, so a game on it is played on a path that a secret seed draws: hour
after hour one of the recorded hours, all coins together, so that they move as they do; turned ones
go down where the recording went up (each price is replaced by its reciprocal). Within an hour the
way is the demo market's.

    price(h, s) = level(h) * way(s) / way(0)        level(h + 1) = level(h) * close / open
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Protocol

from core.lessons.game.chance import drawn
from core.lessons.game.hour import SECONDS, price_in_hour
from core.market import Symbol
from core.money import EXACT, Price, down

_FINE = 10**9
"""Parts in which a way within an hour is told, whole numbers."""

_KEPT = Context(prec=10, rounding=ROUND_HALF_EVEN)
"""A level keeps ten digits, so that every machine goes on from the same one."""


class Tape(Protocol):
    """One coin's recorded hours, in ticks."""

    @property
    def tick(self) -> Decimal:
        """The price of one tick (quote per base)."""

    @property
    def opens(self) -> Sequence[int]:
        """First price of each hour."""

    @property
    def highs(self) -> Sequence[int]:
        """Highest price of each hour."""

    @property
    def lows(self) -> Sequence[int]:
        """Lowest price of each hour."""

    @property
    def closes(self) -> Sequence[int]:
        """Last price of each hour."""


class Path:
    """The re-drawn market of one game; the same for the same seed, wherever it is reckoned."""

    def __init__(self, seed: str, tapes: Mapping[Symbol, Tape], start: int) -> None:
        """Begin at the prices of recorded hour `start`."""
        self._seed = seed
        self._tapes = tapes
        self._levels = [
            {symbol: Decimal(tape.opens[start]) * tape.tick for symbol, tape in tapes.items()}
        ]

    def prices(self, second: int, symbols: Sequence[Symbol]) -> dict[Symbol, Price]:
        """Return some coins' prices so many seconds of the path after its beginning, on the tick.

        Raises `KeyError` for a coin that was not recorded.
        """
        hour, within = divmod(second, SECONDS)
        while len(self._levels) <= hour:
            self._levels.append(self._after(len(self._levels) - 1))
        levels = self._levels[hour]
        return {symbol: self._price(symbol, levels[symbol], hour, within) for symbol in symbols}

    def _after(self, hour: int) -> dict[Symbol, Decimal]:
        """The levels at the end of an hour."""
        return {
            symbol: _KEPT.divide(level * self._way(symbol, hour)[3], Decimal(_FINE))
            for symbol, level in self._levels[hour].items()
        }

    def _price(self, symbol: Symbol, level: Decimal, hour: int, second: int) -> Price:
        part = price_in_hour(*self._way(symbol, hour), second)
        tick = self._tapes[symbol].tick
        return Price(max(down(EXACT.multiply(level, Decimal(part)) / _FINE, tick), tick))

    def _way(self, symbol: Symbol, hour: int) -> tuple[int, int, int, int]:
        """An hour's open, high, low and close as parts of its open."""
        tape = self._tapes[symbol]
        which = drawn(self._seed, len(tape.opens), "hour", hour)
        first = tape.opens[which]
        ends = [tape.highs[which], tape.lows[which], tape.closes[which]]
        if drawn(self._seed, 2, "turned", hour):
            high, low, close = ((2 * _FINE * first + p) // (2 * p) for p in ends)
            return _FINE, low, high, close
        high, low, close = ((2 * _FINE * p + first) // (2 * first) for p in ends)
        return _FINE, high, low, close
