"""A venue's candles made into a recorded event.

An event is taken whole: every hour of every coin, of one kind of price each, or not at all. Prices
become whole millionths of a coin's first open, rounded half to even; nothing is filled in, smoothed
or made up. Finer rows are taken round the wildest hour, funding where no settlement is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from core.lessons.scenario import HOUR, Bar, Candle, Coin, Heading, PriceKind, Scenario
from core.market import Symbol
from core.money import ZERO, D, Price, Rate, nearest

MILLIONTH = D("1e-6")
"""The smallest part of a first open that a table tells."""

BEFORE, FINE_HOURS = 5, 12
"""Finer rows begin so many hours before the wildest one, and are of so many hours in all."""

SETTLED_EVERY = timedelta(hours=8)
"""The longest time from one settlement of funding to the next, on every venue there is."""


@dataclass(frozen=True, slots=True)
class Kline:
    """One coin's candle as a venue tells it: when it began, and four prices (quote per base)."""

    at: datetime
    open: Price
    high: Price
    low: Price
    close: Price

    @property
    def prices(self) -> tuple[Price, Price, Price, Price]:
        """Open, high, low, close."""
        return self.open, self.high, self.low, self.close

    @property
    def sound(self) -> bool:
        """Whether all four are prices, and open and close lie between the low and the high."""
        finite = all(price.is_finite() for price in self.prices)
        return finite and Bar(*map(Rate, self.prices)).sound


@dataclass(frozen=True, slots=True)
class Span:
    """So many candles of so many minutes each, from a moment on."""

    first: datetime
    count: int
    minutes: int = HOUR

    @property
    def ends(self) -> datetime:
        """The end of the last candle."""
        return self.first + self.count * self.step

    @property
    def step(self) -> timedelta:
        """How long a candle is."""
        return timedelta(minutes=self.minutes)

    @property
    def times(self) -> tuple[datetime, ...]:
        """When each candle begins."""
        return tuple(self.first + n * self.step for n in range(self.count))

    def pages(self, size: int) -> tuple["Span", ...]:
        """Return the same candles in pages of at most `size`."""
        starts = range(0, self.count, size)
        return tuple(
            replace(self, first=self.first + n * self.step, count=min(size, self.count - n))
            for n in starts
        )


Klines = Mapping[datetime, Kline]


@dataclass(frozen=True, slots=True)
class Series:
    """One coin's candles, of one kind of price."""

    kind: PriceKind
    klines: Klines

    def missing(self, span: Span) -> tuple[datetime, ...]:
        """Return when the candles of a span begin that are not there."""
        return tuple(at for at in span.times if at not in self.klines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be recorded: its words, its hours, its coins.

    `minutes` are those of a finer row; `fine` are the hours that get such rows, None for those
    round the wildest one.
    """

    id: str
    name: str
    told: str
    span: Span
    symbols: tuple[Symbol, ...]
    minutes: int = 5
    fine: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a venue told on a day: hours, finer rows and rates by coin; a part may lack coins."""

    source: str
    read: date
    hours: Mapping[Symbol, Series]
    fine: Mapping[Symbol, Series] = field(default_factory=dict)
    funding: Mapping[Symbol, Mapping[datetime, Rate]] = field(default_factory=dict)


def wildest(span: Span, hours: Mapping[Symbol, Series]) -> Span:
    """Return the hours that deserve finer rows: twelve, the sixth of which is the wildest.

    Wild is how far an hour goes from its low to its high, in parts of its open, over all coins.
    """
    most = max(span.times, key=lambda at: sum((_range(s.klines[at]) for s in hours.values()), ZERO))
    last = max(0, span.count - FINE_HOURS)
    begin = min(max(0, (most - span.first) // span.step - BEFORE), last)
    return Span(span.first + begin * span.step, min(FINE_HOURS, span.count))


def _range(kline: Kline) -> Rate:
    return Rate((kline.high - kline.low) / kline.open)


def whole(rates: Mapping[datetime, Rate], span: Span) -> dict[datetime, Rate]:
    """Return the rates that were settled within a span; none where a settlement may be missing.

    One is missing where more than eight hours lie between two, or more than on either side of it.
    """
    times = sorted(at for at in rates if span.first < at < span.ends)
    gaps = [b - a for a, b in pairwise((span.first, *times, span.ends))]
    if max(gaps) > SETTLED_EVERY or any(_hole(n, gaps) for n in range(len(gaps))):
        return {}
    return {at: rates[at] for at in times}


def _hole(number: int, gaps: Sequence[timedelta]) -> bool:
    """Whether a gap is longer than those beside it; the first and the last are parts of one."""
    inner = gaps[1:-1]
    if not inner:
        return False
    if number in {0, len(gaps) - 1}:
        return gaps[number] > (inner[0] if number == 0 else inner[-1])
    beside = [inner[n] for n in (number - 2, number) if 0 <= n < len(inner)]
    return len(beside) == 2 and gaps[number] > max(beside)


def recorded(plan: Plan, fine: Span, taken: Taken) -> Scenario:
    """Make an event of what a venue told; `fine` are the hours with finer rows.

    Every coin of the hours must have all of them, and every coin of the finer rows too.
    """
    first = {s: series.klines[plan.span.first].open for s, series in taken.hours.items()}
    coins = {s: _coin(s, first[s], taken) for s in plan.symbols if s in first}
    heading = Heading(
        id=plan.id,
        name=plan.name,
        told=plan.told,
        first_hour=plan.span.first,
        hours=plan.span.count,
        coins=coins,
    )
    finer: dict[int, tuple[Candle, ...]] = {}
    steps = {s: taken.fine[s] for s in coins if s in taken.fine}
    for number in range(fine.count if steps else 0):
        at = fine.first + number * fine.step
        part = Span(at, HOUR // plan.minutes, plan.minutes)
        finer[(at - plan.span.first) // fine.step] = _candles(part, steps, first)
    hours = {s: taken.hours[s] for s in coins}
    return Scenario(
        heading=heading,
        candles=_candles(plan.span, hours, first),
        finer=finer,
        funding=_funding(heading, taken),
    )


def _coin(symbol: Symbol, first: Price, taken: Taken) -> Coin:
    fine = taken.fine.get(symbol)
    return Coin(
        symbol=symbol,
        first=first,
        price=taken.hours[symbol].kind,
        source=taken.source,
        read=taken.read,
        fine=fine.kind if fine else None,
        funding=taken.source if taken.funding.get(symbol) else "",
    )


def _candles(
    span: Span, series: Mapping[Symbol, Series], first: Mapping[Symbol, Price]
) -> tuple[Candle, ...]:
    """All coins together, in millionths of their first open."""
    return tuple(
        Candle(at, span.minutes, {s: _bar(each.klines[at], first[s]) for s, each in series.items()})
        for at in span.times
    )


def _bar(kline: Kline, first: Price) -> Bar:
    return Bar(*(Rate(nearest(price / first, MILLIONTH)) for price in kline.prices))


def _funding(heading: Heading, taken: Taken) -> dict[int, dict[Symbol, Rate]]:
    """The rates by the number of their hour, in order."""
    found: dict[int, dict[Symbol, Rate]] = {}
    for symbol in heading.coins:
        for at, rate in taken.funding.get(symbol, {}).items():
            hour = (at - heading.first_hour) // timedelta(hours=1)
            found.setdefault(hour, {})[symbol] = rate
    return dict(sorted(found.items()))


def with_kept(made: Scenario, stored: Scenario, order: Sequence[Symbol]) -> Scenario:
    """Return an event with the coins it lacks of an order taken over from the stored one.

    Both must have the same hours. Finer rows are taken over where they are of the same steps.
    """
    kept = [s for s in order if s not in made.heading.coins]
    if not kept:
        return made
    same = _steps(made) == _steps(stored)
    fined = [s for s in kept if same and stored.heading.coins[s].fine]
    olds = {s: c if s in fined else replace(c, fine=None) for s, c in stored.heading.coins.items()}
    coins = {s: made.heading.coins.get(s) or olds[s] for s in order}
    finer = dict(made.finer)
    if fined:
        finer = {n: _joined(steps, stored.finer[n], fined) for n, steps in made.finer.items()}
    return Scenario(
        heading=replace(made.heading, coins=coins),
        candles=_joined(made.candles, stored.candles, kept),
        finer=finer,
        funding=_funded(made, stored, kept),
    )


def _funded(
    made: Scenario, stored: Scenario, kept: Sequence[Symbol]
) -> dict[int, dict[Symbol, Rate]]:
    """The rates of an event, with those of kept coins."""
    found = {hour: dict(rates) for hour, rates in made.funding.items()}
    for hour, rates in stored.funding.items():
        taken = {s: rate for s, rate in rates.items() if s in kept}
        if taken:
            found[hour] = found.get(hour, {}) | taken
    return dict(sorted(found.items()))


def _steps(scenario: Scenario) -> tuple[tuple[int, int], ...]:
    return tuple((hour, len(candles)) for hour, candles in sorted(scenario.finer.items()))


def _joined(
    made: Sequence[Candle], stored: Sequence[Candle], symbols: Sequence[Symbol]
) -> tuple[Candle, ...]:
    return tuple(
        replace(new, bars={**new.bars, **{s: old.bars[s] for s in symbols}})
        for new, old in zip(made, stored, strict=True)
    )
