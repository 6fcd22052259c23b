"""The caretaker: deletes what is out of time, now and then, at the writer desk."""

import asyncio
from collections.abc import Callable

import structlog

from bot.runtime.desks import Desks
from bot.runtime.loops import pause, surviving

log = structlog.get_logger("marginbot")

HOUR = 3600.0


class Caretaker:
    """Tidies up until it is told to stop."""

    def __init__(self, tidying: Callable[[], int], desks: Desks, every: float = HOUR) -> None:
        """`every` seconds the books are tidied."""
        self._tidying = tidying
        self._desks = desks
        self._every = every

    async def run(self, stop: asyncio.Event) -> None:
        """Tidy up at once and then again and again, until `stop` is set."""
        while not stop.is_set():
            await self.round()
            await pause(stop, self._every)

    async def round(self) -> None:
        """Tidy up once; what goes wrong is logged, and the next round tries again."""
        with surviving("tidy"):
            gone = await self._desks.run(self._tidying, writes=True)
            log.debug("tidied", rows=gone)
