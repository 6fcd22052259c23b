"""What a leg asks of its pool, and what a pool still has."""

import pytest

from core.errors import NoPrice, UnknownSymbol
from core.margin.risk import (
    INFINITE,
    NO_RISK,
    Risk,
    breaches,
    closing_fee,
    initial_margin,
    leg_cushion,
    leg_risk,
    maintenance_margin,
    notional,
    return_on_margin,
    risk,
    unrealized_pnl,
)
from core.market import Instrument
from core.money import D
from core.venue import BINANCE, HYPERLIQUID, Venue
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    ETHUSDT,
    OKX_BTC_LADDER,
    amount,
    bybit,
    cross,
    instrument,
    isolated,
    listing,
    long,
    marks,
    okx,
    price,
    short,
)


def of(balance: str | int, maintenance: str | int, initial: str | int = 0) -> Risk:
    return Risk(amount(balance), amount(initial), amount(maintenance))


def test_notional_is_quantity_times_mark() -> None:
    assert notional(long("0.5", 60_000), price(64_000)) == 32_000


def test_a_long_gains_what_a_short_loses() -> None:
    assert unrealized_pnl(long("0.5", 60_000), price(64_000)) == 2_000
    assert unrealized_pnl(short("0.5", 60_000), price(64_000)) == -2_000


def test_maintenance_is_rate_times_notional_less_the_amount_of_the_tier_at_the_mark() -> None:
    leg = long(5, 50_000)
    assert maintenance_margin(leg, price(50_000), BTCUSDT) == 1_000
    assert maintenance_margin(leg, price(80_000), BTCUSDT) == 400_000 * D("0.005") - 300


def test_maintenance_has_no_jump_at_the_edge_of_a_tier() -> None:
    leg = short(5, 50_000)
    below, at = (maintenance_margin(leg, price(p), BTCUSDT) for p in ("59999.99999", "60000"))
    assert at == 1200
    assert 0 < at - below < D("0.0001")


def test_okx_counts_the_fee_of_closing_as_maintenance() -> None:
    assert maintenance_margin(long(1, 60_000), price(60_000), okx(BTCUSDT)) == 240 + 30


def test_a_ladder_of_contracts_does_not_move_with_the_price() -> None:
    contract = instrument(BTC, OKX_BTC_LADDER)
    leg = long(10, 60_000)
    assert [maintenance_margin(leg, price(p), contract) for p in (1_000, 100_000)] == [50, 5_000]


def test_bybit_adds_the_fee_of_closing_at_bankruptcy_to_both_margins() -> None:
    contract, mark = bybit(BTCUSDT), price(50_000)
    for leg, fee in ((long(1, 50_000), "24.75"), (short(1, 50_000), "30.25")):
        assert closing_fee(leg, contract) == D(fee)
        assert initial_margin(leg, mark, contract) == 5_000 + D(fee)
        assert maintenance_margin(leg, mark, contract) == 200 + D(fee)


def test_the_fee_of_closing_at_bankruptcy_stands_on_the_entry_and_not_on_the_mark() -> None:
    leg = long(1, 50_000)
    assert leg_risk(leg, price(40_000), bybit(BTCUSDT)).maintenance_margin == 160 + D("24.75")


def test_elsewhere_margin_carries_no_fee() -> None:
    assert closing_fee(long(1, 50_000), BTCUSDT) == 0


def test_initial_margin_moves_with_the_mark() -> None:
    assert initial_margin(long(1, 50_000, 20), price(60_000), BTCUSDT) == 3_000


def test_a_leg_leaves_its_pool_its_gain_less_its_maintenance() -> None:
    kinds = (BTCUSDT, okx(BTCUSDT), bybit(BTCUSDT), instrument(BTC, OKX_BTC_LADDER))
    for contract in kinds:
        for leg in (long(12, 60_000), short(12, 60_000)):
            for mark in (price(1), price(55_000), price(90_000)):
                alone = leg_risk(leg, mark, contract)
                assert leg_cushion(leg, mark, contract) == alone.cushion


def test_the_risk_of_a_pool_is_its_collateral_and_its_legs() -> None:
    pool = cross(10_000, long(1, 60_000), short(10, 2_000, symbol=ETH))
    seen = risk(pool, marks(btc=59_000, eth=1_900), listing())
    assert seen.margin_balance == 10_000 - 1_000 + 1_000
    assert seen.initial_margin == 5_900 + 1_900
    assert seen.maintenance_margin == 236 + 76
    assert [seen.cushion, seen.available] == [9_688, 2_200]
    assert seen.margin_ratio == D("0.0312")


def test_an_empty_pool_asks_for_nothing_and_is_never_liquidated() -> None:
    for wallet in (1_000, 0, -5):
        seen = risk(cross(wallet), marks(), listing())
        assert [seen.initial_margin, seen.maintenance_margin] == [0, 0]
        assert not seen.is_liquidatable(BINANCE)
    assert NO_RISK + of(3, 2, 1) == of(3, 2, 1)


def test_a_pool_needs_a_mark_and_a_contract_for_each_leg() -> None:
    pool = cross(10_000, long(1, 60_000), long(1, 2_000, symbol=ETH))
    with pytest.raises(NoPrice):
        risk(pool, marks(btc=60_000), listing())
    with pytest.raises(UnknownSymbol):
        risk(pool, marks(btc=60_000, eth=2_000), listing(BTCUSDT))


def test_risks_add_field_by_field() -> None:
    assert of(1, 2, 3) + of(10, 20, 30) == of(11, 22, 33)


def test_nothing_is_available_when_the_initial_margin_is_not_covered() -> None:
    assert of(100, 1, initial=150).available == 0
    assert of(150, 1, initial=100).available == 50


@pytest.mark.parametrize("balance", [0, -1])
def test_the_margin_ratio_is_infinite_without_a_balance(balance: int) -> None:
    assert of(balance, 1).margin_ratio == INFINITE


def test_a_cushion_of_zero_is_liquidation_except_on_hyperliquid() -> None:
    zero = of(100, 100)
    assert zero.is_liquidatable(BINANCE)
    assert not zero.is_liquidatable(HYPERLIQUID)


@pytest.mark.parametrize("venue", [BINANCE, HYPERLIQUID])
def test_a_negative_cushion_is_liquidation_everywhere_and_a_positive_one_nowhere(
    venue: Venue,
) -> None:
    assert of("99.99999999", 100).is_liquidatable(venue)
    assert not of("100.00000001", 100).is_liquidatable(venue)


def test_the_riskier_pool_is_known_without_a_division() -> None:
    third, more = of(3, 1), of("2.999999999999999999999999999999999", 1)
    assert more.riskier_than(third)
    assert not third.riskier_than(more)
    assert not third.riskier_than(of(6, 2))


def test_a_pool_without_a_balance_is_the_riskiest() -> None:
    assert of(0, 1).riskier_than(of(1, 1))
    assert not of(1, 1).riskier_than(of(0, 1))
    assert not of(0, 1).riskier_than(of(-1, 1))


def test_breaches_are_the_pools_whose_cushion_is_gone_in_the_order_given() -> None:
    falls, stands = long(1, 60_000, 20), long(1, 60_000, 5)
    pools = [isolated(falls), isolated(stands), isolated(short(1, 50_000, 10))]
    assert breaches(pools, marks(btc=57_000), listing()) == (pools[0], pools[2])


def test_return_on_margin_is_leverage_times_the_move() -> None:
    assert return_on_margin(long(2, 50_000, 20), price(51_000)) == D("0.4")
    assert return_on_margin(short(2, 50_000, 20), price(51_000)) == D("-0.4")


def test_a_hedged_pool_needs_maintenance_for_both_legs() -> None:
    pool = cross(1_000, long(1, 60_000), short(1, 60_000))
    seen = risk(pool, marks(btc=80_000), listing(BTCUSDT, ETHUSDT))
    assert [seen.margin_balance, seen.maintenance_margin] == [1_000, 640]


def test_the_tier_of_a_leg_is_its_own_and_not_that_of_both_legs_together() -> None:
    contracts: Instrument = BTCUSDT
    both = cross(1, long(4, 60_000), short(4, 60_000))
    seen = risk(both, marks(btc=60_000), listing(contracts))
    assert seen.maintenance_margin == 2 * 240_000 * D("0.004")
