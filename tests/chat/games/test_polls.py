"""One question to a chat: who may ask, how it reads, what a press is told, when there is none."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.reply import Hush, Poll, Reply, Tone
from bot.chat.request import Chat
from tests.builders import exact
from tests.chat.games.rounds import LETTERS, began
from tests.commands.test_challenge import masked
from tests.walk.group import Group, shown

__all__ = ["exact"]


async def posed(group: Group, line: str = "/challenge poll") -> tuple[Reply, Poll]:
    """Let the host ask, and return the question."""
    reply = await group.answer("Hope", line)
    (block,) = reply.blocks
    assert isinstance(block, Poll), shown(reply)
    return reply, block


def wrong(poll: Poll) -> str:
    return LETTERS[(poll.right + 1) % 4]


async def test_a_question_stands_there_with_its_choices_by_letter(group: Group) -> None:
    reply, poll = await posed(group)
    (row,) = reply.choices
    assert [choice.label for choice in row] == list(LETTERS)
    assert all(choice.kept and choice.aside for choice in row)
    assert len(set(poll.choices)) == 4
    lines = shown(reply).splitlines()
    assert [line[:2] for line in lines[-4:]] == ["A ", "B ", "C ", "D "]
    assert not reply.private


async def test_a_press_is_told_alone_whether_it_is_right_and_why(group: Group) -> None:
    reply, poll = await posed(group)
    for who in ("Mira", "Tobi"):
        said = await group.press(who, LETTERS[poll.right], reply)
        assert isinstance(said, Reply)
        assert said.private
        assert shown(said).startswith(f"Right: {LETTERS[poll.right]} ")
        assert str(poll.why.text.split("{")[0]) in shown(said)


async def test_a_wrong_press_may_be_followed_by_any_number_of_others(group: Group) -> None:
    reply, poll = await posed(group)
    for _ in range(3):
        told = await group.told("Mira", wrong(poll), reply)
        assert told.startswith("Not that one")
    assert (await group.told("Mira", LETTERS[poll.right], reply)).startswith("Right: ")


async def test_an_explanation_names_its_topic(group: Group) -> None:
    for _ in range(30):
        reply, poll = await posed(group)
        if poll.source is not None:
            told = await group.told("Mira", LETTERS[poll.right], reply)
            assert re.search(r"More: /faq [a-z0-9-]+$", told)
            return
    raise AssertionError("no question of the content in 30")


async def test_a_made_up_question_says_which_mistake_a_wrong_choice_is(group: Group) -> None:
    for _ in range(40):
        reply, poll = await posed(group, "/challenge poll margin easy")
        if poll.given:  # figures are given in what is made up
            said = [await group.told("Mira", letter, reply) for letter in LETTERS]
            assert sum(told.startswith("Right: ") for told in said) == 1
            assert sum(told.startswith("Not that one: ") for told in said) == 3
            return
    raise AssertionError("no made-up question in 40")


async def test_the_whole_explanation_can_be_asked_for(group: Group) -> None:
    _, poll = await posed(group)
    asked = group.pressed("Mira", poll.whole)
    said = await group.ask(asked)
    assert isinstance(said, Reply)
    assert said.private
    assert shown(said).startswith("Right: ")


@pytest.mark.parametrize("line", ["/challenge poll fees", "/challenge poll medium fees"])
async def test_a_category_or_a_level_may_be_named(group: Group, line: str) -> None:
    await posed(group, line)


async def test_what_is_neither_is_answered_with_what_there_is(group: Group) -> None:
    reply = await group.answer("Hope", "/challenge poll moon")
    assert reply.tone is Tone.TROUBLE
    assert shown(reply).startswith("There is no moon. There are: modes, liquidation, ")


async def test_where_only_hosts_may_ask_others_are_told_how_they_could(group: Group) -> None:
    reply = await group.answer("Mira", "/challenge poll")
    assert (reply.tone, shown(reply)) == (
        Tone.TROUBLE,
        "Here only admins ask everybody. /host challenges on lets all of you.",
    )
    await group.say("Hope", "/host challenges on")
    group.clock.at += timedelta(minutes=1)
    asked = await group.answer("Mira", "/challenge poll")
    assert isinstance(asked.blocks[0], Poll)


async def test_the_same_request_twice_is_one_question(group: Group) -> None:
    request = group.request("Hope", "/challenge poll")
    assert await group.ask(request) == await group.ask(request)
    _, other = await posed(group)
    reply = await group.ask(request)
    assert isinstance(reply, Reply)
    assert reply.blocks[0] != other


async def test_a_chats_cooldown_holds(group: Group) -> None:
    await group.say("Hope", "/host challenges on")
    await group.say("Hope", "/host cooldown 60")
    assert isinstance(await group.say("Mira", "/challenge poll"), Reply)
    assert isinstance(await group.say("Mira", "/challenge poll"), Hush)


@pytest.mark.parametrize("line", ["/challenge quiz 5", "/challenge guess"])
async def test_beside_a_game_of_questions_there_is_none(group: Group, line: str) -> None:
    reply, poll = await posed(group)
    await began(group, line)
    for words in ("/challenge poll", "/challenge poll fees"):
        refused = await group.answer("Hope", words)
        assert shown(refused) == "A quiz or a guess is on here. When it is over, ask again."
    told = await group.told("Mira", LETTERS[poll.right], reply)
    assert told.startswith("You have an open question, so that is answered after ")
    assert (await group.told("Otto", LETTERS[poll.right], reply)).startswith("Right: ")


async def test_no_answer_and_no_such_question_say_so(group: Group) -> None:
    await posed(group)
    assert "There are: a, b, c, d." in shown(await group.answer("Mira", "/challenge poll 1 e"))
    group.clock.at += timedelta(minutes=1)
    assert "No such game" in shown(await group.answer("Mira", "/challenge poll 99 a"))


async def test_an_anonymous_admin_asks_by_a_press_under_the_real_name(group: Group) -> None:
    asked = await masked(group, "/challenge poll")
    assert asked.tone is Tone.ASK
    reply = await group.press("Hope", "/challenge poll", asked)
    assert isinstance(reply, Reply)
    assert isinstance(reply.blocks[0], Poll)


async def test_alone_with_the_bot_everybody_may_be_asked(group: Group) -> None:
    request = replace(group.request("Otto", "/challenge poll"), chat=Chat("otto"))
    reply = await group.ask(request)
    assert isinstance(reply, Reply)
    (poll,) = reply.blocks
    assert isinstance(poll, Poll)
    press = replace(group.pressed("Otto", reply.choices[0][poll.right]), chat=Chat("otto"))
    said = await group.ask(press)
    assert isinstance(said, Reply)
    assert shown(said).startswith("Right: ")
