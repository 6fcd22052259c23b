"""Refusals for want of patience: who waits, for how long, and who does not."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.adapters.telegram.flood import AGAIN, ASIDE, FloodGate
from tests.adapters.telegram.test_pace import HandClock

GROUP, OTHER = -5, -6


class Door:
    """Telegram as far as it says "too many": `waits` are what it answers first, by chat."""

    def __init__(self, clock: HandClock, **waits: list[float | timedelta]) -> None:
        self.clock = clock
        self.waits = waits
        self.calls: list[tuple[str, float]] = []

    async def knock(self, key: str) -> bool:
        self.calls.append((key, self.clock.now()))
        left = self.waits.get(key)
        if left:
            raise RetryAfter(left.pop(0))  # type: ignore[arg-type]  # - the library takes floats, too
        return True

    def send(self, gate: FloodGate, chat: int | None, key: str) -> "asyncio.Task[Any]":
        data = {} if chat is None else {"chat_id": chat}
        call = gate.process_request(self.knock, (key,), {}, endpoint="answer", data=data)
        return asyncio.create_task(call)

    def times(self, key: str) -> list[float]:
        return [time for name, time in self.calls if name == key]


async def test_a_refused_call_is_made_again_after_the_time_that_was_named() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[7]), FloodGate(30, clock)
    task = door.send(gate, GROUP, "a")
    await clock.run(task)
    assert (await task, door.times("a")) == (True, [0.0, 7.1])


async def test_other_chats_go_on_meanwhile_and_the_same_one_waits() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[timedelta(seconds=7)]), FloodGate(30, clock)
    first = door.send(gate, GROUP, "a")
    await clock.pass_to(1)
    same, other, nowhere = (
        door.send(gate, c, k) for c, k in ((GROUP, "b"), (OTHER, "c"), (None, "d"))
    )
    await clock.run(first, same, other, nowhere)
    assert (door.times("b"), door.times("c"), door.times("d")) == ([8.1], [1.0], [1.0])


async def test_what_gathers_for_a_chat_goes_one_by_one() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[7]), FloodGate(30, clock)
    first = door.send(gate, GROUP, "a")
    await clock.pass_to(1)
    gathered = [door.send(gate, GROUP, "b") for _ in range(4)]
    await clock.run(first, *gathered)
    assert (door.times("a"), door.times("b")) == ([0.0, 7.1], [8.1, 9.1, 10.1, 11.1])


async def test_a_wait_that_is_too_long_is_told_at_once_and_nobody_asks_again() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[200]), FloodGate(30, clock)
    with pytest.raises(RetryAfter):
        await door.send(gate, GROUP, "a")
    await clock.pass_to(100)
    with pytest.raises(RetryAfter) as told:
        await door.send(gate, GROUP, "b")
    assert (door.calls, told.value.retry_after) == ([("a", 0.0)], timedelta(seconds=100.1))
    await clock.pass_to(141)
    last = door.send(gate, GROUP, "b")
    await clock.run(last)
    assert door.times("b") == [200.1]


async def test_whoever_is_refused_again_and_again_gives_up() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[1] * 9), FloodGate(30, clock)
    task = door.send(gate, GROUP, "a")
    await clock.run(task)
    assert isinstance(task.exception(), RetryAfter)
    assert len(door.calls) == AGAIN + 1


async def test_a_press_that_is_refused_keeps_only_other_presses_waiting() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[3]), FloodGate(30, clock)
    press = door.send(gate, None, "a")
    await clock.pass_to(1)
    later, chat = door.send(gate, None, "b"), door.send(gate, GROUP, "c")
    await clock.run(press, later, chat)
    assert (door.times("b"), door.times("c")) == ([3.1], [1.0])


async def test_over_all_chats_so_many_go_out_in_a_second() -> None:
    clock = HandClock()
    door, gate = Door(clock), FloodGate(2, clock)
    tasks = [door.send(gate, -number, "a") for number in range(1, 6)]
    await clock.run(*tasks, door.send(gate, None, "b"))
    assert (door.times("a"), door.times("b")) == ([0.0, 0.0, 1.0, 1.0, 2.0], [0.0])


async def test_it_begins_and_ends_without_ado() -> None:
    gate = FloodGate(1, HandClock())
    await gate.initialize()
    await gate.shutdown()


# --- what nobody waits for


def aside(gate: FloodGate, door: Door, chat: int, key: str) -> "asyncio.Task[Any]":
    call = gate.process_request(
        door.knock,
        (key,),
        {},
        endpoint="getChatMember",
        data={"chat_id": chat},
        rate_limit_args=ASIDE,
    )
    return asyncio.create_task(call)


async def test_what_is_asked_aside_and_refused_keeps_only_its_like_waiting() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[7]), FloodGate(30, clock)
    refused = aside(gate, door, GROUP, "a")
    await clock.run(refused)
    assert isinstance(refused.exception(), RetryAfter)
    other, message = aside(gate, door, OTHER, "b"), door.send(gate, GROUP, "c")
    await clock.run(other, message)
    assert isinstance(other.exception(), RetryAfter)
    assert (door.times("a"), door.times("b"), door.times("c")) == ([0.0], [], [0.0])
    await clock.pass_to(7.2)
    later = aside(gate, door, OTHER, "b")
    await clock.run(later)
    assert (await later, door.times("b")) == (True, [7.2])


async def test_nothing_is_asked_aside_about_a_chat_that_takes_no_messages() -> None:
    clock = HandClock()
    door, gate = Door(clock, a=[7]), FloodGate(30, clock)
    message = door.send(gate, GROUP, "a")
    await clock.pass_to(1)
    here, there = aside(gate, door, GROUP, "b"), aside(gate, door, OTHER, "c")
    await asyncio.wait({here, there})
    assert isinstance(here.exception(), RetryAfter)
    assert await there
    await clock.run(message)


async def test_what_is_asked_aside_takes_no_turn_from_messages_and_goes_when_there_is_room() -> (
    None
):
    clock = HandClock()
    door, gate = Door(clock), FloodGate(2, clock)
    before = [aside(gate, door, GROUP, "a") for _ in range(5)]
    messages = [door.send(gate, -number, "b") for number in (1, 2)]
    await clock.run(*before, *messages)
    after = aside(gate, door, GROUP, "c")
    await clock.run(after)
    assert (door.times("a"), door.times("b")) == ([0.0] * 5, [0.0, 0.0])
    assert isinstance(after.exception(), RetryAfter)
    await clock.pass_to(1.0)
    last = aside(gate, door, GROUP, "d")
    await clock.run(last)
    assert door.times("d") == [1.0]
