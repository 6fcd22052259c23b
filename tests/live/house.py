"""The real app on Binance checked with Bybit, both played on loopback, and people who live in it.

Mira holds an isolated, Tobi a cross position, both long and near liquidation, and both wait for
news. The loops are the app's own; only their pauses are shorter. Time is this machine's and can be
leapt over, on the exchange as well, so that nobody waits for an outage to be long.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.console.render import text
from bot.adapters.prices import live
from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.side import Pace
from bot.app import App, build
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat, Request, Who
from bot.runtime.clock import SystemClock
from bot.settings import load
from core.paper.records import Identity
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote
from tests.live.beside import asked

MIRA, TOBI = "7", "8"
CALM, NEAR, FALL = "85840.40", "85400.00", "84000.00"
"""The mark at the start; one that both wait for; one that liquidates both."""
SPIKE = "60088.28"
"""Thirty per cent below: whoever believed it would be liquidated."""

OFTEN = 0.02
MINUTE = timedelta(minutes=1)


class Leaping:
    """This machine's time, that can be behind and leap."""

    def __init__(self, behind: timedelta) -> None:
        self._machine = SystemClock()
        self.behind = behind

    def now(self) -> datetime:
        return self._machine.now() - self.behind


class Letters:
    """A platform that takes what is delivered, and keeps it."""

    platform = "telegram"

    def __init__(self) -> None:
        self.delivered: list[tuple[str, str]] = []

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        self.delivered.append((who.person, text(reply)))
        return Outcome.DELIVERED

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        return Posted(Outcome.NEVER)

    def to(self, person: str, part: str) -> list[str]:
        """What a person was told that says so."""
        return [words for who, words in self.delivered if who == person and part in words]


class House:
    """An app that runs, the exchange it looks at, and the people in it."""

    def __init__(self, app: App, venue: Exchange, clock: Leaping, folder: Path) -> None:
        self.app = app
        self.venue = venue
        self.letters = Letters()
        self._clock = clock
        self._folder = folder
        self._count = 0

    @property
    def now(self) -> datetime:
        return self._clock.now()

    # --- people -----------------------------------------------------------------------------------

    async def say(self, line: str, person: str = MIRA) -> Reply:
        """Say something; return the answer."""
        self._count += 1
        request = Request(
            id=str(self._count),
            who=Who("telegram", person),
            chat=Chat(person),
            text=line,
            addressed=True,
        )
        answer = await self.app.desk.answer(request)
        assert isinstance(answer, Reply)
        return answer

    async def refused(self, person: str = MIRA) -> str:
        """Order some BTC more; return how that was answered."""
        return (await self.say("/open 50x long btc 50 isolated", person)).outcome

    async def shown(self, line: str, person: str = MIRA) -> str:
        """What an answer shows, in one line."""
        return " ".join(text(await self.say(line, person)).split())

    async def asked(self, line: str = "/status") -> str:
        """What another process answers, which asks the exchange itself, in one line.

        It has no time but this machine's, so this house comes to the present first.
        """
        self.leap(max(timedelta(0), self._clock.behind))
        settings = {
            "DATABASE_URL": self.app.settings.database_url,
            "PRICES_SOURCE": "binance",
            "PRICES_SECOND": "bybit",
            "PRICES_BASE_URL": self.venue.base,
        }
        _, out = await asked(line, self._folder, settings)
        return " ".join(out.split())

    async def fallen(self) -> dict[str, int]:
        """How often each person was liquidated."""
        count = {}
        for person in (MIRA, TOBI):
            lines = text(await self.say("/stats", person)).splitlines()
            (line,) = (each for each in lines if each.startswith("liquidations"))
            count[person] = int(line.split()[-1])
        return count

    def alerts(self) -> dict[str, int]:
        """How often each person's alert was delivered."""
        return {
            MIRA: len(self.letters.to(MIRA, "BTC fell to")),
            TOBI: len(self.letters.to(TOBI, "of liquidation")),
        }

    # --- time -------------------------------------------------------------------------------------

    async def until(self, happened: Callable[[], object], within: float = 8) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(within):
            while not happened():  # noqa: ASYNC110 - many things, of which few tell when they change
                await asyncio.sleep(0.005)

    async def told(self, line: str, part: str, within: float = 8) -> str:
        """Ask until the answer says so; return it."""
        async with asyncio.timeout(within):
            while part not in (shown := await self.shown(line)):  # noqa: ASYNC110 - as people do
                await asyncio.sleep(OFTEN)
        return shown

    async def looks(self, times: int = 3) -> None:
        """Let the watch look at everybody so many times more."""
        for _ in range(times):
            await self.app.watch.tick()

    async def heard(self, times: int = 2) -> None:
        """Let so many messages of the exchange come, and be looked at."""
        market = self.app.live
        assert market is not None
        for _ in range(times):
            before = market.status().newest
            await self.until(lambda: market.status().newest != before)  # noqa: B023 - awaited here
        await self.looks()

    def leap(self, by: timedelta) -> None:
        """Let so much time have passed, here and on the exchange."""
        self._clock.behind -= by
        self.venue.skew += int(by.total_seconds() * 1000)

    # --- prices -----------------------------------------------------------------------------------

    def quote(self, mark: str, *, second: bool = True) -> None:
        """Mark BTC at a price, on both venues or on the first alone."""
        self.venue.quotes["BTCUSDT"] = Quote(mark)
        if second:
            self.venue.second["BTCUSDT"] = Quote(mark)

    async def falls_silent(self, by: timedelta, *, status: int = 503) -> datetime:
        """Let neither venue say anything for so long; return when that began."""
        began = self.now
        self.venue.streaming, self.venue.statuses = False, {"*": status}
        self.leap(by)
        await self.told("/status", "stale since")
        return began

    def speaks(self, *, candles: bool = True) -> None:
        """Let both venues speak again; of minutes that no test told, nothing happened."""
        for past in (self.venue.past, self.venue.second_past):
            past.calm("BTCUSDT", self.now - 20 * MINUTE, self.now, CALM)
        klines = {"fapi/v1/markPriceKlines": 503}
        self.venue.streaming, self.venue.statuses = True, {} if candles else klines


def hurried(**given: object) -> Pace:
    """The pace that settings ask for, with pauses of hundredths of a second."""
    pace = Pace(**given)  # type: ignore[arg-type]  # as the house gives it
    return replace(
        pace,
        quiet=timedelta(seconds=0.3),
        poll=0.05,
        first_retry=0.05,
        last_retry=0.3,
    )


@asynccontextmanager
async def living(
    folder: Path, monkeypatch: pytest.MonkeyPatch, behind: timedelta = timedelta(0)
) -> AsyncIterator[House]:
    """Run a house on an exchange until the block ends; its time is `behind` this machine's."""
    monkeypatch.setattr(live, "Pace", hurried)
    async with Exchange() as venue:
        venue.skew = -int(behind.total_seconds() * 1000)
        for name, value in {
            "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
            "PRICES_SOURCE": "binance",
            "PRICES_SECOND": "bybit",
            "PRICES_BASE_URL": venue.base,
        }.items():
            monkeypatch.setenv(name, value)
        clock = Leaping(behind)
        app = build(load(None), clock)
        app.watch._every = app.courier._every = OFTEN
        try:
            async with _running(House(app, venue, clock, folder)) as house:
                yield house
        finally:
            app.close()


@asynccontextmanager
async def _running(house: House) -> AsyncIterator[House]:
    app, stop = house.app, asyncio.Event()
    assert app.live is not None
    await app.live.begin()
    _spare_nobody(app.live)
    await app.watch.begin(stop)
    async with asyncio.TaskGroup() as group:
        group.create_task(app.live.run(stop))
        group.create_task(app.watch.run(stop))
        group.create_task(app.courier.run(stop, [house.letters]))
        try:
            await _move_in(house)
            yield house
        finally:
            stop.set()


def _spare_nobody(market: ExchangeMarket) -> None:
    """Let ccxt not hold questions back: this exchange need not be spared."""
    for side in (market._first, market._second):
        assert side is not None
        side.client._exchange.throttler.config.update(refillRate=100, tokens=0)


async def _move_in(house: House) -> None:
    """Two people open what is near liquidation, and wait for what comes before it."""
    house.quote(CALM)
    await house.told("/status", "live since")
    for person, line, alert in (
        (MIRA, "/open 50x long btc 500 isolated", "/alert btc 85500"),
        (TOBI, "/open 50x long btc 9500 cross", "/alert liq 1.2%"),
    ):
        await house.say("/set confirm off", person)
        for each in (line, alert):
            answer = await house.say(each, person)
            assert answer.outcome == "ok", text(answer)
    await house.heard()
