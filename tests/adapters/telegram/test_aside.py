"""Buttons of a board that everybody may press: each is answered alone, in a small window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.telegram import Rate, Rates
from bot.chat.figures import Money
from bot.chat.reply import Choice, File, Hush, Reply, Text, Title, Tone, Words
from bot.chat.request import Chat, Place, Role
from core.money import D
from tests.adapters.telegram.stage import Stage, card, playing
from tests.fakes.botapi import Fault
from tests.fakes.botapi.world import GROUP, Json, Posted
from tests.fakes.desk import ScriptedDesk, one_line

MIRA, TOBI = 111, 222
BOARD = card(
    "ROUND 1",
    (
        Choice("Join", "/join", kept=True, aside=True),
        Choice("Mine", "/mine", kept=True, aside=True),
        Choice("Rematch", "/again", kept=True),
    ),
)
CARD = Reply(
    (Title(Words("Yours.")), Text(Words("Worth {worth}.", {"worth": Money(D("4947.55"))}))),
    ((Choice("Refresh", "/mine", replace=True, kept=True),),),
    private=True,
    short=Words("Worth {worth}.", {"worth": Money(D("4947.55"))}),
)
ANSWERS: dict[str, Reply | Hush] = {
    "/join": one_line("You play as Mira."),
    "/mine": CARD,
    "/again": card("DRAFT", (Choice("Open it", "/open", replace=True, kept=True),)),
}


@asynccontextmanager
async def board(**options: Any) -> AsyncIterator[tuple[Stage, Posted]]:
    """Run an adapter in whose group a board stands."""
    async with playing(ScriptedDesk(ANSWERS), **options) as stage:
        where = Chat(str(stage.world.group()["id"]), Place.GROUP)
        await stage.adapter.post(where, BOARD)
        (posted,) = stage.world.from_bot(GROUP)
        yield stage, posted


async def pressed(stage: Stage, who: Json, posted: Posted, label: str) -> Json:
    """Press a button; return what the window says."""
    press = stage.world.press(who, posted, label)
    await stage.api.until(lambda: press.answers)
    await stage.idle()
    (answer,) = press.answers
    return answer


def in_private(stage: Stage, who: int) -> list[str]:
    return [posted.text for posted in stage.world.from_bot(who)]


def started(stage: Stage, who: int) -> Json:
    """Somebody who has opened the private chat."""
    person = stage.world.person(who)
    stage.world.started.add(who)
    stage.world.private(person)
    return person


async def test_a_short_answer_is_a_window_and_no_message() -> None:
    async with board() as (stage, posted):
        for who in (started(stage, MIRA), stage.world.person(TOBI)):
            said = await pressed(stage, who, posted, "Join")
            assert (said["text"], said["show_alert"]) == ("You play as Mira.", "true")
            assert (stage.desk.last.who.id, stage.desk.last.kept) == (str(who["id"]), True)
            assert stage.desk.last.aside
        assert (len(stage.world.from_bot()), posted.edits) == (1, 0)


async def test_what_has_no_room_there_goes_into_the_private_chat() -> None:
    async with board() as (stage, posted):
        said = await pressed(stage, started(stage, MIRA), posted, "Mine")
        assert said["text"] == "Worth 4,947.55."
        (mine,) = in_private(stage, MIRA)
        assert mine.startswith("Yours.")
        assert len(stage.world.from_bot(GROUP)) == 1


async def test_the_card_there_is_its_owners_and_freshens_in_place() -> None:
    async with board() as (stage, posted):
        mira = started(stage, MIRA)
        await pressed(stage, mira, posted, "Mine")
        (mine,) = stage.world.from_bot(MIRA)
        stage.desk.answers["/mine"] = card("Later.")
        await pressed(stage, mira, mine, "Refresh")
        assert (mine.edits, mine.text.splitlines()[0]) == (1, "Later.")
        assert (stage.desk.last.chat.place, stage.desk.last.aside) == (Place.PRIVATE, False)


async def test_whoever_never_started_the_bot_reads_the_essential_and_where_the_rest_is() -> None:
    async with board() as (stage, posted):
        said = await pressed(stage, stage.world.person(TOBI), posted, "Mine")
        assert said["text"] == "Worth 4,947.55. Start me in private to get the rest there."
        assert len(stage.world.from_bot()) == 1


async def test_a_long_sentence_leaves_room_for_where_the_rest_is() -> None:
    async with board() as (stage, posted):
        long = Words("word " * 100)
        stage.desk.answers["/mine"] = Reply((Title(long), Text(long)), private=True, short=long)
        said = await pressed(stage, stage.world.person(TOBI), posted, "Mine")
        assert len(said["text"]) <= 200
        assert said["text"].endswith("… Start me in private to get the rest there.")


@pytest.mark.parametrize("fault", ["crowded", "broken"])
async def test_a_private_chat_that_takes_nothing_now_keeps_no_press_waiting(fault: str) -> None:
    rates = Rates(Rate(1, 60, 0), Rate(1000, 1, 1), 1000)
    async with board(rates=rates) as (stage, posted):
        mira = started(stage, MIRA)
        if fault == "crowded":
            await pressed(stage, mira, posted, "Mine")
        else:
            stage.api.fault("sendMessage", Fault(status=500))
        said = await pressed(stage, mira, posted, "Mine")
        assert said["text"] == "Worth 4,947.55."
        assert len(stage.world.from_bot(MIRA)) == (1 if fault == "crowded" else 0)


async def test_files_come_into_the_private_chat_too() -> None:
    async with board() as (stage, posted):
        file = File("game.json", "application/json", "{}")
        stage.desk.answers["/mine"] = Reply((Text(Words("The game.")), file))
        await pressed(stage, started(stage, MIRA), posted, "Mine")
        assert len(stage.world.from_bot(MIRA)) == 2


async def test_silence_is_told_as_such() -> None:
    async with board() as (stage, posted):
        stage.desk.answers["/join"] = Hush(outcome="switched_off")
        said = await pressed(stage, stage.world.person(TOBI), posted, "Join")
        assert said["text"] == "There is nothing to show."


async def test_a_refusal_stays_between_the_bot_and_whoever_pressed() -> None:
    async with board() as (stage, posted):
        refused = Reply(
            (Text(Words("Only cross may do that.")),),
            ((Choice("Challenges", "/challenge", kept=True),),),
            Tone.TROUBLE,
            private=True,
        )
        stage.desk.answers["/join"] = refused
        said = await pressed(stage, started(stage, MIRA), posted, "Join")
        assert said["text"] == "Only cross may do that."
        assert len(stage.world.from_bot()) == 1


async def test_a_role_is_looked_up_where_it_matters() -> None:
    async with board() as (stage, posted):
        stage.desk.roles_wanted = True
        stage.world.members[GROUP][TOBI] = "administrator"
        await pressed(stage, stage.world.person(TOBI), posted, "Join")
        assert stage.desk.last.role is Role.HOST


async def test_what_comes_below_a_board_belongs_to_whoever_pressed() -> None:
    async with board() as (stage, posted):
        mira, tobi = started(stage, MIRA), stage.world.person(TOBI, "Tobi")
        await pressed(stage, mira, posted, "Rematch")
        _, draft = stage.world.from_bot(GROUP)
        said = await pressed(stage, tobi, draft, "Open it")
        assert "text" in said  # a window of his own, and nothing is done
        assert (stage.desk.last.kept, draft.edits) == (False, 0)
        await pressed(stage, mira, draft, "Open it")
        assert (stage.desk.last.text, stage.desk.last.kept) == ("/open", True)
        assert draft.edits == 1


async def test_a_press_and_a_line_carry_the_moment_at_which_they_came_in() -> None:
    async with board() as (stage, posted):
        mira = started(stage, MIRA)
        came = stage.desk.at
        await pressed(stage, mira, posted, "Join")
        assert stage.desk.last.at == came
        stage.desk.at += timedelta(seconds=7)
        stage.world.say(mira, "54000")
        await stage.answered(1, MIRA)
        assert (stage.desk.last.text, stage.desk.last.at) == ("54000", came + timedelta(seconds=7))
