"""The past of a live market: minutes as they were seen, and missed ones from candles."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.recall import SEEN, Recall, believed
from bot.adapters.prices.side import Pace
from bot.adapters.prices.venues import MINUTES_AT_ONCE, Candle, VenueClient
from bot.runtime.clock import SystemClock
from core.market import MarkPrice, Symbol
from core.market_guard import Limits
from core.money import D, Price
from tests.fakes.exchange import Exchange
from tests.fakes.ports import FixedClock

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
EIGHT = datetime(2026, 12, 1, 8, tzinfo=UTC)
MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)
KLINES = "fapi/v1/markPriceKlines"


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    """An exchange that knows ten minutes, all alike on both its venues, and two settlements."""
    async with Exchange() as exchange:
        for past in (exchange.past, exchange.second_past):
            for n in range(10):
                at = EIGHT + (n - 5) * MINUTE
                prices = {"low": f"{60000 - n}", "high": f"{61000 + n}", "end": f"{60500 + n}"}
                past.minute("BTCUSDT", at, **prices)
                past.minute("ETHUSDT", at, low="2000", high="2010")
            past.settle("BTCUSDT", EIGHT - 8 * HOUR, "0.0001")
            past.settle("BTCUSDT", EIGHT, "0.00031")
        yield exchange


@pytest.fixture
async def client(venue: Exchange) -> AsyncIterator[VenueClient]:
    client = VenueClient("binance", SystemClock(), None, venue.base)
    yield client
    await client.close()


def recalling(client: VenueClient, second: VenueClient | None = None) -> Recall:
    return Recall(client, second, Limits(), MINUTE)


@pytest.mark.parametrize("name", ["binance", "bybit", "okx"])
async def test_every_venue_tells_a_missed_minute_by_its_four_prices(
    venue: Exchange, name: str
) -> None:
    client = VenueClient(name, SystemClock(), None, venue.base)
    recall = recalling(client)
    try:
        until = await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 5 * MINUTE)
    finally:
        await client.close()
    assert until == EIGHT + 5 * MINUTE
    assert recall.known({BTC, ETH}, EIGHT - 4 * MINUTE, until) == {BTC}
    mark = recall.at(EIGHT - 4 * MINUTE)[BTC]  # what ended then began a minute earlier
    assert (mark.low, mark.high, mark.price) == (D(60000), D(61000), D(60500))
    assert mark.at == EIGHT - 4 * MINUTE
    assert recall.at(EIGHT - 4 * MINUTE - SECOND)[BTC] is mark
    assert recall.at(EIGHT + 5 * MINUTE)[BTC].price == 60509


@pytest.mark.parametrize("name", ["binance", "bybit", "okx"])
async def test_every_venue_tells_what_was_settled_and_it_stands_before_its_moment(
    venue: Exchange, name: str
) -> None:
    client = VenueClient(name, SystemClock(), None, venue.base)
    recall = recalling(client)
    try:
        await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 5 * MINUTE)
    finally:
        await client.close()
    before = recall.at(EIGHT - SECOND)[BTC]
    assert (before.funding, before.funding_at) == (D("0.00031"), EIGHT)
    after = recall.at(EIGHT + MINUTE)[BTC]
    assert (after.funding, after.funding_at) == (None, None)


@pytest.mark.parametrize("name", ["binance", "bybit", "okx"])
async def test_more_minutes_than_fit_in_an_answer_are_asked_for_in_turn(
    venue: Exchange, name: str
) -> None:
    start = EIGHT - 1200 * MINUTE
    for past in (venue.past, venue.second_past):
        past.calm("BTCUSDT", start, EIGHT, "2")
    client = VenueClient(name, SystemClock(), None, venue.base)
    try:
        found = await client.candles(BTC, start, EIGHT)
    finally:
        await client.close()
    assert [each.at for each in found] == [start + n * MINUTE for n in range(1200)]


async def test_hours_in_which_a_venue_was_shut_are_gone_past(venue: Exchange) -> None:
    okx = VenueClient("okx", SystemClock(), None, venue.base)
    try:
        found = await okx.candles(BTC, EIGHT - 500 * MINUTE, EIGHT)
    finally:
        await okx.close()
    assert [each.at for each in found] == [EIGHT - n * MINUTE for n in (5, 4, 3, 2, 1)]


# --- funding, at each contract's own hours


@pytest.mark.parametrize("hours", [1, 2, 4, 8])
async def test_each_contract_is_settled_at_its_own_hours(
    venue: Exchange, client: VenueClient, hours: int
) -> None:
    start, end = EIGHT - 16 * HOUR, EIGHT
    venue.past.minutes["ETHUSDT"] = []
    venue.past.calm("ETHUSDT", start, end, "2000")
    dues = [start + n * hours * HOUR for n in range(1, 16 // hours + 1)]
    for due in dues:
        venue.past.settle("ETHUSDT", due, "0.0001")
    recall = recalling(client)
    await recall.fetch({ETH}, start, end)
    minutes = [start + n * MINUTE for n in range(1, 16 * 60 + 1)]
    assert [m for m in minutes if recall.at(m - SECOND)[ETH].funding_at == m] == dues


async def test_a_settlement_that_must_have_been_is_waited_for_a_while(
    venue: Exchange, client: VenueClient
) -> None:
    venue.past.settled["BTCUSDT"] = []
    for n in (3, 2, 1):
        venue.past.settle("BTCUSDT", EIGHT - n * 4 * HOUR, "0.0001")
    venue.past.calm("BTCUSDT", EIGHT - 5 * MINUTE, EIGHT + 20 * MINUTE, "60000")
    recall = recalling(client)
    await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 3 * MINUTE)
    assert not recall.known({BTC}, EIGHT - 5 * MINUTE, EIGHT + 3 * MINUTE)
    await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT + 10 * MINUTE)
    assert recall.known({BTC}, EIGHT - 5 * MINUTE, EIGHT + 10 * MINUTE) == {BTC}
    assert recall.at(EIGHT - SECOND)[BTC].funding_at is None


# --- how far it is known


async def test_the_minute_that_still_runs_is_known_up_to_now(client: VenueClient) -> None:
    recall = recalling(client)
    now = EIGHT + timedelta(seconds=30)
    await recall.fetch({BTC}, EIGHT - 5 * MINUTE, now)
    running = recall.at(now)[BTC]
    assert (running.price, running.at) == (D(60505), now)
    recall.keep(now + 20 * SECOND, {BTC: MarkPrice(Price(D(7)), now + 20 * SECOND)})
    assert recall.at(EIGHT + MINUTE)[BTC].price == 7  # what was seen later, counts
    assert recall.at(EIGHT)[BTC].price == 60504


async def test_minutes_that_the_venue_does_not_tell_yet_are_not_known(
    venue: Exchange, client: VenueClient
) -> None:
    recall = recalling(client)
    del venue.past.minutes["BTCUSDT"][-1]
    span = EIGHT - 5 * MINUTE, EIGHT + 5 * MINUTE
    await recall.fetch({BTC, ETH}, *span)
    assert recall.known({BTC, ETH}, *span) == {ETH}
    venue.past.minute("BTCUSDT", EIGHT + 4 * MINUTE, low="1", high="2")
    await recall.fetch({BTC, ETH}, *span)
    assert recall.known({BTC, ETH}, *span) == {BTC, ETH}


async def test_a_long_absence_is_recalled_a_part_at_a_time(
    venue: Exchange, client: VenueClient
) -> None:
    start = EIGHT - 1500 * MINUTE
    venue.past.calm("BTCUSDT", start, EIGHT, "2")
    recall = recalling(client)
    until = await recall.fetch({BTC}, start, EIGHT)
    assert until == start + MINUTES_AT_ONCE * MINUTE
    assert recall.known({BTC}, start, until) == {BTC}
    assert recall.known({BTC}, start, EIGHT) == set()
    assert await recall.fetch({BTC}, until, EIGHT) == EIGHT


async def test_what_is_known_already_is_not_asked_again(
    client: VenueClient, venue: Exchange
) -> None:
    recall = recalling(client)
    for since in (5, 5, 3):
        await recall.fetch({BTC}, EIGHT - since * MINUTE, EIGHT + 5 * MINUTE)
    assert venue.asked[KLINES] == 1
    await recall.fetch({BTC, ETH}, EIGHT - 3 * MINUTE, EIGHT + 5 * MINUTE)
    assert venue.asked[KLINES] == 2


async def test_a_venue_that_cannot_tell_is_left_in_peace_for_a_while(venue: Exchange) -> None:
    clock = FixedClock(EIGHT + 5 * MINUTE)
    client = VenueClient("binance", clock, None, venue.base)
    market = ExchangeMarket(client, None, clock, Pace(first_retry=2, last_retry=8))
    venue.statuses = {KLINES: 503}
    span = frozenset({BTC}), EIGHT - 5 * MINUTE, clock.now()
    try:
        assert await market.recall(*span) == (frozenset(), clock.now())
        assert await market.recall(*span) == (frozenset(), clock.now())
        assert venue.asked[KLINES] == 1
        assert market.marks_at(EIGHT).prices == {}
        venue.statuses = {}
        clock.advance(3)
        assert await market.recall(*span) == (frozenset({BTC}), span[2])
        marks = market.marks_at(EIGHT)
        assert (marks.market, marks.at, marks.estimated) == ("binance", EIGHT, True)
    finally:
        await market.close()


async def test_a_contract_the_venue_does_not_have_has_no_past(client: VenueClient) -> None:
    assert await client.candles(Symbol("NOSUCHUSDT"), EIGHT, EIGHT + MINUTE) == []
    assert await client.settled(Symbol("NOSUCHUSDT"), EIGHT) == {}


# --- what is believed of a candle


async def test_a_spike_on_one_venue_alone_decides_nothing_afterwards_either(
    venue: Exchange, client: VenueClient
) -> None:
    at = EIGHT + 5 * MINUTE
    venue.past.minute("BTCUSDT", at, low="42000", high="61000", end="60500")
    venue.past.minute("BTCUSDT", at + MINUTE, low="42000", high="42100", end="42050")
    venue.second_past.calm("BTCUSDT", at, at + 2 * MINUTE, "60400")
    second = VenueClient("bybit", SystemClock(), None, venue.base)
    recall = recalling(client, second)
    try:
        await recall.fetch({BTC}, EIGHT, at + 2 * MINUTE)
    finally:
        await second.close()
    mark = recall.at(at + MINUTE)[BTC]
    assert (mark.low, mark.high, mark.price) == (D(60400), D(61000), D(60500))
    assert BTC not in recall.at(at + 2 * MINUTE)


async def test_a_second_venue_that_tells_no_candles_stops_nobody(
    venue: Exchange, client: VenueClient
) -> None:
    venue.statuses = {"v5/market/mark-price-kline": 500}
    second = VenueClient("bybit", SystemClock(), None, venue.base)
    recall = recalling(client, second)
    try:
        await recall.fetch({BTC}, EIGHT - 5 * MINUTE, EIGHT)
    finally:
        await second.close()
    assert recall.at(EIGHT)[BTC].price == 60504


def candle(open_: int, high: int, low: int, close: int) -> Candle:
    return Candle(EIGHT, *(Price(D(price)) for price in (open_, high, low, close)))


@pytest.mark.parametrize(
    ("first", "second", "low_and_high"),
    [
        ((100, 104, 96, 101), (100, 103, 97, 101), (96, 104)),
        ((100, 130, 70, 101), (100, 103, 97, 101), (97, 103)),
        ((100, 104, 70, 90), (95, 104, 93, 98), (90, 104)),
        ((100, 104, 60, 61), (95, 104, 62, 63), (60, 104)),
        ((100, 104, 96, 70), (100, 103, 97, 101), None),
        ((100, 104, 96, 101), None, (96, 104)),
        ((100, 130, 70, 101), None, (100, 101)),
        ((100, 104, 71, 72), None, (71, 104)),
    ],
)
def test_an_extreme_counts_as_far_as_it_is_confirmed(
    first: tuple[int, int, int, int],
    second: tuple[int, int, int, int] | None,
    low_and_high: tuple[int, int] | None,
) -> None:
    other = None if second is None else candle(*second)
    found = believed(candle(*first), other, Limits())
    assert (None if found is None else (int(found.low), int(found.high))) == low_and_high


# --- as it was seen


def seen(price: int, at: datetime) -> dict[Symbol, MarkPrice]:
    return {BTC: MarkPrice(Price(D(price)), at)}


def test_the_last_minutes_are_remembered_as_they_were_seen() -> None:
    recall = recalling(VenueClient("binance", SystemClock()))
    for n in range(SEEN + 5):
        at = EIGHT + n * MINUTE + timedelta(seconds=59)
        recall.keep(at - timedelta(seconds=30), seen(n - 1, at - timedelta(seconds=30)))
        recall.keep(at, seen(n, at))
    assert recall.at(EIGHT + (SEEN + 5) * MINUTE)[BTC].price == SEEN + 4
    assert recall.at(EIGHT + 6 * MINUTE)[BTC].price == 5
    assert recall.at(EIGHT + 5 * MINUTE) == {}


def test_a_mark_that_was_stale_then_is_not_remembered_as_one() -> None:
    recall = recalling(VenueClient("binance", SystemClock()))
    old = MarkPrice(Price(D(7)), EIGHT - 3 * MINUTE)
    recall.keep(EIGHT, {**seen(5, EIGHT), ETH: old})
    assert set(recall.at(EIGHT + MINUTE)) == {BTC}
