"""How prices come is told from when they came."""

from datetime import UTC, datetime, timedelta

from core.market_guard import FeedState
from core.market_pulse import Pulse

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def pulse() -> Pulse:
    return Pulse(NOON, timedelta(seconds=10), timedelta(seconds=60))


def test_a_feed_that_never_told_a_price_is_stale_since_it_began() -> None:
    assert pulse().state(at(1)) == (FeedState.STALE, NOON)


def test_a_feed_goes_from_live_to_silent_to_stale_since_its_last_mark() -> None:
    told = pulse()
    told.beat(FeedState.LIVE, at(1))
    told.beat(FeedState.LIVE, at(5))
    assert told.state(at(15)) == (FeedState.LIVE, at(1))
    assert told.state(at(16)) == (FeedState.QUIET, at(5))
    assert told.state(at(66)) == (FeedState.STALE, at(5))
    told.beat(FeedState.POLLING, at(70))
    assert told.state(at(70)) == (FeedState.POLLING, at(70))
    told.beat(FeedState.LIVE, at(71))
    assert told.state(at(72)) == (FeedState.LIVE, at(71))


def test_a_poll_that_was_on_its_way_does_not_make_a_live_feed_a_polled_one() -> None:
    told = pulse()
    told.beat(FeedState.LIVE, at(1))
    told.beat(FeedState.POLLING, at(2))
    assert told.state(at(2)) == (FeedState.LIVE, at(1))
