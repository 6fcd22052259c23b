"""The roll call: few at a time, the others go on, and nothing that a platform does ends it."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.runtime import roll as runtime
from bot.runtime.desks import Desks
from bot.runtime.roll import RollCall
from core.lessons.game.game import Room
from core.lessons.game.inputs import Input, Left
from core.lessons.game.lifecycle import Fed
from core.paper.records import Identity
from core.services.roll import FEW, Roll
from tests.core.services.hall import MIRA, ROOM, TOBI, Hall
from tests.fakes.attendance import FakeAttendance

DAY = timedelta(hours=24)
ELSEWHERE = Identity("discord", "71")
SERVER = Room("discord", "-7", "70")


class Stage:
    """An arena of two, and who looks for them."""

    def __init__(self, desks: Desks) -> None:
        self.hall = Hall()
        self.telegram, self.discord = FakeAttendance(), FakeAttendance("discord")
        self.number = self.hall.opened("arena", length="7d")
        self.hall.join(self.number, MIRA, TOBI)
        roll = Roll(self.hall.units, self.hall.clock, self.hall.referee)
        self.calls = RollCall(roll, desks, every=0.001)

    async def round(self, *platforms: FakeAttendance) -> None:
        """Another round, an hour later."""
        self.hall.clock.advance(timedelta(hours=1))
        there = {each.platform: each for each in platforms or (self.telegram, self.discord)}
        await self.calls.round(there)

    async def day(self, *platforms: FakeAttendance) -> None:
        """A round, and another one a day later."""
        await self.round(*platforms)
        self.hall.clock.advance(DAY)
        await self.round(*platforms)

    @property
    def left(self) -> list[int]:
        return [what.player for what in self.hall.inputs() if isinstance(what, Left)]

    def gone(self, *people: Identity) -> None:
        self.telegram.gone |= {(ROOM.chat, who.person) for who in people}

    def links(self) -> None:
        """Let a server play along, in which Mira is known, too."""
        with self.hall.units.writing() as books:
            books.games.enter(self.number, SERVER)
            books.paper.rename(ELSEWHERE, books.paper.learner(MIRA))


@pytest.fixture
def stage(desks: Desks) -> Stage:
    return Stage(desks)


async def test_who_is_gone_for_a_day_has_left_and_the_others_play_on(stage: Stage) -> None:
    stage.gone(MIRA)
    with capture_logs() as logs:
        await stage.day()
    assert stage.left == [1]
    assert [line["player"] for line in logs if line["event"] == "gone"] == [1]
    assert {who for _, who in stage.telegram.asked} == {MIRA, TOBI}


async def test_a_large_game_is_looked_through_a_few_at_a_time(stage: Stage) -> None:
    people = [Identity("telegram", str(n)) for n in range(100, 198)]
    stage.hall.join(stage.number, *people)
    there, counts = {"telegram": stage.telegram}, [0]
    for _ in range(25):
        await stage.calls.round(there)
        counts.append(len(stage.telegram.asked))
    assert max(b - a for a, b in pairwise(counts)) <= FEW
    assert counts[-1] == len({who for _, who in stage.telegram.asked}) == 100


async def test_who_is_found_on_the_other_platform_is_there(stage: Stage) -> None:
    stage.links()
    stage.gone(MIRA)
    await stage.day()
    assert stage.left == []
    stage.discord.gone.add((SERVER.chat, ELSEWHERE.person))
    await stage.day()
    assert stage.left == [1]


async def test_who_may_be_there_on_the_other_platform_stays(stage: Stage) -> None:
    stage.links()
    stage.gone(MIRA)
    stage.discord.shut.add(SERVER.chat)
    await stage.day()
    assert stage.left == []


async def test_a_platform_that_is_switched_off_costs_nobody_their_seat(stage: Stage) -> None:
    stage.gone(MIRA)
    await stage.round()
    stage.hall.clock.advance(2 * DAY)
    await stage.round(stage.discord)
    assert stage.left == []


async def test_nobody_is_looked_for_who_is_no_longer_known_there(stage: Stage) -> None:
    with stage.hall.units.writing() as books:
        books.paper.rename(ELSEWHERE, books.paper.learner(MIRA))
        books.paper.rename(MIRA, None)
    await stage.day()
    assert [who for _, who in stage.telegram.asked] == [TOBI, TOBI]
    assert stage.left == []


async def test_a_fault_of_a_platform_is_logged_and_costs_nobody_their_seat(stage: Stage) -> None:
    stage.telegram.fault = RuntimeError("no door")
    with capture_logs() as logs:
        await stage.day()
    assert {(line["event"], line["platform"]) for line in logs} == {("fault", "telegram")}
    assert stage.left == []


async def test_a_platform_that_does_not_answer_is_left_after_a_while(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "PATIENCE", 0.001)
    stage.telegram.slow = True
    await stage.round()
    assert len(stage.telegram.asked) == 2
    stage.telegram.slow = False
    await stage.calls.round({"telegram": stage.telegram})
    assert len(stage.telegram.asked) == 2


async def test_a_game_that_cannot_take_it_keeps_nobody_else_waiting(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.gone(MIRA, TOBI)
    feed = type(stage.hall.referee).feed

    def feeding(self: object, books: object, kept: object, what: Input, *more: str) -> Fed:
        if isinstance(what, Left) and what.player == 1:
            raise RuntimeError("a fault of the game's")
        return feed(self, books, kept, what, *more)  # type: ignore[arg-type,return-value]  # handed on

    await stage.round()
    stage.hall.clock.advance(DAY)
    monkeypatch.setattr(type(stage.hall.referee), "feed", feeding)
    with capture_logs() as logs:
        await stage.round()
    assert [line["game"] for line in logs if line["event"] == "fault"] == [stage.number]
    assert stage.left == [2]
    asked = len(stage.telegram.asked)
    await stage.calls.round({"telegram": stage.telegram})
    assert len(stage.telegram.asked) == asked


async def test_it_looks_until_it_is_told_to_stop(stage: Stage) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(stage.calls.run(stop, [stage.telegram]))
    await asyncio.wait_for(stage.telegram.came.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert [who for _, who in stage.telegram.asked] == [MIRA, TOBI]


async def test_neither_a_full_desk_nor_a_fault_of_the_books_ends_it(
    stage: Stage, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no books")

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    with capture_logs() as logs:
        monkeypatch.setattr(stage.hall.units, "reading", broken)
        running = asyncio.create_task(stage.calls.run(stop, [stage.telegram]))
        loop.call_later(0.02, desks.close)
        loop.call_later(0.05, stop.set)
        await asyncio.wait_for(running, 10)
    assert {line["event"] for line in logs} == {"busy", "fault"}


async def test_a_desk_that_is_full_meanwhile_ends_the_round(
    stage: Stage, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    attends = stage.telegram.attends

    async def closing(room: Room, who: Identity) -> object:
        await asyncio.to_thread(desks.close)
        return await attends(room, who)

    monkeypatch.setattr(stage.telegram, "attends", closing)
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, stop.set)
    with capture_logs() as logs:
        await asyncio.wait_for(stage.calls.run(stop, [stage.telegram]), 10)
    assert {line["event"] for line in logs} == {"busy"}
    assert len(stage.telegram.asked) == 1
