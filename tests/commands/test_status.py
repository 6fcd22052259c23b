"""The feed tells of itself as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.market_guard import FeedState, FeedStatus
from core.services.prices import Prices
from tests.fakes.ports import NOON, FixedMarks
from tests.walk.house import LISTINGS, Home, shown

FEED = FeedStatus(
    market="binance", state=FeedState.LIVE, since=NOON, symbols=2, newest=NOON, second=None
)
SECOND = replace(FEED, market="bybit", state=FeedState.POLLING)


def told(feed: FeedStatus, seconds: int = 0) -> str:
    """What the status says in a house with such a feed."""
    home = Home()
    market = FixedMarks({"BTCUSDT": 60000}, market=feed.market)
    prices = Prices(LISTINGS, market, home.clock, status=lambda: feed)
    home.dispatcher._services = replace(home.services, prices=prices)
    home.clock.advance(timedelta(seconds=seconds))
    return shown(home.say("/status"))


def test_the_demo_market_says_that_it_is_one(home: Home) -> None:
    text = shown(home.say("/status"))
    assert text.startswith("Prices: a recording, replayed. DEMO PRICES, not live.")
    assert "second venue" not in text


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (FeedState.LIVE, "live"),
        (FeedState.QUIET, "silent"),
        (FeedState.POLLING, "polled"),
        (FeedState.STALE, "stale"),
    ],
)
def test_every_state_has_its_words(state: FeedState, word: str) -> None:
    text = told(replace(FEED, state=state))
    assert text.startswith(f"Prices: Binance, {word} since ")
    assert ("Orders are refused" in text) is (state is FeedState.STALE)
    assert ("dialled anew" in text) is (state is FeedState.QUIET)
    assert ("The stream is down" in text) is (state is FeedState.POLLING)
    assert "DEMO" not in text


def test_the_age_of_the_newest_price_is_told() -> None:
    assert "7 s" in told(FEED, seconds=7)
    before_the_first = told(replace(FEED, newest=None, state=FeedState.STALE))
    (line,) = (each for each in before_the_first.splitlines() if "newest price" in each)
    assert line.rstrip().endswith("-")


def test_the_second_venue_is_named_and_its_silence_told() -> None:
    assert "No second venue checks them." in told(FEED)
    checked = told(replace(FEED, second=SECOND))
    assert "Bybit" in checked
    assert "checks them" not in checked
    silent = told(replace(FEED, second=replace(SECOND, state=FeedState.STALE)))
    assert "The second venue is silent" in silent


def test_prices_that_wait_for_a_confirmation_are_counted() -> None:
    assert "unconfirmed" not in told(FEED)
    text = told(replace(FEED, waiting=3))
    (line,) = (each for each in text.splitlines() if each.startswith("unconfirmed"))
    assert line.split()[-1] == "3"
    assert "they decide nothing until they are confirmed" in text
