"""Coin-margined contracts: the same wall, counted in coins."""

import pytest

from core.margin.inverse import (
    InverseLeg,
    coin_maintenance,
    coin_pnl,
    inverse_bankruptcy_price,
    inverse_liquidation_price,
    inverse_order_cost,
)
from core.margin.pool import Side
from core.market import Measure
from core.money import D
from tests.builders import Number, amount, flat, jumping, ladder, price, rate

LADDER = ladder((0, 100, "0.004"), (5, 50, "0.01"), (10, 25, "0.02"), end=20)


def leg(side: Side, value: Number = 50_000, entry: Number = 50_000, lev: Number = 10) -> InverseLeg:
    return InverseLeg(side, D(value), price(entry), rate(lev))


def test_margin_and_results_are_coins() -> None:
    position = leg(Side.LONG)
    assert position.initial_margin == D("0.1")
    assert coin_pnl(position, price(100_000)) == D("0.5")
    assert coin_pnl(leg(Side.SHORT), price(100_000)) == D("-0.5")


def test_the_coin_notional_and_its_tier_grow_as_the_price_falls() -> None:
    position = leg(Side.LONG, 200_000)
    assert coin_maintenance(position, price(50_000), LADDER) == 4 * D("0.004")
    assert coin_maintenance(position, price(25_000), LADDER) == 8 * D("0.01") - D("0.03")
    assert coin_maintenance(position, price(50_000), LADDER, rate("0.0005")) == 4 * D("0.0045")


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("collateral", ["0.1", "0.8", "3"])
@pytest.mark.parametrize("fee", ["0", "0.0005"])
def test_at_the_liquidation_price_the_cushion_is_gone(
    side: Side, collateral: str, fee: str
) -> None:
    position = leg(side, 300_000, 60_000)
    found = inverse_liquidation_price(position, amount(collateral), LADDER, rate(fee))
    assert found is not None
    balance = D(collateral) + coin_pnl(position, found)
    assert abs(balance - coin_maintenance(position, found, LADDER, rate(fee))) < D("1e-28")


def test_a_long_dies_below_and_a_short_above_its_entry() -> None:
    lower = inverse_liquidation_price(leg(Side.LONG), amount("0.1"), flat("0.004"))
    upper = inverse_liquidation_price(leg(Side.SHORT), amount("0.1"), flat("0.004"))
    assert lower == 50_000 * D("1.004") / D("1.1")
    assert upper == 50_000 * D("-0.996") / D("-0.9")


def test_a_short_without_leverage_cannot_be_liquidated() -> None:
    unlevered = leg(Side.SHORT, lev=1)
    assert inverse_liquidation_price(unlevered, unlevered.initial_margin, LADDER) is None
    assert inverse_liquidation_price(unlevered, amount("1.1"), LADDER) is None


def test_a_long_whose_coins_outgrow_the_ladder_stays_in_the_last_tier() -> None:
    position = leg(Side.LONG, 500_000, 50_000)
    found = inverse_liquidation_price(position, amount(15), LADDER)
    assert found is not None
    assert 500_000 / found > 20
    assert found == 500_000 * D("1.02") / (15 + D("0.13") + 10)


def test_a_ladder_can_count_contracts() -> None:
    table = jumping((0, 100, "0.004"), (100_000, 50, "0.01"), measure=Measure.QUANTITY)
    small, big = leg(Side.LONG, 50_000), leg(Side.LONG, 100_000)
    assert coin_maintenance(small, price(1_000), table) == 50 * D("0.004")
    found = inverse_liquidation_price(big, amount("0.2"), table)
    assert found == 100_000 * D("1.01") / (D("0.2") + 2)


def test_the_bankruptcy_price_is_where_the_pocket_is_empty() -> None:
    assert inverse_bankruptcy_price(leg(Side.LONG), amount("0.25")) == 40_000
    assert inverse_bankruptcy_price(leg(Side.SHORT), amount("0.2")) == 62_500


@pytest.mark.parametrize("collateral", ["1", "2"])
def test_a_covered_short_never_goes_bankrupt(collateral: str) -> None:
    assert inverse_bankruptcy_price(leg(Side.SHORT), amount(collateral)) is None


def test_an_order_costs_margin_and_both_fees() -> None:
    assert inverse_order_cost(leg(Side.LONG), rate("0.001")) == D("0.1") + D("0.001") + D("0.0011")
    assert inverse_order_cost(leg(Side.SHORT), rate("0.001")) == D("0.1") + D("0.001") + D("0.0009")
