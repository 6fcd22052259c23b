"""Pools and legs: what stands behind one wall."""

import pytest

from core.margin.pool import Leg, MarginMode, Pool, Side
from core.money import D
from tests.builders import BTC, ETH, amount, cross, isolated, long, short


def test_long_and_short_are_each_others_other_side() -> None:
    assert (Side.LONG.other, Side.SHORT.other) == (Side.SHORT, Side.LONG)
    assert [Side.LONG.sign, Side.SHORT.sign] == [1, -1]


def test_a_leg_keeps_its_cost_and_knows_its_price_and_margin() -> None:
    leg = long("0.292", 68424, 10)
    assert leg.entry_cost == D("19979.808")
    assert [leg.entry_price, leg.initial_margin] == [68424, D("1997.9808")]


def test_two_fills_average_by_size_without_rounding() -> None:
    leg = long(1, 60_000).plus(long(2, 63_001))
    assert [leg.quantity, leg.entry_cost] == [3, 186_002]
    assert leg.leverage == 10


@pytest.mark.parametrize("other", [short(1, 60_000), long(1, 60_000, symbol=ETH)])
def test_only_fills_of_one_symbol_and_side_average(other: Leg) -> None:
    with pytest.raises(ValueError, match="one symbol and side"):
        long(1, 60_000).plus(other)


def test_an_isolated_pool_holds_the_initial_margin_unless_another_is_posted() -> None:
    leg = short(1, 60_000, 20)
    assert isolated(leg) == Pool(MarginMode.ISOLATED, leg.initial_margin, (leg,))
    assert isolated(leg, 5000).collateral == 5000


def test_a_cross_pool_holds_the_wallet_and_every_leg() -> None:
    first, second, third = long(1, 60_000), long(10, 2_000, symbol=ETH), short(1, 61_000)
    pool = cross(9_000, first, second).with_leg(third)
    assert (pool.mode, pool.collateral) == (MarginMode.CROSS, amount(9_000))
    assert pool.legs == (first, second, third)


def test_the_symbols_of_a_pool_are_named_once_in_order() -> None:
    assert cross(1, short(1, 1), long(1, 1, symbol=ETH), long(1, 1)).symbols == (BTC, ETH)
    assert cross(1).symbols == ()


def test_a_symbol_leaves_a_pool_with_both_its_legs() -> None:
    kept = long(1, 2_000, symbol=ETH)
    assert cross(1, long(1, 1), kept, short(1, 1)).without(BTC) == cross(1, kept)


def test_collateral_can_be_added_and_taken() -> None:
    assert cross(10).with_collateral(D(5)).collateral == 15
    assert cross(10).with_collateral(D(-4)) == cross(6)
