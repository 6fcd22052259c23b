"""The board of a game of questions: ten lines, places, and who has none."""

from tests.builders import exact
from tests.chat.games.rounds import began, right, shut
from tests.walk.group import Group

__all__ = ["exact"]

MANY = tuple(f"P{number}" for number in range(12))


async def test_ten_are_shown_and_the_others_are_counted(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq", *MANY)
    for who in MANY:
        await group.press(who, right(group))
        await group.tick()
    board = group.posts()[-1]
    assert "\n1 P0 " in board
    assert "\n10 P9 " in board
    assert "P10" not in board
    assert "\nand 2 more" in board


async def test_who_has_left_has_no_place(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await group.press("Mira", right(group))
    await group.say("Tobi", "/challenge leave")
    await shut(group)
    board = group.posts()[-1].splitlines()
    assert board[-2].startswith("- Tobi ")
    assert board[-4].startswith("1 Mira ")


async def test_a_wrong_answer_in_hard_mode_is_below_zero(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq yes")
    letter = "ABCD"["ABCD".index(right(group)) - 1]
    await group.press("Mira", letter)
    await shut(group)
    board = group.posts()[-1]
    assert any(line.split() == ["3", "Mira", "-2", "-2"] for line in board.splitlines())
