"""The bill-poster: posts what groups scheduled when its time has come.

A post counts when the platform took it, and only then is the next one due; a crash in between
repeats it. What cannot be worded yet, because prices are stale, is tried again like what a platform
did not take.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import uuid4

import structlog

from bot.chat.ports import Outcome, Publisher
from bot.chat.reply import Reply
from bot.chat.request import Chat, Place
from bot.runtime.desks import Busy, Desks
from bot.runtime.loops import pause, surviving
from core.alerts.books import Schedule
from core.errors import Refusal
from core.services.schedules import Schedules

log = structlog.get_logger("marginbot")

Word = Callable[[Schedule, datetime], Reply | None]
"""Words a board as it is at a moment; None where there is nothing to say, which is no failure.

Raises `Refusal` while there are no prices.
"""


class Boards:
    """Posts until it is told to stop."""

    def __init__(self, schedules: Schedules, desks: Desks, word: Word, every: float = 15.0) -> None:
        """`every` seconds it looks what is due."""
        self._schedules = schedules
        self._desks = desks
        self._word = word
        self._every = every

    async def run(self, stop: asyncio.Event, publishers: Iterable[Publisher]) -> None:
        """Post until `stop` is set."""
        there = {each.platform: each for each in publishers}
        while not stop.is_set():
            with surviving("post"):
                await self.round(there)
            await pause(stop, self._every)

    async def round(self, there: Mapping[str, Publisher]) -> None:
        """Post everything that is due on these platforms. Raises `Busy`."""
        for platform, publisher in there.items():
            for schedule in await self._due(platform):
                await self._brought(schedule, publisher)

    async def _due(self, platform: str) -> tuple[Schedule, ...]:
        return await self._desks.run(lambda: self._schedules.due(platform), writes=False)

    async def _brought(self, schedule: Schedule, publisher: Publisher) -> None:
        """Post one board, and keep what became of it."""
        at = self._schedules.now()
        outcome = await self._posted(schedule, publisher, at)
        if outcome is Outcome.DELIVERED:
            await self._desks.run(lambda: self._schedules.posted(schedule, at), writes=True)
            return
        never = outcome is Outcome.NEVER
        stays = await self._desks.run(
            lambda: self._schedules.failed(schedule, for_good=never), writes=True
        )
        log.info("unposted", platform=schedule.platform, again=stays)

    async def _posted(self, schedule: Schedule, publisher: Publisher, at: datetime) -> Outcome:
        chat = Chat(schedule.chat, Place.GROUP, schedule.topic)
        try:
            reply = await self._desks.run(lambda: self._word(schedule, at), writes=False)
            if reply is None:
                return Outcome.DELIVERED
            return (await publisher.post(chat, reply)).outcome
        except (Busy, Refusal):
            return Outcome.LATER
        except Exception:  # words or platform: others must still get theirs
            log.exception("fault", fault=uuid4().hex[:8], doing="post", platform=schedule.platform)
            return Outcome.LATER
