"""Numbers in a window of their own: what is typed there is said by the button, to nobody else."""

import json

import discord
import pytest

from bot.adapters.discord.client import MarginClient
from bot.adapters.discord.deliver import post
from bot.adapters.discord.limits import FORM_TITLE
from bot.chat.reply import Choice, Reply, Text, Words
from tests.adapters.discord.stage import Stage, body, first
from tests.fakes.desk import one_line, private

LINE = "/answer #7 3:{}"
ANSWER = Choice(
    "Answer", "/answer #7 3:{}", kept=True, aside=True, form="Your price", door="card-7"
)


async def card(stage: Stage, choice: Choice = ANSWER) -> discord.Message:
    """Let a card stand in the channel, on which everybody may answer."""
    channel = stage.env.bot.get_partial_messageable(stage.channel.id)
    await post(channel, stage.desk, Reply((Text(Words("Where?")),), ((choice,),)))
    message = stage.channel.last_message
    assert message is not None
    return message


async def test_a_press_opens_a_window_with_one_line(stage: Stage) -> None:
    asked = await stage.mira.click(await card(stage), label="Answer")
    assert asked.modal is not None
    assert asked.modal["title"] == "Answer"
    assert '"Your price"' in json.dumps(asked.modal["components"])
    assert stage.desk.requests == []


@pytest.mark.parametrize("typed", ["54000", "54.000,5 k", "never", "{} {0}", "/reset yes"])
async def test_what_is_typed_takes_its_place_and_is_answered_alone(
    stage: Stage, typed: str
) -> None:
    shown = await card(stage)
    stage.desk.answers[f"/answer #7 3:{typed}"] = private(one_line("Taken."))
    for person in (stage.mira, stage.tobi):
        asked = await person.click(shown, label="Answer")
        told = await person.submit_modal(asked, {"typed": typed})
        assert (told.ephemeral, body(first(told))) == (True, "Taken.")
        request = stage.desk.last
        assert request.text == f"/answer #7 3:{typed}"
        assert (request.who.id, request.kept, request.aside) == (str(person.id), True, True)
    assert len(stage.channel.history()) == 1


async def test_a_window_outlives_the_bot_that_opened_it(stage: Stage) -> None:
    asked = await stage.mira.click(await card(stage), label="Answer")
    await stage.env.restart_bot(MarginClient(stage.desk))
    await stage.mira.submit_modal(asked, {"typed": "54000"})
    assert stage.desk.last.text == "/answer #7 3:54000"


async def test_a_slow_answer_is_for_whoever_typed_it_alone(stage: Stage) -> None:
    asked = await stage.mira.click(await card(stage), label="Answer")
    stage.desk.delays["/answer #7 3:5"] = 5
    told = await stage.mira.submit_modal(asked, {"typed": "5"})
    await stage.env.advance_time(6)
    assert [page.ephemeral for page in told.followups] == [True]
    assert len(stage.channel.history()) == 1


async def test_a_long_label_is_cut_to_what_a_window_takes(stage: Stage) -> None:
    label = "\U0001f680" * 40
    choice = Choice(label, LINE, kept=True, aside=True, form=label)
    asked = await stage.mira.click(await card(stage, choice), label=label)
    assert asked.modal is not None
    assert len(asked.modal["title"].encode("utf-16-le")) // 2 <= FORM_TITLE


async def test_a_window_of_a_button_from_before_has_the_buttons_own_label(stage: Stage) -> None:
    shown = await card(stage)
    (row,) = stage.env.backend.get_message(stage.channel.id, shown.id).components
    for button in row["components"]:
        button["custom_id"] = button["custom_id"].partition("|")[0]
    asked = await stage.mira.click(shown, label="Answer")
    assert '"Answer"' in json.dumps(asked.modal and asked.modal["components"])
    await stage.mira.submit_modal(asked, {"typed": "54000"})
    assert stage.desk.last.text == "/answer #7 3:54000"
