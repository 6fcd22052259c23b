"""Whether an alert has come to be: prices by side, walls by distance, funding by time."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alerts.alert import (
    REST,
    SOON,
    Alert,
    Fired,
    FundingAlert,
    LiquidationAlert,
    PriceAlert,
    What,
    distance,
    due,
    left,
    price_alert,
)
from core.errors import AlertReached
from core.market import MarkPrice, Marks, Symbol
from core.money import D
from core.paper.account import PaperAccount
from tests.builders import BTC, ETH, NOON, Number, marks, price, rate
from tests.core.paper.builders import CROSS, SHORT, do, fresh, scene, venue, wish

SECOND = timedelta(seconds=1)


def alert(what: What, **more: object) -> Alert:
    known = Alert(learner=1, market="test", number=1, what=what, since=NOON)
    return replace(known, **more)  # type: ignore[arg-type]  # fields of the alert


def fired(what: Alert | What, at: Marks, account: PaperAccount | None = None) -> Fired | None:
    known = what if isinstance(what, Alert) else alert(what)
    return due(known, account, at, venue())


def held(quantity: Number = "0.1", **more: object) -> PaperAccount:
    """An account that holds BTC from 60,000 on."""
    return do(fresh(), wish(quantity, **more), scene(btc=60_000, eth=3_000))  # type: ignore[arg-type]  # of a wish


def funded(after: timedelta = SOON, funding: Number = "0.0001", **prices: Number) -> Marks:
    """Marks whose funding is due some time after noon."""
    snapshot = marks(**prices)
    announced = {
        symbol: replace(mark, funding=rate(funding), funding_at=NOON + after)
        for symbol, mark in snapshot.prices.items()
    }
    return replace(snapshot, prices=announced)


# --- prices


@pytest.mark.parametrize(("level", "rising"), [(70_000, True), (50_000, False)])
def test_the_direction_is_told_by_the_mark(level: int, rising: bool) -> None:
    what = price_alert(BTC, price(level), price(60_000))
    assert what == PriceAlert(BTC, price(level), rising)


def test_a_price_where_the_mark_stands_is_refused() -> None:
    with pytest.raises(AlertReached):
        price_alert(BTC, price("60000.0"), price(60_000))


@given(
    level=st.decimals(1, 10**6, places=1),
    start=st.decimals(1, 10**6, places=1),
    mark=st.decimals(1, 10**6, places=1),
)
def test_it_fires_exactly_when_the_mark_has_come_to_the_other_side(
    level: Decimal, start: Decimal, mark: Decimal
) -> None:
    if level == start:
        return
    what = price_alert(BTC, price(level), price(start))
    crossed = (start < level <= mark) or (start > level >= mark)
    assert (fired(what, marks(btc=mark)) is not None) is crossed


def test_what_fired_holds_the_deciding_mark_alone() -> None:
    got = fired(PriceAlert(BTC, price(60_000), rising=True), marks(btc=60_000, eth=3_000))
    assert got is not None
    assert (list(got.marks), got.venue, got.account) == ([BTC], "binance", None)


def test_a_zero_or_a_missing_mark_fires_nothing() -> None:
    falling = PriceAlert(BTC, price(50_000), rising=False)
    assert fired(falling, marks(btc=0)) is None
    assert fired(falling, marks(eth=3_000)) is None


def test_marks_of_another_market_and_of_before_it_was_set_mean_nothing() -> None:
    what = PriceAlert(BTC, price(60_000), rising=True)
    there = marks(btc=61_000)
    assert fired(alert(what), there)
    assert fired(alert(what, market="binance"), there) is None
    assert fired(alert(what, since=NOON + SECOND), there) is None
    assert fired(alert(what, rests=NOON + SECOND), there) is None
    assert fired(alert(what, rests=NOON), there)


# --- liquidation


def test_a_position_near_its_liquidation_price_fires() -> None:
    account = held()
    away = distance(account, account.positions[0], marks(btc=60_000), venue())
    assert away is not None
    for share, fires in ((away, True), (away - D("0.000001"), False)):
        got = fired(LiquidationAlert(rate(share)), marks(btc=60_000), account)
        assert (got is not None) is fires


def test_it_names_every_position_that_is_near_and_keeps_their_marks() -> None:
    account = do(held(), wish("1", symbol=ETH), scene(btc=60_000, eth=3_000))
    got = fired(LiquidationAlert(rate("0.05")), marks(btc=55_000, eth=2_999), account)
    assert got is not None
    assert got.numbers == (1,)
    assert got.account == account
    both = fired(LiquidationAlert(rate("0.99")), marks(btc=55_000, eth=2_999), account)
    assert both is not None
    assert (both.numbers, set(both.marks)) == ((1, 2), {BTC, ETH})


def test_behind_the_cross_wall_the_other_legs_count() -> None:
    account = do(
        held("1", mode=CROSS), wish("1", SHORT, CROSS, symbol=ETH), scene(btc=60_000, eth=3_000)
    )
    near = LiquidationAlert(rate("0.1"))
    assert fired(near, marks(btc=60_000, eth=3_000), account) is None
    assert fired(near, marks(btc=60_000, eth=7_500), account) is not None


def test_what_cannot_be_judged_fires_nothing() -> None:
    account = do(
        held("1", mode=CROSS), wish("1", SHORT, CROSS, symbol=ETH), scene(btc=60_000, eth=3_000)
    )
    near = LiquidationAlert(rate("0.99"))
    assert fired(near, marks(btc=51_000), account) is None
    assert fired(near, marks(btc=51_000, eth=0), account) is None
    assert fired(near, marks(btc=0, eth=3_000), account) is None
    assert fired(near, marks(btc=51_000, eth=3_000)) is None
    assert fired(near, marks(btc=51_000), fresh()) is None


def test_marks_from_before_the_account_became_what_it_is_say_nothing_of_it() -> None:
    account = replace(held(), changed_at=NOON + SECOND)
    assert fired(LiquidationAlert(rate("0.99")), marks(btc=60_000), account) is None
    later = fired(FundingAlert(), funded(btc=60_000), account)
    assert later is None


def test_a_position_without_a_liquidation_price_is_never_near() -> None:
    account = do(fresh(1_000_000), wish("0.1", mode=CROSS, leverage=1), scene(btc=60_000))
    assert fired(LiquidationAlert(rate("0.99")), marks(btc=60_000), account) is None


# --- funding


@pytest.mark.parametrize(
    ("after", "fires"),
    [
        (SOON + SECOND, False),
        (SOON, True),
        (SECOND, True),
        (timedelta(0), False),
        (-SECOND, False),
    ],
)
def test_funding_fires_in_the_quarter_of_an_hour_before_it(after: timedelta, fires: bool) -> None:
    at = funded(after, btc=60_000)
    assert (fired(FundingAlert(BTC), at) is not None) is fires
    assert (fired(FundingAlert(), at, held()) is not None) is fires


def test_the_payment_of_what_is_held_comes_along() -> None:
    account = do(held(), wish("1", SHORT, symbol=ETH), scene(btc=60_000, eth=3_000))
    got = fired(FundingAlert(), funded(btc=60_000, eth=3_000), account)
    assert got is not None
    assert (got.numbers, got.payment) == ((1, 2), D("-0.3"))
    one = fired(FundingAlert(ETH), funded(btc=60_000, eth=3_000), account)
    assert one is not None
    assert (one.numbers, one.payment, list(one.marks)) == ((2,), D("0.3"), [ETH])


def test_a_named_coin_need_not_be_held_and_all_held_must() -> None:
    at = funded(btc=60_000)
    assert fired(FundingAlert(BTC), at, fresh()) is not None
    assert fired(FundingAlert(), at, fresh()) is None
    assert fired(FundingAlert(), at) is None
    assert fired(FundingAlert(ETH), at, fresh()) is None


def test_funding_that_is_not_announced_fires_nothing() -> None:
    at = marks(btc=60_000)
    assert fired(FundingAlert(BTC), at) is None
    rateless = {Symbol(BTC): MarkPrice(price(60_000), NOON, funding_at=NOON + SECOND)}
    assert fired(FundingAlert(BTC), replace(at, prices=rateless)) is None


# --- afterwards


def test_all_alerts_are_gone_but_those_for_liquidations_which_rest_a_day() -> None:
    assert left(alert(PriceAlert(BTC, price(1), rising=True)), NOON) is None
    assert left(alert(FundingAlert()), NOON) is None
    resting = left(alert(LiquidationAlert(rate("0.05"))), NOON)
    assert resting is not None
    assert resting.rests == resting.awake == NOON + REST


# --- minutes that nobody saw


def minute(low: Number, high: Number, end: Number) -> Marks:
    snapshot = marks(btc=end)
    mark = replace(snapshot.prices[BTC], low=price(low), high=price(high))
    return replace(snapshot, prices={BTC: mark})


def test_of_a_minute_that_nobody_saw_the_extreme_of_an_alerts_side_counts() -> None:
    past = NOON - timedelta(hours=1)
    wick = minute(58_000, 62_000, 60_000)
    for what, met in (
        (PriceAlert(BTC, price(61_500), rising=True), 62_000),
        (PriceAlert(BTC, price(58_500), rising=False), 58_000),
    ):
        got = fired(alert(what, since=past), wick)
        assert got is not None
        assert (got.marks.price(BTC), got.marks.estimated) == (price(met), True)
        assert fired(alert(what, since=NOON - SECOND), wick) is None
        assert fired(alert(what, since=past), wick.at_end()) is None


def test_of_such_a_minute_a_long_is_as_near_as_its_low() -> None:
    account = replace(held(), changed_at=NOON - timedelta(hours=1))
    near = alert(LiquidationAlert(rate("0.05")), since=NOON - timedelta(hours=1))
    assert fired(near, minute(59_900, 60_000, 60_000), account) is None
    got = fired(near, minute(56_500, 60_000, 60_000), account)
    assert got is not None
    assert got.marks.price(BTC) == price(56_500)


def test_a_contract_that_the_venue_does_not_list_cannot_be_judged() -> None:
    account = held()
    near = alert(LiquidationAlert(rate("0.99")))
    assert due(near, account, marks(btc=55_000), venue()) is not None
    unlisted = replace(venue(), instruments={})
    assert due(near, account, marks(btc=55_000), unlisted) is None
