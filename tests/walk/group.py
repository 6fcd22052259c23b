"""A group that plays on a platform of which anything may be asked: what a story of a game needs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.console.render import text
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Hush, Reply
from bot.chat.request import Chat
from core.paper.records import Identity
from docs.group import Group as Playing
from docs.group import Wall as Board
from tests.walk.house import seeds

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass
class Wall(Board):
    """A platform that takes what is said, unless it is `away` or a message is `gone`.

    It is `busy` once it was spoken to, and takes nothing before it is `free`. `log` holds all that
    was tried: the message that was to be replaced, and what it said.
    """

    away: Outcome | Exception | None = None
    gone: set[str] = field(default_factory=set)
    log: list[tuple[str, Reply]] = field(default_factory=list)
    busy: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Begin free."""
        self.free.set()

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        self.log.append((message, reply))
        self.busy.set()
        await self.free.wait()
        if isinstance(self.away, Exception):
            raise self.away
        if self.away is not None:
            return Posted(self.away)
        return await super().post(chat, reply, "" if message in self.gone else message)

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        return self.away if isinstance(self.away, Outcome) else await super().deliver(who, reply)


class Group(Playing):
    """One chat, whose host is called Hope."""

    wall: Wall

    def __init__(self, url: str) -> None:
        super().__init__(url, NOON, seeds())
        self.wall = Wall()
        self.hosts = {"Hope"}

    def restart(self) -> None:
        """End the program, and start it again over the same database."""
        self.close()
        self.open()

    async def answer(self, who: str, line: str) -> Reply:
        """Say a line that is answered in words."""
        said = await self.say(who, line)
        assert isinstance(said, Reply), said
        return said

    async def told(self, who: str, label: str, under: Reply | None = None) -> str:
        """Press a button, and return what it says as a person reads it."""
        said = await self.press(who, label, under)
        return said.outcome if isinstance(said, Hush) else shown(said)

    async def opened(self, line: str = "/challenge duel") -> None:
        """Let the host start a challenge and open it, so that the lobby stands there."""
        draft = await self.answer("Hope", line)
        await self.press("Hope", "Open it", draft)
        await self.tick()

    async def duel(self, options: str = "") -> None:
        """Let Mira and Tobi begin a duel; its first round is announced and its time begins."""
        await self.opened(f"/challenge duel {options}")
        await self.press("Mira", "Join")
        await self.press("Tobi", "Join")
        await self.tick()

    def posts(self) -> list[str]:
        """Return what stands in the group, oldest first."""
        return [shown(reply) for reply in self.wall.posts.values()]


def shown(reply: Reply) -> str:
    """Return a reply as a terminal shows it, without its buttons."""
    return text(Reply(reply.blocks)).rstrip()


@asynccontextmanager
async def gathered(folder: Path) -> AsyncIterator[Group]:
    """Open a group over an empty database."""
    group = Group(f"sqlite:///{folder}/group.db")
    try:
        yield group
    finally:
        group.close()
