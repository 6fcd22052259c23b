"""The conversation's front desk: platforms come with requests, threads do the work.

It is what `bot.chat.ports.Desk` asks for: every answer is made by the dispatcher in a thread of the
reader or the writer desk, so that platforms' event loops stay free. A full desk answers "busy".
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import uuid4

import structlog

from bot.chat.dispatch import Dispatcher
from bot.chat.i18n import translator
from bot.chat.ports import Entry, Offers
from bot.chat.reply import Hush, Reply, Text, Tone, Words
from bot.chat.request import Place, Request
from bot.chat.symbols import SymbolBook
from bot.runtime.desks import Busy, Desks
from core.ports import Clock, Units
from core.services.people import Chats, People

log = structlog.get_logger("marginbot")

KEPT_FOR = timedelta(days=30)

PATIENCE = (0.005, 0.02, 0.1, 0.5, 1.0)
"""Seconds that small things of platforms wait for room, one pause after the other."""

T = TypeVar("T")


class Front:
    """Implements `bot.chat.ports.Desk` over a dispatcher and its desks."""

    def __init__(
        self, dispatcher: Dispatcher, desks: Desks, units: Units, clock: Clock, symbols: SymbolBook
    ) -> None:
        """Take the parts; nothing starts here."""
        self._dispatcher = dispatcher
        self._desks = desks
        self._units = units
        self._clock = clock
        self._symbols = symbols
        self.after: Callable[[], None] = _nobody
        """What is done in the loop after something was written."""
        self.unheard: Callable[[str, datetime], object] = _nothing
        """What is done when a platform could not be heard since a moment."""
        self.menu: tuple[Entry, ...] = dispatcher.menu("en")

    async def answer(self, request: Request) -> Reply | Hush:
        """Answer a request; never raises."""
        command = self._dispatcher.command_of(request)
        writes = command is not None and command.writes
        try:
            reply = await self._desks.run(lambda: self._dispatcher.handle(request), writes=writes)
            if writes:
                self.after()
            if isinstance(reply, Reply) and reply.introduces:
                await self._remember(request, reply.introduces)
            if isinstance(reply, Reply) and reply.missed:
                await self._count(reply.missed)
        except Busy:
            words = Words(translator(request.locale)("Busy right now, try again."))
            return Reply((Text(words),), tone=Tone.TROUBLE, outcome="busy", short=words)
        return reply

    async def _remember(self, request: Request, words: frozenset[str]) -> None:
        """Keep which words the asker has met; without room for it they are told again."""
        people, who = People(self._units), request.who
        with suppress(Busy):
            await self._desks.run(lambda: people.meet(who.platform, who.id, words), writes=True)

    async def _count(self, missed: frozenset[str]) -> None:
        """Count the words of a question that nothing answers; without room for it they are lost."""

        def write() -> None:
            with self._units.writing() as books:
                books.learning.count_missed(missed)

        with suppress(Busy):
            await self._desks.run(write, writes=True)

    def wants_role(self, request: Request) -> bool:
        """Whether the answer depends on what the person is in this chat."""
        command = self._dispatcher.command_of(request)
        if request.chat.place is not Place.GROUP or command is None:
            return False
        return command.host or command.roles

    def suggest(self, command: str, parameter: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Complete a symbol, or a question of the knowledge base, from memory."""
        if parameter == "symbol":
            return tuple((symbol, symbol) for symbol in self._symbols.suggest(typed))
        return self._dispatcher.suggest(command, typed)

    async def offers(self, request: Request) -> Offers:
        """Return what may be posted into any chat; never raises."""
        try:
            return await self._desks.run(lambda: self._dispatcher.offers(request), writes=False)
        except Busy:
            log.warning("busy", doing="offers")
        except Exception:  # one of the few places that must survive anything
            log.exception("fault", fault=uuid4().hex[:8], doing="offers")
        return Offers((), personal=True)

    async def keep(self, say: str) -> str:
        """Keep a button's command for 30 days."""

        def write() -> str:
            with self._units.writing() as books:
                return books.keep_choice(say, self._clock.now() + KEPT_FOR)

        return await self._in_time(write, writes=True)

    async def kept(self, token: str) -> str | None:
        """Return a kept command."""

        def read() -> str | None:
            with self._units.reading() as books:
                return books.choice(token, self._clock.now())

        return await self._in_time(read, writes=False)

    async def note(self, key: str) -> str | None:
        """Return a platform's own note."""

        def read() -> str | None:
            with self._units.reading() as books:
                return books.note(key)

        return await self._in_time(read, writes=False)

    async def set_note(self, key: str, value: str) -> None:
        """Keep a platform's own note."""

        def write() -> None:
            with self._units.writing() as books:
                books.set_note(key, value)

        await self._in_time(write, writes=True)

    def now(self) -> datetime:
        """Return the present moment, for what comes in."""
        return self._clock.now()

    async def deaf(self, platform: str, seconds: float) -> None:
        """Tell that a platform could not be heard for so long; a full desk is told next time."""
        since = self._clock.now() - timedelta(seconds=seconds)
        with suppress(Busy):
            await self._desks.run(lambda: self.unheard(platform, since), writes=True)
            self.after()

    async def chat_moved(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's rules to its new id."""
        chats = Chats(self._units)
        await self._in_time(lambda: chats.moved(platform, old, new), writes=True)

    async def _in_time(self, job: Callable[[], T], *, writes: bool) -> T:
        """Do a small job of a platform's; it waits for room, so that a crowd may press at once.

        Raises `Busy` where there is none for long.
        """
        for pause in PATIENCE:
            with suppress(Busy):
                return await self._desks.run(job, writes=writes)
            await asyncio.sleep(pause)
        return await self._desks.run(job, writes=writes)


def _nothing(_: str, __: datetime) -> None:
    """Nothing is done."""


def _nobody() -> None:
    """Nobody wants to know."""
