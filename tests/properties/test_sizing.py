"""What holds for every size that is placed."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import LeverageTooHigh, NotionalTooSmall, QuantityTooSmall, Refusal, SizeTooLarge
from core.margin.fees import order_cost, trading_fee
from core.margin.pool import Leg, Side
from core.margin.sizing import Size, SizeKind, Trade, largest, place, target_price
from core.market import Instrument, Listing
from core.money import ONE, Amount, D, Price, Quantity, Rate
from core.venue import BINANCE
from tests.builders import BTC
from tests.properties.strategies import (
    continuous_tables,
    contracts,
    decimals,
    jumping_tables,
    leverages,
    prices,
    sides,
)

any_contract = contracts(BTC, st.one_of(continuous_tables, jumping_tables))
wallets = decimals("100", "1000000", 2).map(Amount)
sizes = st.builds(Size, st.sampled_from(list(SizeKind)), decimals("0.01", "100000", 2))
shares_of_wallet = decimals("0.1", "100", 1).map(lambda v: Size(SizeKind.WALLET_PERCENT, v))
fees = decimals("0", "0.001", 5).map(Rate)


def placed(trade: Trade, price: Price, wallet: Amount, contract: Instrument) -> Leg | None:
    try:
        return place(trade, price, wallet, Listing(BINANCE, {BTC: contract}))
    except Refusal:
        return None


@given(any_contract, sides, leverages, sizes, prices, wallets)
def test_a_quantity_stands_on_the_step_and_never_exceeds_what_was_asked(
    contract: Instrument, side: Side, leverage: Rate, size: Size, price: Price, wallet: Amount
) -> None:
    leg = placed(Trade(BTC, side, leverage, size), price, wallet, contract)
    assume(leg is not None)
    assert leg is not None
    assert leg.quantity % contract.step == 0
    assert leg.quantity >= contract.min_quantity
    assert leg.entry_cost >= contract.min_notional
    reached = {
        SizeKind.MARGIN: leg.initial_margin,
        SizeKind.NOTIONAL: leg.entry_cost,
        SizeKind.QUANTITY: leg.quantity,
        SizeKind.WALLET_PERCENT: order_cost(leg, contract) / wallet * 100,
    }[size.kind]
    assert reached <= size.value * (1 + D("1e-30"))


@given(any_contract, sides, leverages, shares_of_wallet, prices, wallets)
def test_a_share_of_the_wallet_always_fits_it_and_one_more_step_would_not(
    contract: Instrument, side: Side, leverage: Rate, size: Size, price: Price, wallet: Amount
) -> None:
    leg = placed(Trade(BTC, side, leverage, size), price, wallet, contract)
    assume(leg is not None)
    assert leg is not None
    budget = wallet * size.value / 100
    assert order_cost(leg, contract) <= budget * (1 + D("1e-30"))
    more = Leg.at(BTC, side, Quantity(leg.quantity + contract.step), price, leverage)
    assert order_cost(more, contract) > budget * (1 - D("1e-30"))


@given(any_contract, sides, leverages, prices, wallets)
def test_the_margin_named_in_a_refusal_would_do(
    contract: Instrument, side: Side, leverage: Rate, price: Price, wallet: Amount
) -> None:
    rules = Listing(BINANCE, {BTC: contract})
    trade = Trade(BTC, side, leverage, Size(SizeKind.MARGIN, D("0.01")))
    try:
        place(trade, price, wallet, rules)
    except (QuantityTooSmall, NotionalTooSmall) as refusal:
        enough = replace(trade, size=Size(SizeKind.MARGIN, refusal.margin))
        less = replace(trade, size=Size(SizeKind.MARGIN, refusal.margin - D("0.01")))
    except Refusal:
        return
    else:
        return
    assert _is_big_enough(enough, price, wallet, rules)
    assert not _is_big_enough(less, price, wallet, rules)


def _is_big_enough(trade: Trade, price: Price, wallet: Amount, rules: Listing) -> bool:
    try:
        place(trade, price, wallet, rules)
    except (QuantityTooSmall, NotionalTooSmall):
        return False
    except (LeverageTooHigh, SizeTooLarge):
        return True
    return True


@given(any_contract, leverages, prices, wallets)
def test_the_largest_position_fits_wallet_and_tier_and_one_more_step_does_not(
    contract: Instrument, leverage: Rate, price: Price, wallet: Amount
) -> None:
    rules = Listing(BINANCE, {BTC: contract})
    assume(leverage <= contract.max_leverage)
    found = largest(BTC, leverage, wallet, price, rules)
    assert found.quantity % contract.step == 0
    assert found.fee == trading_fee(found.quantity, price, contract.taker_fee)

    def fits(quantity: Decimal) -> bool:
        cap = contract.brackets.cap_at(leverage)
        size = contract.brackets.size(quantity, quantity * price)
        costs = [
            order_cost(Leg.at(BTC, side, Quantity(quantity), price, leverage), contract)
            for side in Side
        ]
        return (cap is None or size <= cap) and max(costs) <= wallet * (1 + D("1e-30"))

    assert fits(found.quantity)
    assert not fits(found.quantity + contract.step + contract.step * D("1e-20"))


@given(any_contract, sides, leverages, prices, wallets)
def test_a_placed_order_never_exceeds_the_tier_of_its_leverage(
    contract: Instrument, side: Side, leverage: Rate, price: Price, wallet: Amount
) -> None:
    rules = Listing(BINANCE, {BTC: contract})
    trade = Trade(BTC, side, leverage, Size(SizeKind.MARGIN, D(10**6)))
    cap = contract.brackets.cap_at(leverage)
    refused: LeverageTooHigh | None = None
    try:
        leg = place(trade, price, wallet, rules)
    except LeverageTooHigh as refusal:
        refused = refusal
    else:
        size = contract.brackets.size(leg.quantity, leg.entry_cost)
        assert cap is None or size <= cap
    if refused is not None:
        assert cap is not None
        assert refused.highest < leverage
        assert refused.cap < refused.notional


@given(prices, sides, leverages, decimals("-0.99", "5", 2), fees)
def test_the_target_price_earns_exactly_the_return_asked_for(
    entry: Price, side: Side, leverage: Rate, roe: Decimal, fee: Rate
) -> None:
    leg = Leg.at(BTC, side, Quantity(D(1)), entry, leverage)
    exit_ = target_price(leg, Rate(roe), fee)
    gain = side.sign * (exit_ - entry) - fee * (exit_ + entry)
    assert abs(gain - roe * leg.initial_margin) <= D("1e-26")
    assert (exit_ - target_price(leg, Rate(roe + ONE), fee)) * side.sign < 0
