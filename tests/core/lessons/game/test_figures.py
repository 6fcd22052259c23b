"""Round figures: on the tick, within what is usual, the same for the same seed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.figures import USUAL, Dice, plain, round_quantity, significant
from core.market import Symbol
from core.money import D
from tests.builders import BTCUSDT, SOLUSDT, exact, flat, instrument, price

__all__ = ["exact"]

SEEDS = st.text("0123456789abcdef", min_size=1, max_size=8)
LINK = instrument(Symbol("LINKUSDT"), flat("0.01"), tick="0.001")


@given(SEEDS)
def test_a_known_coin_is_entered_where_it_has_been(seed: str) -> None:
    low, high = USUAL["BTC"]
    entry = Dice(seed, ("x",)).entry(BTCUSDT)
    assert low <= entry <= high
    assert entry % 1000 == 0


@given(SEEDS)
def test_any_other_coin_is_entered_by_its_tick(seed: str) -> None:
    entry = Dice(seed, ("x",)).entry(LINK)
    assert 10 <= entry <= 90
    assert entry % D("0.1") == 0


@given(SEEDS)
def test_an_entry_has_three_digits_and_no_exponent(seed: str) -> None:
    text = str(Dice(seed, ("x",)).entry(SOLUSDT))
    assert len(text.replace(".", "").strip("0")) <= 3
    assert "E" not in text


def test_draws_of_one_place_and_seed_are_the_same() -> None:
    one, same = Dice("a", ("x", 1)), Dice("a", ("x", 1))
    others = (Dice("b", ("x", 1)), Dice("a", ("x", 2)))
    things = range(10**6)
    assert one.one(things, "what") == same.one(things, "what")
    assert all(one.one(things, "what") != other.one(things, "what") for other in others)
    assert one.one(things, "what") != one.one(things, "else")
    assert sorted(one.order(range(9), "o")) == list(range(9))
    assert one.order(range(9), "o") == same.order(range(9), "o")


def test_a_chance_is_met_about_as_often_as_it_says() -> None:
    met = sum(Dice("a", (n,)).chance(1, 4, "c") for n in range(1000))
    assert 200 < met < 300


@given(SEEDS)
def test_a_figure_between_two_is_a_multiple_between_them(seed: str) -> None:
    drawn = Dice(seed, ("x",)).between(D("0.4"), D("3.2"), D("0.01"), "f")
    assert D("0.4") <= drawn <= D("3.2")
    assert drawn % D("0.01") == 0


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [("54271.36", 3, "54300"), ("0.012345", 2, "0.012"), ("0", 2, "0"), ("9.996", 3, "10.0")],
)
def test_a_number_keeps_so_many_digits(value: str, digits: int, rounded: str) -> None:
    assert significant(D(value), digits) == D(rounded)


@pytest.mark.parametrize(
    ("value", "text"), [("4.1E+4", "41000"), ("0.500", "0.5"), ("7", "7"), ("0.00", "0")]
)
def test_a_plain_number_is_as_short_as_it_can_be(value: str, text: str) -> None:
    assert str(plain(D(value))) == text


def test_a_quantity_is_round_and_on_the_step() -> None:
    assert round_quantity(D(10_000), price(60_000), D("0.001")) == D("0.17")
    assert round_quantity(D(100), price(60_000), D("0.001")) == D("0.001")
    assert round_quantity(D(10), price(60_000), D("0.001")) == Decimal(0)
