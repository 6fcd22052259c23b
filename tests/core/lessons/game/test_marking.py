"""What answers to a quiz are worth."""

from datetime import timedelta

import pytest

from core.lessons.game.asks import Ask, Given
from core.lessons.game.items import Choice, Item
from core.lessons.game.marking import Mark, Marking, neared, total
from core.money import ZERO, D
from tests.builders import NOON, exact

__all__ = ["exact"]

LIMIT = timedelta(seconds=20)
ITEM = Item(id="x", kind="faq", category="modes", level="easy", choices=(Choice(),) * 4, right=1)
SUDDEN = Item(
    id="y",
    kind="sudden",
    category="liquidation",
    level="hard",
    numbers={"entry": D(60_000)},
    truth=D(54_000),
)


def asked(*rounds: tuple[Given, ...], void: tuple[int, ...] = ()) -> list[Ask]:
    """Make items that are over, one for each tuple of answers."""
    return [
        Ask(number=n, opened=NOON, closed=NOON, given=given, void="host" if n in void else "")
        for n, given in enumerate(rounds, 1)
    ]


def points(marking: Marking, asks: list[Ask], player: int = 1) -> list[int]:
    """Return a player's points, question by question."""
    marks = marking.marked(asks, [ITEM] * len(asks))
    return [mark.points for each in marks.values() for mark in each if mark.player == player]


@pytest.mark.parametrize(
    ("after", "speed"),
    [
        (0, 5),
        (2_000, 5),
        (2_001, 4),
        (6_000, 4),
        (10_000, 3),
        (18_000, 1),
        (18_001, 0),
        (20_000, 0),
        (22_000, 0),
    ],
)
def test_speed_falls_evenly_to_nothing_and_a_half_goes_up(after: int, speed: int) -> None:
    assert Marking(LIMIT).speed(after) == speed


def test_right_is_ten_and_speed_and_wrong_is_nothing() -> None:
    right, wrong = (Given(1, 10_000, "b"),), (Given(1, 10_000, "a"),)
    assert points(Marking(LIMIT), asked(right)) == [13]
    assert points(Marking(LIMIT), asked(wrong)) == [0]
    assert points(Marking(LIMIT, hard=True), asked(wrong)) == [-2]


def test_a_row_is_worth_one_more_each_time_up_to_five() -> None:
    rounds = [(Given(1, 20_000, "b"),)] * 8
    assert points(Marking(LIMIT), asked(*rounds)) == [10, 11, 12, 13, 14, 15, 15, 15]


def test_a_wrong_answer_and_none_break_a_row() -> None:
    right, wrong = (Given(1, 20_000, "b"),), (Given(1, 20_000, "c"),)
    assert points(Marking(LIMIT), asked(right, right, wrong, right)) == [10, 11, 0, 10]
    assert points(Marking(LIMIT), asked(right, right, (), right)) == [10, 11, 10]


def test_what_is_struck_out_breaks_no_row() -> None:
    right, wrong = (Given(1, 20_000, "b"),), (Given(1, 20_000, "c"),)
    assert points(Marking(LIMIT), asked(right, wrong, right, void=(2,))) == [10, 11]


def test_rows_are_everybodys_own() -> None:
    both = (Given(1, 20_000, "b"), Given(2, 20_000, "a"))
    second = (Given(1, 20_000, "b"), Given(2, 20_000, "b"))
    assert points(Marking(LIMIT), asked(both, second)) == [10, 11]
    assert points(Marking(LIMIT), asked(both, second), player=2) == [0, 10]


def test_the_first_answer_counts() -> None:
    marks = Marking(LIMIT).marked(asked((Given(1, 5_000, "a"), Given(1, 6_000, "b"))), [ITEM])
    assert marks == {1: (Mark(1, 0, 5_000, right=False),)}


def test_what_is_open_or_asks_for_a_number_is_not_marked() -> None:
    waiting = Ask(number=1, opened=NOON, given=(Given(1, 1, "b"),))
    assert Marking(LIMIT).marked([waiting], [ITEM]) == {}
    assert Marking(LIMIT).marked(asked((Given(1, 1, "54000"),)), [SUDDEN]) == {}


def test_a_total_is_points_right_answers_and_the_mean_time_of_these() -> None:
    marks = [
        Mark(1, 1, 4_000, right=True, points=14, speed=4),
        Mark(1, 0, 900, right=False, points=-2),
        Mark(1, 1, 7_000, right=True, points=13, speed=3),
    ]
    assert total(marks) == (D(25), D(2), D("-5.5"))
    assert total([]) == (ZERO, ZERO, ZERO)


def test_the_nearest_number_stands_first_and_of_two_the_faster() -> None:
    (ask,) = asked(
        (Given(1, 9, "53000"), Given(2, 8, "55000"), Given(3, 7, "1"), Given(4, 99, "54060"))
    )
    found = neared(ask, SUDDEN)
    assert [(one.player, one.after) for one in found] == [(4, 99), (2, 8), (1, 9), (3, 7)]
    assert [one.error for one in found] == [D("0.01"), found[1].error, found[1].error, 1]
