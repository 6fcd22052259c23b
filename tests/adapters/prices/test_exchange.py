"""The real ccxt on an exchange on loopback, through good days and every kind of bad one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.venues import VenueClient
from bot.runtime.clock import SystemClock
from core.market_guard import FeedState, Limits
from core.money import D
from tests.adapters.prices.live import BTC, ETH, HURRIED, Live, running
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import DUE, Quote, update

MARK, SPIKE = D("85840.40"), "111592.52"


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    async with Exchange() as exchange:
        yield exchange


def state(live: Live) -> FeedState:
    return live.market.status().state


async def is_live(live: Live) -> None:
    await live.until(lambda: state(live) is FeedState.LIVE and live.price() is not None)


async def test_prices_stream_with_all_that_is_known_around_them(venue: Exchange) -> None:
    venue.quotes["BTCUSDT"] = Quote("85840.40", last="85841.10", open="85000")
    async with running(venue) as live:
        await is_live(live)
        await live.until(lambda: live.market.marks().prices[BTC].last)
        mark = live.market.marks().mark(BTC)
        assert (mark.price, mark.last, mark.index) == (MARK, D("85841.10"), MARK)
        assert (mark.day_ago, mark.funding) == (D(85000), D("0.00005016"))
        assert mark.funding_at is not None
        assert mark.funding_at.timestamp() * 1000 == DUE
        told = live.market.status()
        assert (told.market, told.symbols, told.waiting) == ("binance", 2, 0)
        assert told.second is not None
        assert told.second.state is FeedState.POLLING


def at_rest(venue: Exchange, confirm: float = 5) -> ExchangeMarket:
    """A market that does not run, as one question needs it."""
    clock = SystemClock()
    return ExchangeMarket(
        VenueClient("binance", clock, None, venue.base),
        VenueClient("bybit", clock, None, venue.base),
        clock,
        replace(HURRIED, limits=Limits(confirm=timedelta(seconds=confirm))),
    )


async def test_one_question_asks_both_venues_once(venue: Exchange) -> None:
    market = at_rest(venue)
    try:
        await market.begin()
        assert market.marks().price(BTC) == MARK
        assert market.status().state is FeedState.POLLING
        assert venue.asked["fapi/v1/premiumIndex"] == venue.asked["v5/market/tickers"] == 1
        assert venue.connections == 0
    finally:
        await market.close()


async def test_at_the_start_a_silent_second_venue_is_waited_for_but_not_for_ever(
    venue: Exchange,
) -> None:
    venue.statuses = {"v5/market/tickers": 503}
    market = at_rest(venue, confirm=1)
    try:
        await market.begin()
        assert market.marks().price(BTC) == MARK
        assert venue.asked["fapi/v1/premiumIndex"] >= 2
    finally:
        await market.close()


async def test_at_the_start_venues_that_differ_leave_the_market_without_a_price(
    venue: Exchange,
) -> None:
    venue.quotes["BTCUSDT"] = Quote(SPIKE)
    del venue.quotes["ETHUSDT"]
    market = at_rest(venue, confirm=0.5)
    try:
        await market.begin()
        assert market.marks().prices == {}
        assert market.status().waiting == 1
    finally:
        await market.close()


async def test_a_venue_that_does_not_answer_at_the_start_is_not_insisted_on(
    venue: Exchange,
) -> None:
    venue.statuses = {"*": 503}
    market = at_rest(venue)
    try:
        await market.begin()
        assert sum(venue.asked.values()) <= 3  # Bybit's contracts are asked for in two parts
        assert market.status().state is FeedState.STALE
    finally:
        await market.close()


async def test_there_is_one_line_for_everybody(venue: Exchange) -> None:
    async with running(venue) as live:
        await is_live(live)
        await live.during(0.5)
        assert venue.connections == 1
        assert venue.asked["fapi/v1/premiumIndex"] <= 2


async def test_a_line_that_acknowledges_and_then_says_nothing_is_not_believed(
    venue: Exchange,
) -> None:
    venue.streaming = False
    async with running(venue) as live:
        await live.until(lambda: state(live) is FeedState.POLLING)
        assert live.price() == MARK
        await live.until(lambda: venue.acks >= 3)
        assert state(live) is not FeedState.LIVE


async def test_a_line_that_falls_silent_is_dialled_anew_polled_meanwhile_and_comes_back(
    venue: Exchange,
) -> None:
    async with running(venue) as live:
        await is_live(live)
        venue.streaming = False
        await live.until(lambda: state(live) is FeedState.QUIET)
        await live.until(lambda: state(live) is FeedState.POLLING)
        venue.streaming = True
        await is_live(live)


async def test_when_nothing_comes_any_more_prices_are_stale_and_decide_nothing(
    venue: Exchange,
) -> None:
    async with running(venue) as live:
        await is_live(live)
        venue.streaming, venue.statuses = False, {"*": 503}
        await live.until(lambda: state(live) is FeedState.STALE)
        last = live.market.marks().at
        assert live.prices.fresh() is None
        assert live.market.status().since >= last
        assert live.market.status().symbols == 0
        venue.streaming, venue.statuses = True, {}
        await is_live(live)
        assert live.price() == MARK


async def test_a_storm_of_disconnections_is_met_with_patience(venue: Exchange) -> None:
    venue.drop_after = 1
    async with running(venue, first_retry=0.2, last_retry=2.0) as live:
        seen = await live.during(2)
        assert 2 <= venue.connections <= 8
        assert seen == {MARK}
        assert state(live) is not FeedState.STALE
        venue.drop_after = None
        await is_live(live)


async def test_lines_that_are_refused_are_not_hammered(venue: Exchange) -> None:
    venue.accepts = False
    async with running(venue) as live:
        await live.until(lambda: state(live) is FeedState.POLLING)
        await live.during(1.5)
        assert len([1 for path, _ in venue.times if path == "ws"]) == 0
        assert live.price() == MARK


async def test_older_and_repeated_messages_change_nothing(venue: Exchange) -> None:
    async with running(venue) as live:
        await is_live(live)
        venue.streaming = False
        stamp = venue.now()
        for price, at in (("86000", stamp), ("85000", stamp - 5000), ("85500", stamp)):
            await venue.say([update("BTCUSDT", Quote(price), at)])
            await asyncio.sleep(0.03)
        venue.statuses = {"fapi/v1/premiumIndex": 503}
        seen = await live.during(0.2)
        assert seen == {D(86000)}


@pytest.mark.parametrize("price", ["0", "0.00000000", "-85840.40", "NaN", "Infinity", "", "abc"])
async def test_a_price_that_cannot_be_never_enters(venue: Exchange, price: str) -> None:
    async with running(venue) as live:
        await is_live(live)
        venue.quotes["BTCUSDT"] = Quote(price)
        seen = await live.during(0.5)
        assert seen <= {MARK}
        assert live.price(ETH) == D("2000.50")
        await live.until(lambda: live.price() is None)


async def test_a_spike_on_one_venue_alone_never_enters(venue: Exchange) -> None:
    async with running(venue) as live:
        await is_live(live)
        await live.until(lambda: state_of_second(live) is FeedState.POLLING)
        venue.quotes["BTCUSDT"] = Quote(SPIKE)
        await live.until(lambda: live.market.status().waiting)
        seen = await live.during(1.5)
        assert seen <= {MARK}
        assert live.price() is None
        assert live.price(ETH) == D("2000.50")
        venue.quotes["BTCUSDT"] = Quote("85841")
        await live.until(lambda: live.price() == D(85841))


async def test_a_move_that_both_venues_see_enters_at_once(venue: Exchange) -> None:
    async with running(venue) as live:
        await is_live(live)
        await live.until(lambda: state_of_second(live) is FeedState.POLLING)
        venue.second["BTCUSDT"] = Quote("60010")
        venue.quotes["BTCUSDT"] = Quote("60000")
        await live.until(lambda: live.price() == D(60000), within=3)


async def test_without_a_second_venue_a_jump_must_hold(venue: Exchange) -> None:
    limits = Limits(confirm=timedelta(seconds=0.6))
    async with running(venue, second=None, limits=limits) as live:
        await is_live(live)
        assert live.market.status().second is None
        venue.quotes["BTCUSDT"] = Quote(SPIKE)
        await live.until(lambda: live.market.status().waiting)
        assert live.price() is None
        await live.until(lambda: live.price() == D(SPIKE))


async def test_a_spike_that_does_not_hold_leaves_no_trace(venue: Exchange) -> None:
    async with running(venue, second=None) as live:
        await is_live(live)
        venue.quotes["BTCUSDT"] = Quote(SPIKE)
        await live.until(lambda: live.market.status().waiting)
        venue.quotes["BTCUSDT"] = Quote("85840.40")
        await live.until(lambda: live.price() == MARK)
        assert live.seen == {MARK}


async def test_a_silent_second_venue_is_told_and_does_not_stop_the_first(venue: Exchange) -> None:
    async with running(venue) as live:
        await is_live(live)
        venue.statuses = {"v5/market/tickers": 502}
        await live.until(lambda: state_of_second(live) is FeedState.STALE)
        assert state(live) is FeedState.LIVE
        assert live.price() == MARK


@pytest.mark.parametrize("skew", [5_000, -5_000])
async def test_clocks_that_differ_a_little_do_no_harm(venue: Exchange, skew: int) -> None:
    venue.skew = skew
    async with running(venue, stale=timedelta(seconds=20)) as live:
        await live.until(lambda: live.price() == MARK)
        mark = live.market.marks().mark(BTC)
        assert mark.at <= live.market.marks().at
        assert live.prices.status().newest == live.market.marks().at


@pytest.mark.parametrize("skew", [3_600_000, -3_600_000])
async def test_clocks_that_differ_by_an_hour_let_nothing_in(venue: Exchange, skew: int) -> None:
    venue.skew = skew
    async with running(venue, second=None) as live:
        assert await live.during(1) == set()
        assert state(live) is FeedState.STALE


@pytest.mark.parametrize("status", [429, 418, 500, 503])
async def test_a_venue_that_says_not_now_is_not_hammered(venue: Exchange, status: int) -> None:
    venue.streaming, venue.statuses = False, {"*": status}
    async with running(venue, second=None, first_retry=0.2, last_retry=2.0) as live:
        await live.during(2)
        assert sum(venue.asked.values()) <= 15
        assert state(live) is FeedState.STALE
        venue.streaming, venue.statuses = True, {}
        await is_live(live)


async def test_a_venue_that_says_when_is_taken_at_its_word(venue: Exchange) -> None:
    async with running(venue, second=None) as live:
        await is_live(live)
        venue.streaming, venue.headers = False, {"Retry-After": "30"}
        venue.statuses = {"fapi/v1/premiumIndex": 429}
        await live.until(lambda: venue.asked["fapi/v1/premiumIndex"] >= 1)
        before = venue.asked["fapi/v1/premiumIndex"]
        await live.during(1.5)
        assert venue.asked["fapi/v1/premiumIndex"] <= before + 1
        assert state(live) is not FeedState.LIVE


async def test_bybit_streams_its_changes_alone(venue: Exchange) -> None:
    async with running(venue, source="bybit", second=None) as live:
        await is_live(live)
        assert live.price() == D("85850.00")
        venue.second["BTCUSDT"] = Quote("85860.5", last="85850.00")
        await live.until(lambda: live.price() == D("85860.5"))
        mark = live.market.marks().mark(BTC)
        assert (mark.last, mark.funding) == (D("85850.00"), D("0.00005016"))


async def test_okx_streams_marks_and_is_asked_for_the_rest(venue: Exchange) -> None:
    async with running(venue, source="okx", second="bybit") as live:
        await is_live(live)
        assert live.price() == MARK
        await live.until(lambda: live.market.marks().prices[BTC].funding)
        venue.quotes["BTCUSDT"] = Quote("85860.5", last="85861", open="80000")
        await live.until(lambda: live.price() == D("85860.5"))
        await live.until(lambda: live.market.marks().prices[BTC].last == D(85861))
        mark = live.market.marks().mark(BTC)
        assert (mark.day_ago, mark.funding) == (D(80000), D("0.00005016"))


def state_of_second(live: Live) -> FeedState:
    second = live.market.status().second
    assert second is not None
    return second.state


@pytest.mark.parametrize("second", ["bybit", None])
async def test_both_venues_learn_their_contracts_anew(venue: Exchange, second: str | None) -> None:
    async with running(venue, second=second) as live:
        await live.until(live.price)
        asked = venue.asked["fapi/v1/exchangeInfo"]
        await live.market.relist()
        assert venue.asked["fapi/v1/exchangeInfo"] == asked + 1
