"""A platform that tells who is in its chats: everybody, but for those who are said to be gone."""

import asyncio

from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence


class FakeAttendance:
    """Implements `bot.chat.ports.Attendance`.

    `asked` holds who was looked for, in order, and `came` says that anybody was; `shut` chats tell
    nothing. With a `fault` it raises that; while `slow` is set it never answers.
    """

    def __init__(self, platform: str = "telegram") -> None:
        self.platform = platform
        self.gone: set[tuple[str, str]] = set()
        self.shut: set[str] = set()
        self.asked: list[tuple[Room, Identity]] = []
        self.fault: Exception | None = None
        self.slow = False
        self.came = asyncio.Event()

    async def attends(self, room: Room, who: Identity) -> Presence:
        self.asked.append((room, who))
        self.came.set()
        if self.slow:
            await asyncio.Event().wait()
        if self.fault is not None:
            raise self.fault
        if room.chat in self.shut:
            return Presence.UNKNOWN
        return Presence.GONE if (room.chat, who.person) in self.gone else Presence.HERE
