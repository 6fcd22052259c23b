"""Margin moved, leverage, modes, stops and venues chosen: what is refused, and what moves."""

from dataclasses import replace

import pytest

from core.errors import IsolatedOnly, LeverageTooHigh, UnknownSymbol, UnknownVenue
from core.margin.pool import PositionMode
from core.market import Symbol
from core.money import D
from core.paper.account import NO_STOPS, PaperAccount
from core.paper.choices import (
    check_flat,
    check_stops,
    leverage_chosen,
    margin_moved,
    mode_chosen,
    position_mode_chosen,
    removable,
    stops_set,
    venue_chosen,
)
from core.paper.errors import (
    Insufficient,
    LeverageLocked,
    MarginLocked,
    ModeBlocked,
    NoHedgeMode,
    NotFlat,
    NothingChanges,
    NotIsolated,
    StopWrongSide,
    UnknownPosition,
)
from core.paper.events import LeverageChosen, ModeChosen
from core.paper.scene import Scene
from tests.builders import BTC, ETH, amount, rate
from tests.core.paper.builders import (
    CROSS,
    ISOLATED,
    SHORT,
    after,
    do,
    fresh,
    only,
    put,
    scene,
    stops,
    venue,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)
BYBIT = scene("bybit", btc=60_000, eth=2_000)
OKX = scene("okx", btc=60_000, eth=2_000)
HEDGE, ONE_WAY = PositionMode.HEDGE, PositionMode.ONE_WAY


def held(mode: str = "isolated", now: Scene = NOW) -> PaperAccount:
    return do(fresh(), wish("0.333", mode=CROSS if mode == "cross" else ISOLATED), now)


# --- margin ---------------------------------------------------------------------------------------


def test_margin_moves_from_the_wallet_into_the_pocket_and_back() -> None:
    account = held()
    more = after(account, (margin_moved(account, 1, amount(500), NOW),))
    assert [more.wallet, only(more).margin] == [D("7492.01"), 2_498]
    less = after(more, (margin_moved(more, 1, amount(-500), NOW),))
    assert [less.wallet, only(less).margin] == [account.wallet, 1_998]


def test_margin_moves_only_behind_a_wall_of_its_own() -> None:
    with pytest.raises(NotIsolated):
        margin_moved(held("cross"), 1, amount(1), NOW)
    with pytest.raises(UnknownPosition):
        margin_moved(fresh(), 1, amount(1), NOW)


def test_no_more_margin_moves_in_than_is_available() -> None:
    account = held()
    assert margin_moved(account, 1, amount("7992.01"), NOW).amount == D("7992.01")
    with pytest.raises(Insufficient):
        margin_moved(account, 1, amount("7992.02"), NOW)


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        # 2,498 behind 0.333 BTC: initial margin at the mark stays, gains do not count, losses do
        (60_000, "500"),
        (66_000, "300.2"),
        (59_000, "200.3"),
        (50_000, "0"),
    ],
)
def test_a_pocket_keeps_its_initial_margin_at_the_mark(mark: int, left: str) -> None:
    account = held()
    account = after(account, (margin_moved(account, 1, amount(500), NOW),))
    there = scene(btc=mark)
    assert removable(only(account), there) == D(left)
    with pytest.raises(MarginLocked) as refused:
        margin_moved(account, 1, amount(-D(left) - D("0.01")), there)
    assert refused.value.removable == D(left)


# --- leverage -------------------------------------------------------------------------------------


def test_a_leverage_is_chosen_before_there_is_a_position() -> None:
    event = leverage_chosen(fresh(), BTC, rate(20), NOW)
    assert event == LeverageChosen(symbol=BTC, leverage=rate(20))
    account = after(fresh(), (event,))
    assert account.leverages == {BTC: 20}
    with pytest.raises(NothingChanges) as refused:
        leverage_chosen(account, BTC, rate(20), NOW)
    assert refused.value.value == "20x"


def test_no_more_leverage_than_the_tier_allows() -> None:
    with pytest.raises(LeverageTooHigh):
        leverage_chosen(fresh(), BTC, rate(151), NOW)
    account = do(fresh(100_000), wish(6), NOW)
    with pytest.raises(LeverageTooHigh):
        leverage_chosen(account, BTC, rate(125), NOW)


def test_the_leverage_of_a_position_is_the_one_that_changes() -> None:
    with pytest.raises(NothingChanges):
        leverage_chosen(held(), BTC, rate(10), NOW)


def test_raising_it_leaves_the_pocket_as_it_is() -> None:
    account = held()
    event = leverage_chosen(account, BTC, rate(20), NOW)
    assert event.topped_up == ()
    now = after(account, (event,))
    assert [only(now).leg.leverage, only(now).margin, now.wallet] == [20, 1_998, account.wallet]


def test_binance_does_not_lower_it_on_an_isolated_position() -> None:
    with pytest.raises(LeverageLocked) as refused:
        leverage_chosen(held(), BTC, rate(5), NOW)
    assert refused.value.leverage == 10


def test_elsewhere_lowering_it_tops_the_pocket_up() -> None:
    account = held(now=OKX)
    event = leverage_chosen(account, BTC, rate(5), OKX)
    assert event.topped_up == ((1, amount(1_998)),)
    now = after(account, (event,))
    assert [only(now).margin, now.wallet] == [3_996, account.wallet - 1_998]
    with pytest.raises(Insufficient):
        leverage_chosen(account, BTC, rate(1), OKX)


def test_a_pocket_that_holds_more_than_enough_is_not_topped_up() -> None:
    account = held(now=OKX)
    account = after(account, (margin_moved(account, 1, amount(2_500), OKX),))
    assert leverage_chosen(account, BTC, rate(5), OKX).topped_up == ()


def test_behind_the_cross_wall_it_only_changes_what_is_free() -> None:
    account = held("cross")
    event = leverage_chosen(account, BTC, rate(5), NOW)
    assert event.topped_up == ()
    now = after(account, (event,))
    assert now.wallet == account.wallet
    free = [a.available(NOW.marks, NOW.listing) for a in (account, now)]
    assert free == [D("9990.01") - 1_998, D("9990.01") - 3_996]
    assert after(now, (leverage_chosen(now, BTC, rate(20), NOW),)).wallet == account.wallet


def test_it_is_not_lowered_beyond_what_is_free() -> None:
    with pytest.raises(Insufficient) as refused:
        leverage_chosen(held("cross"), BTC, rate(2), scene(btc=59_000))
    # 19,647 / 2 - 19,647 / 10; free: 9,990.01 - 333 - 1,964.7
    assert refused.value.needed == D("7858.8")
    assert refused.value.available == D("7692.31")


def test_it_is_not_lowered_into_what_orders_keep_aside() -> None:
    account = do(held("cross"), wish(20, symbol=ETH, at=1_900), NOW)
    assert leverage_chosen(account, BTC, rate(5), NOW).leverage == 5
    account = do(account, wish(10, symbol=ETH, at=1_900), NOW)
    with pytest.raises(Insufficient):
        leverage_chosen(account, BTC, rate(4), NOW)
    assert leverage_chosen(held("cross"), BTC, rate(4), NOW).leverage == 4


# --- modes ----------------------------------------------------------------------------------------


def test_binance_keeps_a_mode_per_symbol() -> None:
    event = mode_chosen(fresh(), BTC, CROSS, NOW)
    assert event == ModeChosen(mode=CROSS, symbol=BTC)
    account = after(fresh(), (event,))
    assert (account.modes, account.mode_of(ETH, ISOLATED)) == ({BTC: CROSS}, ISOLATED)
    with pytest.raises(NothingChanges):
        mode_chosen(account, BTC, CROSS, NOW)


def test_binance_names_the_positions_and_orders_in_the_way() -> None:
    account = do(do(held(), wish("0.1", at=50_000), NOW), wish(1, symbol=ETH), NOW)
    with pytest.raises(ModeBlocked) as refused:
        mode_chosen(account, BTC, CROSS, NOW)
    facts = refused.value
    assert (facts.symbol, facts.mode, facts.positions, facts.orders) == (
        *(BTC, "isolated"),
        *((1,), (2,)),
    )
    with pytest.raises(NothingChanges):
        mode_chosen(account, BTC, ISOLATED, NOW)


def test_an_order_alone_is_in_the_way_on_binance_and_not_on_okx() -> None:
    for now, blocked in ((NOW, True), (OKX, False)):
        account = do(fresh(), wish("0.1", at=50_000), now)
        if blocked:
            with pytest.raises(ModeBlocked) as refused:
                mode_chosen(account, BTC, CROSS, now)
            assert (refused.value.mode, refused.value.positions) == ("isolated", ())
        else:
            assert mode_chosen(account, BTC, CROSS, now).symbol == BTC


def test_bybit_keeps_one_mode_for_the_account() -> None:
    event = mode_chosen(fresh(), BTC, CROSS, BYBIT)
    assert event == ModeChosen(mode=CROSS, symbol=None)
    assert after(fresh(), (event,)).account_mode is CROSS
    account = do(held(now=BYBIT), wish(1, symbol=ETH, at=1_900), BYBIT)
    with pytest.raises(ModeBlocked) as refused:
        mode_chosen(account, BTC, CROSS, BYBIT)
    facts = refused.value
    assert (facts.symbol, facts.positions, facts.orders) == ("", (1,), (2,))
    with pytest.raises(NothingChanges):
        mode_chosen(fresh(), BTC, ISOLATED, BYBIT)


def test_okx_chooses_for_the_next_order_whatever_stands() -> None:
    assert mode_chosen(held(now=OKX), BTC, CROSS, OKX).mode is CROSS


def test_an_isolated_only_contract_has_no_cross_mode() -> None:
    own = venue("hyperliquid")
    now = scene(put(own, replace(own.instrument(BTC), isolated_only=True)), btc=60_000)
    with pytest.raises(IsolatedOnly):
        mode_chosen(fresh(), BTC, CROSS, now)
    assert mode_chosen(fresh(), BTC, ISOLATED, now).mode is ISOLATED
    with pytest.raises(UnknownSymbol):
        mode_chosen(fresh(), Symbol("XUSDT"), CROSS, now)


def test_one_way_or_hedge_is_chosen_on_a_flat_account() -> None:
    event = position_mode_chosen(fresh(), HEDGE, NOW)
    account = after(fresh(), (event,))
    assert account.position_mode is HEDGE
    assert position_mode_chosen(account, ONE_WAY, NOW).mode is ONE_WAY
    with pytest.raises(NothingChanges):
        position_mode_chosen(account, HEDGE, NOW)
    with pytest.raises(NotFlat):
        position_mode_chosen(held(), HEDGE, NOW)


def test_hyperliquid_has_one_position_per_symbol() -> None:
    with pytest.raises(NoHedgeMode):
        position_mode_chosen(fresh(), HEDGE, scene("hyperliquid"))


# --- the venue, stops -----------------------------------------------------------------------------


def test_another_venue_is_followed_from_a_flat_account() -> None:
    account = after(fresh(), (mode_chosen(fresh(), BTC, CROSS, NOW),))
    account = after(account, (leverage_chosen(account, BTC, rate(20), NOW),))
    moved = after(account, (venue_chosen(account, "okx"),))
    assert (moved.venue, moved.modes, moved.leverages) == ("okx", {}, {})
    assert moved.wallet == account.wallet


def test_another_venue_waits_for_a_flat_account() -> None:
    with pytest.raises(NotFlat) as refused:
        venue_chosen(do(held(), wish("0.1", at=50_000), NOW), "okx")
    assert (refused.value.positions, refused.value.orders) == ((1,), (2,))
    with pytest.raises(NothingChanges):
        venue_chosen(fresh(), "binance")
    with pytest.raises(UnknownVenue):
        venue_chosen(fresh(), "nowhere")


def test_an_account_with_two_legs_side_by_side_does_not_follow_a_venue_without_them() -> None:
    account = replace(fresh(), position_mode=HEDGE)
    with pytest.raises(NoHedgeMode):
        venue_chosen(account, "hyperliquid")
    assert venue_chosen(account, "okx").venue == "okx"
    assert venue_chosen(fresh(), "hyperliquid").venue == "hyperliquid"


def test_flat_is_without_positions_and_orders() -> None:
    check_flat(fresh())
    with pytest.raises(NotFlat):
        check_flat(do(fresh(), wish("0.1", at=50_000), NOW))


def test_stops_are_set_on_the_sides_where_they_are_plans() -> None:
    plan = stops(55_000, 70_000)
    assert only(after(held(), (stops_set(held(), 1, plan, NOW),))).stops == plan
    assert only(after(held(), (stops_set(held(), 1, NO_STOPS, NOW),))).stops == NO_STOPS
    short = do(fresh(), wish("0.1", SHORT), NOW)
    assert stops_set(short, 1, stops(65_000, 55_000), NOW).stops == stops(65_000, 55_000)
    with pytest.raises(UnknownPosition):
        stops_set(fresh(), 1, plan, NOW)


@pytest.mark.parametrize(
    ("sign", "loss", "profit", "kind"),
    [
        (1, 60_000, None, "stop_loss"),
        (1, 61_000, 70_000, "stop_loss"),
        (1, 55_000, 60_000, "take_profit"),
        (-1, 60_000, None, "stop_loss"),
        (-1, 59_000, 50_000, "stop_loss"),
        (-1, 61_000, 60_500, "take_profit"),
    ],
)
def test_a_stop_that_the_mark_has_passed_is_no_plan(
    sign: int, loss: int, profit: int | None, kind: str
) -> None:
    with pytest.raises(StopWrongSide) as refused:
        check_stops(stops(loss, profit), D(sign), D(60_000))
    assert [refused.value.kind, refused.value.mark] == [kind, 60_000]
