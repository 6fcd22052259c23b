"""The past of a live market: minutes as they were seen, and missed ones from candles."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.recall import SEEN, Recall
from bot.adapters.prices.venues import VenueClient
from bot.runtime.clock import SystemClock
from core.market import MarkPrice, Symbol
from core.money import D, Price
from tests.fakes.exchange import Exchange

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
EIGHT = datetime(2026, 12, 1, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def candle(at: datetime, low: str, high: str, end: str) -> list[object]:
    return [ms(at), end, high, low, end, "0", ms(at) + 59999, "0", 60, "0", "0", "0"]


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    async with Exchange() as exchange:
        minutes = [EIGHT + n * MINUTE for n in range(-5, 5)]
        exchange.candles = [
            candle(at, str(60000 - n), str(61000 + n), str(60500 + n))
            for n, at in enumerate(minutes)
        ]
        exchange.settled = [{"fundingRate": "0.00031", "fundingTime": ms(EIGHT) + 4}]
        yield exchange


@pytest.fixture
async def client(venue: Exchange) -> AsyncIterator[VenueClient]:
    client = VenueClient("binance", SystemClock(), None, venue.base)
    yield client
    await client.close()


async def test_a_missed_minute_is_known_by_its_four_prices(client: VenueClient) -> None:
    recall = Recall(client, MINUTE)
    await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 5 * MINUTE)
    mark = recall.at(EIGHT - 4 * MINUTE)[BTC]  # what ended then began a minute earlier
    assert (mark.low, mark.high, mark.price) == (D(60000), D(61000), D(60500))
    assert mark.at == EIGHT - 4 * MINUTE
    assert recall.at(EIGHT - 4 * MINUTE - timedelta(seconds=1))[BTC] is mark
    assert recall.at(EIGHT + 5 * MINUTE)[BTC].price == 60509


async def test_a_rate_that_was_settled_meanwhile_stands_before_its_moment(
    client: VenueClient,
) -> None:
    recall = Recall(client, MINUTE)
    await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 5 * MINUTE)
    before = recall.at(EIGHT - timedelta(seconds=1))[BTC]
    assert (before.funding, before.funding_at) == (D("0.00031"), EIGHT)
    after = recall.at(EIGHT + MINUTE)[BTC]
    assert (after.funding, after.funding_at) == (None, None)


async def test_a_minute_that_is_still_running_is_not_recalled(client: VenueClient) -> None:
    recall = Recall(client, MINUTE)
    await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + timedelta(seconds=30))
    assert recall.at(EIGHT)[BTC].price == 60504
    assert recall.at(EIGHT + MINUTE) == {}


async def test_a_venue_that_cannot_tell_says_so(venue: Exchange) -> None:
    clock = SystemClock()
    market = ExchangeMarket(VenueClient("binance", clock, None, venue.base), None, clock)
    venue.statuses = {"fapi/v1/markPriceKlines": 503}
    try:
        assert not await market.recall(frozenset({BTC}), EIGHT - 5 * MINUTE, EIGHT)
        assert market.marks_at(EIGHT).prices == {}
        venue.statuses = {}
        assert await market.recall(frozenset({BTC}), EIGHT - 5 * MINUTE, EIGHT)
        marks = market.marks_at(EIGHT)
        assert (marks.market, marks.at, marks.estimated) == ("binance", EIGHT, True)
    finally:
        await market.close()


async def test_what_is_known_already_is_not_asked_again(
    client: VenueClient, venue: Exchange
) -> None:
    recall = Recall(client, MINUTE)
    for _ in range(3):
        await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 5 * MINUTE)
    await recall.fetch({BTC}, EIGHT - 3 * MINUTE, EIGHT + 5 * MINUTE)
    assert venue.asked["fapi/v1/markPriceKlines"] == 1
    await recall.fetch({BTC, ETH}, EIGHT - 3 * MINUTE, EIGHT + 5 * MINUTE)
    assert venue.asked["fapi/v1/markPriceKlines"] == 3


async def test_more_minutes_than_fit_in_an_answer_are_asked_for_in_turn(
    client: VenueClient, venue: Exchange
) -> None:
    start = EIGHT - 1200 * MINUTE
    venue.candles = [candle(start + n * MINUTE, "1", "3", "2") for n in range(1200)]
    found = await client.candles(BTC, start, EIGHT)
    assert [each.at for each in found] == [start + n * MINUTE for n in range(1200)]
    assert venue.asked["fapi/v1/markPriceKlines"] == 2


async def test_a_contract_the_venue_does_not_have_has_no_past(client: VenueClient) -> None:
    assert await client.candles(Symbol("NOSUCHUSDT"), EIGHT, EIGHT + MINUTE) == []
    assert await client.settled(Symbol("NOSUCHUSDT"), EIGHT) == {}


def seen(price: int, at: datetime) -> dict[Symbol, MarkPrice]:
    return {BTC: MarkPrice(Price(D(price)), at)}


def test_the_last_minutes_are_remembered_as_they_were_seen() -> None:
    recall = Recall(VenueClient("binance", SystemClock()), MINUTE)
    for n in range(SEEN + 5):
        at = EIGHT + n * MINUTE + timedelta(seconds=59)
        recall.keep(at - timedelta(seconds=30), seen(n - 1, at - timedelta(seconds=30)))
        recall.keep(at, seen(n, at))
    assert recall.at(EIGHT + (SEEN + 5) * MINUTE)[BTC].price == SEEN + 4
    assert recall.at(EIGHT + 6 * MINUTE)[BTC].price == 5
    assert recall.at(EIGHT + 5 * MINUTE) == {}


def test_a_mark_that_was_stale_then_is_not_remembered_as_one() -> None:
    recall = Recall(VenueClient("binance", SystemClock()), MINUTE)
    old = MarkPrice(Price(D(7)), EIGHT - 3 * MINUTE)
    recall.keep(EIGHT, {**seen(5, EIGHT), ETH: old})
    assert set(recall.at(EIGHT + MINUTE)) == {BTC}
