"""The arena in words: the board while it is played, who won, and what it taught."""

import re

from bot.chat.figures import Label
from bot.chat.games.arena import WORDS
from bot.chat.i18n import english
from bot.chat.reply import Reply
from core.lessons.challenges.arena import KIND
from tests.chat.games.arena_story import against_each_other, opened, over, trade
from tests.walk.group import Group, shown


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


def width(text: str) -> int:
    """Columns of the widest line of a table: lines that hold figures in columns."""
    return max(len(line) for line in text.splitlines() if re.search(r"\d\.\d|score", line))


def test_every_option_has_words() -> None:
    words = {
        option.name: [WORDS.options(option.name, value, english) for value in option.values]
        for option in KIND.options
    }
    assert {name: {label for label, _ in told} for name, told in words.items()} == {
        "length": {"time"},
        "leverage": {"leverage"},
        "modes": {"modes"},
        "pairs": {"pairs"},
        "late": {"late"},
    }


def test_pairs_are_named_and_of_many_the_number_is_told() -> None:
    told = [WORDS.options("pairs", value, english)[1] for value in ("all", "BTC ETH", "A " * 9)]
    assert told == [Label("all"), Label("BTC ETH"), Label("9 coins")]


async def test_an_order_on_another_pair_is_refused_with_those_that_are_traded(
    group: Group,
) -> None:
    await opened(group, "Mira", "Tobi", options="pairs btc eth sol")
    answer = await group.answer("Mira", "/trade long doge 10x 500")
    assert answer.outcome == "not_allowed_here"
    assert shown(answer) == "Only these are traded here: BTC ETH SOL. Take one of them."
    await trade(group, "Mira", "long sol 10x 500")
    assert re.search(r"\npairs +BTC ETH SOL\n", group.posts()[0])


async def test_the_board_tells_the_end_the_scores_and_the_falls(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    await trade(group, "Mira", "long btc 20x 4000 cross")
    await group.tick(90)
    board = group.posts()[1]
    assert board.startswith("Arena: 2 trade.\nEnds 2026-12-01 13:00 UTC.\n")
    assert re.search(r"\n +score +fall\n", board)
    assert re.search(r"\n- Mira +-?\d+\.\d +\d+\.\d%\n", board)
    assert "live" in board
    assert "seed" not in board
    assert labels(group.wall.posts["2"]) == [["Mine", "Rules"], ["Join", "Leave"]]


async def test_before_its_message_is_there_no_time_runs(group: Group) -> None:
    await group.opened("/challenge arena")
    for who in ("Mira", "Tobi"):
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin 1")
    status = shown(await group.answer("Mira", "/challenge status"))
    assert "Ends" not in status


async def test_who_came_late_has_a_star(group: Group) -> None:
    await opened(group, "Mira", "Tobi", options="quarter")
    await group.press("Lena", "Join")
    await group.tick(70)
    board = group.posts()[1]
    assert re.search(r"- Lena +\*0 +0\.0%\n", board)
    assert "* came late" in board


async def test_names_of_twelve_letters_fit_thirty_columns(group: Group) -> None:
    await opened(group, "Bartholomew1", "Wilhelmina22", options="quarter")
    await group.press("Maximilian33", "Join")
    await trade(group, "Bartholomew1", "long btc 20x 9000 cross")
    await group.tick(70)
    assert "Bartholomew1" in group.posts()[1]
    assert width(group.posts()[1]) <= 30


async def test_the_end_names_the_winner_and_counts_what_walls_took(group: Group) -> None:
    await opened(group, "Mira", "Tobi", "Lena")
    await against_each_other(group)
    await trade(group, "Lena", "long sol 20x 9500 isolated")
    await over(group)
    end = group.posts()[2]
    assert re.match(r"Arena: Lena wins with -?\d+\.\d\.\n|Arena: Lena wins", end)
    assert labels(group.wall.last)[-1] == ["Again", "Audit"]
    assert "seed 0" in end


async def test_where_nobody_is_listed_nobody_wins(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    await over(group)
    end = group.posts()[2]
    assert end.startswith("Arena: nobody is listed.\n")
    assert "Nobody was liquidated." in end


async def test_a_wall_that_fell_is_counted_in_the_lesson(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    await trade(group, "Mira", "long xrp 20x 9000 isolated")
    await trade(group, "Tobi", "short xrp 20x 9000 isolated")
    await over(group)
    assert re.search(r"\d liquidations took \d+\.\d% of all the money", group.posts()[2])
