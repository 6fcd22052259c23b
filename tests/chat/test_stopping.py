"""Closing marks as typed: prices and moves, on the tick."""

import pytest

from bot.chat.stopping import stops_named
from core.margin.pool import Side
from core.money import D
from core.paper.account import NO_STOPS
from tests.builders import BTCUSDT, exact, price

__all__ = ["exact"]


def test_nothing_typed_is_no_mark() -> None:
    assert stops_named(None, None, Side.LONG, price(60000), BTCUSDT) == NO_STOPS


@pytest.mark.parametrize("typed", ["5%", "-5%", "+5%"])
@pytest.mark.parametrize(
    ("side", "loss", "profit"), [(Side.LONG, 57000, 63000), (Side.SHORT, 63000, 57000)]
)
def test_a_stop_goes_against_the_position_and_a_target_with_it(
    typed: str, side: Side, loss: int, profit: int
) -> None:
    stops = stops_named(typed, typed, side, price(60000), BTCUSDT)
    assert (stops.loss, stops.profit) == (D(loss), D(profit))


@pytest.mark.parametrize(
    ("typed", "placed"),
    [("60000.04", "60000"), ("60000.05", "60000.1"), ("60000.1", "60000.1"), ("0.01", "0.1")],
)
def test_a_price_stands_on_the_nearest_tick(typed: str, placed: str) -> None:
    stops = stops_named(D(typed), None, Side.LONG, price(60000), BTCUSDT)
    assert stops.loss == D(placed)


def test_a_move_stands_on_the_tick_as_well() -> None:
    assert stops_named("1.234567%", None, Side.LONG, price(60000), BTCUSDT).loss == D("59259.3")
