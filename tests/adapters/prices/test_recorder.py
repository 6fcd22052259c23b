"""Events taken from a venue's past: what is there whole, what stands in for it, what is refused."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import localcontext

import pytest

from bot.adapters.prices.history import BOOKS, History, HistoryFault
from bot.adapters.prices.recorder import Fetched, fetched
from bot.adapters.prices.venues import VenueClient
from bot.runtime.clock import SystemClock
from core.lessons.deviation import differences
from core.lessons.recording import Plan, Span
from core.lessons.scenario import PriceKind, Scenario
from core.market import Symbol
from core.money import EXACT, ONE, D
from tests.builders import BTC, ETH
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.history import HOUR, Past, at
from tests.fakes.scenarios import flat

FIRST = datetime(2022, 11, 5, tzinfo=UTC)
BEGINS = at("2022-11-05T00:00")
READ = date(2026, 10, 4)
BNB = Symbol("BNBUSDT")
CRASH = 30
PLAN = Plan(
    id="2022-11-05",
    name="A crash",
    told="It fell.",
    span=Span(FIRST, 60),
    symbols=(BTC, ETH),
)


def hour(number: int) -> int:
    return BEGINS + number * HOUR


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    async with Exchange() as exchange:
        exchange.history = Past(hour(-24), hour(100), hour(CRASH))
        exchange.history.rates = {hour(n): f"-0.000{n:02d}" for n in range(0, 61, 8)}
        with localcontext(EXACT):
            yield exchange


def told(venue: Exchange) -> Past:
    assert venue.history is not None
    return venue.history


async def take(
    venue: Exchange, name: str = "binance", plan: Plan = PLAN, stored: Scenario | None = None
) -> Fetched:
    async def at_once(_: float) -> None: ...

    history = History(VenueClient(name, SystemClock(), base=venue.base), at_once)
    try:
        return await fetched(history, plan, stored, READ)
    finally:
        await history.close()


# --- what is there --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(BOOKS))
async def test_marks_finer_rows_and_funding_are_taken_whole(venue: Exchange, name: str) -> None:
    scenario = (await take(venue, name)).scenario
    assert len(scenario.candles) == 60
    for coin in scenario.heading.coins.values():
        assert (coin.price, coin.fine) == (PriceKind.MARK, PriceKind.MARK)
        assert (coin.source, coin.funding, coin.read) == (BOOKS[name].source,) * 2 + (READ,)
    assert scenario.heading.coins[BTC].first == D("19999.92")
    assert sorted(scenario.finer) == list(range(CRASH - 5, CRASH + 7))
    assert scenario.funding[8] == {BTC: D("-0.00008"), ETH: D("-0.00008")}
    assert sorted(scenario.funding) == list(range(8, 60, 8))
    fallen = scenario.candles[CRASH].bars[BTC]
    assert D("0.69") < fallen.close < D("0.71")


async def test_an_hour_is_as_its_finer_rows_tell(venue: Exchange) -> None:
    scenario = (await take(venue, plan=replace(PLAN, minutes=1))).scenario
    for number, steps in scenario.finer.items():
        whole = scenario.candles[number].bars[BTC]
        assert len(steps) == 60
        assert steps[0].bars[BTC].open == whole.open
        assert steps[-1].bars[BTC].close == whole.close


async def test_the_hours_that_had_finer_rows_have_them_again(venue: Exchange) -> None:
    fine = Span(FIRST + timedelta(hours=3), 4)
    scenario = (await take(venue, plan=replace(PLAN, fine=fine))).scenario
    assert sorted(scenario.finer) == [3, 4, 5, 6]


async def test_the_same_past_gives_the_same_event(venue: Exchange) -> None:
    first, second = await take(venue), await take(venue)
    assert first == second
    assert all(not each.differing for each in differences(first.scenario, second.scenario))


# --- what stands in -------------------------------------------------------------------------------


async def test_last_prices_stand_in_for_marks_that_are_not_there(venue: Exchange) -> None:
    told(venue).unlisted = {"mark"}
    coin = (await take(venue)).scenario.heading.coins[BTC]
    assert (coin.price, coin.fine) == (PriceKind.LAST, PriceKind.LAST)


async def test_no_coin_mixes_kinds_in_its_hours(venue: Exchange) -> None:
    told(venue).holes = {("mark", hour(7))}
    scenario = (await take(venue)).scenario
    coin = scenario.heading.coins[BTC]
    assert (coin.price, coin.fine) == (PriceKind.LAST, PriceKind.LAST)
    low = scenario.candles[8].bars[BTC].low * coin.first
    assert abs(low - D(told(venue).candle("BTC", "last", hour(8), 60)[2])) < D("0.02")


async def test_finer_rows_of_last_prices_stand_in_for_marks(venue: Exchange) -> None:
    told(venue).holes = {("mark", hour(CRASH) + 5 * HOUR // 60)}
    coin = (await take(venue)).scenario.heading.coins[BTC]
    assert (coin.price, coin.fine) == (PriceKind.MARK, PriceKind.LAST)


async def test_finer_rows_and_funding_with_holes_are_left_out(venue: Exchange) -> None:
    five = hour(CRASH) + 5 * HOUR // 60
    told(venue).holes = {("mark", five), ("last", five)}
    del told(venue).rates[hour(16)]
    scenario = (await take(venue)).scenario
    assert {coin.fine for coin in scenario.heading.coins.values()} == {None}
    assert {coin.funding for coin in scenario.heading.coins.values()} == {""}
    assert (scenario.finer, scenario.funding) == ({}, {})


# --- what is refused ------------------------------------------------------------------------------


async def test_missing_hours_are_named_in_stretches(venue: Exchange) -> None:
    gaps = (3, 10, 11, 12, 59)
    told(venue).holes = {(kind, hour(n)) for kind in ("mark", "last") for n in gaps}
    with pytest.raises(HistoryFault) as fault:
        await take(venue)
    assert str(fault.value) == (
        "BTCUSDT: Binance USD-M perpetual lacks 5 of 60 hours: 2022-11-05T03:00Z, "
        "2022-11-05T10:00Z to 2022-11-05T12:00Z, 2022-11-07T11:00Z; nothing was written, "
        "leave the coin or those hours out"
    )


async def test_the_kind_of_price_that_lacks_less_is_told(venue: Exchange) -> None:
    told(venue).holes = {("mark", hour(3)), ("mark", hour(4)), ("last", hour(9))}
    with pytest.raises(HistoryFault, match="lacks 1 of 60 hours: 2022-11-05T09:00Z;"):
        await take(venue)


async def test_many_stretches_are_counted(venue: Exchange) -> None:
    told(venue).holes = {(k, hour(n)) for k in ("mark", "last") for n in range(0, 60, 2)}
    with pytest.raises(HistoryFault, match=r"lacks 30 of 60 hours: .* and 18 more stretches;"):
        await take(venue)


async def test_hours_before_the_venue_began_are_refused(venue: Exchange) -> None:
    early = replace(PLAN, span=Span(datetime(2022, 1, 1, tzinfo=UTC), 24))
    with pytest.raises(HistoryFault, match="has none of these hours; leave it out with --coins"):
        await take(venue, plan=early)


# --- what only the stored event has ---------------------------------------------------------------

OLD = flat(60, {BTC: 20_000, BNB: 350}, PLAN.id)
STORED = replace(OLD, heading=replace(OLD.heading, first_hour=FIRST))


@pytest.fixture
async def sold(venue: Exchange) -> Exchange:
    """The venue lists another coin today, of which it has no past in those days."""
    venue.quotes["BNBUSDT"] = venue.quotes["BTCUSDT"]
    past = told(venue)
    past.first = {**past.first, "BNB": 350}
    past.late = {"BNB"}
    return venue


async def test_a_coin_of_which_the_venue_has_nothing_is_kept(sold: Exchange) -> None:
    plan = replace(PLAN, symbols=(BTC, BNB))
    found = await take(sold, plan=plan, stored=STORED)
    assert found.kept == (BNB,)
    coins = found.scenario.heading.coins
    assert list(coins) == [BTC, BNB]
    assert coins[BNB] == STORED.heading.coins[BNB]
    assert coins[BTC].source == "Binance USD-M perpetual"
    assert found.scenario.candles[5].bars[BNB].open == ONE


async def test_a_coin_is_not_kept_for_other_hours_or_another_event(sold: Exchange) -> None:
    longer = replace(PLAN, symbols=(BTC, BNB), span=Span(FIRST, 61))
    for plan, stored in ((longer, STORED), (replace(longer, span=PLAN.span), None)):
        with pytest.raises(HistoryFault, match=r"BNBUSDT: .* has none of these hours"):
            await take(sold, plan=plan, stored=stored)


async def test_an_event_of_kept_coins_alone_is_none(sold: Exchange) -> None:
    with pytest.raises(HistoryFault, match="has none of these hours; nothing was written"):
        await take(sold, plan=replace(PLAN, symbols=(BNB,)), stored=STORED)
