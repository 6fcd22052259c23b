"""What trading and holding cost."""

from dataclasses import replace

from core.margin.fees import (
    clearance_fee,
    counted_margin,
    funding_payment,
    order_cost,
    posted_margin,
    trading_fee,
)
from core.margin.pool import Side
from core.money import D, Quantity
from core.venue import BINANCE, HYPERLIQUID
from tests.builders import BTCUSDT, amount, bybit, long, price, rate, short


def test_a_trading_fee_is_a_share_of_what_was_executed() -> None:
    assert trading_fee(Quantity(D("0.5")), price(60_000), rate("0.0005")) == 15


def test_an_order_costs_its_margin_and_its_entry_fee() -> None:
    assert order_cost(long(1, 50_000), BTCUSDT) == 5_000 + 25
    assert posted_margin(long(1, 50_000), BTCUSDT) == 5_000


def test_on_bybit_an_order_also_reserves_the_fee_of_closing() -> None:
    assert order_cost(long(1, 50_000), bybit(BTCUSDT)) == D("5052.25")
    assert order_cost(short(1, 50_000), bybit(BTCUSDT)) == D("5057.75")
    assert posted_margin(long(1, 50_000), bybit(BTCUSDT)) == D("5024.75")


def test_with_a_positive_rate_longs_pay_and_shorts_receive() -> None:
    assert funding_payment(long(1, 50_000), price(60_000), rate("0.0001")) == -6
    assert funding_payment(short(1, 50_000), price(60_000), rate("0.0001")) == 6
    assert funding_payment(short(1, 50_000), price(60_000), rate("-0.0001")) == -6


def test_a_liquidation_takes_its_fee_from_what_is_left_and_no_more() -> None:
    contract = replace(BTCUSDT, liquidation_fee=rate("0.0125"))
    assert clearance_fee(contract, BINANCE, amount(10_000), amount(200)) == 125
    assert clearance_fee(contract, BINANCE, amount(10_000), amount(100)) == 100


def test_an_unknown_clearance_fee_is_the_one_assumed_for_the_venue() -> None:
    assert clearance_fee(BTCUSDT, BINANCE, amount(10_000), amount(1_000)) == 150
    assert clearance_fee(BTCUSDT, HYPERLIQUID, amount(10_000), amount(1_000)) == 0


def test_added_margin_counts_in_full_where_margin_carries_no_fee() -> None:
    assert counted_margin(amount(100), Side.LONG, BTCUSDT) == 100


def test_on_bybit_added_margin_counts_by_the_more_careful_reading() -> None:
    contract = bybit(BTCUSDT)
    assert counted_margin(amount(100), Side.LONG, contract) == 100
    assert counted_margin(amount(100), Side.SHORT, contract) == D(100) / D("1.00055")
