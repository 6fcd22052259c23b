"""The feed tells of itself as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.market import Symbol
from core.market_guard import FeedState, FeedStatus
from core.services.backlog import NOTHING, Backlog, keep_backlog
from core.services.prices import Prices
from tests.fakes.ports import NOON, FixedMarks
from tests.walk.house import LISTINGS, Home, shown

FEED = FeedStatus(
    market="binance", state=FeedState.LIVE, since=NOON, symbols=2, newest=NOON, second=None
)
SECOND = replace(FEED, market="bybit", state=FeedState.POLLING)


def told(feed: FeedStatus, seconds: int = 0, backlog: Backlog = NOTHING) -> str:
    """What the status says in a house with such a feed, where BTC and ETH speak."""
    home = Home()
    market = FixedMarks({"BTCUSDT": 60000, "ETHUSDT": 3000}, market=feed.market)
    with home.units.writing() as books:
        keep_backlog(books, "demo", backlog)
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


def test_where_nobody_listens_to_a_stream_none_is_said_to_be_down() -> None:
    text = told(replace(FEED, state=FeedState.POLLING, listens=False)).replace("\n", " ")
    assert "They were asked for once, just now" in text
    assert "The stream is down" not in text


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


BTC, XRP = Symbol("BTCUSDT"), Symbol("XRPUSDT")


def test_a_contract_that_is_silent_is_named_with_the_moment_it_fell_silent() -> None:
    text = told(FEED, backlog=Backlog({XRP: NOON}))
    assert "No price of XRP comes since 2026-12-01 12:00 UTC" in text.replace("\n", " ")
    assert "is judged first" not in text


def test_what_is_not_judged_yet_is_named_and_what_that_waits_for() -> None:
    text = told(FEED, backlog=Backlog({BTC: NOON})).replace("\n", " ")
    assert "What happened to BTC from 2026-12-01 12:00 UTC on is judged first" in text
    assert "in vain" not in text
    asked = Backlog({BTC: NOON, XRP: NOON}, NOON + timedelta(minutes=5))
    text = told(FEED, backlog=asked).replace("\n", " ")
    assert "in vain since 2026-12-01 12:05 UTC" in text
    assert "No price of XRP comes" in text


def test_while_all_prices_are_stale_that_is_all_there_is_to_say() -> None:
    text = told(replace(FEED, state=FeedState.STALE), backlog=Backlog({BTC: NOON}))
    assert "is judged first" not in text
    assert "No price of" not in text
