"""The courier: takes notices out of the outbox, has them worded, and brings them to people.

It is woken after commits and looks by itself every second, since other processes commit too. A
notice counts as delivered when one of its owner's platforms took it; it is struck off only after
that, so a crash in between repeats it. People are served side by side, one person's notices in
their order.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import uuid4

import structlog

from bot.chat.ports import Notifier, Outcome
from bot.chat.reply import Reply
from bot.runtime.desks import Busy, Desks
from bot.runtime.loops import surviving
from core.paper.records import Identity
from core.services.outbox import Outbox, Parcel

log = structlog.get_logger("marginbot")

Word = Callable[[Parcel, str], Reply]
"""Words a parcel for somebody in their time zone (empty: UTC)."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A parcel as one identity of its owner will read it."""

    parcel: Parcel
    who: Identity
    reply: Reply


class Courier:
    """Delivers until it is told to stop."""

    def __init__(self, outbox: Outbox, desks: Desks, word: Word, every: float = 1.0) -> None:
        """`every` seconds it looks by itself."""
        self._outbox = outbox
        self._desks = desks
        self._word = word
        self._every = every
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that something may be due; to be called in the loop."""
        self._woken.set()

    async def run(self, stop: asyncio.Event, notifiers: Iterable[Notifier]) -> None:
        """Deliver until `stop` is set."""
        there = {each.platform: each for each in notifiers}
        while there and not stop.is_set():
            self._woken.clear()
            with surviving("deliver"):
                await self.round(there)
            await self._rest(stop)

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait for the next round: woken, told to stop, or time is up."""
        waits = [asyncio.ensure_future(each.wait()) for each in (stop, self._woken)]
        await asyncio.wait(waits, timeout=self._every, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def round(self, there: Mapping[str, Notifier]) -> None:
        """Deliver everything that is due to people on these platforms. Raises `Busy`."""
        for platform in there:
            queues: dict[int, list[Parcel]] = {}
            for parcel in await self._parcels(platform):
                queues.setdefault(parcel.learner, []).append(parcel)
            await asyncio.gather(*(self._brought(queue, there) for queue in queues.values()))

    async def take(self, platform: str) -> list[Worded]:
        """Return what is due on a platform, worded, for somebody who prints it. Raises `Busy`."""
        parcels = await self._parcels(platform)
        return [
            Worded(parcel, who, await self._worded(parcel, who))
            for parcel in parcels
            for who in parcel.zones
            if who.platform == platform
        ]

    async def taken(self, worded: Iterable[Worded]) -> None:
        """Keep that these were printed. Raises `Busy`."""
        for each in worded:
            await self._struck_off(each.parcel)

    # --- one by one -------------------------------------------------------------------------------

    async def _parcels(self, platform: str) -> tuple[Parcel, ...]:
        return await self._desks.run(lambda: self._outbox.parcels(platform), writes=False)

    async def _worded(self, parcel: Parcel, who: Identity) -> Reply:
        return await self._desks.run(lambda: self._word(parcel, parcel.zones[who]), writes=False)

    async def _struck_off(self, parcel: Parcel) -> None:
        await self._desks.run(lambda: self._outbox.delivered(parcel.due), writes=True)

    async def _brought(self, queue: Iterable[Parcel], there: Mapping[str, Notifier]) -> None:
        """Bring one person's notices in their order; the first that fails stops the rest."""
        for parcel in queue:
            outcomes = [await self._delivered(parcel, who, there) for who in parcel.zones]
            if Outcome.DELIVERED in outcomes:
                await self._struck_off(parcel)
                continue
            await self._put_off(parcel, for_good=all(o is Outcome.NEVER for o in outcomes))
            return

    async def _put_off(self, parcel: Parcel, *, for_good: bool) -> None:
        due = parcel.due
        again = await self._desks.run(
            lambda: self._outbox.failed(due, for_good=for_good), writes=True
        )
        log.info("undelivered", number=due.id, again=again)

    async def _delivered(
        self, parcel: Parcel, who: Identity, there: Mapping[str, Notifier]
    ) -> Outcome:
        """Bring a notice to one identity; a platform that is not here may be elsewhere."""
        notifier = there.get(who.platform)
        if notifier is None:
            return Outcome.LATER
        try:
            return await notifier.deliver(who, await self._worded(parcel, who))
        except Busy:
            return Outcome.LATER
        except Exception:  # words or platform: others must still get theirs
            log.exception("fault", fault=uuid4().hex[:8], doing="deliver", platform=who.platform)
            return Outcome.LATER
