"""Guessing in words: the card, private answers, the solution, and what the cards taught."""

import re

import pytest

from bot.chat.games.guess import WORDS
from bot.chat.i18n import english
from bot.chat.reply import Hush, Reply
from core.lessons.game.cards import Card
from tests.builders import exact
from tests.chat.games.rounds import (
    alone,
    began,
    card,
    guess,
    onwards,
    pressed_alone,
    shut,
    told,
)
from tests.walk.group import Group, shown

__all__ = ["exact"]


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


def truth(found: Card) -> str:
    return "never" if found.truth is None else f"{found.truth:.8f}"


async def test_a_card_asks_for_a_private_answer_by_form_and_by_door(group: Group) -> None:
    await began(group, "/challenge guess 5")
    post = group.posts()[-1]
    assert post.startswith("Card 1 of 5: where is it liquidated?\n")
    lines = post.splitlines()
    assert lines[-2] == "45 seconds. Answer in private: a price, or never."
    assert lines[-1].startswith("Binance rules")
    choice = group.wall.last.choices[0][0]
    assert (choice.say, choice.form) == ("/answer #1 1:{}", "Your price, or never")
    assert (choice.door, choice.kept, choice.aside) == ("card-1", True, True)


async def test_the_door_shows_the_card_and_what_is_written_there_is_the_answer(
    group: Group,
) -> None:
    await began(group, "/challenge guess 5")
    shown_ = await alone(group, "Mira", "/start card-1")
    assert "Write a price below, such as 54,000 or 54k. Or: never." in shown(shown_)
    assert "45 seconds" not in shown(shown_)
    assert labels(shown_) == [["Never"]]
    assert await pressed_alone(group, "Mira", "Never", shown_) == (
        "Taken: never. One change is left, for 10 points."
    )
    value = f"{card(group).entry * 2:f}"
    assert (await told(group, "Mira", value)).startswith("Changed to ")
    assert [given.value for given in guess(group).rounds.last.given] == ["never", value]


async def test_a_number_said_through_act_is_taken_too(group: Group) -> None:
    await began(group, "/challenge guess 5")
    said = [shown(await group.answer("Mira", f"/challenge act 1 1:{n}")) for n in (300, 301)]
    assert said == [
        "Taken. One change is left, for 10 points.",
        "Changed, for 10 points. That one counts.",
    ]


async def test_whoever_changed_already_is_told_so(group: Group) -> None:
    await began(group, "/challenge guess 5")
    entry = card(group).entry
    for part in (1, 2):
        await told(group, "Mira", f"{entry * part:f}")
    assert await told(group, "Mira", "never") == (
        "You have changed your answer already; that is done once."
    )


async def test_the_solution_tells_the_price_the_nearest_and_what_was_misunderstood(
    group: Group,
) -> None:
    await began(group, "/challenge guess 5")
    found = card(group)
    assert found.truth is not None
    away = found.entry + (found.entry - found.truth) / 2
    await told(group, "Mira", truth(found))
    await group.tick()
    await told(group, "Tobi", "never")
    await told(group, "Anna", f"{away:.8f}!")
    await shut(group)
    post = group.posts()[-1]
    assert re.match(r"It is liquidated at [\d,.]+, \d+\.\d% away\.\n", post)
    assert re.search(r"\nMira +\*?[\d,.]+ +0\.0%\n", post)
    assert "* fastest: 10 more" in post
    assert "\n- 1 x never: but the pool does not pay for such a move.\n" in post
    side = "below" if found.side.value == "long" else "above"
    assert f"\n- 1 x beyond the entry: a {found.side.value.upper()} ends {side} it.\n" in post
    assert re.search(r"now points\n1 Mira +\+110 +110\n2 (Anna|Tobi) +0 +0\n", post)


async def test_a_card_that_nobody_answered_says_so(group: Group) -> None:
    await began(group, "/challenge guess 5")
    await shut(group)
    assert "\nNobody answered.\n" in group.posts()[-1]
    late = await told(group, "Mira", "/answer #1 1:30000")
    assert late.startswith("Too late: the time was up at ")
    assert "No question is open for you now." in await told(group, "Mira", "/start card-1")


async def test_a_price_where_there_is_none_is_explained(group: Group) -> None:
    group.seed = lambda: f"{12:032x}"
    group.restart()
    await began(group, "/challenge guess 5")
    assert card(group).truth is None
    await told(group, "Mira", f"{card(group).entry / 2:f}")
    await told(group, "Tobi", "never")
    await shut(group)
    post = group.posts()[-1]
    assert post.startswith("It is never liquidated: its pool pays for a fall to zero.\n")
    assert "- 1 x a price: but the pool is worth more than the whole position.\n" in post
    assert re.search(r"\nTobi +\*?never +0\.0%\n", post)


async def played(group: Group, **parts: str) -> str:
    """Let everybody guess so many parts of the way to the price on all cards; return the end."""
    await began(group, "/challenge guess 5", *parts)
    for number in range(5):
        if number:
            await onwards(group)
        found = card(group)
        for who, part in parts.items():
            way = (found.truth or found.entry / 2) - found.entry
            said = part if part == "never" else f"{found.entry + way * type(way)(part):.8f}!"
            await told(group, who, said)
        await shut(group)
    await group.wait(9)
    return group.posts()[-1]


async def test_the_end_tells_the_podium_the_hardest_card_and_the_common_mistake(
    group: Group,
) -> None:
    end = await played(group, Mira="1", Tobi="never")
    assert re.match(r"Guess the price: Mira wins with \d+ points\.\n", end)
    assert re.search(r"\n- Place 1: Mira, \d+ points, off by \d+\.\d% in the mean\.\n", end)
    assert re.search(r"\nThe hardest was card \d \((isolated|cross)\): off by \d+% in", end)
    assert "\nMost common mistake (5 x): never, where the pool does not last.\n" in end
    assert labels(group.wall.last) == [["Again", "Audit"]]


async def test_where_nothing_was_misunderstood_it_tells_on_which_side_guesses_lay(
    group: Group,
) -> None:
    end = await played(group, Mira="0.95", Tobi="0.9")
    assert "\n10 of 10 guesses lay nearer to the entry than the price.\n" in end


async def test_guesses_beyond_the_price_had_forgotten_the_maintenance(group: Group) -> None:
    end = await played(group, Mira="1.05", Tobi="1.1")
    assert "\nOnly 0 of 10 guesses lay nearer: the maintenance margin brings it nearer.\n" in end


async def test_a_game_that_nobody_answered_taught_nothing(group: Group) -> None:
    await began(group, "/challenge guess 5")
    await shut(group)
    await onwards(group)
    await shut(group)
    end = group.posts()[-1]
    assert end.startswith("Guess the price: nobody has a point.\n")
    assert "hardest" not in end
    assert "mistake" not in end


async def test_ones_own_standing_and_the_state_of_play(group: Group) -> None:
    await began(group, "/challenge guess 5")
    status = shown(await group.answer("Otto", "/challenge status"))
    assert "entry and mark" in status
    await told(group, "Mira", truth(card(group)))
    await shut(group)
    mine = await group.answer("Mira", "/challenge mine")
    assert mine.private
    assert "Place 1: Mira, 110 points, off by 0.0% in the mean." in shown(mine)
    solved = shown(await group.answer("Anna", "/challenge status"))
    assert "\n1 Mira" in solved


async def test_a_card_that_is_struck_out_says_why(group: Group) -> None:
    await began(group, "/challenge guess 5")
    assert not isinstance(await group.say("Hope", "/challenge void 1 1"), Hush)
    await group.tick()
    assert group.posts()[-1] == (
        "Card 1 does not count: a host struck it out.\nAnother is asked in its place."
    )
    status = shown(await group.answer("Mira", "/challenge status"))
    assert status.endswith("Another is asked in its place.")


@pytest.mark.parametrize(
    ("name", "value", "shown_"),
    [("rounds", "5", "cards: 5"), ("late", "any", "late: any time")],
)
def test_options_have_names(name: str, value: str, shown_: str) -> None:
    label, figure = WORDS.options(name, value, english)
    assert f"{label}: {figure.value}" == shown_  # type: ignore[union-attr]
