"""A group on Telegram: the real adapter and the strict server on loopback, by simulated time."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.adapters.telegram import TelegramAdapter, TelegramOptions
from core.paper.records import Identity
from tests.fakes.botapi import TOKEN, BotApi, Fault
from tests.fakes.botapi.world import GROUP, Json, Posted
from tests.sims.clock import Seconds, SimClock
from tests.sims.house import House
from tests.sims.place import HOST, Ear

FIRST = 1000
"""The number of the host on Telegram; the others follow."""

SENT, EDITED = "sendMessage", "editMessageText"
TALK = frozenset({SENT, EDITED, "sendDocument", "sendPhoto"})


@dataclass(frozen=True)
class Call:
    """Something the bot asked of the server: when, what, in which chat, and whether it got it."""

    at: datetime
    method: str
    chat: int
    message: int
    done: bool


class TimedApi(BotApi):
    """The server, with a clock: every call that speaks is noted with its moment.

    While it is `away` it takes nothing the bot says.
    """

    def __init__(self, clock: SimClock) -> None:
        super().__init__()
        self._clock = clock
        self.spoken: list[Call] = []
        self.away = False

    async def _answer(
        self, request: web.Request, name: str, parameters: dict[str, str], fault: Fault
    ) -> web.StreamResponse:
        if name not in TALK:
            return await super()._answer(request, name, parameters, fault)
        if self.away:
            fault = Fault(status=502)
        at = self._clock.now()
        answer = await super()._answer(request, name, parameters, fault)
        chat, message = int(parameters["chat_id"]), int(parameters.get("message_id", 0))
        self.spoken.append(Call(at, name, chat, message, done=answer.status == 200))
        return answer


@dataclass
class TelegramGroup:
    """A group whose first person is its admin; the bot is a plain member."""

    clock: SimClock
    size: int
    platform: str = "telegram"
    _last: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.api = TimedApi(self.clock)
        self.world = self.api.world
        self._group = self.world.group()
        self._people = [
            self.world.person(FIRST + n, f"Mira {n}" if n else "Hope") for n in range(self.size)
        ]
        self.world.members[GROUP][FIRST + HOST] = "administrator"
        for person in self._people:  # everybody has talked to the bot alone before
            self.world.private(person)
            self.world.started.add(person["id"])
        self._adapter: TelegramAdapter | None = None
        self.ear: Ear

    async def begin(self) -> None:
        """Start the server."""
        await self.api.__aenter__()

    async def end(self) -> None:
        """Stop the server."""
        await self.api.__aexit__()

    async def open(self, house: House) -> None:
        options = TelegramOptions(token=TOKEN, base_url=self.api.url)
        polls = len(self.api.called("getUpdates"))
        self._stop = asyncio.Event()
        self._adapter = TelegramAdapter(house.desk, options, Seconds(self.clock))
        self._running = asyncio.create_task(self._adapter.run(self._stop))
        heard = self.ear.posts if hasattr(self, "ear") else []
        self.ear = Ear(self._adapter, self.clock, heard)
        await self.api.until(lambda: len(self.api.called("getUpdates")) > polls)

    async def drop(self) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)

    async def close(self) -> None:
        self._stop.set()
        await asyncio.wait_for(self._running, 10)

    def identity(self, who: int) -> Identity:
        return Identity(self.platform, str(FIRST + who))

    def say(self, who: int, line: str) -> None:
        self.world.say(self._people[who], line, self._group)

    def whisper(self, who: int, line: str) -> None:
        self.world.say(self._people[who], line)

    def press(self, who: int, label: str, *, times: int = 1) -> bool:
        found = self._having(label)
        if found is None:
            return False
        for _ in range(times):
            self.world.press(self._people[who], found, label)
            self._last = self.world.pending[-1:]
        return True

    def again(self, *, renamed: bool) -> None:
        for update in self._last:
            if renamed:
                self.world.update("callback_query", update["callback_query"])
            else:
                self.world.again(update)

    def kick(self, who: int) -> None:
        self.world.members[GROUP][FIRST + who] = "kicked"

    def away(self, *, gone: bool) -> None:
        self.api.away = gone

    def flood(self, seconds: int) -> None:
        for method in (SENT, EDITED):
            self.api.fault(method, Fault(retry_after=seconds))

    def shown(self, who: int | None = None) -> list[str]:
        chat = GROUP if who is None else FIRST + who
        return [posted.text for posted in self.world.from_bot(chat) if not posted.deleted]

    def _having(self, label: str) -> Posted | None:
        posts = reversed(self.world.from_bot(GROUP))
        return next((p for p in posts if label in p.labels and not p.deleted), None)

    async def calm(self) -> None:
        await self.api.until(lambda: not self.world.pending)
        async with asyncio.timeout(30):
            while len(tasks := _in_hand()) > self.clock.sleeping:
                await asyncio.wait(tasks, timeout=0.002, return_when=asyncio.FIRST_COMPLETED)


def _in_hand() -> "list[asyncio.Task[Any]]":
    """The updates that an adapter has not done with."""
    named = "process_concurrent_update"
    return [task for task in asyncio.all_tasks() if named in task.get_name()]
