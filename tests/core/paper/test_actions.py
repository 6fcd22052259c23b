"""What a person may do, decided on an account as it is now."""

from dataclasses import replace

import pytest

from core.margin.pool import PositionMode
from core.money import D
from core.paper import actions as a
from core.paper import events as e
from core.paper.account import PaperAccount
from core.paper.actions import concerned, decide
from core.paper.errors import NothingChanges, NotIsolated, StopWrongSide, UnknownPosition
from core.paper.rules import PaperRules
from tests.builders import BTC, ETH, amount, rate
from tests.core.paper.builders import (
    CROSS,
    SHORT,
    do,
    fresh,
    only,
    quantity,
    scene,
    stops,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)


def held() -> PaperAccount:
    """An isolated BTC long, a cross ETH short, and two resting orders."""
    account = do(fresh(), wish("0.1"), NOW)
    account = do(account, wish(1, SHORT, CROSS, symbol=ETH), NOW)
    account = do(account, wish("0.01", at=50_000), NOW)
    return do(account, wish("0.01", at=49_000), NOW)


def test_an_order_without_a_price_is_filled_and_one_with_a_price_rests() -> None:
    (event,) = decide(fresh(), a.Open(wish("0.1")), NOW)
    assert isinstance(event, e.PositionIncreased)
    (event,) = decide(fresh(), a.Open(wish("0.1", at=50_000)), NOW)
    assert isinstance(event, e.OrderPlaced)


def test_stops_are_measured_from_the_mark_or_from_the_orders_price() -> None:
    with pytest.raises(StopWrongSide) as refused:
        decide(fresh(), a.Open(wish("0.1", stops=stops(61_000))), NOW)
    assert refused.value.mark == 60_000
    with pytest.raises(StopWrongSide) as refused:
        decide(fresh(), a.Open(wish("0.1", at=50_000, stops=stops(55_000))), NOW)
    assert refused.value.mark == 50_000
    assert decide(fresh(), a.Open(wish("0.1", at=50_000, stops=stops(49_000, 55_000))), NOW)


def test_a_part_is_closed_at_the_market() -> None:
    (event,) = decide(held(), a.Close(1, quantity("0.04")), NOW)
    assert isinstance(event, e.PositionReduced)
    assert (event.quantity, event.reason) == (D("0.04"), "close")
    with pytest.raises(UnknownPosition):
        decide(held(), a.Close(9, quantity(1)), NOW)


def test_more_than_there_is_by_now_closes_all() -> None:
    (event,) = decide(held(), a.Close(1, quantity(5)), NOW)
    assert isinstance(event, e.PositionReduced)
    assert event.quantity == D("0.1")
    assert [p.number for p in do(held(), a.Close(1, quantity(5)), NOW).positions] == [2]


def test_everything_is_closed_and_orders_stay() -> None:
    account = do(held(), a.CloseAll(), NOW)
    assert (account.positions, [o.number for o in account.orders]) == ((), [3, 4])


def test_a_part_of_everything_is_closed() -> None:
    account = do(held(), a.CloseAll(D(50)), NOW)
    assert [p.leg.quantity for p in account.positions] == [D("0.05"), D("0.5")]


def test_orders_are_cancelled_together_or_not_at_all() -> None:
    assert decide(held(), a.Cancel((3, 4)), NOW) == (
        e.OrderCancelled(number=3, reason="asked"),
        e.OrderCancelled(number=4, reason="asked"),
    )
    with pytest.raises(UnknownPosition) as refused:
        decide(held(), a.Cancel((3, 1)), NOW)
    assert refused.value.available == (3, 4)


def test_choices_become_their_events() -> None:
    for account, action, kind in (
        (held(), a.MoveMargin(1, amount(5)), e.MarginMoved),
        (held(), a.ChooseLeverage(BTC, rate(20)), e.LeverageChosen),
        (fresh(), a.ChooseMode(BTC, CROSS), e.ModeChosen),
        (fresh(), a.ChoosePositionMode(PositionMode.HEDGE), e.PositionModeChosen),
        (fresh(), a.ChooseVenue("okx"), e.VenueChosen),
        (held(), a.SetStops(1, stops(55_000)), e.StopsSet),
    ):
        (event,) = decide(account, action, NOW)
        assert type(event) is kind


def test_refusals_of_choices_come_through() -> None:
    with pytest.raises(NotIsolated):
        decide(held(), a.MoveMargin(2, amount(5)), NOW)
    with pytest.raises(NothingChanges):
        decide(fresh(), a.ChooseVenue("binance"), NOW)


def test_a_reset_gives_everything_up_and_grants_anew() -> None:
    now = replace(NOW, rules=PaperRules(grant=amount(5_000)))
    account = replace(held(), resets=2)
    gone, granted = decide(account, a.Reset(), now)
    assert gone == e.WasReset(wallet=account.wallet, pockets=((1, amount(600)),), resets=3)
    assert granted == e.Granted(amount=amount(5_000))
    fresh_again = do(account, a.Reset(), now)
    assert [fresh_again.wallet, fresh_again.positions, fresh_again.orders] == [5_000, (), ()]


def test_deciding_changes_nothing() -> None:
    account = held()
    copy = replace(account)
    decide(account, a.CloseAll(), NOW)
    assert account == copy
    assert only(account.without_position(2)).margin == 600


@pytest.mark.parametrize(
    ("action", "symbols"),
    [
        (a.Open(wish("0.1")), {BTC}),
        (a.ChooseLeverage(ETH, rate(5)), {ETH}),
        (a.ChooseMode(ETH, CROSS), {ETH}),
        (a.Close(1, quantity("0.05")), {BTC}),
        (a.MoveMargin(2, amount(5)), {ETH}),
        (a.SetStops(9, stops(50_000)), set()),
        (a.Cancel((3, 9)), {BTC}),
        (a.CloseAll(), set()),
        (a.Reset(), set()),
    ],
)
def test_an_action_is_about_its_contracts(action: a.Action, symbols: set[str]) -> None:
    assert concerned(held(), action) == symbols
