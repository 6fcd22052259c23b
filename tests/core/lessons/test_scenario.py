"""Recorded events: how one is named, and how finer rows narrow an hour without adding to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.scenario import Bar, named, narrowed
from core.money import D, Rate
from tests.builders import BTC, ETH
from tests.fakes.scenarios import bar, candle, flat

FTX = replace(flat(1, {BTC: 1}).heading, id="2022-11-08", name="FTX collapse")
LUNA = replace(FTX, id="2022-05-09", name="Luna collapse")
SQUEEZE = replace(FTX, id="2023-10-23", name="ETF squeeze")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("2022-11-08", [FTX]),
        ("2022-11", [FTX]),
        ("ftx", [FTX]),
        ("FTX", [FTX]),
        ("2022", [FTX, LUNA]),
        ("collapse", [FTX, LUNA]),
        ("squeeze", [SQUEEZE]),
        ("20", []),
        ("tulips", []),
        ("", []),
    ],
)
def test_a_date_or_a_word_of_the_name_means_an_event(word: str, meant: list[object]) -> None:
    assert list(named((FTX, LUNA, SQUEEZE), word)) == meant


def test_an_event_ends_with_its_last_hour() -> None:
    heading = flat(36, {BTC: 1}).heading
    assert heading.ends.isoformat() == "2020-03-10T12:00:00+00:00"


@pytest.mark.parametrize(
    ("parts", "sound"),
    [
        ((1, 2, "0.5", 1), True),
        ((1, 1, 1, 1), True),
        ((1, 2, 0, 1), False),
        ((1, 2, "1.5", 2), False),
        ((1, "1.5", "0.5", 2), False),
    ],
)
def test_a_bar_lies_between_its_low_and_its_high(parts: tuple[object, ...], sound: bool) -> None:
    assert bar(*parts).sound is sound


def test_funding_is_settled_when_its_hour_begins_and_at_no_other_moment() -> None:
    recorded = replace(flat(3, {BTC: 1}), funding={2: {BTC: Rate(D("0.0001"))}})
    begins = recorded.heading.first_hour
    assert recorded.settled_at(begins + timedelta(hours=2)) == {BTC: D("0.0001")}
    assert recorded.settled_at(begins + timedelta(hours=2, minutes=5)) == {}
    assert recorded.settled_at(begins + timedelta(hours=1)) == {}


def test_an_hour_stays_whole_for_a_coin_without_finer_rows() -> None:
    hours = flat(2, {BTC: 1, ETH: 1})
    steps = tuple(candle(n, {BTC: bar(1)}, 5) for n in range(12))
    recorded = replace(hours, finer={0: steps})
    assert len(list(recorded.played(frozenset({BTC})))) == 13
    assert list(recorded.played(frozenset({BTC, ETH}))) == list(hours.candles)
    assert list(recorded.played(frozenset({ETH}))) == list(hours.candles)


PARTS = st.integers(1, 400).map(lambda n: Rate(D(n) / 100))


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    low, one, two, high = sorted(draw(st.lists(PARTS, min_size=4, max_size=4)))
    return Bar(one, high, low, two) if draw(st.booleans()) else Bar(two, high, low, one)


@given(bars(), st.lists(bars(), min_size=1, max_size=12))
def test_finer_steps_begin_end_and_reach_exactly_as_far_as_their_hour(
    whole: Bar, finer: list[Bar]
) -> None:
    hour = candle(0, {BTC: whole})
    steps = [candle(n, {BTC: each}, 5) for n, each in enumerate(finer)]
    found = [step.bars[BTC] for step in narrowed(hour, steps, frozenset({BTC}))]
    assert all(each.sound for each in found)
    assert (found[0].open, found[-1].close) == (whole.open, whole.close)
    assert min(each.low for each in found) == whole.low
    assert max(each.high for each in found) == whole.high
