"""The way inside an hour touches the four recorded prices and never leaves them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.hour import SECONDS, price_in_hour

Candle = tuple[int, int, int, int]


@st.composite
def candles(draw: st.DrawFn) -> Candle:
    low = draw(st.integers(1, 10**7))
    high = low + draw(st.integers(0, 10**5))
    inside = st.integers(low, high)
    return draw(inside), high, low, draw(inside)


def way(candle: Candle) -> list[int]:
    return [price_in_hour(*candle, second) for second in range(SECONDS)]


@given(candles())
def test_an_hour_starts_at_its_open_and_ends_at_its_close(candle: Candle) -> None:
    open_, _, _, close = candle
    assert price_in_hour(*candle, 0) == open_
    assert price_in_hour(*candle, SECONDS - 1) == close


@given(candles())
def test_an_hour_touches_both_extremes_and_goes_no_further(candle: Candle) -> None:
    _, high, low, _ = candle
    prices = way(candle)
    assert (min(prices), max(prices)) == (low, high)


@given(candles())
def test_no_second_moves_more_than_its_share_of_the_range(candle: Candle) -> None:
    _, high, low, _ = candle
    prices = way(candle)
    share = (high - low) // 1199 + 1
    assert all(abs(b - a) <= share for a, b in pairwise(prices))


@pytest.mark.parametrize(
    ("candle", "order"),
    [
        pytest.param((100, 110, 50, 80), (100, 110, 50, 80), id="the high is nearer to the open"),
        pytest.param((100, 150, 90, 120), (100, 90, 150, 120), id="the low is nearer to the open"),
        pytest.param((100, 120, 80, 110), (100, 80, 120, 110), id="equally near, the low is first"),
        pytest.param((100, 100, 80, 80), (100, 100, 80, 80), id="the open is the high"),
        pytest.param((7, 7, 7, 7), (7, 7, 7, 7), id="an hour without a move"),
    ],
)
def test_the_nearer_extreme_comes_first(candle: Candle, order: Candle) -> None:
    seconds = (0, 1200, 2400, 3599)
    assert tuple(price_in_hour(*candle, second) for second in seconds) == order


def test_between_two_points_the_way_is_straight() -> None:
    candle = (1000, 2200, 700, 700)
    assert price_in_hour(*candle, 600) == 850
    assert price_in_hour(*candle, 1800) == 1450


@pytest.mark.parametrize(("second", "ticks"), [(1201, 701), (1202, 703), (1203, 704), (2401, 2199)])
def test_a_price_between_two_ticks_is_the_nearest_one(second: int, ticks: int) -> None:
    # Up by 1.25 a second from 700 at 1200, down by 1500 in 1199 seconds from 2200 at 2400.
    assert price_in_hour(1000, 2200, 700, 700, second) == ticks
