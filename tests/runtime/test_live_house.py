"""A whole house on live prices: whatever the venue does, nobody is liquidated or filled wrongly."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.console.render import text
from bot.app import App, build
from bot.chat.reply import Reply
from bot.chat.request import Chat, Request, Who
from bot.settings import load
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote

CRASH = "60088.28"


class House:
    """An app that runs, and somebody who talks to it."""

    def __init__(self, app: App, venue: Exchange) -> None:
        self.app = app
        self.venue = venue
        self._count = 0

    async def say(self, line: str) -> Reply:
        self._count += 1
        who = Who("telegram", "7")
        request = Request(id=str(self._count), who=who, chat=Chat("7"), text=line, addressed=True)
        answer = await self.app.desk.answer(request)
        assert isinstance(answer, Reply)
        return answer

    async def shows(self, line: str, part: str) -> bool:
        return part in text(await self.say(line))

    async def liquidations(self) -> int:
        """How often the person was liquidated so far."""
        lines = text(await self.say("/stats")).splitlines()
        (line,) = (each for each in lines if each.startswith("liquidations"))
        return int(line.split()[-1])

    async def told(self, line: str, part: str, within: float = 10) -> None:
        """Ask again and again until the answer says so."""
        async with asyncio.timeout(within):
            while not await self.shows(line, part):  # noqa: ASYNC110 - a person asks again
                await asyncio.sleep(0.1)


@asynccontextmanager
async def running(venue: Exchange) -> AsyncIterator[House]:
    app, stop = build(load(None)), asyncio.Event()
    assert app.live is not None
    try:
        await app.live.begin()
        await app.watch.begin(stop)
        async with asyncio.TaskGroup() as group:
            group.create_task(app.live.run(stop))
            group.create_task(app.watch.run(stop))
            house = House(app, venue)
            try:
                await house.told("/status", "live since")
                await house.say("/set confirm off")
                yield house
            finally:
                stop.set()
    finally:
        app.close()


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with Exchange() as venue:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
        monkeypatch.setenv("PRICES_SOURCE", "binance")
        monkeypatch.setenv("PRICES_BASE_URL", venue.base)
        monkeypatch.setenv("PRICES_QUIET_AFTER", "1")
        monkeypatch.setenv("PRICES_STALE_AFTER", "3")
        async with running(venue) as house:
            assert (await house.say("/open 10x long btc 500 isolated")).outcome == "ok"
            yield house


async def test_a_fall_on_one_venue_alone_liquidates_nobody_and_fills_nothing(house: House) -> None:
    house.venue.quotes["BTCUSDT"] = Quote(CRASH)
    await house.told("/status", "unconfirmed")
    assert (await house.say("/open 10x long btc 500 isolated")).outcome == "no_price"
    await asyncio.sleep(1.5)  # some sweeps
    assert await house.liquidations() == 0
    house.venue.quotes["BTCUSDT"] = Quote("85840.40")
    await house.told("/pf", "#1 LONG")
    assert await house.liquidations() == 0


async def test_a_fall_on_both_venues_liquidates(house: House) -> None:
    house.venue.quotes["BTCUSDT"] = house.venue.second["BTCUSDT"] = Quote(CRASH)
    async with asyncio.timeout(10):
        while await house.liquidations() == 0:  # noqa: ASYNC110 - a person asks again
            await asyncio.sleep(0.1)
    assert not await house.shows("/pf", "#1 LONG")


async def test_while_nothing_comes_nothing_is_decided_and_it_is_told(house: House) -> None:
    house.venue.streaming, house.venue.statuses = False, {"*": 503}
    await house.told("/status", "stale since")
    assert await house.shows("/status", "Orders are refused and nothing is liquidated")
    reply = await house.say("/open 10x long btc 500 isolated")
    assert reply.outcome == "stale_price"
    assert "Binance prices are stale since 20" in text(reply)
    house.venue.streaming, house.venue.statuses = True, {}
    await house.told("/status", "live since")
    await house.told("/pf", "#1 LONG")
    assert await house.liquidations() == 0


async def test_mark_last_trade_and_index_are_told_apart(house: House) -> None:
    await house.told("/price btc", "Last price")
    lines = text(await house.say("/price btc")).splitlines()
    labels = [line.split("  ")[0] for line in lines]
    assert labels[:4] == ["BTCUSDT.", "Mark price", "Last price", "Index price"]
    (told,) = [line for line in lines if line.startswith("Liquidation goes by the mark, not by")]
    assert told.endswith("; the mark follows the index, an average of spot prices.")


async def test_a_zero_price_liquidates_nobody(house: House) -> None:
    house.venue.quotes["BTCUSDT"] = house.venue.second["BTCUSDT"] = Quote("0.00")
    await asyncio.sleep(1.5)  # some sweeps
    assert await house.liquidations() == 0
    house.venue.quotes["BTCUSDT"] = house.venue.second["BTCUSDT"] = Quote("85840.40")
    await house.told("/pf", "#1 LONG")
