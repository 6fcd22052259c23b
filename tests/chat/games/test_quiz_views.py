"""The messages of a quiz: what is asked, what was right and why, and what a game taught."""

import re

import pytest

from bot.chat.reply import Hush
from tests.builders import exact
from tests.chat.games.rounds import (
    alone,
    began,
    item,
    onwards,
    quiz,
    right,
    shut,
    told,
    wrong,
)
from tests.walk.group import Group, shown

__all__ = ["exact"]


def labels(group: Group) -> list[list[str]]:
    return [[choice.label for choice in row] for row in group.wall.last.choices]


async def test_a_question_stands_there_with_a_letter_for_each_choice(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    lines = group.posts()[-1].splitlines()
    assert lines[:2] == ["Question 1 of 5.", item(group).text]
    assert [line[:2] for line in lines[2:]] == ["A ", "B ", "C ", "D "]
    assert [line[2:] for line in lines[2:]] == [c.text for c in item(group).choices]
    assert labels(group) == [["A", "B", "C", "D"]]
    assert all(c.aside and c.kept for row in group.wall.last.choices for c in row)


async def test_whoever_presses_is_told_what_was_taken_and_nothing_more(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    for letter in (right(group), wrong(group)):
        assert await group.told({right(group): "Mira"}.get(letter, "Tobi"), letter) == (
            f"Taken: {letter}"
        )


async def test_only_the_first_answer_counts(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    first = right(group)
    await group.press("Mira", first)
    assert await group.told("Mira", wrong(group)) == (
        "You have answered already, and the first answer counts."
    )
    assert await group.told("Mira", first) == f"Taken: {first}"
    assert len(quiz(group).rounds.last.given) == 1


async def test_the_solution_says_why_how_often_each_was_chosen_and_who_is_ahead(
    group: Group,
) -> None:
    await began(group, "/challenge quiz 5 faq")
    good, bad = right(group), wrong(group)
    await group.press("Mira", good)
    await group.press("Tobi", bad)
    await shut(group)
    solution = group.posts()[-1]
    asked = item(group)
    assert solution.startswith(f"{good} is right: {asked.choices[asked.right].text}\n")
    assert asked.explanation in solution
    assert f"- 1 x {good}: right\n- 1 x {bad}\n" in solution
    assert solution.endswith(f"\nMore: /faq {asked.source}")
    assert re.search(r"now points\n1 Mira +\+15 +15\n2 (Anna|Tobi) ", solution)
    assert re.search(r"\n2 Anna +- +0", solution)
    assert labels(group) == [["Mine", "Report"]]


async def test_a_wrong_number_is_told_by_the_mistake_that_leads_to_it(group: Group) -> None:
    await began(group, "/challenge quiz 5 numbers fees")
    await group.press("Mira", wrong(group))
    await shut(group)
    solution = group.posts()[-1]
    assert re.search(rf"\n- 1 x {wrong(group)}: [a-z]", solution)
    assert "The fee is on the whole position" in solution
    assert labels(group) == [["Mine"]]


async def test_a_question_without_answers_says_so(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await shut(group)
    assert "\nNobody answered.\n" in group.posts()[-1]


async def test_when_the_time_is_up_no_letter_is_left_to_press(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    before = group.wall.last
    await shut(group)
    await onwards(group)
    question = group.posts()[1]
    assert question.endswith("The time is up.")
    late = await group.told("Mira", "A", before)
    assert late.startswith("Too late: the time was up at ")


async def test_where_nobody_answers_twice_the_game_is_over(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await shut(group)
    await onwards(group)
    await shut(group)
    assert group.posts()[-1].startswith("Margin quiz: nobody has a point.\n")
    assert labels(group) == [["Again", "Audit"]]


async def played(group: Group) -> None:
    """Play five questions: Mira is right, Tobi wrong, Anna slow and right."""
    for number in range(5):
        if number:
            await onwards(group)
        await group.press("Mira", right(group))
        await group.press("Tobi", wrong(group))
        await group.tick(10)
        await group.press("Anna", right(group))
        await group.tick()


async def test_the_end_tells_the_podium_and_what_the_answers_taught(group: Group) -> None:
    await began(group, "/challenge quiz 5 numbers")
    await played(group)
    await group.wait(9)
    end = group.posts()[-1]
    assert end.startswith("Margin quiz: Mira wins with 85 points.\n")
    assert "- Place 1: Mira, 85 points, 5 right in 0.8 s each.\n" in end
    assert re.search(r"\n- Place 2: Anna, 7\d points, 5 right in 10\.\d s each\.\n", end)
    assert "Place 3" not in end
    assert "\nThe hardest was question 1: 2 of 3 right.\n" in end
    assert re.search(r"\nMost common mistake \(\d x\): [a-z]", end) or "survives" in {
        each.kind for each in quiz(group).items
    }
    assert re.search(r"\n1 Mira +85\n2 Anna +7\d\n3 Tobi +0\n", end)


async def test_everybody_sees_their_own_standing_alone(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await group.press("Mira", right(group))
    await shut(group)
    said = await group.press("Mira", "Mine")
    assert not isinstance(said, Hush)
    assert said.private
    assert "Place 1: Mira, 15 points, 1 right in 0 s each." in shown(said)
    assert "You are not in this game." in await group.told("Otto", "Mine")


async def test_before_it_begins_there_is_no_standing(group: Group) -> None:
    await group.opened("/challenge quiz 5")
    await group.press("Mira", "Join")
    assert "It has not begun yet." in shown(await group.answer("Mira", "/challenge mine"))


async def test_status_shows_the_question_or_its_solution_or_why_it_is_void(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    status = shown(await group.answer("Otto", "/challenge status"))
    assert status.startswith("Margin quiz #1: running, 3 play.\n")
    assert item(group).text in status
    await shut(group)
    solved = shown(await group.answer("Anna", "/challenge status"))
    assert item(group).explanation in solved
    await group.say("Hope", "/challenge void 1 1")
    void = shown(await group.answer("Mira", "/challenge status"))
    assert void == "Margin quiz #1: running, 3 play."


# --- the last question of all ---------------------------------------------------------------------


async def tied(group: Group) -> None:
    """Let Mira and Tobi be first and equal after all questions."""
    await began(group, "/challenge quiz 5 faq")
    for number in range(5):
        if number:
            await onwards(group)
        for who in ("Mira", "Tobi"):
            await group.press(who, right(group))
        await shut(group)
    await onwards(group)


async def test_equals_get_one_more_question_for_them_alone(group: Group) -> None:
    await tied(group)
    post = group.posts()[-1]
    assert post.startswith("The last question of all.\nFor these alone: Mira, Tobi.\n")
    assert labels(group) == [["Answer"]]
    assert "You are not in this game" in await told(group, "Anna", "54000")
    alone_ = await alone(group, "Mira", "/start card-1")
    assert "\nWrite a price below, such as 54,000 or 54k." in shown(alone_)
    truth = item(group).truth
    assert truth is not None
    assert "Taken: " in await told(group, "Mira", f"{truth:.8f}!")
    await told(group, "Tobi", f"{item(group).numbers['entry']}")
    await group.tick()
    solution = group.posts()[-1]
    assert solution.startswith("It is liquidated at ")
    assert re.search(r"answer +off\nMira +[\d,.]+ +0\.0%\nTobi +[\d,.]+ +100\.0%\n", solution)
    await group.wait(9)
    assert group.posts()[-1].startswith("Margin quiz: Mira wins with 85 points.")


async def test_equals_who_do_not_answer_share_the_place(group: Group) -> None:
    await tied(group)
    await shut(group)
    assert "\nNobody answered.\n" in group.posts()[-1]
    await group.wait(9)
    assert group.posts()[-1].startswith("Margin quiz: 2 share the first place with 85 points.")


async def test_a_last_question_whose_time_is_up_is_shown_without_a_way_to_answer(
    group: Group,
) -> None:
    await tied(group)
    number = quiz(group).rounds.last.number
    await shut(group)
    assert number == 6
    question = next(post for post in group.posts() if post.startswith("The last question"))
    assert question.endswith("The time is up.") or "Answer" not in question


@pytest.mark.parametrize(("why", "line"), [("host", "a host struck it out.")])
async def test_a_void_question_says_why_and_that_another_follows(
    group: Group, why: str, line: str
) -> None:
    await began(group, "/challenge quiz 5 faq")
    await group.say("Hope", "/challenge void 1 1")
    await group.tick()
    assert quiz(group).rounds.asks[0].void == why
    assert group.posts()[-1] == (
        f"Question 1 does not count: {line}\nAnother is asked in its place."
    )
