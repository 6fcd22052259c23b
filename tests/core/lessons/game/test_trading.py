"""Trading in a game: an order meets the first mark after it, and what happens is noted."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.errors import HeldTooShort, OrderTooLarge
from core.lessons.game.trading import (
    HOLDING,
    LARGEST,
    Judged,
    Noted,
    Waiting,
    check_order,
    closing_value,
    endowed,
    game_of,
    game_rules,
    is_known,
    judged,
    market_of,
    minute_of,
)
from core.lessons.way import equity
from core.margin.pool import MarginMode, PositionMode, Side
from core.market import Marks
from core.money import ZERO, Amount, D
from core.paper.account import PaperAccount
from core.paper.actions import Action, Cancel, Close, CloseAll, MoveMargin, Open, SetStops
from core.paper.apply import applied
from core.paper.errors import UnknownPosition
from core.paper.events import Granted, PoolLiquidated, Seized, VenueChosen
from core.paper.rules import PaperRules
from core.paper.scene import Intent
from tests.builders import BTC, BTCUSDT, ETH, Number, amount, instrument, ladder, price, rate
from tests.core.lessons.game.builders import at, candle, ground, plain, tick
from tests.core.paper.builders import CROSS, ISOLATED, quantity, stops, wish

GROUND = ground()
WALLET = 10_000


def account(*intents: Intent, wallet: Number = WALLET, hedge: bool = False) -> PaperAccount:
    """An account that opened these positions at 100, at noon."""
    found = PaperAccount(id=1, market="g", venue="binance", wallet=amount(wallet))
    if hedge:
        found = replace(found, position_mode=PositionMode.HEDGE)
    waiting = tuple(Waiting(at(-2), 1, Open(intent)) for intent in intents)
    made = judged({1: found}, {1: noted(found)}, waiting, GROUND, tick(0, 100))
    return made.deeds[-1].after if made.deeds else found


def noted(found: PaperAccount) -> Noted:
    return Noted.begun(found.wallet_balance)


def met(found: PaperAccount, marks: Marks, *waiting: Waiting) -> Judged:
    return judged({1: found}, {1: noted(found)}, waiting, GROUND, marks)


def long(number: Number = 10, mode: MarginMode = ISOLATED, **more: object) -> Intent:
    return wish(number, mode=mode, **more)  # type: ignore[arg-type]  # as they come


def names(found: Judged) -> list[str]:
    return [type(event).__name__ for deed in found.deeds for event in deed.events]


# --- orders


def test_an_order_is_filled_at_the_first_marks_after_it_and_never_at_those_it_saw() -> None:
    order = Waiting(at(5), 1, Open(long()))
    for seen in (4, 5):
        found = met(account(), tick(seen, 90), order)
        assert (found.deeds, found.waiting) == ((), (order,))
    found = met(account(), tick("5.001", 110), order)
    assert found.waiting == ()
    assert found.deeds[0].after.positions[0].leg.entry_price == 110
    assert (found.deeds[0].player, found.deeds[0].at) == (1, at("5.001"))


def test_a_minute_that_nobody_saw_fills_no_order() -> None:
    order = Waiting(at(5), 1, Open(long()))
    for marks in (candle(60, 90, 110, 100), candle(60, 90, 110, 100).at_end()):
        found = met(account(), marks, order)
        assert (found.deeds, found.waiting) == ((), (order,))


def test_an_order_waits_for_a_mark_of_its_own_contract() -> None:
    order = Waiting(at(5), 1, Open(long()))
    assert met(account(), tick(6, 100, ETH), order).waiting == (order,)
    close = Waiting(at(5), 1, CloseAll())
    assert met(account(), tick(6, 100, ETH), close).waiting == ()


def test_orders_of_one_player_are_filled_in_their_order_and_only_theirs() -> None:
    mine, yours = account(), replace(account(), wallet=amount(50))
    orders = (
        Waiting(at(1), 1, Open(long(10))),
        Waiting(at(1), 2, Open(long(1))),
        Waiting(at(2), 1, Close(1, quantity(4))),
    )
    found = judged(
        {1: mine, 2: yours}, {1: noted(mine), 2: noted(yours)}, orders, GROUND, tick(9, 100)
    )
    assert [deed.after.positions[0].leg.quantity for deed in found.deeds] == [6, 1]
    assert found.waiting == ()


def test_an_order_that_cannot_be_filled_is_gone_and_its_reason_is_noted() -> None:
    found = met(account(), tick(9, 100), Waiting(at(1), 1, Open(long(5000))))
    assert (found.deeds, found.waiting, found.notes[1].refused) == ((), (), "order_too_large")
    found = met(account(wallet=50), tick(9, 100), Waiting(at(1), 1, Open(long(10))))
    assert found.notes[1].refused == "insufficient"


def test_the_reason_is_forgotten_with_the_next_order_that_is_filled() -> None:
    orders = (Waiting(at(1), 1, Open(long(5000))), Waiting(at(1), 1, Open(long(1))))
    assert met(account(), tick(9, 100), *orders).notes[1].refused == ""


def test_an_order_that_needs_a_position_finds_it_or_is_gone() -> None:
    hedge = Open(wish(5, Side.SHORT, CROSS))
    there = met(account(long(mode=CROSS), hedge=True), tick(9, 100), Waiting(at(1), 1, hedge, 1))
    assert names(there) == ["PositionIncreased"]
    gone = met(account(hedge=True), tick(9, 100), Waiting(at(1), 1, hedge, 1))
    assert (names(gone), gone.notes[1].refused) == ([], "unknown_position")


def test_what_the_marks_do_comes_before_what_was_ordered() -> None:
    """The wall fell first: there is nothing left to close, and nothing to hedge."""
    held = account(long(mode=CROSS, leverage=100), wallet=20)
    orders = (Waiting(at(1), 1, CloseAll()), Waiting(at(1), 1, Open(wish(5, Side.SHORT, CROSS)), 1))
    found = met(held, tick(9, 90), *orders)
    assert names(found) == ["PoolLiquidated"]
    assert found.notes[1].refused == "unknown_position"


def test_orders_of_whoever_has_no_account_are_gone() -> None:
    found = met(account(), tick(9, 100), Waiting(at(1), 7, CloseAll()))
    assert (found.deeds, found.waiting, set(found.notes)) == ((), (), {1})


# --- marks


def test_marks_that_do_nothing_leave_everything_as_it_was() -> None:
    held = account(long())
    found = met(held, tick(9, 99))
    assert (found.deeds, found.notes) == ((), {1: noted(held)})


def test_a_missed_minute_is_judged_by_its_worst_price() -> None:
    held = account(long(leverage=10))
    assert names(met(held, candle(120, 80, 130, 120))) == ["PoolLiquidated"]
    assert names(met(held, candle(120, 80, 130, 120).at_end())) == []


def test_nobody_in_a_game_is_warned() -> None:
    rules = game_rules(PaperRules())
    assert rules.warn_at == 10**9
    held = account(long(leverage=10))
    assert names(met(held, tick(9, "90.5"))) == []
    strict = replace(GROUND, rules=PaperRules())
    warned = judged({1: held}, {1: noted(held)}, (), strict, tick(9, "90.5"))
    assert names(warned) == ["Warned"]


# --- what is noted


def test_an_account_begins_with_its_start_as_peak_and_low() -> None:
    found = Noted.begun(amount(100))
    assert [found.equity, found.peak, found.low, found.drawdown] == [100, 100, 100, 0]
    assert found.change == 0


def test_the_drawdown_is_the_largest_fall_from_a_peak_not_from_the_start() -> None:
    found = Noted.begun(amount(100))
    for seen in (120, 90, 150, 120):
        found = found.seen(amount(seen))
    assert [found.equity, found.peak, found.low] == [120, 150, 90]
    assert found.drawdown == D("0.25")
    assert found.change == 20


def test_who_begins_with_nothing_falls_from_nothing() -> None:
    assert Noted.begun(amount(0)).seen(amount(0)).drawdown == 0


@given(st.lists(st.integers(0, 10**6).map(amount), min_size=1))
def test_peak_low_and_drawdown_are_those_of_the_whole_way(seen: list[Amount]) -> None:
    found, way = Noted.begun(amount(500)), [Decimal(500)]
    for each in seen:
        found = found.seen(each)
        way.append(each)
    assert (found.peak, found.low, found.equity) == (max(way), min(way), way[-1])
    falls = [1 - b / max(way[: n + 1]) for n, b in enumerate(way)]
    assert found.drawdown == max(falls)


def test_a_closed_part_is_noted_with_what_it_gained_after_fees() -> None:
    paid = replace(GROUND, listing=ground(fee="0.001").listing)
    held = account(long(10))
    orders = (Waiting(at(1), 1, Close(1, quantity(4))),)
    (trade,) = judged({1: held}, {1: noted(held)}, orders, paid, tick(9, 110)).notes[1].trades
    assert (trade.symbol, trade.closed, trade.gained) == (BTC, None, 40 - D("0.44"))


def test_a_liquidation_is_counted_with_the_pocket_that_it_took() -> None:
    held = account(long(10, leverage=10))
    notes = met(held, tick(9, 80)).notes[1]
    assert [notes.liquidations, notes.lost] == [1, 100]
    assert notes.fell == at(9)
    assert notes.touched == at(9)


def liquidation(**more: object) -> PoolLiquidated:
    part = Seized(
        number=1,
        symbol=BTC,
        side=Side.LONG,
        quantity=quantity(1),
        price=price(90),
        cost=amount(100),
        pnl=amount(-10),
    )
    known: dict[str, object] = {
        "scope": None,
        "mode": CROSS,
        "whole": False,
        "collateral": amount(500),
        "limits": (),
        "seized": (part,),
        "fee": amount(2),
        "remainder": amount(0),
        "returned": amount(0),
        "shortfall": amount(0),
    }
    return PoolLiquidated(**{**known, **more})  # type: ignore[arg-type]  # fields by name


def test_a_part_that_was_liquidated_took_its_loss_and_its_fee_not_the_whole_pool() -> None:
    assert Noted.begun(amount(500)).told([liquidation()], at(1)).lost == 12


def test_a_part_that_was_closed_with_a_gain_took_nothing() -> None:
    gained = replace(liquidation().seized[0], pnl=amount(30))
    assert Noted.begun(amount(500)).told([liquidation(seized=(gained,))], at(1)).lost == 0


def test_what_a_venue_gives_back_was_not_lost() -> None:
    event = liquidation(whole=True, returned=amount(80))
    assert Noted.begun(amount(500)).told([event, event], at(1)).lost == 840


def test_a_partial_liquidation_in_a_game_agrees_with_what_the_wallet_lost() -> None:
    table = ladder((0, 100, "0.005"), (1_000, 50, "0.05"), end=10**9)
    on = ground(replace(plain(), brackets=table))
    held = replace(account(), wallet=amount(150))
    opening = (Waiting(at(1), 1, Open(wish(20, mode=CROSS, leverage=50))),)
    held = judged({1: held}, {1: noted(held)}, opening, on, tick(2, 100)).deeds[0].after
    found = judged({1: held}, {1: noted(held)}, (), on, tick(9, 95))
    (deed,) = found.deeds
    assert deed.after.positions, "only a part was taken"
    assert found.notes[1].lost == held.wallet - deed.after.wallet > 0


# --- what no game takes


def check(found: PaperAccount, action: Action, seconds: float) -> None:
    check_order(found, action, at(seconds))


@pytest.mark.parametrize("action", [CloseAll(), Close(1, quantity(1))])
def test_a_position_is_held_for_two_minutes(action: Action) -> None:
    held = account(long())
    with pytest.raises(HeldTooShort) as short:
        check(held, action, 119)
    assert short.value.until == at(0) + HOLDING
    check(held, action, 120)


def test_to_close_all_the_youngest_must_be_old_enough() -> None:
    held = account(long(1))
    young = met(held, tick(60, 100), Waiting(at(1), 1, Open(long(1, symbol=ETH)))).deeds[0].after
    with pytest.raises(HeldTooShort):
        check(young, CloseAll(), 130)
    check(young, Close(1, quantity(1)), 130)
    check(young, CloseAll(), 180)


def test_to_trade_against_a_position_is_to_close_it() -> None:
    against = Open(wish(1, Side.SHORT))
    with pytest.raises(HeldTooShort):
        check(account(long(1)), against, 60)
    check(account(long(1)), against, 120)
    check(account(long(1)), Open(long(1)), 60)
    check(account(long(1)), Open(wish(1, Side.SHORT, symbol=ETH)), 60)
    check(account(long(1), hedge=True), against, 60)
    with pytest.raises(HeldTooShort):
        check(account(long(1), hedge=True), Open(wish(1, Side.SHORT, reduce_only=True)), 60)


def test_whoever_holds_nothing_may_close_nothing_at_any_time() -> None:
    check(account(), CloseAll(), 0)
    with pytest.raises(UnknownPosition):
        check(account(), Close(1, quantity(1)), 0)


def test_other_acts_know_no_waiting() -> None:
    held = account(long())
    for action in (MoveMargin(1, amount(5)), SetStops(1, stops(loss=90)), Cancel((3,))):
        check(held, action, 1)


def test_an_order_is_capped_at_its_price_or_the_mark() -> None:
    most = LARGEST / 100
    assert names(met(account(wallet=10**6), tick(9, 100), Waiting(at(1), 1, Open(long(most)))))
    resting = Open(long(most + 1, at=99))
    assert names(met(account(wallet=10**6), tick(9, 100), Waiting(at(1), 1, resting))) == [
        "OrderPlaced"
    ]
    larger = met(account(wallet=10**6), tick(9, 100), Waiting(at(1), 1, Open(long(most + 1))))
    assert larger.notes[1].refused == OrderTooLarge.code


# --- what an account is worth


def test_the_equity_is_what_is_realised_and_what_is_shown() -> None:
    held = account(long(10), wish(5, Side.SHORT, CROSS, symbol=ETH))
    assert equity(held, tick(9, 100)) == WALLET
    assert equity(held, tick(9, 110)) == WALLET + 100 - 50


def test_to_close_costs_a_fee_for_each_leg_rounded_up() -> None:
    paid = ground(fee="0.0000000003")
    held = account(long(10), wish(5, Side.SHORT, CROSS, symbol=ETH))
    assert closing_value(held, tick(9, 100), paid) == WALLET - D("0.00000030") - D("0.00000015")
    paid = ground(fee="0.00000000001")
    assert closing_value(held, tick(9, 100), paid) == WALLET - D("0.00000002")
    assert closing_value(account(), tick(9, 100), paid) == WALLET


def test_an_account_is_known_where_all_it_holds_has_a_mark() -> None:
    held = account(long(1), long(1, symbol=ETH))
    assert is_known(held, tick(9, 100))
    assert not is_known(held, tick(9, 100, BTC))
    assert is_known(account(), tick(9, 100, ETH))


def test_an_account_of_a_game_begins_with_the_venue_and_its_money() -> None:
    events = endowed(amount(5000), GROUND)
    assert [type(event) for event in events] == [VenueChosen, Granted]
    made = applied(PaperAccount(id=0, market="", venue=""), events, at())
    assert made.venue == "binance"
    assert made.wallet == 5000


def test_every_purse_of_a_game_is_a_market_of_its_own() -> None:
    assert {market_of(1, 1), market_of(1, 2), market_of(11, 1)} == {
        "game:1:1",
        "game:1:2",
        "game:11:1",
    }
    assert game_of(market_of(12, 3)) == 12
    assert game_of("demo") is None


def test_a_minute_is_the_full_one_before() -> None:
    assert minute_of(at("59.9")) == at(0)
    assert minute_of(at(60)) == at(60)


def test_a_contract_of_a_venue_is_traded_by_its_own_rules() -> None:
    on = ground(instrument(BTC, BTCUSDT.brackets))
    found = judged(
        {1: account()}, {1: noted(account())}, (Waiting(at(1), 1, Open(long(1))),), on, tick(9, 100)
    )
    assert found.deeds[0].after.positions[0].margin == 10
    assert found.deeds[0].after.wallet == WALLET - 10 - D("0.05")
    assert rate("0.0005") == BTCUSDT.taker_fee
    assert found.notes[1].lost == ZERO
