"""Whoever is sent too much, or answered twice or never, is told of by name."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.chat.ports import Outcome
from tests.sims.__main__ import part
from tests.sims.clock import NOON, SimClock
from tests.sims.house import House
from tests.sims.limits import busiest, discord_allows, telegram_allows
from tests.sims.month import Quiet
from tests.sims.on_discord import DiscordChannel
from tests.sims.on_telegram import SENT, Call, TelegramGroup
from tests.sims.place import Ear, Spoken
from tests.sims.plans import everything
from tests.sims.sim import TELEGRAM, Group, Plan, Sim


def sim(group: Group, folder: Path) -> Sim:
    """A simulation in which nothing happened yet."""
    clock = SimClock()
    house = House(folder, clock, 1)
    house.close()
    return Sim(Plan("quiz", 2, (TELEGRAM,)), clock, house, (group,), Random(1))


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_stretch_is_open_at_its_end() -> None:
    moments = [NOON + after(n) for n in (9, 0, 4, 5)]
    assert busiest(moments, after(5)) == 2
    assert busiest(moments, after(5.1)) == 3
    assert busiest([], after(5)) == 0


@pytest.mark.parametrize(
    ("chats", "apart", "found"),
    [
        ([-5] * 20, 3, []),
        ([-5] * 21, 2.8, ["-5: 21 messages in 60 s in a group"]),
        ([7] * 4, 0.9, ["7: 4 messages in 3 s alone"]),
        ([*range(-31, 0)], 0.01, ["all: 31 messages in 1 s in all chats"]),
    ],
)
def test_telegram_takes_so_much_in_a_chat_and_over_all(
    chats: list[int], apart: float, found: list[str], tmp_path: Path
) -> None:
    group = TelegramGroup(SimClock(), 1)
    group.ear = Ear(Quiet("telegram"), group.clock)
    group.api.spoken = [
        Call(NOON + after(n * apart), SENT, chat, 0, done=True) for n, chat in enumerate(chats)
    ]
    assert list(telegram_allows(sim(group, tmp_path))) == found


def test_a_board_that_is_edited_too_soon_and_a_press_without_an_answer(tmp_path: Path) -> None:
    group = TelegramGroup(SimClock(), 1)
    group.ear = Ear(Quiet("telegram"), group.clock)
    group.ear.posts = [
        Spoken(NOON + after(n), "-5/", Outcome.DELIVERED, "8", "8") for n in (0, 30, 59, 60)
    ]
    posted = group.world.say(group.world.person(1000), "hello")
    group.world.press(group.world.person(1000), posted, data="x")
    assert list(telegram_allows(sim(group, tmp_path))) == [
        "board 8 was edited 1 times too soon",
        "7001 'x': answered 0 times",
    ]


@dataclass
class Record:
    """An interaction."""

    id: int


def test_discord_takes_five_in_five_seconds_and_one_answer_to_everything(tmp_path: Path) -> None:
    group = DiscordChannel(SimClock(), 1)
    group.records = [Record(1), Record(2), Record(3)]
    answers = [(NOON, f"/interactions/{n}/token/callback") for n in (1, 2, 2)]
    news = [(NOON + after(n), "/channels/7/messages") for n in (0, 1, 2, 3, 4, 4.9)]
    edits = [(NOON + after(n), "/channels/7/messages/9") for n in (0, 1, 2, 3, 4, 5)]
    group.calls = [*answers, *news, *edits, (NOON, "/channels/8/messages")]
    assert list(discord_allows(sim(group, tmp_path))) == [
        "7 new: 6 messages in 5 s in a channel",
        "interaction 2 was answered 2 times",
        "interaction 3 was answered 0 times",
    ]


def test_the_parts_of_everything_are_everything() -> None:
    plans = list(everything())
    assert part("3/8") == (3, 8)
    assert len({str(plan) for plan in plans}) == len(plans) == 9 * 3 * 3 + 4 + 3 + 1
