"""A recorded event cut to a game: coins under other names, at other prices, in so many ticks.

Nobody may look the event up while it is played, so each coin is called A, B or C and begins at a
price that a seed draws; what is left of the recording is its moves. The cut lies round the worst
hours: those in which the coins together went furthest one way. Some ticks of the calm before them
come first, how many is drawn too. A tick is some hours in one candle: it opens where the last one
closed, and its extremes are those of its hours.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.lessons.game.chance import drawn, scaled, shuffled
from core.lessons.scenario import Bar, Candle, Scenario, ScenarioSource
from core.market import BracketTable, Instrument, Listing, Measure, Symbol
from core.money import ONE, ZERO, Price, Quantity, Rate, down, up

NAMES = ("A", "B", "C")
"""What coins are called, in the order in which they are drawn."""

FEWEST = 2
"""Coins at least."""

RUN = 12
"""Hours of the run that is called the worst."""

LONGEST = 4
"""Hours of a tick at most, and where the recording is long enough two at least."""

_BASE = Decimal(100)
_SPREAD = 9
_MILLIONTH = Decimal("1e-6")
_TICK, _STEP = 4, 2
"""Digits of a price after its first, and of a quantity beyond what is worth about one unit."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick: each coin's bar in parts of its first price, and the funding due at its open."""

    bars: Mapping[Symbol, Bar]
    funding: Mapping[Symbol, Rate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """An event as a game plays it.

    `first` is where each coin begins (quote per base), `real` which contract it is, `recorded`
    where that one stood then. A tick lasts `hours`, the first from `begins` on; `fell` says which
    way the worst hours went.
    """

    id: str
    name: str
    told: str
    begins: datetime
    hours: int
    fell: bool
    first: Mapping[Symbol, Price]
    real: Mapping[Symbol, Symbol]
    recorded: Mapping[Symbol, Price]
    ticks: tuple[Tick, ...]

    @property
    def coins(self) -> tuple[Symbol, ...]:
        """The coins by the names they have here, in order."""
        return tuple(self.first)

    @property
    def ends(self) -> datetime:
        """When the last tick was over."""
        return self.begins + timedelta(hours=self.hours * len(self.ticks))

    def candle(self, number: int, at: datetime) -> Candle:
        """Return a tick (from 1) as a candle that is passed at a moment of the game's own time."""
        return Candle(at, self.hours * 60, self.ticks[number - 1].bars)


def shot(
    events: ScenarioSource, seed: str, ticks: int, playable: Collection[Symbol]
) -> Reel | None:
    """Return the event that a seed draws of those that can be cut so, or None where none can."""
    for heading in shuffled(seed, events.headings(), "event"):
        try:
            return cut(events.scenario(heading.id), seed, ticks, playable)
        except ValueError:
            continue
    return None


def cut(
    scenario: Scenario, seed: str, ticks: int, playable: Collection[Symbol] | None = None
) -> Reel:
    """Cut an event to so many ticks, as a seed draws it, out of the coins that may be played.

    Raises `ValueError` for an event that is too short or has too few such coins.
    """
    heading = scenario.heading
    known = [s for s in heading.coins if playable is None or s in playable]
    if len(known) < FEWEST:
        raise ValueError(f"{heading.id} has too few coins")
    count = FEWEST + drawn(seed, min(len(known), len(NAMES)) - FEWEST + 1, "coins")
    coins = shuffled(seed, known, "coin")[:count]
    real = dict(zip(map(Symbol, NAMES), coins, strict=False))
    return framed(scenario, seed, real, (ticks, _hours(seed, max(1, heading.hours // ticks))))


def framed(
    scenario: Scenario, seed: str, real: Mapping[Symbol, Symbol], size: tuple[int, int]
) -> Reel:
    """Cut an event round the worst hours of some coins, each under a name (`real` by name).

    `size` is how many ticks, and how many hours each lasts. Raises `ValueError` for an event that
    is too short.
    """
    heading, (ticks, hours) = scenario.heading, size
    if heading.hours < ticks * hours:
        raise ValueError(f"{heading.id} is too short")
    coins = tuple(real.values())
    worst, fell = _worst(scenario.candles, coins)
    lead = (2 + drawn(seed, max(1, ticks // 2 - 1), "lead")) * hours
    start = max(0, min(worst - lead, heading.hours - ticks * hours))
    base = {s: scenario.candles[start].bars[s].open for s in coins}
    return Reel(
        id=heading.id,
        name=heading.name,
        told=heading.told,
        begins=heading.first_hour + timedelta(hours=start),
        hours=hours,
        fell=fell,
        first={name: _first(seed, name) for name in real},
        real=real,
        recorded={name: Price(heading.coins[s].first * base[s]) for name, s in real.items()},
        ticks=tuple(_ticks(scenario, real, base, range(start, start + ticks * hours, hours))),
    )


def _hours(seed: str, most: int) -> int:
    """How many hours a tick lasts."""
    return most if most <= FEWEST else FEWEST + drawn(seed, min(most, LONGEST) - 1, "hours")


def _worst(candles: Sequence[Candle], coins: Sequence[Symbol]) -> tuple[int, bool]:
    """The hour from which on the coins together went furthest one way, and whether that was down.

    A way is measured from its higher end, so that a fall counts for as much as its recovery. Of
    equal ones the first is taken.
    """
    length = min(RUN, len(candles))

    def moved(hour: int) -> Decimal:
        ends = (
            candles[hour + length - 1].bars[s].close / candles[hour].bars[s].open for s in coins
        )
        return sum((end - ONE if end < ONE else ONE - ONE / end for end in ends), ZERO)

    moves = [moved(hour) for hour in range(len(candles) - length + 1)]
    hour = max(range(len(moves)), key=lambda n: abs(moves[n]))
    return hour, moves[hour] < ZERO


def _first(seed: str, name: str) -> Price:
    """A coin's first price, from a ninth of a hundred to nine hundred, in five digits."""
    price = _BASE * scaled(seed, _SPREAD, "price", name)
    return Price(down(price, ONE.scaleb(price.adjusted() - _TICK)))


def _ticks(
    scenario: Scenario,
    real: Mapping[Symbol, Symbol],
    base: Mapping[Symbol, Rate],
    hours: range,
) -> Iterator[Tick]:
    """Yield the ticks that begin at these hours, each of the hours up to the next."""
    ends = dict.fromkeys(real, ONE)
    for first in hours:
        inside = scenario.candles[first : first + hours.step]
        bars = {
            name: _bar([hour.bars[s] for hour in inside], base[s], ends[name])
            for name, s in real.items()
        }
        ends = {name: bar.close for name, bar in bars.items()}
        # Whoever opens at the first moment was not there for a settlement of that moment.
        held = inside if first > hours.start else inside[1:]
        yield Tick(bars, _funding([scenario.settled_at(hour.at) for hour in held], real))


def _bar(bars: Sequence[Bar], base: Rate, open_: Decimal) -> Bar:
    """Some hours as one bar, in millionths of the coin's first price; opened where it stood."""

    def part(value: Decimal) -> Decimal:
        return up(value / base, _MILLIONTH)

    high = max(open_, *(part(bar.high) for bar in bars))
    low = min(open_, *(part(bar.low) for bar in bars))
    return Bar(Rate(open_), Rate(high), Rate(low), Rate(part(bars[-1].close)))


def _funding(
    due: Sequence[Mapping[Symbol, Rate]], real: Mapping[Symbol, Symbol]
) -> Mapping[Symbol, Rate]:
    """What was due in a tick, added up."""
    found: dict[Symbol, Rate] = {}
    for name, symbol in real.items():
        rates = [rates[symbol] for rates in due if symbol in rates]
        if rates:
            found[name] = Rate(sum(rates, ZERO))
    return found


def renamed(listing: Listing, *reels: Reel) -> Listing:
    """Return a venue's contracts of reels' coins under their names there, in units to suit.

    Fees and tiers stay; tick and step suit the price; a ladder that counts coins is turned into the
    new unit. Raises `UnknownSymbol`.
    """
    found = {}
    named = ((name, first, reel) for reel in reels for name, first in reel.first.items())
    for name, first, reel in named:
        contract, digits = listing.instrument(reel.real[name]), first.adjusted()
        step = ONE.scaleb(-digits - _STEP)
        found[name] = replace(
            contract,
            symbol=name,
            base=str(name),
            tick=ONE.scaleb(digits - _TICK),
            step=step,
            min_quantity=Quantity(step),
            significant=None,
            brackets=_in_unit(contract, Rate(reel.recorded[name] / first)),
        )
    return Listing(listing.venue, found)


def _in_unit(contract: Instrument, unit: Rate) -> BracketTable:
    """A ladder in coins of which `unit` are worth as much as one of the contract's."""
    table = contract.brackets
    if table.measure is Measure.NOTIONAL:
        return table
    return replace(
        table,
        brackets=tuple(
            replace(
                each,
                floor=Decimal(each.floor * unit),
                cap=None if each.cap is None else Decimal(each.cap * unit),
            )
            for each in table.brackets
        ),
    )
