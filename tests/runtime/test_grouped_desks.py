"""Jobs that wait together at the writer desk are kept together, or not at all."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from bot.runtime.desks import Desks
from tests.fakes.ports import MemoryUnits


class Ledger:
    """Remembers where groups began and ended; `broken` makes the end fail."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.broken = False

    @contextmanager
    def group(self) -> Iterator[None]:
        self.lines.append("begin")
        yield
        if self.broken:
            raise OSError("the disk is full")
        self.lines.append("end")


async def together(desks: Desks, ledger: Ledger, names: str) -> list[object]:
    """Hand jobs in while the desk is busy, so that all of them wait together."""
    gate = threading.Event()
    first = asyncio.create_task(desks.run(lambda: gate.wait(10), writes=True))
    await asyncio.sleep(0)
    jobs = [
        asyncio.create_task(desks.run(partial(ledger.lines.append, name), writes=True))
        for name in names
    ]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, return_exceptions=True)
    return await asyncio.gather(*jobs, return_exceptions=True)


async def test_jobs_that_wait_together_share_one_end() -> None:
    ledger = Ledger()
    desks = Desks(group=ledger.group)
    await together(desks, ledger, "abc")
    desks.close()
    assert ledger.lines[-5:] == ["begin", "a", "b", "c", "end"]


async def test_nobody_hears_of_success_before_the_group_has_ended_well() -> None:
    ledger = Ledger()
    ledger.broken = True
    desks = Desks(group=ledger.group)
    told = await together(desks, ledger, "ab")
    desks.close()
    assert [str(each) for each in told] == ["the disk is full", "the disk is full"]


async def test_closing_finishes_the_group_that_waits() -> None:
    ledger = Ledger()
    desks = Desks(group=ledger.group)
    gate = threading.Event()
    first = asyncio.create_task(desks.run(lambda: gate.wait(10), writes=True))
    await asyncio.sleep(0)
    second = asyncio.create_task(desks.run(lambda: ledger.lines.append("a"), writes=True))
    await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(desks.close))
    gate.set()
    await asyncio.gather(first, second, closing)
    assert ledger.lines[-1] == "end"


async def test_a_job_that_fails_spoils_no_other_of_its_group() -> None:
    units = MemoryUnits()
    desks = Desks(group=units.group)

    def note(key: str, *, fails: bool) -> None:
        with units.writing() as books:
            books.set_note(key, "kept")
            if fails:
                raise ValueError("on purpose")

    told = await asyncio.gather(
        desks.run(lambda: note("a", fails=False), writes=True),
        desks.run(lambda: note("b", fails=True), writes=True),
        desks.run(lambda: note("c", fails=False), writes=True),
        return_exceptions=True,
    )
    desks.close()
    assert [type(each) for each in told] == [type(None), ValueError, type(None)]
    with units.reading() as books:
        assert [books.note(key) for key in "abc"] == ["kept", None, "kept"]


@pytest.mark.parametrize("count", [1, 65, 130])
async def test_any_number_of_jobs_is_done_once_each(count: int) -> None:
    ledger = Ledger()
    desks = Desks(limit=200, group=ledger.group)
    await together(desks, ledger, "x" * count)
    desks.close()
    assert ledger.lines.count("x") == count
    assert ledger.lines.count("begin") == ledger.lines.count("end")
