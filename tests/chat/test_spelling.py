"""How far words are from each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.spelling import distance, nearest, one_edit

WORDS = st.text(alphabet="abc", max_size=6)


@pytest.mark.parametrize("typed", ["lnog", "lon", "longg", "lomg", "olng", "logn", "ong"])
def test_one_slip_is_one_edit(typed: str) -> None:
    assert one_edit(typed, "long")


@pytest.mark.parametrize("typed", ["long", "lo", "gnol", "short", "nolg", "", "longest"])
def test_none_or_more_slips_are_not(typed: str) -> None:
    assert not one_edit(typed, "long")


@given(WORDS, WORDS)
def test_one_edit_agrees_with_the_distance(one: str, other: str) -> None:
    assert one_edit(one, other) == (distance(one, other) == 1)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def test_nearest_come_first_and_far_ones_not_at_all() -> None:
    assert nearest("compre", ("close", "compare", "compose", "faq")) == ["compare", "compose"]
    assert nearest("bt", ("eth", "btc", "bch")) == ["btc", "eth", "bch"]
    assert nearest("xyz", ("compare",)) == []
