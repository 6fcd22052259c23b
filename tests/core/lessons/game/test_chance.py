"""Chance that can be checked: the same again, fair, and bound by a hash."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.chance import commitment, drawn, picked, scaled, shuffled
from core.money import ONE

seeds = st.text("0123456789abcdef", min_size=1, max_size=64)
places = st.lists(st.one_of(st.integers(), st.text(max_size=5)), max_size=3)


@given(seeds, st.integers(1, 10**6), places)
def test_a_draw_lies_in_its_range_and_is_the_same_again(
    seed: str, below: int, what: list[object]
) -> None:
    found = drawn(seed, below, *what)
    assert 0 <= found < below
    assert drawn(seed, below, *what) == found


def test_what_is_drawn_and_the_seed_both_decide() -> None:
    draws = {drawn(seed, 10**9, what) for seed in ("a", "b") for what in ("x", "y")}
    assert len(draws) == 4


def test_every_number_is_drawn_about_as_often() -> None:
    counts = Counter(drawn("seed", 6, n) for n in range(6000))
    assert set(counts) == set(range(6))
    assert all(850 < count < 1150 for count in counts.values())


@given(seeds, st.lists(st.integers(), max_size=30))
def test_a_shuffle_is_a_permutation_and_the_same_again(seed: str, things: list[int]) -> None:
    mixed = shuffled(seed, things, "teams")
    assert sorted(mixed) == sorted(things)
    assert shuffled(seed, things, "teams") == mixed


def test_a_shuffle_favours_no_order() -> None:
    orders = Counter(shuffled("seed", "abc", n) for n in range(3000))
    assert len(orders) == 6
    assert all(420 < count < 580 for count in orders.values())


@given(seeds, st.lists(st.integers(), min_size=1))
def test_one_of_some_things_is_picked(seed: str, things: list[int]) -> None:
    assert picked(seed, things, "thing") in things


@given(seeds, st.integers(2, 50))
def test_a_factor_lies_between_the_spread_and_its_inverse(seed: str, spread: int) -> None:
    found = scaled(seed, spread, "price")
    assert ONE / spread <= found <= spread
    assert scaled(seed, spread, "price") == found


def test_factors_go_both_ways() -> None:
    found = [scaled("seed", 4, n) for n in range(200)]
    assert 60 < sum(factor > 1 for factor in found) < 140


@given(seeds)
def test_the_commitment_is_the_beginning_of_the_seeds_hash(seed: str) -> None:
    assert commitment(seed) == hashlib.sha256(seed.encode()).hexdigest()[:32]


def test_another_seed_has_another_commitment() -> None:
    assert commitment("a") != commitment("b")
