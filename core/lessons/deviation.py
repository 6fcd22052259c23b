"""How a recorded event differs from the one that is stored: where first, and how far at most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.lessons.recording import MILLIONTH
from core.lessons.scenario import Bar, Candle, Scenario
from core.market import Symbol
from core.money import ONE, ZERO, Rate


@dataclass(frozen=True, slots=True)
class Difference:
    """How one coin's hours differ from those that are stored.

    `compared` hours are in both, `differing` of them differ, `first` is the earliest of those;
    `largest` is the largest deviation of a price, in parts of the stored one, in the hour `at`.
    """

    symbol: Symbol
    compared: int
    differing: int = 0
    first: datetime | None = None
    largest: Rate = Rate(ZERO)
    at: datetime | None = None


def differences(stored: Scenario, made: Scenario) -> tuple[Difference, ...]:
    """Return how each coin that both have differs, over the hours that both have.

    Two tables round to millionths of their own first opens: less than that is no difference.
    """
    old = {candle.at: candle for candle in stored.candles}
    both = [(old[candle.at], candle) for candle in made.candles if candle.at in old]
    return tuple(
        _difference(symbol, stored, made, both)
        for symbol in made.heading.coins
        if symbol in stored.heading.coins
    )


def _difference(
    symbol: Symbol, stored: Scenario, made: Scenario, both: Sequence[tuple[Candle, Candle]]
) -> Difference:
    before, now = (each.heading.coins[symbol].first for each in (stored, made))
    slack = (before + now) / 2 * MILLIONTH
    found = Difference(symbol, len(both))
    for old, new in both:
        largest = ZERO
        for a, b in zip(_parts(old.bars[symbol]), _parts(new.bars[symbol]), strict=True):
            price = a * before
            if abs(b * now - price) > (slack if before != now else ZERO):
                largest = max(largest, abs(b * now / price - ONE))
        if largest:
            found = _one_more(found, new.at, Rate(largest))
    return found


def _one_more(found: Difference, at: datetime, by: Rate) -> Difference:
    found = replace(found, differing=found.differing + 1, first=found.first or at)
    return replace(found, largest=by, at=at) if by > found.largest else found


def _parts(bar: Bar) -> tuple[Rate, ...]:
    return bar.open, bar.high, bar.low, bar.close
