"""Figures say what a number is; each kind is written in a way of its own."""

from datetime import UTC, date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.chat.figures import (
    Age,
    Code,
    Count,
    Day,
    Figure,
    Label,
    Moment,
    Money,
    Name,
    Percent,
    PriceOf,
    Said,
    Size,
    Times,
)
from bot.chat.numerals import Numerals
from core.money import D

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WRITTEN: list[tuple[Figure, str]] = [
    (Money(D("0.0012")), "0.0012"),
    (Money(D(5), signed=True), "+5.00"),
    (Money(D(10000), whole=True), "10,000"),
    (Money(D("-0.000000001")), "0.00000000"),
    (Money(D(5), "USDT"), "5.00 USDT"),
    (PriceOf(None, D(1)), "none"),
    (PriceOf(D("61829"), D("0.1")), "61,829.0"),
    (Percent(D("-0.0964"), 2, signed=True), "-9.64%"),
    (Size(D("0.2920"), "BTC"), "0.292 BTC"),
    (Size(D("2"), ""), "2"),
    (Times(D("10.0")), "10x"),
    (Count(3), "3"),
    (Age(-1), "0 s"),
    (Age(61), "1 min"),
    (Age(90000), "1 d"),
    (Moment(NOON), "2026-11-25 12:00 UTC"),
    (Day(date(2026, 9, 29)), "2026-09-29"),
    (Code("/x"), "/x"),
    (Label("L"), "L"),
    (Name("a\u202eb@c"), "abc"),
    (Said("Ask @mods\u202e.\nSee t.me/x."), "Ask mods. See t.me/x."),
]


@pytest.mark.parametrize(("figure", "written"), WRITTEN, ids=[type(f).__name__ for f, _ in WRITTEN])
def test_a_figure_is_written_by_its_kind(figure: Figure, written: str) -> None:
    assert Numerals("xx-nonsense").figure(figure) == written


def test_every_kind_of_figure_is_tried_here() -> None:
    assert {type(figure) for figure, _ in WRITTEN} == set(get_args(Figure))


def test_the_same_figure_is_another_text_for_another_reader() -> None:
    german = Numerals("de", ZoneInfo("Europe/Berlin"))
    assert german.figure(Money(D("1234.5"), "USDT")) == "1.234,50 USDT"
    assert german.figure(Moment(NOON)) == "2026-11-25 13:00 CET"
