"""The courier: every notice arrives at least once, in order, and nobody waits for anybody else."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.chat.figures import Count
from bot.chat.ports import Outcome
from bot.chat.reply import Reply, Text, Words
from bot.runtime.desks import Desks
from bot.runtime.outbox import Courier
from core.paper.events import Warned
from core.paper.records import Due, Identity, Notice
from core.services.outbox import Outbox, Parcel
from tests.builders import marks, rate
from tests.core.paper.builders import fresh
from tests.fakes.ports import FixedClock, MemoryUnits

MIRA, TOBI = Identity("telegram", "7"), Identity("telegram", "8")
AT_HOME = Identity("discord", "7")


class Door:
    """A platform that takes what it is given, unless told otherwise."""

    def __init__(self, platform: str = "telegram") -> None:
        self.platform = platform
        self.taken: list[tuple[str, str]] = []
        self.outcomes: dict[str, Outcome | Exception] = {}
        self.came = asyncio.Event()

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        outcome = self.outcomes.get(who.person, Outcome.DELIVERED)
        self.came.set()
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is Outcome.DELIVERED:
            self.taken.append((who.person, said(reply)))
        return outcome


def said(reply: Reply) -> str:
    (block,) = reply.blocks
    assert isinstance(block, Text)
    return str(block.words.figures["number"])


def word(parcel: Parcel, zone: str) -> Reply:
    """Say a notice's number, or that of an alert."""
    due = parcel.due
    if isinstance(due, Due):
        own = due.notice.event
    else:
        assert due.news.fired is not None
        own = due.news.fired.alert.number
    number = Count(own)
    return Reply((Text(Words("{number}", {"number": number})),), zone=zone)


class Stage:
    """An outbox, and a courier."""

    def __init__(self, desks: Desks) -> None:
        self.clock = FixedClock()
        self.units = MemoryUnits()
        self.desks = desks
        self.outbox = Outbox(self.units, self.clock)
        self.courier = Courier(self.outbox, desks, word, every=0.01)
        self.door = Door()

    def posts(self, who: Identity, *events: int, also: Identity | None = None) -> None:
        """Put notices of these events into somebody's outbox."""
        with self.units.writing() as books:
            learner = books.paper.learner(who) or books.paper.enroll(who, self.clock.now())
            if also is not None:
                books.paper.rename(also, learner)
            for event in events:
                what = Warned(scope=None, ratio=rate("0.9"))
                met = marks(btc=60_000)
                at = self.clock.now()
                books.paper.post(Notice(learner, event, what, fresh(), fresh(), met, at))

    async def round(self, *doors: Door) -> None:
        await self.courier.round({door.platform: door for door in doors or (self.door,)})

    @property
    def taken(self) -> list[tuple[str, str]]:
        return self.door.taken

    def left(self) -> int:
        """How many notices wait, now or later."""
        with self.units.reading() as books:
            return len(books.paper.due(self.clock.now() + timedelta(days=1), 100))


@pytest.fixture
def stage(desks: Desks) -> Stage:
    return Stage(desks)


def count(number: int) -> str:
    return str(Count(number))


async def test_notices_arrive_in_their_order_and_once(stage: Stage) -> None:
    stage.posts(MIRA, 1, 2, 3)
    await stage.round()
    await stage.round()
    assert stage.taken == [("7", count(1)), ("7", count(2)), ("7", count(3))]
    assert stage.left() == 0


async def test_all_platforms_of_a_person_hear_of_it(stage: Stage) -> None:
    stage.posts(MIRA, 1, also=AT_HOME)
    elsewhere = Door("discord")
    await stage.round(stage.door, elsewhere)
    assert (len(stage.taken), len(elsewhere.taken)) == (1, 1)


async def test_one_that_took_it_is_enough(stage: Stage) -> None:
    stage.posts(MIRA, 1, also=AT_HOME)
    elsewhere = Door("discord")
    elsewhere.outcomes["7"] = Outcome.NEVER
    await stage.round(stage.door, elsewhere)
    assert stage.left() == 0


async def test_the_rest_of_a_persons_notices_waits_behind_one_that_failed(stage: Stage) -> None:
    stage.posts(MIRA, 1, 2)
    stage.posts(TOBI, 3)
    stage.door.outcomes["7"] = Outcome.LATER
    await stage.round()
    assert stage.taken == [("8", count(3))]
    assert stage.left() == 2


async def test_a_closed_door_is_given_up(stage: Stage) -> None:
    stage.posts(MIRA, 1)
    stage.door.outcomes["7"] = Outcome.NEVER
    await stage.round()
    assert stage.left() == 0


async def test_a_door_that_stands_in_another_process_is_not_closed(stage: Stage) -> None:
    stage.posts(MIRA, 1, also=AT_HOME)
    stage.door.outcomes["7"] = Outcome.NEVER
    await stage.round()
    assert stage.left() == 1


async def test_people_of_other_platforms_are_left_to_others(stage: Stage) -> None:
    stage.posts(Identity("console", "me"), 1)
    await stage.round()
    assert stage.left() == 1
    with stage.units.reading() as books:
        (due,) = books.paper.due(stage.clock.now(), 10)
    assert due.attempts == 0


async def test_a_fault_with_one_person_is_logged_and_others_get_theirs(stage: Stage) -> None:
    stage.posts(MIRA, 1)
    stage.posts(TOBI, 2)
    stage.door.outcomes["7"] = RuntimeError("no door")
    with capture_logs() as lines:
        await stage.round()
    assert stage.taken == [("8", count(2))]
    assert stage.left() == 1
    assert ("fault", "telegram") in [(line["event"], line.get("platform")) for line in lines]


async def test_a_crash_before_it_was_struck_off_repeats_it(desks: Desks) -> None:
    stage = Stage(desks)
    stage.posts(MIRA, 1)
    taken = await stage.courier.take("telegram")  # printed, and then the light went out
    assert [said(each.reply) for each in taken] == [count(1)]
    await stage.round()
    assert stage.taken == [("7", count(1))]


async def test_what_was_printed_and_kept_so_is_not_repeated(stage: Stage) -> None:
    stage.posts(MIRA, 1)
    await stage.courier.taken(await stage.courier.take("telegram"))
    await stage.round()
    assert stage.taken == []


async def test_it_is_woken_and_stops_cleanly(desks: Desks) -> None:
    stage = Stage(desks)
    slow = Courier(stage.outbox, desks, word, every=60)
    stop = asyncio.Event()
    running = asyncio.create_task(slow.run(stop, [stage.door]))
    stage.posts(MIRA, 1)
    slow.wake()
    await asyncio.wait_for(stage.door.came.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert stage.left() == 0


async def test_it_looks_by_itself_and_survives_a_fault(desks: Desks) -> None:
    stage = Stage(desks)
    stop = asyncio.Event()
    desks_of = stage.outbox.parcels
    faults = [RuntimeError("no database")]

    def parcels(platform: str) -> tuple[Parcel, ...]:
        if faults:
            raise faults.pop()
        return desks_of(platform)

    stage.outbox.parcels = parcels  # type: ignore[method-assign]  # the database goes away once
    with capture_logs() as lines:
        running = asyncio.create_task(stage.courier.run(stop, [stage.door]))
        stage.posts(MIRA, 1)
        await asyncio.wait_for(stage.door.came.wait(), 10)
        stop.set()
        await asyncio.wait_for(running, 10)
    assert [line["event"] for line in lines] == ["fault"]


async def test_without_a_platform_it_has_nothing_to_do(stage: Stage) -> None:
    await asyncio.wait_for(stage.courier.run(asyncio.Event(), []), 10)
