"""One life of the program while games are played, in a process of its own that may be killed.

It is the whole program: the house on a file, and the real Telegram adapter, which talks to a server
outside of the process. Time passes only when a line from outside says so; what the process does,
and what people were told, goes out line by line at the moment at which it is so.
"""

import asyncio
import os
import pickle
import re
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import localcontext
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import structlog
from structlog.typing import EventDict

from bot.adapters.telegram import TelegramAdapter, TelegramOptions
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Hush, Reply, Text, Tone, Words
from bot.chat.request import Chat, Request
from core.lessons.game.asking import Asking
from core.lessons.game.books import DuePost, KeptGame
from core.lessons.game.errors import NoGame
from core.lessons.game.game import Room
from core.money import EXACT
from core.paper.records import Identity
from core.services.roll import Presence
from tests.fakes.botapi import TOKEN
from tests.sims.clock import NOON, Seconds, SimClock
from tests.sims.house import House

MARK = re.compile(r"post (\d+)\.")
"""What stands under every message that a game says: the number of its post."""

AWAY, BACK = timedelta(minutes=15), timedelta(minutes=19)
"""After noon: the time in which a live market is away."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all lives of a house share: its folder, a seed, its market, the platform's address."""

    folder: Path
    seed: int
    live: bool
    url: str


class Voice:
    """The adapter's voice; whoever listens outside hears what it is about to say."""

    def __init__(self, adapter: TelegramAdapter, tell: Tell) -> None:
        self._adapter = adapter
        self._tell = tell
        self.platform = adapter.platform

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        self._tell(f"{'editing' if message else 'sending'} {_number(reply)}")
        return await self._adapter.post(chat, reply, message)

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        self._tell(f"sending {_number(reply)}")
        return await self._adapter.deliver(who, reply)

    async def attends(self, room: Room, who: Identity) -> Presence:
        return await self._adapter.attends(room, who)


def _number(reply: Reply) -> str:
    """The post that a marked reply belongs to."""
    last = reply.blocks[-1]
    assert isinstance(last, Text)
    found = MARK.fullmatch(last.words.text)
    assert found is not None
    return found[1]


class Life:
    """A running house with its adapter."""

    def __init__(self, ground: Ground, number: int, at: datetime, tell: Tell) -> None:
        self._tell = tell
        self._clock = SimClock(at)
        seed = ground.seed * 100 + number
        self._house = House(ground.folder, self._clock, seed, live=ground.live)
        self._listened()
        options = TelegramOptions(token=TOKEN, base_url=ground.url)
        seconds = Seconds(self._clock)
        self._adapter = TelegramAdapter(self._house.desk, options, seconds)
        self._voice = Voice(self._adapter, tell)

    def _listened(self) -> None:
        """Mark what games say, and tell of answers and of posts that are struck off."""
        games, desk = self._house.app.games, self._house.app.desk
        word, run, answer = games._word, games._desks.run, desk.answer

        def marked(post: DuePost) -> Reply:
            reply = word(post)
            return replace(reply, blocks=(*reply.blocks, Text(Words(f"post {post.id}."))))

        async def committed(job: Callable[[], Any], *, writes: bool) -> Any:
            """Jobs are committed together, so a post is struck off when its desk says so."""
            done = await run(job, writes=writes)
            if isinstance(job, partial) and job.func == games._sent:
                self._tell(f"sent {job.args[0].id}")
            return done

        async def answered(request: Request) -> Reply | Hush:
            reply = await answer(request)
            asks = isinstance(reply, Reply) and reply.tone is Tone.ASK
            outcome = "asked" if asks else reply.outcome
            self._tell(f"answered {request.id} {request.who.id} {outcome} {request.text}")
            return reply

        games._word = marked
        vars(games._desks)["run"] = committed
        vars(desk)["answer"] = answered

    async def lived(self, orders: int) -> None:
        """Do what comes in, until it is the end."""
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        running = asyncio.create_task(self._adapter.run(stop))
        reader = asyncio.StreamReader()
        pipe, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(orders, "rb")
        )
        while (line := (await reader.readline()).decode().strip()) not in {"", "end"}:
            await self._done(line)
            self._tell(f"calm {self._clock.now().isoformat()}")
        stop.set()
        await asyncio.wait_for(running, 10)
        pipe.close()
        self._house.close()

    async def _done(self, line: str) -> None:
        """`step 5` lets five seconds pass; then all that follows happens, and is told."""
        await self._clock.advance(int(line.removeprefix("step ")))
        if self._house.venue is not None:
            self._house.venue.away = AWAY <= self._clock.now() - NOON < BACK
        await self._house.look({self._voice.platform: self._voice})
        await self._calm()
        for kept in self._games():
            game = kept.state.game
            play: object = kept.state.play
            self._tell(f"game {kept.number} {kept.rooms[0].chat} {game.phase} {len(game.playing)}")
            if isinstance(play, Asking):
                self._tell(f"play {kept.number} {b64encode(pickle.dumps(play)).decode()}")

    def _games(self) -> Iterator[KeptGame]:
        number = 1
        while True:
            try:
                yield self._house.game(number)
            except NoGame:
                return
            number += 1

    async def _calm(self) -> None:
        """Wait until all that can happen at this moment has happened."""
        for _ in range(6):
            await asyncio.sleep(0)
        while len(tasks := [*self._house.app.games.speaking(), *_in_hand()]) > self._clock.sleeping:
            await asyncio.wait(tasks, timeout=0.002, return_when=asyncio.FIRST_COMPLETED)


def _in_hand() -> "list[asyncio.Task[Any]]":
    """The updates that the adapter has not done with."""
    return [t for t in asyncio.all_tasks() if "process_concurrent_update" in t.get_name()]


def live(ground: Ground, number: int, at: datetime, orders: int, out: int) -> None:
    """Live in this process, from a moment on; what the house would log as a fault is told too."""
    lock = Lock()

    def tell(line: str) -> None:
        with lock:  # a long line is not written at once
            os.write(out, f"{line}\n".encode())

    def logged(_: object, method: str, line: EventDict) -> str:
        if method in {"error", "exception", "critical"}:
            tell(f"fault {line!r} {sys.exc_info()[1]!r}".replace("\n", " "))
        raise structlog.DropEvent

    structlog.configure(processors=[logged])
    with localcontext(EXACT):
        try:
            asyncio.run(Life(ground, number, at, tell).lived(orders))
        except BaseException as fault:
            traceback.print_exc()
            tell(f"fault {fault!r}")
            raise
