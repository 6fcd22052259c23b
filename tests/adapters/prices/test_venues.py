"""One venue through the real ccxt: what is asked, what of it is of interest, how it ends."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.adapters.prices.venues import SPOKEN, VenueClient
from bot.runtime.clock import SystemClock
from core.market import MarkPrice, Symbol
from core.money import D
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    async with Exchange() as exchange:
        yield exchange


async def polled(client: VenueClient) -> dict[Symbol, MarkPrice]:
    """The marks of one question."""
    return {reading[0]: client.mark(reading) for reading in await client.poll()}


def client(venue: Exchange, name: str = "binance", *wanted: Symbol) -> VenueClient:
    return VenueClient(name, SystemClock(), set(wanted) or None, venue.base)


async def test_one_question_tells_all_marks_with_their_rates(venue: Exchange) -> None:
    binance = client(venue)
    try:
        readings = await polled(binance)
    finally:
        await binance.close()
    assert set(readings) == {BTC, ETH}
    assert readings[BTC].price == D("85840.40")
    assert readings[BTC].funding == D("0.00005016")
    assert venue.asked["fapi/v1/premiumIndex"] == 1


async def test_only_contracts_of_interest_are_read(venue: Exchange) -> None:
    binance = client(venue, "binance", ETH)
    try:
        assert [reading[0] for reading in await binance.poll()] == [ETH]
    finally:
        await binance.close()


async def test_last_prices_come_with_a_slower_question(venue: Exchange) -> None:
    venue.quotes["BTCUSDT"] = Quote("85840.40", last="85839", open="80000")
    binance = client(venue)
    try:
        assert (await polled(binance))[BTC].last is None
        await binance.look_around()
        mark = (await polled(binance))[BTC]
    finally:
        await binance.close()
    assert (mark.last, mark.day_ago) == (D(85839), D(80000))


async def test_bybit_tells_everything_at_once(venue: Exchange) -> None:
    bybit = client(venue, "bybit")
    try:
        mark = (await polled(bybit))[BTC]
        await bybit.look_around()
    finally:
        await bybit.close()
    assert (mark.price, mark.last, mark.index) == (D("85850.00"), D("85850.00"), D("85850.00"))
    assert mark.funding_at is not None


async def test_contracts_are_learnt_once(venue: Exchange) -> None:
    binance = client(venue)
    try:
        for _ in range(3):
            await binance.poll()
    finally:
        await binance.close()
    assert venue.asked["fapi/v1/exchangeInfo"] == 1


async def test_a_line_that_was_hung_up_is_dialled_by_the_next_call(venue: Exchange) -> None:
    binance = client(venue)
    try:
        assert await binance.stream()
        await binance.hang_up()
        assert await binance.stream()
    finally:
        await binance.close()
    assert venue.connections == 2


async def test_closing_leaves_no_line_open_and_can_be_done_twice(venue: Exchange) -> None:
    binance = client(venue)
    assert await binance.stream()
    await binance.close()
    await binance.close()
    await venue.quiet()


async def test_closing_what_was_never_opened_does_nothing() -> None:
    binance = VenueClient("binance", SystemClock())
    await binance.hang_up()
    await binance.close()
    assert binance.asked_to_wait() == 0


async def test_ccxts_own_calls_are_asked_about_a_contract_by_our_name(venue: Exchange) -> None:
    began = datetime(2026, 11, 1, 12, tzinfo=UTC)
    venue.past.minute("BTCUSDT", began, low="1", high="2")
    binance = client(venue)
    try:
        rows = await binance.asked("fetch_ohlcv", BTC, "1m", None, 5, {"price": "mark"})
        assert await binance.asked("fetch_ohlcv", Symbol("DOGEUSDT"), "1m") is None
    finally:
        await binance.close()
    assert rows is not None
    assert rows[0][:5] == [int(began.timestamp() * 1000), "2", "2", "1", "2"]
    assert venue.asked["fapi/v1/markPriceKlines"] == 1


def test_every_source_of_prices_is_spoken() -> None:
    assert set(SPOKEN) == {"binance", "bybit", "okx"}


async def test_what_is_of_interest_may_grow_and_the_venue_may_list_more(venue: Exchange) -> None:
    wanted = [ETH]
    binance = VenueClient("binance", SystemClock(), wanted, venue.base)
    try:
        await binance.relist()  # before it was opened there is nothing to learn anew
        assert [symbol for symbol, *_ in await binance.poll()] == [ETH]
        venue.quotes["NEWUSDT"] = Quote("7")
        wanted.append(Symbol("NEWUSDT"))
        assert [symbol for symbol, *_ in await binance.poll()] == [ETH]
        await binance.relist()
        assert {symbol for symbol, *_ in await binance.poll()} == {ETH, "NEWUSDT"}
    finally:
        await binance.close()
    assert venue.asked["fapi/v1/exchangeInfo"] == 2
