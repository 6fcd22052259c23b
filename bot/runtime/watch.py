"""The watch: one process per database sweeps all accounts, tick by tick, and settles funding.

Whoever holds the lease keeps watch; the others look every tick whether it has become free. At start
the minutes that were missed are swept in their order, each at its own marks, where the market knows
its past; only then are orders taken. Stale marks sweep nobody. A fault is logged under an id and
the next tick tries again: a watch that gives up would let losses run.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import uuid4

import structlog

from bot.runtime.desks import Busy, Desks
from core.market import Marks, Symbol
from core.money import Rate
from core.ports import Clock
from core.services.sweep import LEASE, PAUSE, Sweep

log = structlog.get_logger("marginbot")

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
SLOT_HOURS = 8
"""Funding is due at 00, 08 and 16 UTC."""

GAP = PAUSE

CHUNK = 120
"""Missed minutes that are swept in one job, so that the desk stays open for others."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Where marks come from: the present ones (None: none fresh), and past ones where known.

    `recall` learns the minutes between two moments where that takes a while, and tells whether they
    are known now; without it they always are.
    """

    fresh: Callable[[], Marks | None]
    past: Callable[[datetime], Marks] | None = None
    recall: Callable[[frozenset[Symbol], datetime, datetime], Awaitable[bool]] | None = None


class Watch:
    """Sweeps until it is told to stop."""

    def __init__(
        self, sweep: Sweep, feed: Feed, desks: Desks, clock: Clock, every: float = 1.0
    ) -> None:
        """`every` seconds all accounts at stake are looked at."""
        self._sweep = sweep
        self._feed = feed
        self._desks = desks
        self._clock = clock
        self._every = every
        self._holder = uuid4().hex
        self._leads_until: datetime | None = None
        self._seen: Marks | None = None
        self.after: Callable[[], None] = _nobody

    async def run(self, stop: asyncio.Event) -> None:
        """Keep watch until `stop` is set, then give the lease up."""
        try:
            while not stop.is_set():
                if await self._survived():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(stop.wait(), self._every)
        finally:
            await self.end()

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
        if since is None:
            return True  # nobody has anything at stake: not even a lease is needed
        if not await self._recalled(since):
            return True
        changed, caught_up = await self._desks.run(lambda: self._looked(since), writes=True)
        if changed:
            self.after()
        return caught_up

    async def _recalled(self, since: datetime) -> bool:
        """Whether what was missed can be looked at: only with present prices to go on from."""
        now, recall = self._clock.now(), self._feed.recall
        if recall is None:
            return True
        if self._feed.fresh() is None:
            return False
        if now - since <= GAP:
            return True
        symbols = await self._desks.run(self._sweep.at_stake, writes=False)
        return await recall(symbols, since, now)

    # --- at the writer desk -----------------------------------------------------------------------

    def _looked(self, since: datetime) -> tuple[int, bool]:
        """Sweep from a moment on; return how many accounts changed, and whether that was all."""
        if not self._leads():
            return 0, True
        now = self._clock.now()
        moments = tuple(islice(self._missed(since, now), CHUNK))
        changed = sum(self._looked_back(moment) for moment in moments)
        if len(moments) == CHUNK:
            self._sweep.keep(moments[-1])
            return changed, False
        marks = self._feed.fresh()
        if marks is None:
            return changed, True
        changed += self._sweep(marks)
        self._sweep.keep(marks.at)
        self._seen = marks
        return changed, True

    def _leads(self) -> bool:
        """Whether this process keeps watch; the lease is renewed well before its end."""
        now = self._clock.now()
        if self._leads_until is not None and now < self._leads_until - LEASE * 2 / 3:
            return True
        leads = self._sweep.leads(self._holder)
        self._leads_until = now + LEASE if leads else None
        return leads

    def _missed(self, since: datetime, now: datetime) -> Iterator[datetime]:
        """Moments between that must be looked at by themselves, oldest first."""
        if self._feed.past is None:
            last = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            last -= timedelta(hours=last.hour % SLOT_HOURS)
            yield from [last] if last > since else []
            return
        moment = since.astimezone(UTC).replace(second=0, microsecond=0) + MINUTE
        paused = now - since > GAP
        while moment <= now:
            if paused or _is_due(moment):
                yield moment
            moment += MINUTE

    def _looked_back(self, moment: datetime) -> int:
        """Sweep a past minute at its own marks, and settle the funding that was due in it."""
        changed, past = 0, self._feed.past
        if past is not None:
            minute = past(moment)
            changed = self._sweep(minute)
            if minute.estimated:  # the adverse extreme came first; then what the minute ended at
                changed += self._sweep(minute.at_end())
        if not _is_due(moment):
            return changed
        marks = past(moment) if past else self._feed.fresh()
        before = past(moment - SECOND) if past else self._seen
        rates = _rates(before, moment)
        if marks is None or not rates:
            return changed
        return changed + self._sweep.fund(marks, rates, moment)


def _is_due(moment: datetime) -> bool:
    """Whether funding is due at a full minute (UTC)."""
    return moment.minute == 0 and moment.hour % SLOT_HOURS == 0


def _rates(marks: Marks | None, due: datetime) -> dict[Symbol, Rate]:
    """The rates that were announced for a moment."""
    if marks is None:
        return {}
    return {
        symbol: mark.funding
        for symbol, mark in marks.prices.items()
        if mark.funding is not None and mark.funding_at == due
    }


def _nobody() -> None:
    """Nobody wants to know."""
