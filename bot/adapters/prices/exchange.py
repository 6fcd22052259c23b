"""A live market: one venue's marks for everybody, watched, cross-checked, and honest about itself.

The stream is the way; where it is silent for a moment it is dialled anew with a growing, jittered
pause, and meanwhile the venue is polled. A second venue is polled beside it, and the guard decides
what enters. Answers that say "too many" or "not now" are taken at their word. All of it runs in one
loop; what others see is a snapshot that is replaced as a whole.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import structlog

from bot.adapters.prices.memory import Memory
from bot.adapters.prices.recall import Recall
from bot.adapters.prices.side import Pace, Patience, Side
from bot.adapters.prices.venues import VenueClient
from core.market import Marks, Symbol
from core.market_guard import FeedState, FeedStatus, Reading
from core.ports import Clock

log = structlog.get_logger("marginbot")


class ExchangeMarket:
    """A `core.ports.MarkSource` that lives on a venue's public prices."""

    def __init__(
        self,
        first: VenueClient,
        second: VenueClient | None,
        clock: Clock,
        pace: Pace | None = None,
    ) -> None:
        """Take the venue, another to check it with, and how often; nothing is asked yet."""
        self._pace = pace or Pace()
        self._clock = clock
        self._started = clock.now()
        self._first = Side(first, clock, self._pace)
        self._second = Side(second, clock, self._pace) if second else None
        if self._second:
            self._first.board.check_with(self._second.board)
        self._memories: list[Memory] = []
        self.memory()
        self._silent = asyncio.Event()
        self._doubt = asyncio.Event()
        self._runs = False
        self.after: Callable[[], None] = _nobody
        """What is done in the loop when marks entered."""

    @property
    def market(self) -> str:
        """The venue's name."""
        return self._first.client.venue

    def marks(self) -> Marks:
        """Return the marks that may decide something; of a stale market all, which are too old.

        Contracts that are silent for too long or wait for a confirmation are not among them.
        """
        side = self._first
        rows = side.fresh(self._clock.now()) or side.rows
        return Marks(self.market, side.board.newest or self._started, rows)

    def marks_at(self, moment: datetime) -> Marks:
        """Return the marks of a moment that is not long ago, or was recalled; else none."""
        return self._memories[0].marks_at(moment)

    def status(self) -> FeedStatus:
        """Return how the feed is doing, as it is."""
        told = self._first.status(self._second.status() if self._second else None)
        return replace(told, listens=self._runs)

    async def recall(
        self, symbols: frozenset[Symbol], since: datetime, until: datetime
    ) -> tuple[frozenset[Symbol], datetime]:
        """Learn the minutes between from candles; return of which contracts, and up to when.

        A venue that could not tell is left in peace for a while.
        """
        return await self._memories[0].recall(symbols, since, until)

    def memory(self) -> Memory:
        """Return a memory of its own for somebody else who asks for missed minutes."""
        first, second = self._first.client, self._second.client if self._second else None
        recall = Recall(first, second, self._pace.limits, self._pace.stale)
        self._memories.append(Memory(recall, first, self._clock, self._patience()))
        return self._memories[-1]

    async def relist(self) -> None:
        """Learn anew which contracts the venues have and which are of interest."""
        for side in (self._first, *([self._second] if self._second else [])):
            await side.client.relist()

    async def begin(self) -> None:
        """Ask both venues once; while all that came waits for a confirmation, ask again."""
        end: datetime | None = None  # reckoned from the first answer on
        while True:
            if self._second:
                await self._ask(self._second)
            answered, now = await self._ask(self._first), self._clock.now()
            end = end or now + self._pace.limits.confirm * 1.2
            waits = answered and self._first.board.waiting
            if self._first.rows or not waits or now > end:
                break
            await asyncio.sleep(min(1.0, self._pace.poll))
        if self._first.rows:
            with suppress(Exception):
                await self._first.client.look_around()

    async def run(self, stop: asyncio.Event) -> None:
        """Keep prices coming until `stop` is set, then end every connection."""
        self._runs = True
        tasks = [
            asyncio.create_task(each)
            for each in (
                self._stream(stop),
                self._poll(stop),
                self._repeat(stop, self._first.client.look_around, self._pace.around),
                *([self._check(stop, self._second)] if self._second else []),
            )
        ]
        try:
            await stop.wait()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """End every connection."""
        for side in (self._first, self._second):
            if side:
                await side.client.close()

    # --- the ways prices come ---------------------------------------------------------------------

    async def _stream(self, stop: asyncio.Event) -> None:
        """Listen; what is silent or broken is hung up, and dialled again after a pause.

        Only a line that has held for a while ends the patience: in a storm each tells a little.
        """
        patience, client = self._patience(), self._first.client
        dialled = useful = self._clock.now()
        while not stop.is_set():
            entered, fault = await self._listened()
            now = self._clock.now()
            if entered:
                useful = now
                if now - dialled > self._pace.quiet:
                    patience.calm()
            elif not fault and now - useful > self._pace.quiet:
                fault = "nothing of use"
            if fault:
                log.warning("stream", venue=self.market, fault=fault)
                self._silent.set()
                await client.hang_up()
                await _pause(patience.next())
                dialled = useful = self._clock.now()

    async def _listened(self) -> tuple[bool, str]:
        """Take one message; return whether marks entered, and what is wrong with the line."""
        side = self._first
        try:
            await side.client.open()
            async with asyncio.timeout(self._pace.quiet.total_seconds()):
                readings = await side.client.stream()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            return False, "dropped"  # ccxt gives up a line by cancelling what waits on it
        except TimeoutError:
            return False, "silent"
        except Exception as fault:  # noqa: BLE001 - the venue's and the network's are many
            return False, type(fault).__name__
        return self._took(readings, FeedState.LIVE), ""

    async def _poll(self, stop: asyncio.Event) -> None:
        """Ask for prices while they do not come by themselves."""
        patience, client = self._patience(), self._first.client
        while not stop.is_set():
            self._silent.clear()
            if self._is_live() or await self._ask(self._first):
                patience.calm()
                await _pause(self._pace.poll, self._silent)
            else:
                await _pause(patience.next(client.asked_to_wait()))

    async def _check(self, stop: asyncio.Event, second: Side) -> None:
        """Ask the second venue now and then, and at once where the first is doubted."""
        patience = self._patience()
        while not stop.is_set():
            self._doubt.clear()
            if await self._ask(second):
                patience.calm()
                await _pause(self._pace.first_retry)
                await _pause(self._pace.poll, self._doubt)
            else:
                await _pause(patience.next(second.client.asked_to_wait()))

    async def _repeat(
        self, stop: asyncio.Event, ask: Callable[[], Awaitable[None]], every: float
    ) -> None:
        """Do something now and then; what goes wrong with it is tried again later."""
        patience = self._patience()
        while not stop.is_set():
            try:
                await ask()
            except Exception as fault:  # noqa: BLE001 - the venue's and the network's are many
                log.info("around", venue=self.market, fault=type(fault).__name__)
                await _pause(patience.next(self._first.client.asked_to_wait()))
            else:
                patience.calm()
                await _pause(every)

    async def _ask(self, side: Side) -> bool:
        """Poll a venue once; return whether it answered."""
        try:
            readings = await side.client.poll()
        except Exception as fault:  # noqa: BLE001 - the venue's and the network's are many
            log.warning("poll", venue=side.client.venue, fault=type(fault).__name__)
            return False
        if side is self._first:
            self._took(readings, FeedState.POLLING)
        else:
            side.take(readings, FeedState.POLLING)
            if self._first.review():
                self.after()
        return True

    def _took(self, readings: Iterable[Reading], way: FeedState) -> bool:
        """Take marks of the first venue; where one waits, the second is asked at once."""
        side = self._first
        entered = side.take(readings, way)
        if entered:
            for memory in self._memories:
                memory.keep(self._clock.now(), side.rows)
            self.after()
        if self._second:
            self._second.review()
        if side.board.waiting:
            self._doubt.set()
        return entered

    def _is_live(self) -> bool:
        return self._first.pulse.state(self._clock.now())[0] is FeedState.LIVE

    def _patience(self) -> Patience:
        return Patience(self._pace.first_retry, self._pace.last_retry)


async def _pause(seconds: float, until: asyncio.Event | None = None) -> None:
    """Wait, or until something happens."""
    if until is None:
        await asyncio.sleep(seconds)
        return
    with suppress(TimeoutError):
        await asyncio.wait_for(until.wait(), seconds)


def _nobody() -> None:
    """Nobody wants to know."""
