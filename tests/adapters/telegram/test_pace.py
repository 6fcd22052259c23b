"""Turns per chat, on a clock that the test moves."""

import asyncio
import heapq
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.options import Rate, Rates
from bot.adapters.telegram.pace import Crowded, Pace, SystemClock

PRIVATE, GROUP = 5, -5
RATES = Rates(Rate(2, 2, 4), Rate(3, 60, 60))


class HandClock:
    """Time that passes when everybody waits."""

    def __init__(self) -> None:
        self.time = 0.0
        self.order = count()
        self.sleepers: list[tuple[float, int, asyncio.Event]] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heapq.heappush(self.sleepers, (self.time + seconds, next(self.order), woken))
        await woken.wait()

    async def pass_to(self, time: float) -> None:
        """Let time pass; whoever sleeps wakes at their moment."""
        await self._settle()
        while self.sleepers and self.sleepers[0][0] <= time:
            self.time, _, woken = heapq.heappop(self.sleepers)
            woken.set()
            await self._settle()
        self.time = time

    async def run(self, *tasks: "asyncio.Task[None]") -> None:
        """Let time pass until the tasks are done."""
        while not all(task.done() for task in tasks):
            await self._settle()
            if self.sleepers:
                await self.pass_to(self.sleepers[0][0])

    @staticmethod
    async def _settle() -> None:
        """Let everybody who can go on do so."""
        for _ in range(6):
            await asyncio.sleep(0)


async def taken(pace: Pace, clock: HandClock, chat: int, turns: int) -> list[float]:
    """Take turns at once and return the times they were given."""
    times: list[float] = []

    async def one() -> None:
        await pace.turn(chat)
        times.append(clock.now())

    tasks = [asyncio.create_task(one()) for _ in range(turns)]
    await clock.run(*tasks)
    for task in tasks:
        task.result()
    return times


async def test_a_short_burst_passes_and_the_rest_waits_in_order() -> None:
    clock = HandClock()
    assert await taken(Pace(RATES, clock), clock, PRIVATE, 6) == [0, 0, 2, 2, 4, 4]


async def test_a_group_has_its_own_rate_and_chats_do_not_wait_for_each_other() -> None:
    clock = HandClock()
    pace = Pace(RATES, clock)
    assert await taken(pace, clock, GROUP, 4) == [0, 0, 0, 60]
    clock.time = 0
    assert await taken(pace, clock, PRIVATE, 1) == [0]


async def test_who_would_wait_too_long_is_turned_away() -> None:
    clock = HandClock()
    pace = Pace(RATES, clock)
    with pytest.raises(Crowded):
        await taken(pace, clock, PRIVATE, 7)


async def test_a_turn_that_must_be_free_at_once() -> None:
    pace = Pace(RATES, HandClock())
    assert [pace.now_or_never(PRIVATE) for _ in range(3)] == [True, True, False]


async def test_of_several_waiting_edits_only_the_newest_is_sent() -> None:
    clock = HandClock()
    pace = Pace(RATES, clock)
    sent: list[str] = []

    async def send(text: str) -> None:
        sent.append(text)

    await taken(pace, clock, GROUP, 3)
    tasks = [
        asyncio.create_task(pace.edit(GROUP, message, lambda text=text: send(text)))  # type: ignore[misc]  # bound here
        for message, text in [(1, "a"), (1, "b"), (2, "x"), (1, "c")]
    ]
    await clock.run(*tasks)
    assert sent == ["c", "x"]


async def test_closing_turns_away_who_waits_and_lets_free_turns_pass() -> None:
    clock = HandClock()
    pace = Pace(RATES, clock)
    await taken(pace, clock, GROUP, 3)
    waiting = asyncio.create_task(pace.turn(GROUP))
    await asyncio.sleep(0)
    pace.close()
    with pytest.raises(Crowded):
        await waiting
    with pytest.raises(Crowded):
        await pace.turn(GROUP)
    await pace.turn(PRIVATE)


async def test_a_cancelled_wait_is_cancelled() -> None:
    clock = HandClock()
    pace = Pace(RATES, clock)
    await taken(pace, clock, GROUP, 3)
    waiting = asyncio.create_task(pace.turn(GROUP))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


@given(st.lists(st.floats(0, 5), max_size=40), st.integers(1, 5), st.floats(0.5, 10))
def test_no_window_ever_holds_more_than_its_share(
    gaps: list[float], share: int, seconds: float
) -> None:
    clock = HandClock()
    pace = Pace(Rates(Rate(share, seconds, 1e9)), clock)

    async def all_turns() -> list[float]:
        tasks, times = [], []

        async def one() -> None:
            await pace.turn(PRIVATE)
            times.append(clock.now())

        for gap in gaps:
            await clock.pass_to(clock.time + gap)
            tasks.append(asyncio.create_task(one()))
        await clock.run(*tasks)
        return times

    times = sorted(asyncio.run(all_turns()))
    assert len(times) == len(gaps)
    for first, last in pairwise(times[::share]):
        assert last - first >= seconds - 1e-9


async def test_the_machines_own_clock_goes_forward() -> None:
    clock = SystemClock()
    before = clock.now()
    await clock.sleep(0)
    assert clock.now() >= before
