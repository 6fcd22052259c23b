"""Made-up recordings, held in memory."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from core.lessons.scenario import HOUR, Bar, Candle, Coin, Heading, PriceKind, Scenario
from core.market import Symbol
from core.money import ONE, D, Price, Rate

BEGAN = datetime(2020, 3, 9, tzinfo=UTC)


def bar(*parts: object) -> Bar:
    """Return a bar of open, high, low and close; of one part alone, one that stands still there."""
    figures = [Rate(D(str(part))) for part in (parts if len(parts) > 1 else parts * 4)]
    return Bar(*figures)


def candle(number: int, bars: Mapping[Symbol, Bar], minutes: int = HOUR) -> Candle:
    """Return one candle, counted from the beginning in its own length."""
    return Candle(BEGAN + timedelta(minutes=minutes * number), minutes, bars)


def scenario(
    hours: Sequence[Mapping[Symbol, Bar]],
    first: Mapping[Symbol, object],
    id_: str = "2020-03-12",
    name: str = "Black Thursday",
) -> Scenario:
    """Return a recording of these hours; `first` are the prices it begins at."""
    coins = {
        symbol: Coin(
            symbol=symbol,
            first=Price(D(str(price))),
            price=PriceKind.MARK,
            source="a test",
            read=date(2026, 11, 25),
        )
        for symbol, price in first.items()
    }
    heading = Heading(
        id=id_, name=name, told="It fell.", first_hour=BEGAN, hours=len(hours), coins=coins
    )
    return Scenario(heading=heading, candles=tuple(candle(n, bars) for n, bars in enumerate(hours)))


def flat(
    hours: int,
    first: Mapping[Symbol, object],
    id_: str = "2020-03-12",
    name: str = "Black Thursday",
) -> Scenario:
    """Return a recording in which nothing moves."""
    return scenario([{symbol: bar(ONE) for symbol in first}] * hours, first, id_, name)


class FixedScenarios:
    """The recordings it was given; counts which were read."""

    def __init__(self, *scenarios: Scenario) -> None:
        self._scenarios = {each.heading.id: each for each in scenarios}
        self._headings = tuple(each.heading for each in scenarios)
        self.reads: list[str] = []

    def headings(self) -> tuple[Heading, ...]:
        return self._headings

    def put(self, scenario: Scenario) -> None:
        """Have another recording in the place of one, or one more."""
        self._scenarios[scenario.heading.id] = scenario
        self._headings = tuple(each.heading for each in self._scenarios.values())

    def scenario(self, id_: str) -> Scenario:
        self.reads.append(id_)
        return self._scenarios[id_]
