"""The caretaker tidies up at once, again and again, and survives what goes wrong."""

import asyncio
from datetime import timedelta

from structlog.testing import capture_logs

from bot.runtime.desks import Desks
from bot.runtime.tidy import Caretaker
from core.services.tidying import Tidying
from tests.fakes.ports import FixedClock, MemoryUnits


async def test_it_tidies_at_once_and_stops_when_told() -> None:
    clock, units, desks = FixedClock(), MemoryUnits(), Desks()
    with units.writing() as books:
        books.keep_choice("/liq", clock.now() - timedelta(days=1))
    stop = asyncio.Event()
    tidying = Tidying(units, clock)

    def and_stop() -> int:
        stop.set()
        return tidying()

    await asyncio.wait_for(Caretaker(and_stop, desks, every=60).run(stop), 10)
    desks.close()
    with units.writing() as books:
        assert books.drop_choices(clock.now()) == 0


async def test_a_fault_is_logged_and_the_next_round_tries_again() -> None:
    desks = Desks()
    with capture_logs() as logs:
        await Caretaker(Tidying(object(), FixedClock()), desks).round()  # type: ignore[arg-type]  # books that are broken
    desks.close()
    assert [line["event"] for line in logs] == ["fault"]


async def test_a_closed_desk_is_said_to_be_busy() -> None:
    desks = Desks()
    desks.close()
    with capture_logs() as logs:
        await Caretaker(Tidying(MemoryUnits(), FixedClock()), desks).round()
    assert [line["event"] for line in logs] == ["busy"]
