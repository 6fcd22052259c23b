"""One time for everybody: house, games, and whoever waits for a turn. It never passes alone."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class SimClock:
    """A clock that a simulation moves; whoever sleeps by it wakes at their moment."""

    def __init__(self, at: datetime = NOON) -> None:
        self._at = at
        self._order = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._at

    @property
    def sleeping(self) -> int:
        """How many wait for time to pass."""
        return len(self._sleepers)

    async def sleep_until(self, at: datetime) -> None:
        """Wait until a moment."""
        woken = asyncio.Event()
        entry = (at, next(self._order), woken)
        heapq.heappush(self._sleepers, entry)
        try:
            await woken.wait()
        finally:
            if entry in self._sleepers:
                self._sleepers.remove(entry)
                heapq.heapify(self._sleepers)

    async def advance(self, seconds: float) -> None:
        """Let time pass; whoever wakes has gone on before it passes further."""
        end = self._at + timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= end:
            self._at, _, woken = heapq.heappop(self._sleepers)
            woken.set()
            for _ in range(6):
                await asyncio.sleep(0)
        self._at = end


class Seconds:
    """The same time as adapters know it: seconds that can be waited for."""

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return (self._clock.now() - NOON).total_seconds()

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))
