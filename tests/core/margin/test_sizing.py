"""From a size as meant to a leg as taken."""

from dataclasses import replace

import pytest

from core.errors import (
    Delisted,
    LeverageTooHigh,
    NotionalTooSmall,
    QuantityTooSmall,
    SizeTooLarge,
    UnknownSymbol,
)
from core.margin.fees import order_cost
from core.margin.pool import Leg, Side
from core.margin.sizing import (
    Largest,
    Size,
    SizeKind,
    Trade,
    average,
    check_tier,
    largest,
    place,
    raw_quantity,
    target_price,
    tier_cap,
)
from core.market import Instrument
from core.money import D
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    OKX_BTC_LADDER,
    SOLUSDT,
    Number,
    amount,
    bybit,
    instrument,
    listing,
    long,
    price,
    rate,
    short,
)


def trade(kind: SizeKind, value: Number, leverage: Number = 10, side: Side = Side.LONG) -> Trade:
    return Trade(BTC, side, rate(leverage), Size(kind, D(value)))


def placed(wanted: Trade, at: Number = 68424, contract: Instrument = BTCUSDT) -> Leg:
    return place(wanted, price(at), amount(10_000), listing(contract))


def allowed(quantity: Number, leverage: Number, at: Number = 60_000) -> None:
    check_tier(D(quantity), price(at), rate(leverage), listing(), BTCUSDT)


@pytest.mark.parametrize(
    ("kind", "value", "quantity"),
    [
        (SizeKind.MARGIN, 2_000, "0.292"),
        (SizeKind.NOTIONAL, 20_000, "0.292"),
        (SizeKind.QUANTITY, "0.2929", "0.292"),
        (SizeKind.WALLET_PERCENT, 20, "0.290"),
    ],
)
def test_every_kind_of_size_ends_on_the_step_rounded_down(
    kind: SizeKind, value: Number, quantity: str
) -> None:
    leg = placed(trade(kind, value))
    assert leg.quantity == D(quantity)
    assert leg.entry_cost == D(quantity) * 68424
    assert (leg.symbol, leg.side, leg.leverage) == (BTC, Side.LONG, rate(10))


def test_a_share_of_the_wallet_leaves_room_for_the_entry_fee() -> None:
    wanted = raw_quantity(
        trade(SizeKind.WALLET_PERCENT, 100), price(50_000), amount(10_050), rate("0.0005")
    )
    assert wanted == 2
    leg = place(trade(SizeKind.WALLET_PERCENT, 100), price(50_000), amount(10_050), listing())
    assert order_cost(leg, BTCUSDT) == 10_050


def test_a_share_that_is_a_whole_number_of_steps_stays_one() -> None:
    """A third has no end; the quantity must not fall a step short of it."""
    wanted = trade(SizeKind.WALLET_PERCENT, 100, leverage=3)
    wallet = amount(D(100) + D("0.15"))
    assert place(wanted, price(100_000), wallet, listing()).quantity == D("0.003")


@pytest.mark.parametrize("side", list(Side))
def test_on_bybit_the_whole_wallet_also_pays_for_closing(side: Side) -> None:
    contract = replace(bybit(BTCUSDT), step=D("0.00000001"))
    leg = placed(trade(SizeKind.WALLET_PERCENT, 100, side=side), contract=contract)
    assert 0 <= 10_000 - order_cost(leg, contract) < D("0.001")


def test_too_small_a_quantity_is_refused_with_a_margin_that_would_do() -> None:
    contract = replace(BTCUSDT, min_notional=amount(5))
    with pytest.raises(QuantityTooSmall) as caught:
        placed(trade(SizeKind.MARGIN, 5), contract=contract)
    assert [caught.value.least, caught.value.margin] == [D("0.001"), D("6.85")]
    assert placed(trade(SizeKind.MARGIN, "6.85"), contract=contract).quantity == D("0.001")


def test_too_small_a_quantity_asks_for_the_smallest_notional_too() -> None:
    with pytest.raises(QuantityTooSmall) as caught:
        placed(trade(SizeKind.MARGIN, 5))
    assert caught.value.margin == D("13.69")
    assert placed(trade(SizeKind.MARGIN, "13.69")).quantity == D("0.002")


def test_too_small_a_notional_is_refused_with_a_margin_that_would_do() -> None:
    with pytest.raises(NotionalTooSmall) as caught:
        placed(trade(SizeKind.MARGIN, 10))
    assert [caught.value.notional, caught.value.least] == [D("68.424"), 100]
    assert caught.value.margin == D("13.69")


def test_a_symbol_that_is_not_listed_is_refused() -> None:
    with pytest.raises(UnknownSymbol):
        placed(replace(trade(SizeKind.MARGIN, 100), symbol=ETH))


def test_the_tier_of_the_notional_bounds_the_leverage() -> None:
    allowed("4.999", 150)
    with pytest.raises(LeverageTooHigh) as caught:
        allowed("5.001", 101)
    refusal = caught.value
    assert [refusal.highest, refusal.cap, refusal.notional] == [100, 300_000, 300_060]


def test_a_size_of_exactly_the_cap_is_taken() -> None:
    allowed(5, 150)
    allowed(30_000, 1)


def test_a_leverage_that_no_tier_allows_is_refused_at_any_size() -> None:
    with pytest.raises(LeverageTooHigh) as caught:
        allowed("0.001", 151)
    assert [caught.value.highest, caught.value.cap] == [150, 0]


def test_a_size_beyond_the_ladder_is_refused() -> None:
    with pytest.raises(SizeTooLarge):
        allowed("30000.001", 1)


def test_a_ladder_without_end_takes_any_size_at_its_leverage() -> None:
    check_tier(D(10**9), price(100), rate(125), listing(), SOLUSDT)
    assert tier_cap(SOLUSDT, rate(125), price(100)) is None


def test_a_cap_in_contracts_is_worth_what_the_price_makes_it() -> None:
    contract = instrument(BTC, OKX_BTC_LADDER)
    assert tier_cap(contract, rate(50), price(60_000)) == 200 * 60_000
    assert tier_cap(BTCUSDT, rate(50), price(60_000)) == 12_000_000
    with pytest.raises(LeverageTooHigh) as caught:
        check_tier(D(201), price(60_000), rate(50), listing(), contract)
    assert [caught.value.highest, caught.value.cap] == [40, 12_000_000]


def most(
    leverage: Number, wallet: Number, contract: Instrument = BTCUSDT, at: Number = 60_000
) -> Largest:
    return largest(BTC, rate(leverage), amount(wallet), price(at), listing(contract))


def test_the_largest_position_is_what_the_wallet_pays_for() -> None:
    found = most(10, 6_030)
    assert [found.quantity, found.notional, found.margin, found.fee] == [1, 60_000, 6_000, 30]
    assert not found.by_tier


def test_the_largest_position_is_what_the_tier_takes() -> None:
    found = most(150, 10_000)
    assert [found.quantity, found.notional] == [5, 300_000]
    assert found.by_tier
    allowed(found.quantity, 150)


def test_the_largest_position_stands_on_the_step() -> None:
    assert most(10, 6_029).quantity == D("0.999")
    assert most(10, "0.5").quantity == 0


def test_on_bybit_the_largest_position_pays_for_closing_on_either_side() -> None:
    contract = bybit(BTCUSDT)
    found = most(10, 6_000, contract)
    for make in (long, short):
        assert order_cost(make(found.quantity, 60_000, 10), contract) <= 6_000
    assert order_cost(short(found.quantity + D("0.001"), 60_000, 10), contract) > 6_000


def test_there_is_no_largest_position_at_a_leverage_no_tier_allows() -> None:
    with pytest.raises(LeverageTooHigh) as caught:
        most(151, 10_000)
    assert caught.value.cap == 0


def test_a_ladder_without_end_leaves_the_wallet_to_decide() -> None:
    found = most(10, 10**12, instrument(BTC, SOLUSDT.brackets))
    assert not found.by_tier


@pytest.mark.parametrize(("roe", "exit_"), [("1", 66_000), ("-0.5", 57_000), ("0", 60_000)])
def test_without_fees_the_target_is_the_move_that_leverage_multiplies(roe: str, exit_: int) -> None:
    assert target_price(long(1, 60_000, 10), rate(roe)) == exit_
    assert target_price(short(1, 60_000, 10), rate(roe)) == 120_000 - exit_


@pytest.mark.parametrize("leg", [long(1, 60_000, 10), short(2, 60_000, 10)])
def test_the_target_earns_the_return_after_both_fees(leg: Leg) -> None:
    fee, roe = D("0.0005"), D("0.25")
    exit_ = target_price(leg, rate(roe), rate(fee))
    gain = leg.side.sign * leg.quantity * (exit_ - 60_000)
    fees = fee * (leg.entry_cost + leg.quantity * exit_)
    assert abs(gain - fees - roe * leg.initial_margin) < D("1e-26")


def test_fills_average_by_size() -> None:
    leg = average([long("0.1", 60_000), long("0.2", 63_000), long("0.1", 62_000)])
    assert [leg.quantity, leg.entry_price] == [D("0.4"), 62_000]


def test_one_fill_is_its_own_average_and_none_has_none() -> None:
    only = short(1, 60_000)
    assert average([only]) is only
    with pytest.raises(ValueError, match="unpack"):
        average([])


def test_fills_of_both_sides_do_not_average() -> None:
    with pytest.raises(ValueError, match="one symbol and side"):
        average([long(1, 60_000), short(1, 60_000)])


def test_nothing_is_placed_in_what_is_delisted() -> None:
    gone = listing(replace(BTCUSDT, delisted=True))
    with pytest.raises(Delisted):
        place(trade(SizeKind.MARGIN, 1000), price(60_000), amount(10_000), gone)
    with pytest.raises(Delisted):
        largest(BTC, rate(10), amount(10_000), price(60_000), gone)
