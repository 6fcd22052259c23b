"""A market that nobody can look up: a recording's hours in an order of chance, half of them turned.

The recording's future is public, so a game on it is played on a path that a secret seed draws: hour
after hour one of the recorded hours, all coins together, so that they move as they do; turned ones
go down where the recording went up (each price is replaced by its reciprocal). Within an hour the
way is the demo market's.

    price(h, s) = level(h) * way(s) / way(0)        level(h + 1) = level(h) * close / open
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Protocol

from core.lessons.game.chance import drawn
from core.lessons.game.hour import SECONDS, price_in_hour
from core.market import Symbol
from core.money import EXACT, Price, Rate, down

_FINE = 10**9
"""Parts in which a way within an hour is told, whole numbers."""

_PARTS = Decimal(_FINE)

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


Way = tuple[int, int, int, int]
"""An hour's open, high, low and close, in parts of its open."""


@dataclass(frozen=True, slots=True)
class _Hour:
    """One coin's hour on a path: its number, the price it begins at, and its way from there."""

    number: int
    level: Decimal
    way: Way


class Path:
    """The re-drawn market of one game; the same for the same seed, wherever it is reckoned.

    Of each coin only the hour that was asked for last is kept: who goes forward is answered fast,
    and who looks back begins at the beginning.
    """

    def __init__(self, seed: str, tapes: Mapping[Symbol, Tape], start: int) -> None:
        """Begin at the prices of recorded hour `start`."""
        self._seed = seed
        self._tapes = tapes
        self._start = start
        self._latest: dict[Symbol, _Hour] = {}

    def prices(self, second: int, symbols: Sequence[Symbol]) -> dict[Symbol, Price]:
        """Return some coins' prices so many seconds of the path after its beginning, on the tick.

        Raises `KeyError` for a coin that was not recorded.
        """
        hour, within = divmod(second, SECONDS)
        return {symbol: self._price(symbol, hour, within) for symbol in symbols}

    def funding(
        self, hour: int, rates: Mapping[Symbol, Sequence[Rate]], symbols: Iterable[Symbol]
    ) -> dict[Symbol, Rate]:
        """Return coins' funding rates at the beginning of an hour, of those whose rates are known.

        It is the rate that was recorded about the hour that is drawn, turned as that is.
        """
        turn = -1 if self._is_turned(hour) else 1
        found = {}
        for symbol in symbols:
            known, opens = rates.get(symbol, ()), self._tapes[symbol].opens
            if known:
                place = drawn(self._seed, len(opens), "hour", hour) * len(known) // len(opens)
                found[symbol] = Rate(turn * known[place])
        return found

    def _is_turned(self, hour: int) -> bool:
        return bool(drawn(self._seed, 2, "turned", hour))

    def _price(self, symbol: Symbol, hour: int, second: int) -> Price:
        found, tick = self._hour(symbol, hour), self._tapes[symbol].tick
        part = Decimal(price_in_hour(*found.way, second))
        exact = EXACT.divide(EXACT.multiply(found.level, part), _PARTS)
        return Price(max(down(exact, tick), tick))

    def _hour(self, symbol: Symbol, hour: int) -> _Hour:
        """An hour of a coin, reckoned on from the latest one that is known."""
        known = self._latest.get(symbol)
        if known is None or known.number > hour:
            tape = self._tapes[symbol]
            first = EXACT.multiply(Decimal(tape.opens[self._start]), tape.tick)
            known = _Hour(0, first, self._way(symbol, 0))
        while known.number < hour:
            close = EXACT.multiply(known.level, Decimal(known.way[3]))
            after = known.number + 1
            known = _Hour(after, _KEPT.divide(close, _PARTS), self._way(symbol, after))
        self._latest[symbol] = known
        return known

    def _way(self, symbol: Symbol, hour: int) -> Way:
        """An hour's way, drawn."""
        tape = self._tapes[symbol]
        which = drawn(self._seed, len(tape.opens), "hour", hour)
        first = tape.opens[which]
        ends = [tape.highs[which], tape.lows[which], tape.closes[which]]
        if self._is_turned(hour):
            high, low, close = ((2 * _FINE * first + p) // (2 * p) for p in ends)
            return _FINE, low, high, close
        high, low, close = ((2 * _FINE * p + first) // (2 * first) for p in ends)
        return _FINE, high, low, close
