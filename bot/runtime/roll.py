"""The roll call: looks in their chats for those who play, a few at a time, until told to stop.

It is in no hurry and never in the way: one request after the other on each platform, and what gets
no answer is asked again in its turn. One process per database looks.
"""

import asyncio
from collections.abc import Iterable, Mapping
from functools import partial
from uuid import uuid4

import structlog

from bot.chat.ports import Attendance
from bot.runtime.desks import Busy, Desks
from bot.runtime.loops import pause, surviving
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence, Roll, Sought

log = structlog.get_logger("marginbot")

PATIENCE = 30.0
"""Seconds that a platform may take to answer."""


class RollCall:
    """Looks for players until it is told to stop."""

    def __init__(self, roll: Roll, desks: Desks, every: float = 10.0) -> None:
        """`every` seconds it looks for a few."""
        self._roll = roll
        self._desks = desks
        self._every = every
        self._holder = uuid4().hex

    async def run(self, stop: asyncio.Event, platforms: Iterable[Attendance]) -> None:
        """Look until `stop` is set."""
        there = {each.platform: each for each in platforms}
        while not stop.is_set():
            with surviving("roll"):
                await self.round(there)
            await pause(stop, self._every)

    async def round(self, there: Mapping[str, Attendance]) -> None:
        """Look once for those whose turn it is. Raises `Busy`."""
        due = await self._desks.run(partial(self._roll.due, self._holder), writes=True)
        for sought in due:
            presence = await self._presence(sought, there)
            await self._kept(sought, presence)

    async def _kept(self, sought: Sought, presence: Presence) -> None:
        """Keep what was found; a game that cannot take it keeps nobody else waiting. Raises `Busy`.

        There it counts as no answer, so that the next look comes in its turn.
        """
        seat = sought.seat
        try:
            found = partial(self._roll.found, sought, presence)
            if await self._desks.run(found, writes=True):
                log.info("gone", game=seat.game, player=seat.number)
        except Busy:
            raise
        except Exception:  # a fault of one game is not another's
            log.exception("fault", fault=uuid4().hex[:8], doing="roll", game=seat.game)
            unknown = partial(self._roll.found, sought, Presence.UNKNOWN)
            await self._desks.run(unknown, writes=True)

    async def _presence(self, sought: Sought, there: Mapping[str, Attendance]) -> Presence:
        """Whether somebody is anywhere they may be; gone is who is surely nowhere."""
        found = Presence.GONE if sought.places else Presence.UNKNOWN
        for room, who in sought.places:
            one = await self._asked(room, who, there)
            if one is Presence.HERE:
                return one
            if one is Presence.UNKNOWN:
                found = one
        return found

    async def _asked(self, room: Room, who: Identity, there: Mapping[str, Attendance]) -> Presence:
        """What a platform says; no answer in time, a fault or no such platform is none."""
        platform = there.get(room.platform)
        if platform is None:
            return Presence.UNKNOWN
        try:
            async with asyncio.timeout(PATIENCE):
                return await platform.attends(room, who)
        except TimeoutError:
            return Presence.UNKNOWN
        except Exception:  # others are still looked for
            log.exception("fault", fault=uuid4().hex[:8], doing="roll", platform=room.platform)
            return Presence.UNKNOWN
