"""The bill-poster: posts what is due, once, and keeps it for later where it could not."""

import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.chat.hours import next_at
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply, Text, Words
from bot.chat.request import Chat, Place
from bot.runtime.boards import Boards
from bot.runtime.desks import Desks
from core.alerts.books import Schedule
from core.errors import StalePrice
from core.services.schedules import Schedules, Slot
from tests.fakes.ports import FixedClock, MemoryUnits

DAY = timedelta(days=1)
GROUP = Chat("-5", Place.GROUP, "9")


class Wall:
    """A platform that takes posts, unless told otherwise."""

    platform = "telegram"

    def __init__(self) -> None:
        self.posts: list[Chat] = []
        self.outcome: Outcome | Exception = Outcome.DELIVERED
        self.came = asyncio.Event()

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        assert reply.blocks
        assert not message
        self.came.set()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        if self.outcome is Outcome.DELIVERED:
            self.posts.append(chat)
        return Posted(self.outcome)


class Stage:
    """A board that is due every day at noon, and who posts it."""

    def __init__(self, desks: Desks) -> None:
        self.clock = FixedClock()
        self.schedules = Schedules(MemoryUnits(), self.clock, next_at)
        self.schedules.set("telegram", "-5", "9", Slot(720, ""))
        self.clock.advance(DAY)
        self.stale = self.empty = False
        self.wall = Wall()
        self.boards = Boards(self.schedules, desks, self.word, every=0.01)

    def word(self, schedule: Schedule, at: datetime) -> Reply | None:
        assert at == self.clock.now()
        if self.stale:
            raise StalePrice("binance", self.clock.now(), 90, 60)
        if self.empty:
            return None
        return Reply((Text(Words(schedule.chat)),))

    async def round(self) -> None:
        await self.boards.round({"telegram": self.wall})

    def due(self) -> int:
        return len(self.schedules.due("telegram"))


@pytest.fixture
def stage(desks: Desks) -> Stage:
    return Stage(desks)


async def test_what_is_due_is_posted_once_into_its_topic(stage: Stage) -> None:
    await stage.round()
    await stage.round()
    assert stage.wall.posts == [GROUP]
    stage.clock.advance(3 * DAY)
    await stage.round()
    await stage.round()
    assert stage.wall.posts == [GROUP, GROUP]


@pytest.mark.parametrize("why", ["later", "fault", "stale"])
async def test_what_could_not_be_posted_comes_later(stage: Stage, why: str) -> None:
    if why == "stale":
        stage.stale = True
    else:
        stage.wall.outcome = Outcome.LATER if why == "later" else RuntimeError("no door")
    with capture_logs() as logs:
        await stage.round()
    assert (stage.wall.posts, stage.due()) == ([], 0)
    assert ("fault" in {line["event"] for line in logs}) is (why == "fault")
    stage.stale, stage.wall.outcome = False, Outcome.DELIVERED
    stage.clock.advance(60)
    await stage.round()
    assert stage.wall.posts == [GROUP]


async def test_where_there_is_nothing_to_say_nothing_is_posted_until_the_next_time(
    stage: Stage,
) -> None:
    stage.empty = True
    await stage.round()
    assert (stage.wall.posts, stage.due()) == ([], 0)
    stage.empty = False
    await stage.round()
    assert stage.wall.posts == []
    stage.clock.advance(DAY)
    await stage.round()
    assert stage.wall.posts == [GROUP]


async def test_a_group_that_is_closed_to_us_is_left_in_peace(stage: Stage) -> None:
    stage.wall.outcome = Outcome.NEVER
    await stage.round()
    assert stage.schedules.at("telegram", "-5", "9") == ()


async def test_it_goes_on_until_it_is_told_to_stop(stage: Stage) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(stage.boards.run(stop, [stage.wall]))
    async with asyncio.timeout(10):
        await stage.wall.came.wait()
        stop.set()
        await running
    assert stage.wall.posts == [GROUP]


async def test_a_closed_desk_or_a_fault_does_not_end_it(stage: Stage, desks: Desks) -> None:
    stop = asyncio.Event()
    desks.close()
    with capture_logs() as logs:
        asyncio.get_running_loop().call_later(0.05, stop.set)
        async with asyncio.timeout(10):
            await stage.boards.run(stop, [stage.wall])
    assert {line["event"] for line in logs} == {"busy"}


class Unread(Schedules):
    """Books that are broken."""

    def due(self, platform: str) -> tuple[Schedule, ...]:
        raise RuntimeError(platform)


async def test_broken_books_are_logged_and_looked_at_again(stage: Stage, desks: Desks) -> None:
    stop = asyncio.Event()
    boards = Boards(Unread(MemoryUnits(), stage.clock, next_at), desks, stage.word, every=0.01)
    with capture_logs() as logs:
        asyncio.get_running_loop().call_later(0.05, stop.set)
        async with asyncio.timeout(10):
            await boards.run(stop, [stage.wall])
    assert {line["event"] for line in logs} == {"fault"}
