"""Squads as they stand: the best few of each count, as many in a large one as in a small."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.squad import counting, is_friendly, joined_smallest, line_up
from core.lessons.game.trading import Noted
from core.money import D, Rate
from tests.builders import amount, exact, rate
from tests.core.lessons.game.builders import at

__all__ = ["exact"]

FRESH = Noted.begun(amount(10_000))


def noted(drawdown: str = "0", falls: int = 0) -> Noted:
    """Somebody who has traded."""
    return replace(FRESH, touched=at(), drawdown=rate(drawdown), liquidations=falls)


@pytest.mark.parametrize(
    ("sizes", "count"),
    [([5, 5], 3), ([10, 5], 3), ([3, 9], 2), ([1, 4], 1), ([0, 4], 3), ([0, 0], 0), ([200, 7], 5)],
)
def test_six_tenths_of_the_smallest_count_rounded_up(sizes: list[int], count: int) -> None:
    assert counting(sizes) == count


def test_whoever_comes_goes_where_the_fewest_are() -> None:
    assert joined_smallest(((1, 2), (3,), (4,)), 5) == ((1, 2), (3, 5), (4,))


def test_the_best_of_each_squad_count_and_equal_numbers_of_them() -> None:
    scores = {1: rate(10), 2: rate(-50), 3: rate(4), 4: rate(6), 5: rate(8), 6: rate(9)}
    first, second = line_up(((1, 2, 3), (4, 5, 6)), dict.fromkeys(scores, noted()), scores)
    assert (first.number, first.counted, first.score, first.place) == (1, (6, 5), D("8.5"), 1)
    assert (second.number, second.counted, second.score, second.place) == (0, (1, 3), D(7), 2)


def test_whoever_has_not_traded_or_is_gone_neither_helps_nor_hurts() -> None:
    notes = {1: noted(), 2: FRESH, 4: noted(), 5: noted()}
    scores = {1: rate(-5), 2: rate(0), 3: rate(90), 4: rate(-6), 5: rate(-1)}
    found = {squad.number: squad for squad in line_up(((1, 2, 3), (4, 5)), notes, scores)}
    assert (found[0].active, found[0].counted, found[0].score) == ((1,), (1,), D(-5))
    assert found[1].counted == (5,)


def test_equal_means_are_told_apart_by_the_fall_and_then_by_liquidations() -> None:
    scores = dict.fromkeys(range(1, 5), rate(3))
    squads = ((1,), (2,), (3,), (4,))
    notes = {1: noted("0.2"), 2: noted("0.1", 1), 3: noted("0.1"), 4: noted("0.1")}
    assert [(s.number, s.place) for s in line_up(squads, notes, scores)] == [
        (2, 1),
        (3, 1),
        (1, 3),
        (0, 4),
    ]


def test_a_squad_of_which_nobody_is_active_has_no_score_and_is_last() -> None:
    first, last = line_up(((1,), (2,)), {2: noted()}, {1: rate(0), 2: rate(-99)})
    assert (first.number, last.number) == (1, 0)
    assert (last.score, last.counted, last.place) == (None, (), 2)


def test_three_active_members_of_each_make_it_count() -> None:
    notes = dict.fromkeys(range(1, 7), noted())
    scores = dict.fromkeys(notes, rate(1))
    assert not is_friendly(line_up(((1, 2, 3), (4, 5, 6)), notes, scores))
    assert is_friendly(line_up(((1, 2), (3, 4, 5, 6)), notes, scores))


@given(
    st.lists(st.lists(st.integers(-9_000, 9_000), max_size=9), min_size=2, max_size=4),
)
def test_a_score_is_the_mean_of_the_best(sizes: list[list[int]]) -> None:
    squads, scores, number = [], dict[int, Rate](), 0
    for own in sizes:
        members = tuple(range(number + 1, number + 1 + len(own)))
        scores |= {m: rate(value) for m, value in zip(members, own, strict=True)}
        number += len(own)
        squads.append(members)
    found = {s.number: s for s in line_up(tuple(squads), dict.fromkeys(scores, noted()), scores)}
    smallest = min((len(own) for own in sizes if own), default=0)
    count = -(-6 * smallest // 10)
    for n, own in enumerate(sizes):
        best = sorted(own, reverse=True)[:count]
        expected = D(sum(best)) / len(best) if best else None
        assert found[n].score == expected
