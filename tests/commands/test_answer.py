"""/answer: private answers, numbers that could be two, and everything that is said but once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.reply import Reply
from bot.chat.request import Chat, Role
from tests.builders import exact
from tests.chat.games.rounds import (
    alone,
    began,
    card,
    guess,
    pressed_alone,
    quiz,
    right,
    told,
)
from tests.chat.games.test_quiz_views import tied
from tests.walk.group import Group, gathered, shown

__all__ = ["exact"]

CLOSED = "No question is open for you now. Wait for the next one."


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    async with gathered(tmp_path) as group:
        yield group


def given(group: Group) -> list[str]:
    return [each.value for each in guess(group).rounds.last.given]


def twice(group: Group) -> str:
    """A number that could be two: a thousandth of the entry."""
    entry = card(group).entry
    return f"{entry / 1000:f}"


async def test_a_number_typed_alone_is_the_answer_while_something_is_open(group: Group) -> None:
    await began(group, "/challenge guess 5")
    entry = card(group).entry
    assert await told(group, "Mira", f"{entry:,f}") == (
        f"Taken: {entry:,f}. One change is left, for 10 points."
    )
    assert given(group) == [f"{entry:f}"]


async def test_without_an_open_item_a_number_is_what_it_was(group: Group) -> None:
    assert "Taken" not in await told(group, "Mira", "54000")
    assert await told(group, "Mira", "/answer 54000") == CLOSED
    await began(group, "/challenge guess 5")
    assert await told(group, "Otto", "/answer 54000") == CLOSED
    assert "Taken" not in await told(group, "Otto", "54000")


async def test_a_letter_typed_alone_answers_a_quiz(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    assert await told(group, "Mira", right(group).lower()) == f"Taken: {right(group)}"
    assert await told(group, "Tobi", "/answer 3") == "Taken: 3"
    assert await told(group, "Anna", "/answer e") == (
        '"e" is no answer here. There are: a, b, c, d.'
    )


async def test_what_everybody_could_read_is_not_counted(group: Group) -> None:
    await began(group, "/challenge guess 5")
    said = await group.answer("Mira", "/answer 54000")
    assert shown(said) == "That is not counted: others could copy it. Answer in private."
    assert said.choices[0][0].door == "card-1"
    assert given(group) == []
    hidden = replace(group.request("Mira", "/answer never"), slash=True)
    answer = await group.ask(hidden)
    assert isinstance(answer, Reply)
    assert answer.private
    assert given(group) == ["never"]


async def test_a_number_that_could_be_two_is_asked_back_and_the_clock_waits(group: Group) -> None:
    await began(group, "/challenge guess 5")
    asked = await alone(group, "Mira", twice(group))
    assert shown(asked) == "Which price do you mean? Your clock waits 10 s."
    entry = card(group).entry
    assert [c.label for c in asked.choices[0]] == [f"{entry:,f}", f"{entry / 1000:,f}"]
    await group.tick(9)
    assert await pressed_alone(group, "Mira", f"{entry:,f}", asked) == (
        f"Taken: {entry:,f}. One change is left, for 10 points."
    )
    held, answered = guess(group).rounds.last.given
    assert (held.value, answered.value) == ("?", f"{entry:f}")
    assert answered.after == held.after


async def test_it_is_asked_once_and_then_taken_as_it_stands(group: Group) -> None:
    await began(group, "/challenge guess 5")
    await told(group, "Mira", twice(group))
    small = f"{card(group).entry / 1000:f}"
    assert (await told(group, "Mira", twice(group))).startswith(f"Taken: {small}")
    assert given(group) == ["?", small]


async def test_an_exclamation_mark_means_it(group: Group) -> None:
    await began(group, "/challenge guess 5")
    assert (await told(group, "Mira", f"{twice(group)}!")).startswith("Taken: ")


async def test_what_is_no_price_is_answered_with_one_that_is(group: Group) -> None:
    await began(group, "/challenge guess 5")
    assert await told(group, "Mira", "/answer moon") == ('"moon" is no price. Write 54,000 or 54k.')
    assert given(group) == []


async def test_the_same_update_twice_is_one_answer_and_told_alike(group: Group) -> None:
    await began(group, "/challenge guess 5")
    for text in (twice(group), f"{card(group).entry:f}"):
        request = replace(group.request("Mira", text), chat=Chat("mira"))
        first, second = [await group.ask(request) for _ in range(2)]
        assert first == second
    assert given(group) == ["?", f"{card(group).entry:f}"]


async def test_a_double_press_is_one_answer(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    first = right(group)
    assert [await group.told("Mira", first) for _ in range(2)] == [f"Taken: {first}"] * 2
    assert len(quiz(group).rounds.last.given) == 1


async def test_who_does_not_play_and_who_comes_late_is_told_so(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    assert "You are not in this game." in await group.told("Otto", "A")
    question = group.wall.last
    await group.wait(60)
    assert (await group.told("Mira", "A", question)).startswith("Too late")


async def test_an_answer_counts_by_when_it_was_sent_but_no_more_than_a_little(
    group: Group,
) -> None:
    await began(group, "/challenge quiz 5 faq")
    opened = quiz(group).rounds.last.opened
    assert opened is not None
    group.clock.at = opened + timedelta(seconds=10)
    for who, ago in (("Mira", 3), ("Tobi", 60), ("Anna", -60)):
        press = group.pressed(who, group.wall.last.choices[0][0])
        await group.ask(replace(press, at=group.clock.at - timedelta(seconds=ago)))
    assert [each.after for each in quiz(group).rounds.last.given] == [7000, 5000, 10000]


async def test_a_press_that_was_sent_in_time_counts_though_it_waited(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq", "Mira")
    question, opened = group.wall.last, quiz(group).rounds.last.opened
    assert opened is not None
    group.clock.at = opened + timedelta(seconds=21)
    await group.wait(2)
    assert quiz(group).rounds.last.closed is not None
    press = group.pressed("Mira", question.choices[0][0])
    answer = await group.ask(replace(press, at=opened + timedelta(seconds=19)))
    assert isinstance(answer, Reply)
    assert shown(answer) == "Taken: A"


async def test_of_two_games_the_one_that_asked_last_is_meant(group: Group) -> None:
    await began(group, "/challenge guess 5")
    await group.opened("/challenge quiz 5 faq")
    await group.press("Mira", "Join")
    await group.say("Hope", "/challenge quiz begin")
    await group.tick()
    assert await told(group, "Mira", "a") == "Taken: A"
    assert given(group) == []
    assert [each.value for each in quiz(group, 2).rounds.last.given] == ["a"]


async def test_an_answer_names_a_game_of_questions_that_the_asker_knows(group: Group) -> None:
    await group.duel()
    assert "No such game" in await told(group, "Mira", "/answer #1 54000")
    assert "No such game" in await told(group, "Mira", "/answer #99 54000")
    assert "No such game" in await told(group, "Mira", "/start card-moon")
    assert CLOSED in await told(group, "Mira", "/start card-1")


async def test_an_item_that_was_never_asked_takes_no_answer(group: Group) -> None:
    await began(group, "/challenge guess 5")
    assert '"7:54000" is no answer here. There are: 1.' in await told(
        group, "Mira", "/answer #1 7:54000"
    )


async def test_a_last_question_of_a_quiz_asks_back_without_a_clock_that_waits(
    group: Group,
) -> None:
    await tied(group)
    entry = quiz(group).items[-1].numbers["entry"]
    asked = await alone(group, "Mira", f"{entry / 1000:f}")
    assert shown(asked) == "Which price do you mean?"
    assert await pressed_alone(group, "Mira", f"{entry:,f}", asked) == f"Taken: {entry:,f}"
    assert [each.value for each in quiz(group).rounds.last.given] == [f"{entry:f}"]


async def test_the_door_is_for_those_who_play(group: Group) -> None:
    await began(group, "/challenge guess 5")
    group.hosts.add("Otto")
    assert "No such game" in await told(group, "Otto", "/start card-1")
    request = replace(group.request("Hope", "/start card-1"), chat=Chat("hope"))
    answer = await group.ask(request)
    assert isinstance(answer, Reply)
    assert "You are not in this game." in shown(answer)


async def test_an_anonymous_admin_answers_nothing(group: Group) -> None:
    await began(group, "/challenge guess 5")
    masked = replace(group.request("Mira", "/answer 5"), role=Role.MASKED)
    answer = await group.ask(masked)
    assert isinstance(answer, Reply)
    assert answer.outcome == "not_allowed"
