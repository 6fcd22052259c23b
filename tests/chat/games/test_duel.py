"""The mode duel in words: who stands behind which wall, who won, and why."""

import re

import pytest

from bot.chat.reply import Reply
from tests.walk.group import Group, shown

ROUND = 905
"""Seconds of a round of a quarter of an hour, and a few more."""


async def played(group: Group, rounds: int = 3) -> None:
    """Let time pass until so many rounds are over."""
    await group.tick()
    for number in range(rounds):
        if number:
            await group.wait(31)
            await group.tick()
        await group.wait(ROUND)


def titles(group: Group) -> list[str]:
    return [post.splitlines()[0] for post in group.posts()]


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


async def test_a_round_says_what_all_trade_and_who_stands_behind_which_wall(group: Group) -> None:
    await group.duel("50x")
    board = group.posts()[1]
    traded = r"Mode duel, round 1\.\nLONG [A-Z]+ 50x for all, 1,000 of 5,000 USDT\.\n"
    assert re.match(traded, board)
    assert re.search(r"\nTobi +cross +-\n", board)
    assert re.search(r"\nMira +iso +-\n", board)
    assert "Everybody enters at the next mark." in board
    assert labels(group.wall.last) == [["Add margin", "Hedge", "Close"], ["Mine", "Rules"]]


async def test_a_board_that_is_played_tells_marks_and_wallets_best_first(group: Group) -> None:
    await group.duel("50x")
    await group.tick(35)
    board = group.posts()[1]
    assert re.search(r"entry mark +[\d.,]+\nmark +[\d.,]+\n", board)
    assert re.search(r"moved +[-+]\d\.\d\d%\n", board)
    assert re.search(r"ends +Tue 12:15\n", board)
    assert re.search(r"Tobi +cross +[-+]\d+\.\d\d\n *Mira +iso +[-+]\d+\.\d\d\n", board)
    assert "seed" not in board  # the lobby told its hash


async def test_a_wall_that_fell_has_a_star_and_the_result_tells_why(group: Group) -> None:
    await group.duel("50x")
    await played(group, 1)
    result = group.posts()[2]
    assert result.startswith("Round 1: cross wins, Tobi.\n")
    assert re.search(r"Mira +iso\*-1,02\d\.\d\d\n\* liquidated", result)
    assert "The isolated wall fell. Cross lived through the same move" in result
    assert result.endswith("Rounds won: Tobi 1, Mira 0.")
    assert "ends" not in result


async def test_the_walls_change_hands_every_round_and_the_pair_too(group: Group) -> None:
    await group.duel("50x")
    await played(group, 1)
    await group.wait(31)
    board = group.posts()[3]
    first = re.search(r"LONG ([A-Z]+) 50x", group.posts()[1])
    second = re.match(r"Mode duel, round 2\.\nLONG ([A-Z]+) 50x", board)
    assert first
    assert second
    assert first[1] != second[1]
    assert re.search(r"Tobi +iso +-\n", board)


async def test_the_end_tells_the_match_round_by_round_and_the_seed(group: Group) -> None:
    await group.duel("50x")
    await played(group)
    end = group.posts()[-1]
    assert end.startswith("Mode duel: 1 to 1; Tobi wins by fewer or smaller losses.\n")
    line = r"{} [A-Z]+ +[+-]\d\S+ +[+-]\d\S+\n"
    assert re.search("".join(line.format(number) for number in (1, 2, 3)), end)
    assert "Walls that fell: 2 isolated, 0 cross." in end
    assert "seed 00000000000000000000000000000001" in end
    assert labels(group.wall.last) == [["Rematch", "Audit"]]


async def test_a_match_that_nobody_won_is_a_tie(group: Group) -> None:
    group.seed = lambda: f"{3:032x}"
    group.restart()
    await group.duel("50x")
    await played(group)
    assert titles(group)[-1] == "Mode duel: a tie, 0 to 0."
    assert [title for title in titles(group) if "draw" in title] == [
        f"Round {number}: a draw." for number in (1, 2, 3)
    ]
    assert "No wall fell in this match." in group.posts()[-1]


async def test_whoever_leaves_loses_the_round_and_away_for_long_the_match(group: Group) -> None:
    await group.duel()
    await group.tick(5)
    await group.say("Tobi", "/challenge leave")
    await group.tick()
    assert titles(group)[-1] == "Round 1: Mira wins, nobody was left on the other side."
    await group.wait(700)
    assert titles(group)[-1] == "Mode duel: Mira wins, 3 to 0."
    assert re.search(r"\n1 +- +-\n2 +- +-\n3 +- +-\n", group.posts()[-1])


async def test_a_round_given_up_before_the_entry_has_no_marks(group: Group) -> None:
    await group.duel()
    await group.say("Tobi", "/challenge leave")
    await group.tick()
    assert "entry" not in group.posts()[-1]


async def test_halves_of_a_group_are_named_as_such(group: Group) -> None:
    await group.opened("/challenge duel halves 50x")
    for who in ("Mira", "Tobi", "Otto", "Anna"):
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin")
    await group.tick()
    await played(group, 1)
    assert titles(group)[-1] in {
        "Round 1: cross wins, first half.",
        "Round 1: cross wins, second half.",
    }
    assert re.search(r"Rounds won: first half \d, second half \d\.", group.posts()[-1])


@pytest.mark.parametrize(
    ("who", "label", "told"),
    [
        ("Mira", "Add margin", "500 more margin goes in at the next mark."),
        ("Tobi", "Hedge", "The other side opens with half the size at the next mark."),
        ("Mira", "Hedge", "Only cross may do that; you play isolated."),
        ("Tobi", "Add margin", "Only isolated may do that; you play cross."),
        ("Otto", "Hedge", "You are not in this game. While it is open, /challenge join takes"),
    ],
)
async def test_a_press_says_what_it_does_or_why_not(
    group: Group, who: str, label: str, told: str
) -> None:
    await group.duel()
    await group.tick(3)
    assert (await group.told(who, label)).startswith(told)


async def test_what_may_be_done_so_often_is_done_so_often(group: Group) -> None:
    await group.duel()
    await group.tick(3)
    for _ in range(2):
        assert (await group.told("Mira", "Add margin")).startswith("500 more margin")
    assert await group.told("Mira", "Add margin") == "That was done already (2 at most)."
    assert (await group.told("Mira", "Close")).startswith(
        "A position is held for two minutes at least: close it from 2026-12-01 12:02 UTC on."
    )
    await group.wait(130)
    assert await group.told("Mira", "Close") == "Everything closes at the next mark."


async def test_a_rematch_begins_with_a_new_draft(group: Group) -> None:
    await group.duel("50x")
    await played(group)
    draft = await group.press("Hope", "Rematch")
    assert isinstance(draft, Reply)
    assert shown(draft).startswith("Mode duel: not open yet.")
