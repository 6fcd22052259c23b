"""What an event makes of an account; nothing is decided here."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.margin.pool import PositionMode
from core.money import D
from core.paper import events as e
from core.paper.account import PaperAccount
from core.paper.actions import Cancel, ChooseLeverage, Close, MoveMargin, Open, Reset, decide
from core.paper.apply import apply, replay
from core.paper.errors import UnknownPosition
from tests.builders import BTC, ETH, NOON, amount, long, price, rate
from tests.core.paper.builders import (
    CROSS,
    ISOLATED,
    LONG,
    after,
    do,
    fresh,
    only,
    quantity,
    scene,
    stops,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)


def increased(number: int = 1, *, order: int | None = None) -> e.PositionIncreased:
    return e.PositionIncreased(
        number=number,
        mode=ISOLATED,
        leg=long(1, 60_000),
        price=price(60_000),
        margin=amount(6_000),
        fee=amount(30),
        stops=stops(50_000),
        order=order,
    )


def seized(size: int | str, pnl: int | str, number: int = 1) -> e.Seized:
    return e.Seized(
        number=number,
        symbol=BTC,
        side=LONG,
        quantity=quantity(size),
        price=price(1),
        cost=amount(D(size) * 60_000),
        pnl=amount(pnl),
    )


def fallen(whole: bool, scope: int | None, *parts: e.Seized, returned: int = 0) -> e.PoolLiquidated:
    return e.PoolLiquidated(
        scope=scope,
        mode=CROSS if scope is None else ISOLATED,
        whole=whole,
        collateral=amount(6_000 if scope else 1_000),
        limits=(),
        seized=parts,
        fee=amount(10),
        remainder=amount(0),
        returned=amount(returned),
        shortfall=amount(0),
    )


def held() -> PaperAccount:
    return after(fresh(), (increased(),))


def test_every_event_makes_the_version_one_higher() -> None:
    account = after(fresh(), (e.Granted(amount=amount(1)), e.ModeChosen(mode=CROSS)))
    assert [account.version, account.wallet, account.account_mode] == [2, 10_001, CROSS]


def test_a_position_remembers_when_it_was_opened_and_not_when_it_grew() -> None:
    later = NOON + timedelta(hours=1)
    account = apply(apply(fresh(20_000), increased(), NOON), increased(), later)
    assert only(account).opened_at == NOON
    assert [only(account).leg.quantity, only(account).margin] == [2, 12_000]
    assert account.wallet == 20_000 - 12_060


def test_numbers_never_come_back() -> None:
    account = do(held(), Close(1, quantity(1)), NOW)
    assert (account.positions, account.last_number) == ((), 1)
    account = do(account, wish("0.1", at=50_000), NOW)
    account = do(account, Cancel((2,)), NOW)
    assert (account.orders, account.last_number) == ((), 2)
    assert after(account, (increased(1),)).last_number == 2


def test_a_filled_order_is_gone() -> None:
    account = do(fresh(), wish("0.1", at=50_000), NOW)
    assert after(account, (increased(2, order=1),)).orders == ()


def test_a_part_leaves_and_the_last_part_takes_the_position() -> None:
    account = do(held(), Close(1, quantity("0.25")), NOW)
    assert [only(account).leg.quantity, only(account).leg.entry_cost] == [D("0.75"), 45_000]
    assert only(account).margin == 4_500
    assert do(account, Close(1, quantity("0.75")), NOW).positions == ()


def test_a_leverage_changes_the_legs_of_its_symbol_only() -> None:
    account = do(held(), wish(1, symbol=ETH), NOW)
    account = do(account, ChooseLeverage(BTC, rate(20)), NOW)
    assert [p.leg.leverage for p in account.positions] == [20, 10]
    assert account.leverages == {BTC: 20}


def test_topping_up_moves_from_the_wallet_into_the_pocket() -> None:
    event = e.LeverageChosen(symbol=BTC, leverage=rate(9), topped_up=((1, amount(700)),))
    account = after(held(), (event,))
    assert [only(account).margin, account.wallet] == [6_700, 3_270]


def test_a_step_stays_behind_its_wall() -> None:
    account = after(held(), (fallen(False, 1, seized("0.5", -500)),))
    assert [only(account).margin, account.wallet] == [5_490, 3_970]
    assert only(account).leg.entry_cost == 30_000
    cross = replace(held(), positions=(replace(only(held()), mode=CROSS, margin=amount(0)),))
    account = after(cross, (fallen(False, None, seized("0.5", -500)),))
    assert [only(account).leg.quantity, account.wallet] == [D("0.5"), 3_970 - 510]


def test_a_fallen_pocket_is_gone_and_returns_what_is_returned() -> None:
    account = after(held(), (fallen(True, 1, seized(1, -5_900), returned=90),))
    assert [account.positions, account.wallet] == [(), 4_060]


def test_a_fallen_cross_wall_leaves_what_is_returned() -> None:
    cross = replace(held(), wallet=amount(1_000))
    cross = replace(cross, positions=(replace(only(cross), mode=CROSS, margin=amount(0)),))
    account = after(cross, (fallen(True, None, seized(1, -900), returned=90),))
    assert [account.positions, account.wallet] == [(), 90]


def test_a_reset_keeps_the_count_the_numbers_and_nothing_else() -> None:
    account = do(do(held(), wish("0.01", at=50_000), NOW), ChooseLeverage(ETH, rate(3)), NOW)
    (gone, _) = decide(account, Reset(), NOW)
    bare = after(account, (gone,))
    assert [bare.wallet, bare.positions, bare.orders, bare.leverages] == [0, (), (), {}]
    assert (bare.resets, bare.last_number) == (1, 2)


def test_a_higher_count_of_resets_is_carried_over() -> None:
    account = after(held(), (e.ResetsCarried(resets=4, last=NOON),))
    assert [account.resets, only(account).margin] == [4, 6_000]


def test_an_account_remembers_when_something_last_happened_to_it() -> None:
    earlier = NOON - timedelta(hours=1)
    account = apply(fresh(), e.Granted(amount=amount(1)), NOON)
    assert apply(account, e.Granted(amount=amount(1)), earlier).changed_at == NOON
    assert fresh().changed_at is None


def test_a_warning_is_remembered_while_its_wall_stands() -> None:
    later = NOON + timedelta(days=2)
    account = apply(held(), e.Warned(scope=1, ratio=rate("0.9")), NOON)
    account = apply(account, e.Warned(scope=None, ratio=rate("0.9")), NOON)
    assert dict(account.warned) == {1: NOON, 0: NOON}
    account = apply(account, e.Warned(scope=1, ratio=rate("0.8")), later)
    assert dict(account.warned) == {1: later, 0: NOON}
    account = do(account, Close(1, quantity(1)), NOW)
    account = apply(account, e.Warned(scope=None, ratio=rate("0.9")), later)
    assert dict(account.warned) == {0: later}


def test_modes_are_kept_by_symbol_or_for_all() -> None:
    account = after(fresh(), (e.ModeChosen(mode=CROSS, symbol=BTC),))
    assert (account.modes, account.account_mode) == ({BTC: CROSS}, ISOLATED)
    account = after(account, (e.PositionModeChosen(mode=PositionMode.HEDGE),))
    assert account.position_mode is PositionMode.HEDGE


def test_funding_moves_either_purse() -> None:
    paid = e.FundingSettled(
        number=1,
        symbol=BTC,
        rate=rate(0),
        mark=price(1),
        from_wallet=amount(-1),
        from_pocket=amount(0),
        forgiven=amount(0),
    )
    account = after(held(), (paid, replace(paid, from_pocket=amount(-2))))
    assert [account.wallet, only(account).margin] == [3_968, 5_998]


def test_stops_and_venues_replace_what_was_there() -> None:
    account = after(held(), (e.StopsSet(number=1, stops=stops(None, 70_000)),))
    assert only(account).stops == stops(None, 70_000)
    assert after(fresh(), (e.VenueChosen(venue="okx"),)).venue == "okx"


def test_an_event_about_a_position_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownPosition):
        after(fresh(), (e.MarginMoved(number=9, amount=amount(1)),))


def test_a_replay_gives_the_same_account() -> None:
    bare = replace(fresh(), wallet=amount(0))
    history: list[e.Event] = [e.Granted(amount=amount(10_000))]
    account = after(bare, history)
    for action in (
        Open(wish("0.1")),
        MoveMargin(1, amount(5)),
        Close(1, quantity("0.03")),
        Open(wish("0.1", at=50_000)),
        Reset(),
    ):
        events = decide(account, action, NOW)
        history += events
        account = after(account, events)
    assert replay(bare, ((event, NOON) for event in history)) == account
    assert account.version == len(history)
    assert account.wallet == 10_000
