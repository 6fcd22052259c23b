"""Figures as different readers write them."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.figures import Age, Moment, Money, Percent, PriceOf, Size
from bot.chat.numerals import Numerals, separators
from core.money import D

AMOUNTS = st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en", "-1,234,567.89"),
        ("en-GB", "-1,234,567.89"),
        ("de", "-1.234.567,89"),
        ("pt-br", "-1.234.567,89"),
        ("nonsense", "-1,234,567.89"),
        ("", "-1,234,567.89"),
    ],
)
def test_each_reader_has_their_separators(locale: str, written: str) -> None:
    assert Numerals(locale).figure(Money(D("-1234567.89"))) == written


@given(AMOUNTS, st.sampled_from(["en", "de", "fr", "hi", "sv"]))
def test_no_reader_is_told_another_amount(amount: Decimal, locale: str) -> None:
    group, point = separators(locale)
    text = Numerals(locale).number(amount, 4)
    assert Decimal(text.replace(group, "").replace(point, ".")) == amount


@pytest.mark.parametrize("signed", [True, False])
def test_what_rounds_to_nothing_has_no_sign(signed: bool) -> None:
    assert Numerals().figure(Percent(D("-0.00001"), signed=signed)) == "0.00%"
    assert Numerals().number(D("-0.004"), 2, signed=signed) == "0.00"


@pytest.mark.parametrize(
    ("tick", "written"), [("0.1", "61,829.0"), ("1", "61,829"), ("0.0001", "61,829.0000")]
)
def test_a_price_has_the_digits_of_its_tick(tick: str, written: str) -> None:
    assert Numerals().figure(PriceOf(D(61829), D(tick))) == written


def test_a_price_that_is_none_is_a_word_of_the_reader() -> None:
    german = Numerals("de", translate={"none": "keiner"}.__getitem__)
    assert german.figure(PriceOf(None, D("0.1"))) == "keiner"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (86400, "1 d")],
)
def test_a_span_is_told_in_its_largest_unit(seconds: int, written: str) -> None:
    assert Numerals().figure(Age(seconds)) == written


def test_a_time_carries_the_name_of_its_zone() -> None:
    noon = Moment(datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert Numerals().figure(noon) == "2026-07-01 12:00 UTC"
    assert Numerals(zone=ZoneInfo("Asia/Tokyo")).figure(noon) == "2026-07-01 21:00 JST"


def test_a_brief_time_is_a_weekday_in_the_readers_zone() -> None:
    late = Moment(datetime(2026, 7, 1, 18, tzinfo=UTC), brief=True)
    assert Numerals().figure(late) == "Wed 18:00"
    assert Numerals(zone=ZoneInfo("Asia/Tokyo")).figure(late) == "Thu 03:00"


@given(st.decimals("0.00000001", 10**6, places=8))
def test_a_size_keeps_every_digit_and_no_trailing_zero(size: Decimal) -> None:
    text = Numerals().figure(Size(size, ""))
    assert Decimal(text.replace(",", "")) == size
    assert "." not in text or text[-1] not in "0."
