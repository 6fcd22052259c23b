"""Telegram: the real adapter against the strict Bot API server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.telegram import TelegramAdapter, TelegramOptions
from tests.adapters.telegram.stage import FREE, settled
from tests.fakes.botapi import BOT, TOKEN, BotApi
from tests.fakes.botapi.world import GROUP, Found, Json, Posted, Press
from tests.scenarios.backstage import Backstage
from tests.scenarios.player import Sheet
from tests.scenarios.story import HOST, PEOPLE, Step


class OnTelegram:
    """People alone with the bot, and in a group with it."""

    def __init__(self, backstage: Backstage, api: BotApi) -> None:
        self.backstage = backstage
        self._api, self.world = api, api.world
        self._group = self.world.group()
        self.world.members[GROUP][PEOPLE[HOST]] = "administrator"
        self._windows: list[tuple[str, Sheet]] = []

    async def start(self) -> None:
        """Start the adapter and wait until it listens."""
        options = TelegramOptions(token=TOKEN, base_url=self._api.url, rates=FREE)
        self._stop = asyncio.Event()
        polls = len(self._api.called("getUpdates"))
        self._adapter = TelegramAdapter(self.backstage.desk, options)
        self._running = asyncio.create_task(self._adapter.run(self._stop))
        await self._api.until(lambda: len(self._api.called("getUpdates")) > polls)

    async def stop(self) -> None:
        """Stop it; by then every press was answered once, and nothing sent was refused."""
        self._stop.set()
        await asyncio.wait_for(self._running, 10)
        assert self.world.unanswered() == []
        sent = [each for each in self._api.refusals if each[0] != "getUpdates"]
        assert [each for each in sent if "not modified" not in each[1]] == []

    async def say(self, step: Step) -> None:
        line, chat = step.say, None
        if step.group:
            chat = self._group
            line = line if line.startswith("/") else f"@{BOT['username']} {line}"
        count = len(self.backstage.heard)
        self.world.say(self.person(step.by), line, chat)
        await self._happened(count + 1)

    async def press(self, who: str, under: str, label: str, *, times: int = 1) -> None:
        data, count = self.data(under, label), len(self.backstage.heard)
        before = self.screen(who)
        presses = [self.send(who, under, data) for _ in range(times)]
        await self._happened(count + times)
        await self._api.until(lambda: all(press.answers for press in presses))
        if self.screen(who) == before:  # all that there is to say was said in a small window
            said = [press.answers[0].get("text", "") for press in presses]
            self._windows += [(who, Sheet(text)) for text in said if text]

    def data(self, under: str, label: str) -> str:
        """Return what a button carries."""
        return str(self._posted(under).button(label)["callback_data"])

    def send(self, who: str, under: str, data: str) -> Press:
        """Press what is not there, as only a program can: `data` under any message."""
        return self.world.press(self.person(who), self._posted(under), data=data)

    async def sent(self, who: str, under: str, data: str) -> None:
        """Do so, and wait until it was answered."""
        press = self.send(who, under, data)
        await self._api.until(lambda: bool(press.answers))
        await settled()

    def talk(self, who: str, line: str) -> Posted:
        """Say something in the group that is not meant for the bot."""
        return self.world.say(self.person(who), line, self._group)

    async def point(self, who: str, line: str, at: Posted) -> None:
        """Say a line in the group in reply to somebody's message."""
        count = len(self.backstage.heard)
        self.world.say(self.person(who), line, self._group, reply_to=at.id)
        await self._happened(count + 1)

    async def search(self, who: str, text: str) -> Found:
        """Type the bot's name and a text in some chat, and return what is offered."""
        search = self.world.search(self.person(who), text)
        await self._api.until(lambda: search.found)
        await settled()
        assert search.found is not None
        return search.found

    async def still(self) -> None:
        """Wait until every update was taken and handled."""
        await self._api.until(lambda: not self.world.pending)
        await settled()

    async def wait(self) -> None:
        await self.backstage.look(self._adapter)

    async def restart(self) -> None:
        await self.stop()
        self.backstage.close()
        self.backstage.open()
        await self.start()

    def screen(self, who: str) -> dict[str, Sheet]:
        read = {PEOPLE[who], GROUP}
        windows = [sheet for owner, sheet in self._windows if owner == who]
        return {
            _key(p): _sheet(p) for p in self.world.from_bot() if p.chat in read and not p.deleted
        } | {f"window {number}": sheet for number, sheet in enumerate(windows)}

    def _posted(self, under: str) -> Posted:
        return next(p for p in self.world.from_bot() if _key(p) == under)

    def person(self, who: str) -> Json:
        """Return somebody as updates carry them."""
        return self.world.person(PEOPLE[who], who.title())

    async def _happened(self, answers: int) -> None:
        await self._api.until(lambda: not self.world.pending)
        await self.backstage.desk.until(answers)
        await settled()


def _key(posted: Posted) -> str:
    return f"{posted.chat}:{posted.id}"


def _sheet(posted: Posted) -> Sheet:
    """Read a message; offsets count halves of characters in UTF-16."""
    wide = posted.text.encode("utf-16-le")
    blocks = [
        wide[start * 2 : (start + length) * 2].decode("utf-16-le")
        for kind, start, length in posted.entities
        if kind == "Pre"
    ]
    fixed = [line for block in blocks for line in block.split("\n")]
    return Sheet(posted.text, tuple(posted.labels), tuple(fixed))


@asynccontextmanager
async def on_telegram(backstage: Backstage) -> AsyncIterator[OnTelegram]:
    """Open a server and connect the bot to it."""
    async with BotApi() as api:
        player = OnTelegram(backstage, api)
        await player.start()
        try:
            yield player
        finally:
            await player.stop()
