"""Where a game's marks come from: nothing twice, nothing missed, nothing stale."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from core.lessons.game.game import Phase
from core.lessons.game.market import LiveMarket, PathMarket
from core.lessons.game.path import Path
from core.market import Marks, Symbol
from tests.builders import BTC, ETH, SOL
from tests.core.lessons.game.builders import at, candle, game, tick
from tests.core.lessons.game.test_path import CALM


@dataclass
class Feed:
    """A live feed: what is known now, and a past of candles."""

    now: Marks | None
    seen: frozenset[datetime] = frozenset()

    def fresh(self) -> Marks | None:
        return self.now

    def past(self, moment: datetime) -> Marks:
        seconds = (moment - at()).total_seconds()
        return tick(seconds, 61) if moment in self.seen else candle(seconds, 50, 70, 60)

    def since(self, last: float, now: float, *only: Symbol) -> list[Marks]:
        market = LiveMarket(self.fresh, self.past, (BTC, ETH, SOL))
        return list(market.since(game(), 1, at(last), at(now), only or (BTC,)))


def moments(found: list[Marks]) -> list[float]:
    return [(marks.at - at()).total_seconds() for marks in found]


# --- live


def test_present_marks_come_once() -> None:
    feed = Feed(tick(10, 60))
    assert feed.since(9, 10) == [tick(10, 60, BTC)]
    assert feed.since(10, 11) == []
    assert feed.since(12, 13) == []


def test_marks_that_are_too_old_do_not_come() -> None:
    assert Feed(None).since(0, 500) == []


def test_only_the_contracts_that_are_wanted_come() -> None:
    (marks,) = Feed(tick(10, 60)).since(9, 10, BTC, SOL)
    assert set(marks) == {BTC, SOL}


def test_after_a_gap_each_minute_comes_by_its_extremes_and_then_by_its_end() -> None:
    found = Feed(tick(190, 60)).since(30, 190)
    assert moments(found) == [60, 60, 120, 120, 180, 180, 190]
    assert [marks.estimated for marks in found] == [True] * 6 + [False]
    assert [marks.exact for marks in found] == [False, True] * 3 + [True]


def test_a_minute_that_ended_with_the_present_marks_comes_before_them() -> None:
    assert moments(Feed(tick(180, 60)).since(30, 181)) == [60, 60, 120, 120, 180, 180, 180]


def test_no_minute_comes_that_ended_after_the_present_marks() -> None:
    """The clock is past the full minute already, the marks are not."""
    assert moments(Feed(tick("179.5", 60)).since(30, 181))[-2:] == [120, 179.5]


def test_a_minute_that_was_seen_comes_as_it_was() -> None:
    found = Feed(tick(190, 60), frozenset({at(120)})).since(30, 190)
    assert moments(found) == [60, 60, 120, 180, 180, 190]


def test_a_short_silence_is_no_gap() -> None:
    assert moments(Feed(tick(90, 60)).since(0, 90)) == [90]
    assert moments(Feed(tick(91, 60)).since(0, 91)) == [60, 60, 91]


def test_what_is_present_is_what_is_fresh() -> None:
    feed = Feed(tick(10, 60))
    market = LiveMarket(feed.fresh, feed.past, (BTC,))
    assert market.present(game(), 1, at(99)) == tick(10, 60)
    assert market.can_fail


def test_what_is_listed_and_has_no_price_is_played_by_nobody() -> None:
    feed, new = Feed(tick(10, 60)), Symbol("NEWUSDT")
    market = LiveMarket(feed.fresh, feed.past, (BTC, new))
    assert market.symbols == (BTC,)
    assert LiveMarket(Feed(None).fresh, feed.past, (BTC, new)).symbols == (BTC, new)


def knowing(until: float | None) -> list[float]:
    """What comes after ten minutes away, where the minutes are known up to a second."""
    feed = Feed(tick(610, 60))
    known = None if until is None else at(until)
    market = LiveMarket(feed.fresh, feed.past, (BTC,), lambda _, __: known)
    return moments(list(market.since(game(), 1, at(0), at(610), [BTC])))


def test_before_the_missed_minutes_are_known_nothing_comes() -> None:
    assert knowing(None) == []


def test_where_only_some_are_known_these_come_and_the_present_waits() -> None:
    assert knowing(130) == [60, 60, 120, 120]
    assert knowing(600)[-2:] == [600, 610]


# --- a path


@pytest.fixture
def market() -> PathMarket:
    return PathMarket({ETH: CALM, BTC: CALM}, 0)


def path(seconds: int) -> dict[Symbol, object]:
    return dict(Path(game().seed, {BTC: CALM, ETH: CALM}, 0).prices(seconds, [BTC]))


def prices(marks: Marks) -> dict[Symbol, object]:
    return {symbol: mark.price for symbol, mark in marks.prices.items()}


def test_a_path_has_marks_for_every_second_since_then(market: PathMarket) -> None:
    found = list(market.since(game(), 1, at(2), at("5.7"), [BTC]))
    assert moments(found) == [3, 4, 5]
    assert [prices(marks) for marks in found] == [path(3), path(4), path(5)]
    assert not any(marks.estimated for marks in found)


def test_where_one_goes_on_between_two_seconds_nothing_comes_twice(market: PathMarket) -> None:
    assert moments(list(market.since(game(), 1, at("2.4"), at(4), [BTC]))) == [3, 4]
    assert moments(list(market.since(game(), 1, at(4), at("4.9"), [BTC]))) == []


def test_at_a_pace_market_time_goes_faster(market: PathMarket) -> None:
    found = list(market.since(game(), 96, at(2), at(4), [BTC]))
    assert [prices(marks) for marks in found] == [path(3 * 96), path(4 * 96)]


def test_a_path_begins_a_second_after_its_game(market: PathMarket) -> None:
    assert moments(list(market.since(game(), 1, at(-50), at(2), [BTC]))) == [1, 2]


def test_a_game_that_has_not_begun_has_no_path(market: PathMarket) -> None:
    opened = game(phase=Phase.OPEN)
    assert list(market.since(opened, 1, at(), at(9), [BTC])) == []
    assert market.present(opened, 1, at(9)) is None


def test_two_games_are_on_two_paths(market: PathMarket) -> None:
    ours = next(market.since(game(), 1, at(99), at(100), [BTC]))
    theirs = next(market.since(replace(game(), seed="other"), 1, at(99), at(100), [BTC]))
    assert prices(ours) != prices(theirs)


def test_the_present_marks_of_a_path_are_those_of_this_second(market: PathMarket) -> None:
    found = market.present(game(), 1, at("7.3"))
    assert found is not None
    assert (moments([found]), found.price(BTC)) == ([7], path(7)[BTC])
    assert set(found) == set(market.symbols) == {BTC, ETH}
    assert market.present(game(), 1, at("0.5")) is None
    assert not market.can_fail
