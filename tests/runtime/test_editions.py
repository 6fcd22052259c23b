"""The editor takes editions in while the bot runs, tells who must know, and survives faults."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import localcontext

import pytest
from structlog.testing import capture_logs

from bot.adapters.content.instrument_files import load_listings
from bot.runtime.desks import Desks
from bot.runtime.editions import Editions
from core.editions import Listings
from core.market import Symbol
from core.money import EXACT, D
from core.services.instruments import Instruments, Refreshed
from core.venue_answer import Answer, Implausible, Quoted
from tests.core.services.floor import BTC, Floor, wish
from tests.core.services.test_instruments import dearer, quoted
from tests.fakes.ports import FixedClock, MemoryUnits

DAY = timedelta(days=1)
with localcontext(EXACT):
    LISTINGS = load_listings()
NEW = Symbol("NEWUSDT")


@pytest.fixture
def desks() -> Iterator[Desks]:
    made = Desks()
    yield made
    made.close()


class Desk:
    """A process over books that it shares with others."""

    def __init__(self, units: MemoryUnits, clock: FixedClock, desks: Desks) -> None:
        self.listings = Listings(LISTINGS, clock.now)
        instruments = Instruments(units, clock, self.listings, DAY, lambda: None)
        self.editions = Editions(instruments, desks, every=0.01)
        self.clock = clock
        self.learnt: list[int] = []
        self.editions.learn = self._learn
        self.told = self._told()

    @staticmethod
    def _told() -> dict[Symbol, Quoted]:
        with localcontext(EXACT):
            return {s: quoted(each) for s, each in LISTINGS["binance"].instruments.items()}

    def _learn(self, listed: Mapping[str, Iterable[Symbol]]) -> None:
        self.learnt.append(len(tuple(listed["binance"])))

    async def refresh(self) -> Refreshed:
        answer = Answer(
            venue="binance",
            at=self.clock.now(),
            quoted=tuple(self.told.values()),
            source="here",
            tiers_source="there",
        )
        return await self.editions.refresh(answer, dry=False)


@pytest.fixture
def two(desks: Desks) -> tuple[Desk, Desk]:
    """The process that refreshes, and the bot."""
    units, clock = MemoryUnits(), FixedClock()
    return Desk(units, clock, desks), Desk(units, clock, desks)


def events(logs: Sequence[Mapping[str, object]]) -> list[object]:
    return [line["event"] for line in logs]


async def test_what_another_process_wrote_is_taken_in_learnt_and_logged(
    two: tuple[Desk, Desk],
) -> None:
    other, bot = two
    other.told[NEW] = replace(other.told[BTC], symbol=NEW, base="NEW")
    await other.refresh()
    assert NEW not in bot.listings["binance"].instruments
    with capture_logs() as logs:
        await bot.editions.round()
        await bot.editions.round()
    assert NEW in bot.listings["binance"].instruments
    assert bot.learnt == [31]
    (line,) = logs
    assert line["event"] == "edition"
    assert (line["venue"], line["edition"], line["contracts"], line["later"]) == (
        "binance",
        1,
        31,
        0,
    )
    assert str(line["names"]).endswith(" +26")


async def test_what_came_into_force_is_logged_when_it_does(desks: Desks) -> None:
    floor = Floor(MemoryUnits())
    bot = Desk(floor.units, floor.clock, desks)  # type: ignore[arg-type]  # it is a memory
    await desks.run(lambda: floor.act(wish("0.1")), writes=True)
    bot.told[BTC] = replace(bot.told[BTC], tiers=dearer(bot.told[BTC]))
    await bot.refresh()
    with capture_logs() as logs:
        await bot.editions.round()
        floor.clock.advance(DAY)
        await bot.editions.round()
        await bot.editions.round()
    assert events(logs) == ["edition", "edition applied"]
    assert logs[0]["later"] == 1
    assert (logs[1]["edition"], logs[1]["contracts"], logs[1]["names"]) == (1, 1, "BTCUSDT")


async def test_a_process_learns_what_it_wrote_itself(two: tuple[Desk, Desk]) -> None:
    bot, _ = two
    await bot.refresh()
    await bot.editions.round()
    assert bot.learnt == [30]


def test_what_is_in_the_books_is_known_before_anybody_asks(desks: Desks) -> None:
    units, clock = MemoryUnits(), FixedClock()
    first = Desk(units, clock, desks)
    asyncio.run(first.refresh())
    later = Desk(units, clock, desks)
    later.editions.begin()
    assert (later.learnt, later.listings.newest) == ([30], 1)
    fresh = Desk(MemoryUnits(), clock, desks)
    fresh.editions.begin()
    assert fresh.learnt == []


async def test_late_positions_are_told_of_and_the_courier_is_woken(desks: Desks) -> None:
    floor = Floor(MemoryUnits())
    bot = Desk(floor.units, floor.clock, desks)  # type: ignore[arg-type]  # it is a memory
    woken: list[int] = []
    bot.editions.after = lambda: woken.append(1)
    await desks.run(lambda: floor.act(wish("0.1")), writes=True)
    bot.told[BTC] = replace(bot.told[BTC], tiers=dearer(bot.told[BTC]))
    await bot.refresh()
    floor.move(60_000)
    await desks.run(lambda: floor.act(wish("0.1")), writes=True)
    await bot.editions.round()
    with floor.units.reading() as books:
        assert len(books.alerts.due(floor.clock.now(), 9)) == 1  # the same position, told before
    assert woken == [1]


async def test_a_live_market_looks_for_contracts_it_did_not_know(two: tuple[Desk, Desk]) -> None:
    other, bot = two
    looked: list[int] = []

    async def relist() -> None:
        looked.append(1)
        raise ConnectionError

    bot.editions.relist = relist
    await bot.editions.round()
    assert looked == []
    await other.refresh()
    with capture_logs() as logs:
        await bot.editions.round()
        await bot.editions.round()
    assert looked == [1]
    assert events(logs) == ["relist", "edition"]


async def test_it_looks_again_and_again_until_it_is_told_to_stop(two: tuple[Desk, Desk]) -> None:
    other, bot = two
    stop = asyncio.Event()
    running = asyncio.create_task(bot.editions.run(stop))
    await other.refresh()
    async with asyncio.timeout(10):
        while not bot.learnt:  # noqa: ASYNC110 - it looks by itself
            await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(running, 10)
    await asyncio.wait_for(bot.editions.run(stop), 10)


async def test_a_fault_is_logged_and_the_next_round_tries_again(two: tuple[Desk, Desk]) -> None:
    _, bot = two
    bot.editions.instruments = None  # type: ignore[assignment]  # broken
    with capture_logs() as logs:
        await bot.editions.round()
    assert events(logs) == ["fault"]


async def test_a_closed_desk_is_said_to_be_busy(two: tuple[Desk, Desk], desks: Desks) -> None:
    desks.close()
    with capture_logs() as logs:
        await two[1].editions.round()
    assert events(logs) == ["busy"]


async def test_what_cannot_be_true_is_handed_on(two: tuple[Desk, Desk]) -> None:
    bot, _ = two
    bot.told = {BTC: replace(bot.told[BTC], tick=D(1))}
    with pytest.raises(Implausible):
        await bot.refresh()
