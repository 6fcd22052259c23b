"""Answers in their one spelling."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.errors import BadAnswer
from core.lessons.game.typed import read_choice, read_price


@pytest.mark.parametrize(
    ("text", "price"),
    [("54000", "54000"), ("54000.50", "54000.50"), ("5.4e4", "54000"), ("+7", "7"), ("0.1", "0.1")],
)
def test_a_price_is_read_in_plain_digits(text: str, price: str) -> None:
    assert read_price(text) == price


@pytest.mark.parametrize(
    "text",
    ["", "x", "0", "-5", "nan", "inf", "1e15", "1e-13", "1e-999999", "1e999999", "٥", "1" * 25],
)
def test_what_is_no_price_above_zero_is_refused(text: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read_price(text)
    assert refused.value.fields() == {"text": text, "allowed": ()}


@given(st.text())
def test_no_text_does_anything_else(text: str) -> None:
    with suppress(BadAnswer):
        assert Decimal(read_price(text)) > 0


@pytest.mark.parametrize(
    ("text", "letter"), [("a", "a"), ("D", "d"), ("1", "a"), ("4", "d"), ("b", "b")]
)
def test_a_choice_is_told_by_letter_or_number(text: str, letter: str) -> None:
    assert read_choice(text) == letter


@pytest.mark.parametrize("text", ["", "e", "5", "0", "ab", "ß", "İ", "ab12"])
def test_what_is_no_choice_is_refused_with_the_choices(text: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read_choice(text)
    assert refused.value.allowed == ("a", "b", "c", "d")
