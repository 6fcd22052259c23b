"""The book that meets a crash: the same for everybody, and drawn by the seed."""

from collections import Counter

import pytest

from core.lessons.game.errors import Unplayable
from core.lessons.game.starting_book import (
    MARGINS,
    WALLET,
    all_behind,
    book,
    film,
    holding,
    scene_of,
)
from core.lessons.way import equity
from core.margin.pool import PositionMode, Side
from core.money import D
from tests.builders import amount, exact, rate
from tests.core.lessons.game.builders import CROSS, ISOLATED, at
from tests.core.lessons.game.crashes import A, B, C, both, on, reel

__all__ = ["exact"]

TEN = rate(10)
CALM = reel(both(1), both(1, 1, "0.9", "0.95"))
THREE = reel(both(1), coins=(A, B, C))
SEEDS = [f"seed {n}" for n in range(300)]


def test_one_position_is_isolated_and_one_is_cross() -> None:
    first, second = book(CALM, "5eed", TEN)
    assert (first[0], first[2], first[3], first[4]) == (A, TEN, MARGINS[0], ISOLATED)
    assert (second[0], second[2], second[3], second[4]) == (B, TEN, MARGINS[1], CROSS)
    assert first[1] is second[1]


def test_two_times_of_three_the_book_stands_on_the_side_that_is_hurt() -> None:
    fallen = Counter(book(CALM, seed, TEN)[0][1] for seed in SEEDS)
    assert 170 <= fallen[Side.LONG] <= 230
    risen = reel(both(1), fell=False)
    assert [book(risen, seed, TEN)[0][1] for seed in SEEDS] == [
        book(CALM, seed, TEN)[0][1].other for seed in SEEDS
    ]


def test_a_third_one_stands_beside_the_first_or_against_the_second() -> None:
    thirds = Counter()  # type: Counter[tuple[bool, bool]]
    for seed in SEEDS:
        first, _, (coin, side, _, margin, mode) = book(THREE, seed, TEN)
        assert (coin, margin) == (C, MARGINS[2])
        thirds[side is first[1], mode is ISOLATED] += 1
    assert set(thirds) == {(True, True), (False, False)}
    assert min(thirds.values()) > 110


def test_a_book_can_be_put_behind_one_wall() -> None:
    entries = book(CALM, "5eed", TEN)
    assert {entry[4] for entry in all_behind(entries, CROSS)} == {CROSS}
    assert [entry[:4] for entry in all_behind(entries, ISOLATED)] == [e[:4] for e in entries]
    assert all_behind(entries, None) == entries


def test_it_is_entered_at_the_first_open_for_its_fees() -> None:
    ground = on(CALM, fee="0.0005")
    deed = holding(3, book(CALM, "5eed", TEN), ground, at(5))
    first, second = deed.after.positions
    assert (deed.player, deed.at, deed.before.positions) == (3, at(5), ())
    assert (first.leg.quantity, first.leg.entry_price, first.margin) == (D(150), D(100), D(1_500))
    assert (second.leg.quantity, second.margin, second.opened_at) == (D(150), D(0), at(5))
    assert deed.after.position_mode is PositionMode.HEDGE
    assert equity(deed.after, scene_of(1, ground, at(5)).marks) == WALLET - 15
    assert deed.after.wallet == amount(10_000 - 15 - 1_500)


def test_a_scene_is_the_open_of_its_tick_at_the_game_s_own_time() -> None:
    falling = reel(both(1, 1, "0.8", "0.9"), both("0.9", 1, "0.5", "0.6"))
    scene = scene_of(2, on(falling), at(90))
    assert (scene.at, scene.marks.at, scene.mark(A)) == (at(90), at(90), D(90))


def test_without_an_event_nothing_can_be_played() -> None:
    with pytest.raises(Unplayable, match="recording"):
        film(on(None))
