"""A wall falls: what is closed, what it costs, who gets the rest; every figure worked by hand."""

from dataclasses import replace

import pytest

from core.errors import NoPrice
from core.margin.liquidation import liquidation_band
from core.margin.pool import PositionMode
from core.margin.risk import risk
from core.market import Listing, Symbol
from core.money import D
from core.paper.account import PaperAccount
from core.paper.errors import UnknownPosition
from core.paper.events import OrderCancelled, PoolLiquidated
from core.paper.liquidating import liquidated
from core.paper.scene import Scene
from tests.builders import BTC, ETH, amount, marks
from tests.core.paper.builders import (
    CROSS,
    SHORT,
    after,
    do,
    fresh,
    only,
    put,
    rated,
    scene,
    venue,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)
CHEAP = rated(venue(), "0.0001")
BNB = Symbol("BNBUSDT")


def fallen(account: PaperAccount, scope: int | None, now: Scene) -> PoolLiquidated:
    """The one event of a wall that falls, no order before it."""
    (event,) = liquidated(account, scope, now)
    assert isinstance(event, PoolLiquidated)
    return event


def pocket() -> PaperAccount:
    """0.333 BTC from 60,000 behind 1,998; the wallet holds 7,992.01."""
    return do(fresh(), wish("0.333"), NOW)


def whale(
    listing: Listing | str, size: int | str, leverage: int, wallet: int = 1_000_000
) -> PaperAccount:
    return do(fresh(wallet), wish(size, leverage=leverage), scene(listing, btc=60_000))


# --- whole ----------------------------------------------------------------------------------------


def test_nothing_happens_to_a_wall_that_stands() -> None:
    # 54,000 / 0.996 = 54,216.87
    assert liquidated(pocket(), 1, scene(btc="54216.87")) == ()
    assert fallen(pocket(), 1, scene(btc="54216.86")).whole


def test_the_clearance_fee_takes_what_is_left_of_a_small_position() -> None:
    event = fallen(pocket(), 1, scene(btc=54_216))
    (part,) = event.seized
    assert [part.number, part.quantity, part.price, part.cost] == [1, D("0.333"), 54_216, 19_980]
    # 1,998 - 0.333 x 5,784; 1.25 % of 18,053.928 would be 225.67
    assert (part.pnl, event.fee) == (D("-1926.072"), D("71.928"))
    assert [event.collateral, event.remainder, event.returned, event.shortfall] == [1_998, 0, 0, 0]
    assert event.limits == ((BTC, D("54216.9")),)


def test_the_wallet_is_as_it_was() -> None:
    for mark in (54_216, 50_000, 1):
        now = after(pocket(), (fallen(pocket(), 1, scene(btc=mark)),))
        assert (now.wallet, now.positions) == (D("7992.01"), ())


def test_what_the_fee_leaves_goes_to_the_insurance_fund() -> None:
    event = fallen(pocket(), 1, scene(rated(venue(), "0.001"), btc=54_216))
    assert (event.fee, event.remainder) == (D("18.053928"), D("53.874072"))


def test_a_gap_beyond_the_pocket_is_a_shortfall_and_no_debt() -> None:
    event = fallen(pocket(), 1, scene(btc=50_000))
    assert event.seized[0].pnl == -3_330
    assert [event.fee, event.remainder, event.shortfall] == [0, 0, 1_332]


def test_a_short_falls_upward() -> None:
    account = do(fresh(), wish("0.333", SHORT), NOW)
    # 66,000 / 1.004 = 65,737.05
    assert liquidated(account, 1, scene(btc="65737.05")) == ()
    event = fallen(account, 1, scene(btc="65737.06"))
    assert event.seized[0].pnl == D("-1910.44098")
    assert event.limits == ((BTC, D("65737.0")),)


def test_an_exactly_empty_cushion_falls_on_binance_and_stands_on_hyperliquid() -> None:
    for name, rate, falls in (("binance", "0.004", True), ("hyperliquid", "0.0125", False)):
        listing = venue(name)
        account = do(fresh(), wish("0.1"), scene(listing, btc=60_000))
        exactly = D("0.1") * 60_000 * D(rate)
        thin = account.with_position(replace(only(account), margin=amount(exactly)))
        assert bool(liquidated(thin, 1, scene(listing, btc=60_000))) is falls


def test_an_unknown_wall_and_a_missing_mark_are_refused() -> None:
    with pytest.raises(UnknownPosition):
        liquidated(pocket(), 2, NOW)
    with pytest.raises(NoPrice):
        liquidated(pocket(), 1, scene(eth=2_000))


def test_a_cross_wall_without_legs_stands() -> None:
    assert liquidated(fresh(0), None, NOW) == ()


# --- in steps -------------------------------------------------------------------------------------


def test_binance_steps_down_from_the_third_tier() -> None:
    account = whale(CHEAP, 20, 50)
    there = scene(CHEAP, btc=59_100)
    event = fallen(account, 1, there)
    # tier 3 begins at 800,000: 13.536 BTC are worth 799,977.6
    (part,) = event.seized
    assert (part.quantity, part.pnl) == (D("6.464"), D("-5817.6"))
    assert (event.whole, event.fee) == (False, D("38.20224"))
    now = after(account, (event,))
    assert now.wallet == account.wallet
    assert only(now).margin == 24_000 - D("5817.6") - D("38.20224")
    assert [only(now).leg.quantity, only(now).leg.entry_cost] == [D("13.536"), 812_160]
    left = risk(now.pool(only(now)), there.marks, there.listing)
    assert left.margin_balance == D("5961.79776")
    assert left.maintenance_margin == D("3699.888")
    assert liquidated(now, 1, there) == ()


def test_the_real_clearance_fee_leaves_nothing_of_the_same_position() -> None:
    event = fallen(whale("binance", 20, 50), 1, scene(btc=59_100))
    # 24,000 - 18,000 are left, and 1.25 % of 1,182,000 is more
    assert [event.whole, event.fee, event.remainder] == [True, 6_000, 0]


def test_a_position_in_a_deep_tier_survives_its_step_at_the_real_fee() -> None:
    account = whale("binance", 2_500, 10, 20_000_000)
    top = account.pool(only(account))
    limit = liquidation_band(top, BTC, NOW.marks, NOW.listing).lower
    assert limit is not None
    there = scene(btc=limit.quantize(D("0.1")) - 1)
    event = fallen(account, 1, there)
    now = after(account, (event,))
    assert not event.whole
    worth = only(now).leg.quantity * there.mark(BTC)
    assert 100_000_000 - there.mark(BTC) * D("0.001") <= worth < 100_000_000
    assert event.fee == event.seized[0].quantity * there.mark(BTC) * D("0.0125")


def test_several_steps_are_told_as_one() -> None:
    account = whale(CHEAP, 20, 50)
    # 24,000 - 20 x 1,040: 3,200 are not enough for tier 2 either
    there = scene(CHEAP, btc=58_960)
    event = fallen(account, 1, there)
    (part,) = event.seized
    assert not event.whole
    # tier 2 begins at 300,000: 5.088 x 58,960 = 299,988.48
    assert part.quantity == 20 - D("5.088")
    assert part.pnl == D("-1040") * part.quantity
    assert part.cost == part.quantity * 60_000
    assert only(after(account, (event,))).leg.entry_cost == D("5.088") * 60_000


def test_a_step_that_leaves_less_than_one_step_closes_everything() -> None:
    coarse = put(CHEAP, replace(CHEAP.instrument(BTC), step=D(20)))
    account = whale(coarse, 20, 50)
    assert fallen(account, 1, scene(coarse, btc=59_100)).whole


def test_okx_takes_two_tiers_at_once() -> None:
    listing = rated(venue("okx"), "0.0005")
    account = whale(listing, 100, 50)
    there = scene(listing, btc=59_200)
    event = fallen(account, 1, there)
    # tier 3 of 50 to 200 BTC falls below the 10 BTC at which tier 2 begins
    (part,) = event.seized
    assert (part.quantity, part.pnl) == (D("90.0001"), D("-72000.08"))
    assert event.fee == D("2664.00296")
    now = after(account, (event,))
    assert (only(now).leg.quantity, now.wallet) == (D("9.9999"), account.wallet)
    assert only(now).margin == 120_000 - D("72000.08") - D("2664.00296")


def test_okx_closes_the_lowest_two_tiers_whole() -> None:
    account = whale(rated(venue("okx"), 0), 40, 50)
    event = fallen(account, 1, scene(rated(venue("okx"), 0), btc=59_000))
    assert [event.whole, event.remainder] == [True, 48_000 - 40_000]
    # (2,400,000 - 48,000) / (40 x (1 - 0.55 %)), on the tick above, and a tick nearer
    assert event.limits == ((BTC, D("59125.3")),)


def test_hyperliquid_takes_a_fifth_first() -> None:
    account = whale("hyperliquid", 10, 40)
    event = fallen(account, 1, scene("hyperliquid", btc=59_200))
    # 15,000 - 8,000 < 592,000 x 1.25 %; eight tenths need 5,920
    assert [event.whole, event.seized[0].quantity] == [False, 2]
    now = after(account, (event,))
    assert [only(now).margin, event.fee, now.wallet] == [13_400, 0, account.wallet]


def test_hyperliquid_closes_the_rest_where_a_fifth_is_not_enough() -> None:
    account = whale("hyperliquid", 10, 40)
    # 5,000 are left; the whole needs 7,375, eight tenths 5,900, and two thirds are 4,917
    event = fallen(account, 1, scene("hyperliquid", btc=59_000))
    assert [event.whole, event.seized[0].quantity] == [True, 10]
    assert [event.returned, event.remainder] == [5_000, 0]


def test_hyperliquid_leaves_the_remainder_to_the_trader() -> None:
    account = whale("hyperliquid", 1, 40)
    event = fallen(account, 1, scene("hyperliquid", btc=59_200))
    assert [event.whole, event.fee, event.returned, event.remainder] == [True, 0, 700, 0]
    now = after(account, (event,))
    assert (now.wallet, now.positions) == (account.wallet + 700, ())


@pytest.mark.parametrize("size", [1, 10])
def test_hyperliquids_backstop_keeps_what_is_left_below_two_thirds(size: int) -> None:
    account = whale("hyperliquid", size, 40)
    # 1,500 - 1,100 = 400 per coin; two thirds of 736.25 are 490.83
    event = fallen(account, 1, scene("hyperliquid", btc=58_900))
    assert [event.whole, event.returned, event.remainder] == [True, 0, 400 * size]
    assert after(account, (event,)).wallet == account.wallet


# --- cross ----------------------------------------------------------------------------------------


def offset(wallet: int | str = 7_000) -> PaperAccount:
    """A cross long of 1 BTC and a cross short of 10 ETH; the wallet after fees."""
    account = do(fresh(20_000), wish(1, mode=CROSS), NOW)
    account = do(account, wish(10, SHORT, CROSS, symbol=ETH), NOW)
    return replace(account, wallet=amount(wallet))


def test_a_gain_behind_the_same_wall_carries_a_loss() -> None:
    assert liquidated(offset(), None, scene(btc=52_000, eth=1_800)) == ()
    assert liquidated(offset(), None, scene(btc=52_000, eth=2_000))


def test_all_behind_the_cross_wall_goes_together() -> None:
    there = scene(btc=51_250, eth=1_800)
    event = fallen(offset(), None, there)
    # 7,000 - 8,750 + 2,000 = 250 < 205 + 72; the fee takes it
    assert {p.number: p.pnl for p in event.seized} == {1: -8_750, 2: 2_000}
    assert (event.mode, event.whole, event.scope) == (CROSS, True, None)
    assert [event.collateral, event.fee, event.remainder, event.shortfall] == [7_000, 250, 0, 0]
    now = after(offset(), (event,))
    assert [now.wallet, now.positions] == [0, ()]
    (btc, lower), (eth, upper) = event.limits
    assert (btc, eth) == (BTC, ETH)
    # 7,000 + 2,000 - 72 behind one BTC: (60,000 - 8,928) / 0.996, on the tick above
    assert lower == D("51277.2")
    # 7,000 - 8,750 - 205 behind 10 ETH: (20,000 - 1,955) / 10.04, on the tick below
    assert upper == D("1797.31")


def test_a_gap_behind_the_cross_wall_costs_the_wallet_and_no_more() -> None:
    event = fallen(offset(), None, scene(btc=50_000, eth=1_800))
    assert [event.fee, event.shortfall, event.returned] == [0, 1_000, 0]
    assert after(offset(), (event,)).wallet == 0


def test_the_fees_of_several_legs_share_what_is_left() -> None:
    low = rated(rated(venue(), "0.001"), "0.001", ETH)
    event = fallen(offset(), None, scene(low, btc=51_250, eth=1_800))
    assert (event.fee, event.remainder) == (D("51.25") + 18, 250 - D("69.25"))


def test_a_cross_liquidation_leaves_isolated_pockets() -> None:
    account = do(offset(20_000), wish(5, symbol=BNB), with_bnb(60_000, 2_000, 600))
    account = replace(account, wallet=amount(7_000))
    event = fallen(account, None, with_bnb(51_250 - 400, 1_800, 600))
    now = after(account, (event,))
    assert {p.number: p.margin for p in now.positions} == {3: 300}
    assert now.wallet == 0


def with_bnb(btc: int, eth: int, bnb: int, listing: Listing | None = None) -> Scene:
    return replace(scene(listing or venue()), marks=marks(btc=btc, eth=eth, bnb=bnb))


def test_cross_is_taken_apart_where_a_leg_has_tiers_to_give() -> None:
    listing = rated(CHEAP, "0.0001", BNB)
    account = replace(fresh(100_000), wallet=amount(100_000))
    now = with_bnb(60_000, 2_000, 600, listing)
    account = do(account, wish(2, mode=CROSS), now)
    account = do(account, wish(50, mode=CROSS, symbol=BNB), now)
    # BTC needs 464 and stands in its first tier; 30,000 of BNB need 170, and 9,996 need 49.98
    thin = replace(account, wallet=amount(4_600))
    event = fallen(thin, None, with_bnb(58_000, 2_000, 600, listing))
    (part,) = event.seized
    assert (event.whole, part.symbol, part.quantity) == (False, BNB, D("33.34"))
    # 4,600 - 4,000 stay but for 0.01 % of 20,004
    left = after(thin, (event,))
    assert left.wallet == 4_600 - D("2.0004")
    assert [p.leg.quantity for p in left.positions] == [2, D("16.66")]


def test_a_step_never_realises_a_loss_that_only_gains_could_pay() -> None:
    listing = rated(CHEAP, "0.0001", ETH)
    now = scene(listing, btc=60_000, eth=2_360)
    account = do(fresh(1_000_000), wish(20, mode=CROSS, leverage=50), now)
    account = do(account, wish(100, SHORT, CROSS, symbol=ETH), now)
    thin = replace(account, wallet=amount(10_000))
    # 10,000 - 40,000 + 36,000 = 6,000 < 6,040 + 800, and a step would realise -12,414
    event = fallen(thin, None, scene(listing, btc=58_000, eth=2_000))
    assert event.whole
    assert [p.pnl for p in event.seized] == [-40_000, 36_000]
    assert event.fee + event.remainder == 6_000


def test_two_equal_legs_have_no_price_that_saves_them() -> None:
    account = replace(fresh(30_000), position_mode=PositionMode.HEDGE)
    account = do(account, wish(1, mode=CROSS), NOW)
    account = do(account, wish(1, SHORT, CROSS), scene(btc=50_000))
    event = fallen(replace(account, wallet=amount(10_000)), None, NOW)
    assert [event.limits, event.shortfall, event.remainder] == [(), 0, 0]


# --- orders ---------------------------------------------------------------------------------------


def test_orders_of_the_symbol_go_before_its_pocket() -> None:
    account = do(pocket(), wish("0.1", at=50_000), NOW)
    account = do(account, wish(1, symbol=ETH, at=1_500), NOW)
    *orders, last = liquidated(account, 1, scene(btc=54_216))
    assert orders == [OrderCancelled(number=2, reason="liquidation")]
    assert isinstance(last, PoolLiquidated)


def test_cross_orders_of_every_symbol_go_before_the_cross_wall() -> None:
    account = do(offset(20_000), wish("0.1", mode=CROSS, at=50_000), NOW)
    account = do(account, wish(1, mode=CROSS, symbol=BNB, at=500), NOW)
    account = do(account, wish(1, symbol=Symbol("SOLUSDT"), at=100), NOW)
    account = replace(account, wallet=amount(7_000))
    *orders, _ = liquidated(account, None, scene(btc=51_250, eth=1_800))
    assert [e.number for e in orders if isinstance(e, OrderCancelled)] == [3, 4]


def test_orders_go_before_a_step_too() -> None:
    account = do(whale(CHEAP, 20, 50), wish(1, leverage=50, at=50_000), scene(CHEAP, btc=60_000))
    first, second = liquidated(account, 1, scene(CHEAP, btc=59_100))
    assert isinstance(first, OrderCancelled)
    assert isinstance(second, PoolLiquidated)
    assert not second.whole
