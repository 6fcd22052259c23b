"""What bouts teach: walls that fell, who was spared, and what living on cost."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.lessons.game.bout import Bout
from core.lessons.game.session import Session
from core.lessons.game.trading import Noted
from core.lessons.game.wall_lesson import WallLesson, wall_lesson
from tests.builders import BTC, amount
from tests.core.lessons.game.builders import at
from tests.core.lessons.game.test_bout import TERMS

ISO, CRO = 1, 2


def bout(*ends: tuple[int, int, bool], isolated: frozenset[int] = frozenset({ISO})) -> Bout:
    """A bout after which each player (by number) has so much, and fell or did not."""
    notes: Mapping[int, Noted] = {
        player: replace(Noted.begun(amount(5000)), equity=amount(equity), liquidations=int(fell))
        for player, equity, fell in ends
    }
    session = Session(began=at(), ends=at(900), notes=notes)
    return Bout(symbol=BTC, terms=TERMS, isolated=isolated, session=session, over=True)


def test_where_no_wall_fell_there_is_nothing_to_count() -> None:
    assert wall_lesson([bout((ISO, 5500, False), (CRO, 5500, False))]) == WallLesson()
    assert wall_lesson([]) == WallLesson()


def test_an_isolated_wall_that_fell_alone_would_have_been_spared_in_cross() -> None:
    assert wall_lesson([bout((ISO, 4000, True), (CRO, 5500, False))]) == WallLesson(
        isolated=1, spared=1
    )


def test_living_on_may_cost_more() -> None:
    assert wall_lesson([bout((ISO, 4000, True), (CRO, 3000, False))]) == WallLesson(
        isolated=1, spared=1, costlier=1
    )


def test_where_both_fell_nobody_was_spared_and_a_wallet_is_empty() -> None:
    assert wall_lesson([bout((ISO, 4000, True), (CRO, 0, True))]) == WallLesson(
        isolated=1, cross=1, costlier=1, emptied=1
    )


def test_cross_may_fall_alone() -> None:
    assert wall_lesson([bout((ISO, 4500, False), (CRO, 0, True))]) == WallLesson(cross=1, emptied=1)


def test_of_halves_every_member_counts() -> None:
    many = bout(
        (1, 4000, True),
        (2, 4000, True),
        (3, 5500, False),
        (4, 2000, False),
        isolated=frozenset({1, 2}),
    )
    assert wall_lesson([many]) == WallLesson(isolated=2, spared=2, costlier=2)


@pytest.mark.parametrize("isolated", [frozenset({ISO}), frozenset[int]()])
def test_without_anybody_on_the_other_side_nothing_is_compared(isolated: frozenset[int]) -> None:
    alone = wall_lesson([bout((ISO, 4000, True), isolated=isolated)])
    assert (alone.spared, alone.costlier) == (0, 0)


def test_all_bouts_of_a_match_are_counted_together() -> None:
    one, two = bout((ISO, 4000, True), (CRO, 5500, False)), bout((ISO, 4500, False), (CRO, 0, True))
    assert wall_lesson([one, two]) == WallLesson(isolated=1, cross=1, spared=1, emptied=1)
