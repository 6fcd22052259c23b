"""Recorded events as values: what happened, which coins were quoted, hour by hour and finer.

Prices are parts of a coin's first open: 1 is where the event begins. So one recording can be played
at its own prices and at today's. Finer rows may be of another kind of price than the hours (last
or spot, where the hours are marks); they tell *when* within an hour a price went somewhere, never
how far. Funding is there for the coins whose settlements were all recorded; no rate is made up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.market import Symbol
from core.money import Price, Rate

HOUR = 60
"""Minutes of a whole candle."""


class PriceKind(StrEnum):
    """What a table holds: mark prices, a perpetual's last price, or spot."""

    MARK = "mark"
    LAST = "last"
    SPOT = "spot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coin:
    """One coin of an event: its first open (quote per base), and where the figures come from.

    `fine` is what its finer rows are, None where it has none; `funding` is whose rates it has, ""
    where they are not all recorded.
    """

    symbol: Symbol
    first: Price
    price: PriceKind
    source: str
    read: date
    fine: PriceKind | None = None
    funding: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One coin's way through a candle, in parts of its first open."""

    open: Rate
    high: Rate
    low: Rate
    close: Rate

    @property
    def sound(self) -> bool:
        """Whether open and close lie between a low above zero and a high."""
        return 0 < self.low <= min(self.open, self.close) <= max(self.open, self.close) <= self.high


@dataclass(frozen=True, slots=True)
class Candle:
    """All coins from a moment (UTC) on, for so many minutes."""

    at: datetime
    minutes: int
    bars: Mapping[Symbol, Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a recorded event is, without its figures; `told` is one sentence about it."""

    id: str
    name: str
    told: str
    first_hour: datetime
    hours: int
    coins: Mapping[Symbol, Coin]

    @property
    def ends(self) -> datetime:
        """The end of the last hour."""
        return self.first_hour + timedelta(hours=self.hours)

    def is_meant_by(self, word: str) -> bool:
        """Whether a word names it: its date or the beginning of it, or a word of its name."""
        word = word.lower()
        dated = len(word) >= len("2020") and self.id.startswith(word)
        return dated or word in self.name.lower().replace("-", " ").split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A recorded event: its hours in order, and finer candles by the number of their hour.

    `funding` are the rates by the hour at whose beginning they were settled. Somebody who opens
    when the event begins was not there for a settlement of that very moment, so it has none.
    """

    heading: Heading
    candles: tuple[Candle, ...]
    finer: Mapping[int, tuple[Candle, ...]] = field(default_factory=dict)
    funding: Mapping[int, Mapping[Symbol, Rate]] = field(default_factory=dict)

    def settled_at(self, moment: datetime) -> Mapping[Symbol, Rate]:
        """Return the rates that were settled at a moment; most often none."""
        hour, rest = divmod(moment - self.heading.first_hour, timedelta(hours=1))
        return {} if rest else self.funding.get(hour, {})

    def played(self, symbols: frozenset[Symbol]) -> Iterator[Candle]:
        """Yield the candles for somebody who holds these coins.

        An hour that has finer rows of every one of them comes in its finer steps.
        """
        for number, hour in enumerate(self.candles):
            steps = self.finer.get(number, ())
            known = bool(steps) and symbols <= steps[0].bars.keys()
            yield from narrowed(hour, steps, symbols) if known else (hour,)


class ScenarioSource(Protocol):
    """Where the recorded events come from."""

    def headings(self) -> tuple[Heading, ...]:
        """Return all events, oldest first."""

    def scenario(self, id_: str) -> Scenario:
        """Return one event with its figures. Raises `LookupError` for an id it has not."""


def named(headings: Sequence[Heading], word: str) -> tuple[Heading, ...]:
    """Return the events a word may mean; exactly one where it is clear."""
    exact = [each for each in headings if each.id == word]
    return tuple(exact or (each for each in headings if each.is_meant_by(word)))


def narrowed(
    hour: Candle, steps: Sequence[Candle], symbols: frozenset[Symbol]
) -> tuple[Candle, ...]:
    """Return an hour in finer steps that begin, end and reach exactly as far as the hour does.

    Each step is held within the hour's low and high; the lowest takes the hour's low, the highest
    its high. Nothing of the hour is lost, and nothing is added to it.
    """
    ways = {s: _within(hour.bars[s], [step.bars[s] for step in steps]) for s in symbols}
    return tuple(
        replace(step, bars={s: way[n] for s, way in ways.items()}) for n, step in enumerate(steps)
    )


def _within(whole: Bar, bars: Sequence[Bar]) -> list[Bar]:
    """One coin's finer bars, held within its hour."""
    lowest = min(range(len(bars)), key=lambda n: bars[n].low)
    highest = max(range(len(bars)), key=lambda n: bars[n].high)
    last = len(bars) - 1

    def held(part: Rate) -> Rate:
        return min(max(part, whole.low), whole.high)

    found = []
    for n, bar in enumerate(bars):
        first = whole.open if n == 0 else held(bar.open)
        close = whole.close if n == last else held(bar.close)
        low = whole.low if n == lowest else min(held(bar.low), first, close)
        high = whole.high if n == highest else max(held(bar.high), first, close)
        found.append(Bar(first, high, low, close))
    return found
