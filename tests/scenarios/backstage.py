"""The real house behind a platform: everything `bot.app` builds, over a database of its own.

Only the clock is ours: it stands still, so that the demo market stands at its beginning.
"""

import asyncio
from pathlib import Path

from bot.app import App, build
from bot.chat.ports import Desk, Entry
from bot.chat.reply import Hush, Reply
from bot.chat.request import Request
from bot.runtime.games import Speaker
from bot.settings import Settings
from tests.fakes.ports import FixedClock
from tests.walk.house import seeds


class Listening:
    """The house's desk, with an ear: `heard` holds every question and its answer, in order."""

    def __init__(self, desk: Desk, heard: list[tuple[Request, Reply | Hush]]) -> None:
        self._desk = desk
        self._news = asyncio.Event()
        self.heard = heard
        self.menu: tuple[Entry, ...] = desk.menu
        self.wants_role, self.suggest, self.offers = desk.wants_role, desk.suggest, desk.offers
        self.keep, self.kept = desk.keep, desk.kept
        self.note, self.set_note, self.chat_moved = desk.note, desk.set_note, desk.chat_moved
        self.now, self.deaf = desk.now, desk.deaf

    async def answer(self, request: Request) -> Reply | Hush:
        answer = await self._desk.answer(request)
        self.heard.append((request, answer))
        self._news.set()
        return answer

    async def until(self, count: int) -> None:
        """Wait until so many answers were given in all."""
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()


class Backstage:
    """A house that can be closed and opened again over the same database, at `address`."""

    def __init__(self, folder: Path) -> None:
        self.address = f"sqlite:///{folder / 'house.db'}"
        self.clock = FixedClock()
        self.heard: list[tuple[Request, Reply | Hush]] = []
        self._seed = seeds()
        self._app: App | None = None
        self.open()

    def open(self) -> None:
        """Start the program."""
        settings = Settings(_env_file=None, database_url=self.address)
        app = build(settings, self.clock, seed=self._seed)
        self._app, self.desk = app, Listening(app.desk, self.heard)

    async def look(self, speaker: Speaker) -> None:
        """Let the watch look at what has happened since, and the bot say what is due."""
        assert self._app is not None
        while not await self._app.watch.tick():
            pass
        await self._app.courier.round({speaker.platform: speaker})
        await self._app.games.round({speaker.platform: speaker})

    def close(self) -> None:
        """End the program."""
        if self._app is not None:
            self._app.close()
