"""A whole house on live prices, for stories about what a venue lists."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.console.render import text
from bot.app import App, build
from bot.chat.reply import Reply
from bot.chat.request import Chat, Request, Who
from bot.settings import load
from tests.fakes.exchange import Exchange


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
