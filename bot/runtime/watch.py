"""The watch: one process per database sweeps all accounts, tick by tick, and settles funding.

Whoever holds the lease keeps watch; the others look every tick whether it has become free. At start
the minutes that were missed are swept in their order, each at its own marks, where the market knows
its past; only then are orders taken. Stale marks sweep nobody. A fault is logged under an id and
the next tick tries again: a watch that gives up would let losses run. New marks wake it, so that it
need not be waited for; without any it looks by itself.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

import structlog

from bot.runtime.desks import Busy, Desks
from bot.runtime.loops import pause
from bot.runtime.past import Feed, Look, Wanted, looking
from core.ports import Clock
from core.services.backlog import NOTHING
from core.services.sweep import LEASE, Sweep

log = structlog.get_logger("marginbot")

LEAST = 0.1
"""Seconds between two looks at least, however often marks come."""


class Watch:
    """Sweeps until it is told to stop."""

    def __init__(
        self, sweep: Sweep, feed: Feed, desks: Desks, clock: Clock, every: float = 1.0
    ) -> None:
        """After `every` seconds at the latest all accounts at stake are looked at."""
        self._sweep = sweep
        self._feed = feed
        self._looking = looking(sweep, feed, clock)
        self._desks = desks
        self._clock = clock
        self._every = every
        self._holder = uuid4().hex
        self._leads_until: datetime | None = None
        self._woken = asyncio.Event()
        self.after: Callable[[], None] = _nobody

    async def run(self, stop: asyncio.Event) -> None:
        """Keep watch until `stop` is set, then give the lease up."""
        try:
            while not stop.is_set():
                self._woken.clear()
                if await self._survived():
                    await self._rest(stop)
        finally:
            await self.end()

    def wake(self) -> None:
        """Say that there are new marks; to be called in the loop."""
        self._woken.set()

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait for the next look: until it is woken, told to stop, or time is up."""
        least = min(LEAST, self._every)
        await pause(stop, least)
        waits = [asyncio.ensure_future(each.wait()) for each in (stop, self._woken)]
        await asyncio.wait(waits, timeout=self._every - least, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def begin(self, stop: asyncio.Event | None = None) -> None:
        """Sweep what was missed, unless told to stop; orders are taken only after this."""
        while not (stop and stop.is_set()) and not await self._survived():
            pass

    async def end(self) -> None:
        """Give the lease up, so that the next process need not wait."""
        if self._leads_until is not None:
            self._leads_until = None
            with suppress(Busy):
                await self._desks.run(lambda: self._sweep.resign(self._holder), writes=True)

    async def _survived(self) -> bool:
        """One tick; True when there is nothing left to catch up with, or it went wrong."""
        try:
            return await self.tick()
        except Busy:
            log.warning("busy", doing="sweep")
        except Exception:  # one of the few places that must survive anything
            log.exception("fault", fault=uuid4().hex[:8], doing="sweep")
            self._sweep.start_over()
        return True

    async def tick(self) -> bool:
        """Look at all accounts once; return whether there is nothing left to catch up with.

        Raises `Busy`.
        """
        since = await self._desks.run(self._sweep.begins, writes=False)
        if since is None:  # nobody has anything at stake: not even a lease is needed
            if self._sweep.backlog != NOTHING:
                await self._desks.run(self._let_go, writes=True)
            return True
        look = await self._desks.run(lambda: self._looked(since), writes=True)
        if look.changed:
            self.after()
        return look.caught_up if look.wanted is None else await self._recalled(look.wanted)

    async def _recalled(self, wanted: Wanted) -> bool:
        """Learn what a look still wants; return whether there is nothing more to be done now."""
        recall = self._feed.recall
        assert recall is not None
        known = await recall(wanted.symbols, wanted.since, wanted.until)
        return not wanted.by.recalled(wanted, known)

    # --- at the writer desk -----------------------------------------------------------------------

    def _looked(self, since: datetime) -> Look:
        """Look at everything from a moment on, where this process keeps watch."""
        self._looking.listen(since)
        return self._looking.look() if self._leads() else Look()

    def _let_go(self) -> None:
        """Forget what waits to be judged, of which nobody has anything any more."""
        if self._leads():
            self._sweep.keep_backlog(NOTHING)

    def _leads(self) -> bool:
        """Whether this process keeps watch; the lease is renewed well before its end."""
        now = self._clock.now()
        if self._leads_until is not None and now < self._leads_until - LEASE * 2 / 3:
            return True
        leads = self._sweep.leads(self._holder)
        self._leads_until = now + LEASE if leads else None
        return leads


def _nobody() -> None:
    """Nobody wants to know."""
