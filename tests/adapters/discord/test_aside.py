"""Buttons of a board that everybody may press: each is answered where nobody else sees it."""

import discord
import pytest

from bot.adapters.discord.deliver import post
from bot.chat.reply import Choice, Hush, Reply, Text, Words
from tests.adapters.discord.stage import Stage, body, first, ids, labels
from tests.fakes.desk import one_line, private

BOARD = Reply(
    (Text(Words("Round 1.")),),
    (
        (
            Choice("Join", "/join", kept=True, aside=True),
            Choice("Mine", "/mine", kept=True, aside=True),
            Choice("Rematch", "/again", kept=True),
        ),
    ),
)
CARD = Reply(
    (Text(Words("Worth 4,947.55.")),), ((Choice("Refresh", "/mine", replace=True, kept=True),),)
)


async def board(stage: Stage) -> discord.Message:
    """Let a board stand in the channel."""
    stage.desk.answers |= {
        "/join": one_line("You play."),
        "/mine": private(CARD),
        "/again": Reply(
            (Text(Words("Draft.")),), ((Choice("Open it", "/open", replace=True, kept=True),),)
        ),
    }
    channel = stage.env.bot.get_partial_messageable(stage.channel.id)
    await post(channel, stage.desk, BOARD)
    message = stage.channel.last_message
    assert message is not None
    return message


@pytest.mark.parametrize("label", ["Join", "Mine"])
async def test_an_answer_is_for_whoever_presses_alone(stage: Stage, label: str) -> None:
    shown = await board(stage)
    for person in (stage.mira, stage.tobi):
        result = await person.click(shown, label=label)
        assert result.ephemeral
        request = stage.desk.last
        assert (request.who.id, request.kept, request.aside) == (str(person.id), True, True)
    assert [body(message) for message in stage.channel.history()] == ["Round 1."]


async def test_what_hangs_below_it_stays_hidden_and_is_its_owners(stage: Stage) -> None:
    shown = await board(stage)
    mine = first(await stage.mira.click(shown, label="Mine"))
    assert all(not each.startswith("m1:0:") for each in ids(mine))
    stage.desk.answers["/mine"] = private(one_line("Worth 5,000.00."))
    await stage.mira.click(mine, label="Refresh")
    assert body(mine) == "Worth 5,000.00."
    assert [body(message) for message in stage.channel.history()] == ["Round 1."]


async def test_a_slow_answer_is_hidden_too(stage: Stage) -> None:
    shown = await board(stage)
    stage.desk.delays["/join"] = 5
    result = await stage.tobi.click(shown, label="Join")
    await stage.env.advance_time(6)
    assert [page.ephemeral for page in result.followups] == [True]


async def test_silence_only_takes_the_press(stage: Stage) -> None:
    shown = await board(stage)
    stage.desk.answers["/join"] = Hush()
    result = await stage.tobi.click(shown, label="Join")
    assert (result.acknowledged, result.followups) == (True, [])


async def test_what_comes_below_a_board_is_for_all_and_belongs_to_whoever_pressed(
    stage: Stage,
) -> None:
    shown = await board(stage)
    result = await stage.mira.click(shown, label="Rematch")
    assert not result.ephemeral
    draft = first(result)
    refused = await stage.tobi.click(draft, label="Open it")
    assert refused.ephemeral
    assert not stage.desk.last.kept
    await stage.mira.click(draft, label="Open it")
    assert (stage.desk.last.text, stage.desk.last.kept) == ("/open", True)


async def test_a_personal_button_is_nobody_elses(stage: Stage) -> None:
    """An id says whose a button is; those of answers to one person never say: everybody's."""
    stage.desk.answers["price"] = Reply(
        (Text(Words("Ten.")),), ((Choice("Yes", "/yes", kept=True),),)
    )
    shown = first(await stage.mira.slash(stage.channel, "price"))
    assert labels(shown) == [["Yes"]]
    assert all(not each.startswith("m1:0:") for each in ids(shown))
    await stage.tobi.click(shown, label="Yes")
    assert not stage.desk.last.kept


async def test_a_press_and_a_message_carry_the_platforms_own_time(stage: Stage) -> None:
    shown = await board(stage)
    await stage.mira.click(shown, label="Join")
    await stage.mira.send_dm("54000")
    for request in stage.desk.requests[-2:]:
        number = int(request.id.removeprefix("discord:"))
        assert request.at == discord.utils.snowflake_time(number)


async def test_what_is_there_for_all_under_an_answer_is_no_less_so(stage: Stage) -> None:
    letters = tuple(Choice(each, f"/say {each}", kept=True, aside=True) for each in "AB")
    stage.desk.answers["price"] = Reply((Text(Words("Which?")),), (letters,))
    shown = first(await stage.mira.slash(stage.channel, "price"))
    for person in (stage.tobi, stage.mira):
        assert (await person.click(shown, label="B")).ephemeral
        request = stage.desk.last
        assert (request.text, request.who.id, request.kept) == ("/say B", str(person.id), True)
