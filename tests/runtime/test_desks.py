"""Desks: order, room, the exact context, and an orderly end."""

import asyncio
import contextvars
import decimal
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from bot.runtime.desks import Busy, Desks, DeskUnits, NotDeclared
from core.ports import Units
from tests.fakes.ports import MemoryUnits

LONG = 10
"""Seconds after which something that should have happened did not."""

asker = contextvars.ContextVar("asker", default="nobody")


@pytest.fixture
def desks() -> Iterator[Desks]:
    opened = Desks(reader_threads=2, limit=3)
    yield opened
    opened.close()


def waiting(gate: threading.Event) -> Callable[[], bool]:
    """Return a job that ends when the gate is opened."""
    return lambda: gate.wait(LONG)


def everything_queued() -> "asyncio.Future[None]":
    """Let every task run up to where it waits for its desk."""
    return asyncio.ensure_future(asyncio.sleep(0))


@pytest.mark.parametrize("writes", [True, False])
async def test_a_job_returns_what_it_returns(desks: Desks, writes: bool) -> None:
    assert await desks.run(lambda: 6 * 7, writes=writes) == 42


@pytest.mark.parametrize("writes", [True, False])
async def test_a_job_raises_what_it_raises_and_the_desk_goes_on(desks: Desks, writes: bool) -> None:
    for _ in range(5):  # more often than there is room
        with pytest.raises(ZeroDivisionError):
            await desks.run(lambda: 1 // 0, writes=writes)
    assert await desks.run(lambda: "still here", writes=writes) == "still here"


@pytest.mark.parametrize("writes", [True, False])
async def test_a_job_reckons_exactly(desks: Desks, writes: bool) -> None:
    with pytest.raises(decimal.FloatOperation):
        await desks.run(lambda: Decimal(1) < 0.5, writes=writes)
    assert len(str(await desks.run(lambda: Decimal(1) / 3, writes=writes))) == 36


async def test_a_job_that_stops_an_iteration_is_answered_too(desks: Desks) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(desks.run(lambda: next(iter([])), writes=False), LONG)


async def test_a_job_that_spoils_its_context_spoils_no_other(desks: Desks) -> None:
    await desks.run(lambda: decimal.setcontext(decimal.Context(prec=2)), writes=True)
    assert len(str(await desks.run(lambda: Decimal(1) / 3, writes=True))) == 36


async def test_writers_work_one_at_a_time_in_the_order_they_came() -> None:
    desks, done = Desks(limit=100), list[tuple[int, str]]()

    def job(turn: int) -> None:
        done.append((turn, threading.current_thread().name))

    await asyncio.gather(*(desks.run(lambda n=n: job(n), writes=True) for n in range(100)))  # type: ignore[misc]  # defaults bind the turn
    desks.close()
    assert [turn for turn, _ in done] == list(range(100))
    assert {name for _, name in done} == {"writer-0"}


async def test_readers_work_side_by_side(desks: Desks) -> None:
    both = threading.Barrier(2)
    met = await asyncio.gather(*(desks.run(lambda: both.wait(LONG), writes=False) for _ in "ab"))
    assert sorted(met) == [0, 1]


async def test_a_full_desk_says_so_and_has_room_again_later(desks: Desks) -> None:
    gate = threading.Event()
    jobs = [asyncio.ensure_future(desks.run(waiting(gate), writes=True)) for _ in range(3)]
    await everything_queued()
    with pytest.raises(Busy):
        await desks.run(lambda: None, writes=True)
    assert await desks.run(lambda: "the other desk", writes=False) == "the other desk"
    gate.set()
    assert await asyncio.gather(*jobs) == [True] * 3
    assert await desks.run(lambda: "room", writes=True) == "room"


async def test_a_desk_with_room_for_one_takes_one_after_the_other() -> None:
    desks = Desks(limit=1)
    for turn in range(200):
        assert await desks.run(lambda n=turn: n, writes=True) == turn  # type: ignore[misc]  # defaults bind the turn
    desks.close()


async def test_a_job_that_nobody_waits_for_any_more_is_dropped_and_leaves_room(
    desks: Desks,
) -> None:
    gate, done = threading.Event(), list[str]()
    first = asyncio.ensure_future(desks.run(waiting(gate), writes=True))
    second = asyncio.ensure_future(desks.run(lambda: done.append("second"), writes=True))
    await everything_queued()
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.set()
    assert await first
    for turn in range(3):
        await desks.run(lambda turn=turn: done.append(f"later {turn}"), writes=True)  # type: ignore[misc]  # defaults bind the turn
    assert done == ["later 0", "later 1", "later 2"]


async def test_a_job_that_has_begun_is_finished_even_if_nobody_waits(desks: Desks) -> None:
    begun, gate, done = threading.Event(), threading.Event(), list[str]()

    def job() -> None:
        begun.set()
        gate.wait(LONG)
        done.append("whole")

    task = asyncio.ensure_future(desks.run(job, writes=True))
    await everything_queued()
    assert await asyncio.to_thread(begun.wait, LONG)
    task.cancel()
    gate.set()
    await desks.run(lambda: None, writes=True)
    assert done == ["whole"]


async def test_a_job_that_fails_when_nobody_waits_any_more_troubles_nobody(desks: Desks) -> None:
    begun, gate = threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        gate.wait(LONG)
        raise ZeroDivisionError

    task = asyncio.ensure_future(desks.run(job, writes=True))
    await everything_queued()
    assert await asyncio.to_thread(begun.wait, LONG)
    task.cancel()
    gate.set()
    assert await desks.run(lambda: "next", writes=True) == "next"
    assert task.cancelled()


def test_a_job_may_outlive_the_loop_that_asked_for_it() -> None:
    desks, done = Desks(limit=3), list[str]()
    begun, gate = threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        gate.wait(LONG)
        done.append("whole")

    async def leave() -> None:
        asyncio.ensure_future(desks.run(job, writes=True))  # noqa: RUF006 - left behind on purpose
        await everything_queued()
        assert await asyncio.to_thread(begun.wait, LONG)

    asyncio.run(leave())
    gate.set()
    desks.close()
    assert done == ["whole"]


async def test_a_job_knows_who_asked_and_keeps_its_own_changes(desks: Desks) -> None:
    asker.set("telegram:1")

    def job() -> str:
        seen = asker.get()
        asker.set("changed")
        return seen

    assert await desks.run(job, writes=False) == "telegram:1"
    assert asker.get() == "telegram:1"


async def test_closing_finishes_what_was_handed_in_and_takes_nothing_more() -> None:
    before = {*threading.enumerate()}
    desks, gate, done = Desks(limit=3), threading.Event(), list[int]()

    def job(turn: int) -> None:
        gate.wait(LONG)
        done.append(turn)

    jobs = [
        asyncio.ensure_future(desks.run(lambda n=n: job(n), writes=True))  # type: ignore[misc]  # defaults bind the turn
        for n in range(3)
    ]
    await everything_queued()
    gate.set()
    desks.close()
    assert done == [0, 1, 2]
    await asyncio.gather(*jobs)
    for writes in (True, False):
        with pytest.raises(Busy):
            await desks.run(lambda: None, writes=writes)
    left = {*threading.enumerate()} - before
    assert not [t for t in left if t.name in {"writer-0", "reader-0", "reader-1"}]


# --- who may write


def noted(units: Units) -> str | None:
    with units.reading() as books:
        return books.note("a")


def note(units: Units) -> None:
    with units.writing() as books:
        books.set_note("a", "b")


async def test_a_job_that_was_declared_as_writing_may_write(desks: Desks) -> None:
    units = DeskUnits(MemoryUnits())
    await desks.run(lambda: note(units), writes=True)
    assert await desks.run(lambda: noted(units), writes=False) == "b"


async def test_a_job_that_was_not_declared_as_writing_may_not(desks: Desks) -> None:
    units = DeskUnits(MemoryUnits())
    await desks.run(lambda: None, writes=True)
    with pytest.raises(NotDeclared, match="writes=True"):
        await desks.run(lambda: note(units), writes=False)
    with pytest.raises(NotDeclared):
        note(units)
    assert await desks.run(lambda: noted(units), writes=False) is None
