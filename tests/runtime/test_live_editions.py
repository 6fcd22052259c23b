"""A house on live prices whose venue lists a new contract: refreshed, it is priced and traded."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.prices.contracts import ContractSource
from bot.runtime.clock import SystemClock
from tests.builders import exact
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote
from tests.fakes.exchange.rules import specs_of
from tests.runtime.live_house import House, running

__all__ = ["exact"]


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with Exchange() as venue:
        venue.specs = specs_of(load_listings()["bybit"])
        venue.second = {symbol: Quote("100") for symbol in venue.specs}
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
        monkeypatch.setenv("PRICES_SOURCE", "bybit")
        monkeypatch.setenv("PRICES_SECOND", "none")
        monkeypatch.setenv("PRICES_BASE_URL", venue.base)
        monkeypatch.setenv("DEFAULT_VENUE", "bybit")
        async with running(venue) as house:
            yield house


async def refreshed(house: House) -> None:
    """What another process does, and the next look of this one."""
    answer = await ContractSource("bybit", SystemClock(), house.venue.base).answer()
    await house.app.editions.refresh(answer, dry=False)
    await house.app.editions.round()


async def test_a_contract_that_the_venue_lists_anew_is_priced_and_traded(house: House) -> None:
    house.venue.specs["NEWUSDT"] = house.venue.specs["ETHUSDT"]
    house.venue.second["NEWUSDT"] = Quote("7.50")
    assert (await house.say("/price newusdt")).outcome == "unknown_symbol"
    await refreshed(house)
    await house.told("/price newusdt", "7.5")
    assert (await house.say("/open 10x long newusdt 500 isolated")).outcome == "ok"
    assert await house.shows("/pf", "NEW, 10x isolated")


async def test_a_contract_that_is_gone_is_closed_and_not_opened(house: House) -> None:
    assert (await house.say("/open 10x long xrp 500 isolated")).outcome == "ok"
    del house.venue.specs["XRPUSDT"]
    await refreshed(house)
    assert (await house.say("/open 10x long xrp 500 isolated")).outcome == "delisted"
    assert (await house.say("/close xrp")).outcome == "ok"


async def test_a_venue_that_does_not_answer_a_second_time_changes_nothing(house: House) -> None:
    house.venue.specs["NEWUSDT"] = house.venue.specs["ETHUSDT"]
    answer = await ContractSource("bybit", SystemClock(), house.venue.base).answer()
    house.venue.statuses = {"v5/market/instruments-info": 503}
    await house.app.editions.refresh(answer, dry=False)
    async with asyncio.timeout(30):
        await house.app.editions.round()
    assert await house.shows("/price btc", "100")
