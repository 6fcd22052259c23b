"""Numbers as people type them: separators, suffixes, and what is no number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.numbers import likely, read_number, short_number, write_number

DECIMALS = st.decimals(min_value=0, max_value=10**12, places=8, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000", "1000"),
        ("1,000", "1000"),
        ("65,000", "65000"),
        ("1,000,000", "1000000"),
        ("0,5", "0.5"),
        ("1,5", "1.5"),
        ("64,25", "64.25"),
        ("0,001", "0.001"),
        ("65.000", "65"),
        (".5", "0.5"),
        ("1.000.000", "1000000"),
        ("1.000,50", "1000.50"),
        ("1,000.50", "1000.50"),
        ("1.000.000,5", "1000000.5"),
        ("10 000", "10000"),
        ("10'000", "10000"),
        ("10_000", "10000"),
        ("$1,000", "1000"),
        ("500$", "500"),
        ("€20", "20"),
        ("1.5k", "1500"),
        ("30K", "30000"),
        ("2 m", "2000000"),
        ("2mm", "2000000"),
        ("0.5mil", "500000"),
        ("-50", "-50"),
        ("+50", "50"),
        ("- $50", "-50"),
        ("1.015,87", "1015.87"),
        ("1,015.87", "1015.87"),
        ("$1.5k", "1500"),
    ],
)
def test_a_number_is_read_by_its_separators_and_suffix(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1,00,0",
        "1.2.3",
        "1,2,3",
        "1.00,000,0",
        "0,000,000",
        "5e",
        "1e9999",
        "--5",
        "NaN",
        "inf",
        "-Infinity",
        "10x",
        "5%",
        "k",
        "9" * 40,
        "1," * 400 + "1",
        "٣",
        "sNaN",
    ],
)
def test_what_fits_no_shape_is_no_number(text: str) -> None:
    assert read_number(text) is None


def test_a_suffix_leaves_whole_numbers_whole() -> None:
    number = read_number("1.5k")
    assert number is not None
    assert number.as_tuple().exponent == 0
    assert read_number("0.0001k") == Decimal("0.1")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,00,0", "1000"),
        ("1.2.3", "1.23"),
        ("5e", "5"),
        ("--5", "5"),
        ("5.", "5"),
        ("nan", ""),
        ("1e9999", ""),
        ("1E+5", ""),
        ("9" * 40, ""),
    ],
)
def test_a_slip_is_answered_with_the_number_it_may_have_been(text: str, meant: str) -> None:
    assert likely(text) == meant


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1000", "1000"),
        ("1000.50", "1000.5"),
        ("1E+3", "1000"),
        ("1E-8", "0.00000001"),
        ("-0", "0"),
        ("0.000", "0"),
        ("-0.50", "-0.5"),
    ],
)
def test_a_number_is_written_plainly(value: str, text: str) -> None:
    assert write_number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("10000", "10k"), ("2000000", "2m"), ("1500000", "1500k"), ("0.292", "0.292"), ("999", "999")],
)
def test_a_short_number_uses_a_suffix_only_where_it_is_exact(value: str, text: str) -> None:
    assert short_number(Decimal(value)) == text


@given(DECIMALS)
def test_what_is_written_is_read_back(value: Decimal) -> None:
    assert read_number(write_number(value)) == value
    assert read_number(short_number(value)) == value


@given(st.integers(min_value=1000, max_value=10**12), st.integers(min_value=0, max_value=99))
def test_both_ways_of_grouping_mean_the_same(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate({44: ".", 46: ","})
    assert read_number(english) == read_number(german) == Decimal(f"{whole}.{cents:02}")
