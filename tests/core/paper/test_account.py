"""What an account says about itself."""

from dataclasses import replace

import pytest

from core.errors import NoPrice
from core.margin.pool import MarginMode
from core.money import D
from core.paper.account import NO_STOPS, Order, PaperAccount, bare
from core.paper.errors import UnknownPosition
from tests.builders import BTC, ETH, NOON, amount, price, rate
from tests.core.paper.builders import (
    CROSS,
    ISOLATED,
    LONG,
    SHORT,
    do,
    fresh,
    only,
    quantity,
    scene,
    stops,
    venue,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)


def order(number: int = 1, side: str = "long", *, reduce_only: bool = False) -> Order:
    return Order(
        number=number,
        symbol=BTC,
        side=LONG if side == "long" else SHORT,
        quantity=quantity("0.333"),
        price=price(58_000),
        mode=ISOLATED,
        leverage=rate(10),
        placed_at=NOON,
        reduce_only=reduce_only,
    )


def mixed() -> PaperAccount:
    """An isolated BTC long, a cross ETH short and a resting BTC order."""
    account = do(fresh(), wish("0.333"), NOW)
    account = do(account, wish(2, SHORT, CROSS, symbol=ETH), NOW)
    return do(account, wish("0.1", at=50_000), NOW)


def test_a_long_loses_below_and_gains_above() -> None:
    plan = stops(55_000, 70_000)
    seen = [plan.reached(LONG, price(p)) for p in (54_000, 55_000, "55000.1", "69999.9", 70_000)]
    assert seen == ["stop_loss", "stop_loss", "", "", "take_profit"]


def test_a_short_loses_above_and_gains_below() -> None:
    plan = stops(65_000, 55_000)
    seen = [plan.reached(SHORT, price(p)) for p in (65_000, 60_000, 55_000)]
    assert seen == ["stop_loss", "", "take_profit"]


def test_no_stop_is_never_reached() -> None:
    assert [NO_STOPS.reached(LONG, price(p)) for p in (1, 1_000_000)] == ["", ""]


def test_there_is_a_stop_when_either_is_set() -> None:
    assert [s.any for s in (NO_STOPS, stops(1), stops(None, 1))] == [False, True, True]


def test_an_order_keeps_its_margin_and_the_dearer_fee_aside() -> None:
    # 0.333 x 58,000 = 19,314; a tenth of it and 0.05 %
    assert order().reserved(NOW.instrument(BTC)) == D("1931.4") + D("9.657")


def test_on_bybit_an_order_also_keeps_the_closing_fee_aside() -> None:
    # 1,931.4 + 19,314 x 0.9 x 0.055 % + 19,314 x 0.055 %
    kept = order().reserved(venue("bybit").instrument(BTC))
    assert kept == D("1931.4") + D("9.56043") + D("10.6227")


def test_an_order_that_only_reduces_keeps_nothing_aside() -> None:
    assert order(reduce_only=True).reserved(NOW.instrument(BTC)) == 0


def test_an_order_is_reached_at_its_price_and_beyond() -> None:
    for side, low, high in (("long", True, False), ("short", False, True)):
        seen = [order(side=side).crossed(price(p)) for p in (57_999, 58_000, 58_001)]
        assert seen == [low, True, high]


def test_positions_and_orders_are_found_by_number() -> None:
    account = mixed()
    assert account.position(2).leg.symbol == ETH
    assert account.order(3).symbol == BTC


def test_an_unknown_number_names_those_there_are() -> None:
    account = mixed()
    with pytest.raises(UnknownPosition) as refused:
        account.position(3)
    assert (refused.value.text, refused.value.available) == ("3", (1, 2))
    with pytest.raises(UnknownPosition) as refused:
        account.order(1)
    assert (refused.value.text, refused.value.available) == ("1", (3,))


def test_a_holding_is_looked_up_by_symbol_and_side() -> None:
    account = mixed()
    assert account.holding(ETH) == account.holding(ETH, SHORT) == account.position(2)
    assert account.holding(ETH, LONG) is None
    assert [o.number for o in account.ordered(BTC)] == [3]
    assert account.ordered(ETH) == ()


def test_the_walls_are_one_per_isolated_position_and_one_for_all_cross() -> None:
    account = mixed()
    (number, pocket), (none, whole) = account.pools()
    assert (number, none) == (1, None)
    assert [pocket.mode, pocket.collateral] == [MarginMode.ISOLATED, 1_998]
    assert (whole.mode, whole.collateral) == (MarginMode.CROSS, account.wallet)
    assert [leg.symbol for leg in whole.legs] == [ETH]
    assert account.pool(account.position(1)) == pocket
    assert account.pool(account.position(2)) == whole


def test_without_a_cross_position_there_is_no_cross_wall() -> None:
    assert list(fresh().pools()) == []
    assert fresh().cross.collateral == 10_000


def test_the_wallet_balance_counts_the_pockets() -> None:
    # two fees went: 19,980 x 0.05 % and 4,000 x 0.05 %
    assert mixed().wallet_balance == 10_000 - D("9.99") - 2


def test_what_is_available_leaves_out_initial_margin_and_what_orders_keep() -> None:
    account = mixed()
    # wallet 10,000 - 1,998 - 9.99 - 2; ETH 4,000 / 10; order 500 + 2.5
    assert account.reserved(NOW.listing) == D("502.5")
    assert account.available(NOW.marks, NOW.listing) == D("7990.01") - 400 - D("502.5")


def test_a_loss_behind_the_cross_wall_makes_less_available() -> None:
    there = scene(btc=60_000, eth=2_500)
    left = mixed().available(there.marks, there.listing)
    assert left == D("7990.01") - 1_000 - 500 - D("502.5")


def test_gains_that_are_not_realised_carry_margin_but_are_never_posted() -> None:
    there = scene(btc=60_000, eth=100)
    account = mixed()
    assert account.cross_risk(there.marks, there.listing).available == D("7990.01") + 3_800 - 20
    assert account.available(there.marks, there.listing) == account.wallet - D("502.5")


def test_nothing_is_available_rather_than_less() -> None:
    there = scene(btc=60_000, eth=9_000)
    assert mixed().available(there.marks, there.listing) == 0


def test_what_is_available_needs_marks_of_cross_legs_only() -> None:
    assert mixed().available(scene(eth=2_000).marks, NOW.listing) > 0
    with pytest.raises(NoPrice):
        mixed().available(scene(btc=60_000).marks, NOW.listing)


def test_a_mode_that_was_never_chosen_is_the_default() -> None:
    assert fresh().mode_of(BTC, CROSS) is CROSS


def test_a_position_is_put_in_its_own_place() -> None:
    account = mixed()
    first, second = account.positions
    richer = replace(first, margin=amount(5))
    assert account.with_position(richer).positions == (richer, second)
    assert account.without_position(1).positions == (second,)
    assert account.without_order(3).orders == ()
    assert only(account.without_position(2)) == first


def test_a_bare_account_is_one_to_which_nothing_has_happened() -> None:
    account = bare(7, "demo")
    assert [account.id, account.market, account.version] == [7, "demo", 0]
    assert [account.wallet, account.positions, account.orders] == [0, (), ()]


def test_an_account_names_the_symbols_it_holds_or_waits_in() -> None:
    assert mixed().symbols == {BTC, ETH}
    assert do(fresh(), wish("0.1", at=50_000), NOW).symbols == {BTC}
    assert fresh().symbols == frozenset()
