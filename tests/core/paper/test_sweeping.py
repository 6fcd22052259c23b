"""A tick arrives: walls, then stops, then orders, until nothing more happens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import SetStops
from core.paper.events import (
    Event,
    OrderCancelled,
    PoolLiquidated,
    PositionIncreased,
    PositionReduced,
    Warned,
)
from core.paper.scene import Scene
from core.paper.sweeping import swept
from tests.builders import BTC, ETH, SOL, amount, rate
from tests.core.paper.builders import (
    CROSS,
    SHORT,
    after,
    do,
    fresh,
    only,
    put,
    scene,
    stops,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)


def told(events: tuple[Event, ...]) -> list[str]:
    """Each event's name, with its reason where it has one."""
    return [f"{type(e).__name__} {getattr(e, 'reason', '')}".strip() for e in events]


def settled(account: PaperAccount, now: Scene) -> PaperAccount:
    """The account after a sweep, which leaves nothing for a second one."""
    account = after(account, swept(account, now))
    assert swept(account, now) == ()
    return account


def test_a_tick_that_reaches_nothing_does_nothing() -> None:
    account = do(fresh(), wish("0.333", stops=stops(55_000, 70_000)), NOW)
    account = do(account, wish("0.1", at=54_000), NOW)
    assert swept(account, scene(btc=58_000)) == ()
    assert swept(fresh(), NOW) == ()


# --- stops ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mark", "reason"), [(54_900, "stop_loss"), (70_100, "take_profit")])
def test_a_stop_closes_at_the_market_of_the_tick(mark: int, reason: str) -> None:
    account = do(fresh(), wish("0.333", stops=stops(55_000, 70_000)), NOW)
    (event,) = swept(account, scene(spread="0.0001", btc=mark))
    assert isinstance(event, PositionReduced)
    assert (event.reason, event.quantity) == (reason, D("0.333"))
    assert event.price == {54_900: D("54894.5"), 70_100: D("70092.9")}[mark]


def test_a_position_past_its_stop_and_its_liquidation_price_is_liquidated() -> None:
    account = do(fresh(), wish("0.333", stops=stops(55_000)), NOW)
    assert told(swept(account, scene(btc=54_000))) == ["PoolLiquidated"]


def test_a_stop_that_the_wallet_cannot_pay_closes_all_that_is_cross() -> None:
    account = do(fresh(2_100), wish("0.1", mode=CROSS), NOW)
    account = do(account, wish(3, SHORT, CROSS, symbol=ETH), NOW)
    account = do(account, wish(2, symbol=SOL), scene(btc=60_000, eth=2_000, sol=150))
    account = do(account, SetStops(1, stops(40_000)), NOW)
    there = scene(btc=30_000, eth=500)
    events = swept(account, there)
    assert told(events) == ["PositionReduced stop_loss"] * 2
    assert [e.number for e in events if isinstance(e, PositionReduced)] == [2, 1]
    assert [p.leg.symbol for p in settled(account, there).positions] == [SOL]


def test_while_another_cross_leg_has_no_mark_such_a_stop_waits() -> None:
    account = do(fresh(2_100), wish("0.1", mode=CROSS), NOW)
    account = do(account, wish(3, SHORT, CROSS, symbol=ETH), NOW)
    account = do(account, SetStops(1, stops(40_000)), NOW)
    assert swept(account, scene(btc=30_000)) == ()
    assert told(swept(account, scene(btc=39_500))) == ["PositionReduced stop_loss"]


def coarse(spread: str, **prices: int) -> Scene:
    """BTC on a tick of 5,000: a fill at the market may cost more than any cushion."""
    own = scene().listing
    return scene(put(own, replace(own.instrument(BTC), tick=D(5_000))), spread, **prices)


def test_a_stop_that_its_own_pocket_cannot_pay_is_left_to_the_wall() -> None:
    account = do(fresh(), wish("0.333", stops=stops(55_000)), coarse("0", btc=60_000))
    assert swept(account, coarse("0", btc=54_900)) == ()
    assert told(swept(account, coarse("0", btc=54_000))) == ["PoolLiquidated"]


def test_a_stop_that_all_behind_the_wall_cannot_pay_is_left_to_the_wall() -> None:
    account = do(fresh(2_100), wish("0.333", mode=CROSS), coarse("0", btc=60_000))
    account = do(account, SetStops(1, stops(55_000)), coarse("0", btc=60_000))
    assert swept(account, coarse("0", btc=54_900)) == ()


def test_one_stop_that_waits_does_not_hold_up_the_next() -> None:
    account = do(fresh(), wish("0.333", stops=stops(55_000)), coarse("0", btc=60_000))
    account = do(account, wish(1, symbol=ETH, stops=stops(1_900)), NOW)
    assert told(swept(account, coarse("0", btc=54_900, eth=1_890))) == ["PositionReduced stop_loss"]


# --- orders ---------------------------------------------------------------------------------------


def test_a_limit_order_fills_at_its_price_and_the_makers_fee() -> None:
    account = do(fresh(), wish("0.333", at=58_000, stops=stops(50_000)), NOW)
    assert swept(account, scene(btc="58000.1")) == ()
    (event,) = swept(account, scene(btc=57_900))
    assert isinstance(event, PositionIncreased)
    assert [event.order, event.price] == [1, 58_000]
    assert (event.margin, event.fee) == (D("1931.4"), D("3.8628"))
    now = settled(account, scene(btc=57_900))
    assert now.orders == ()
    assert now.wallet == 10_000 - D("1931.4") - D("3.8628")
    assert only(now).stops == stops(50_000)


def test_a_limit_order_against_a_position_closes_it() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    account = do(account, wish("0.333", SHORT, at=63_000, reduce_only=True), NOW)
    (event,) = swept(account, scene(btc=64_000))
    assert isinstance(event, PositionReduced)
    assert [event.price, event.pnl, event.reason] == [63_000, 999, "limit"]
    now = settled(account, scene(btc=64_000))
    assert (now.positions, now.orders) == ((), ())


def test_a_reducing_order_is_cut_to_what_is_held_when_it_fills() -> None:
    account = do(fresh(), wish("0.3"), NOW)
    account = do(account, wish("0.3", SHORT, at=63_000, reduce_only=True), NOW)
    less = do(account, wish("0.2", SHORT), NOW)
    (event,) = swept(less, scene(btc=63_000))
    assert isinstance(event, PositionReduced)
    assert [event.quantity, event.price, event.order] == [D("0.1"), 63_000, 2]
    now = settled(less, scene(btc=63_000))
    assert (now.positions, now.orders) == ((), ())


def test_an_order_that_flips_closes_and_opens() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    account = do(account, wish("0.3", SHORT, at=63_000), NOW)
    assert told(swept(account, scene(btc=63_000))) == ["PositionReduced flip", "PositionIncreased"]
    now = settled(account, scene(btc=63_000))
    assert (only(now).leg.quantity, now.orders) == (D("0.2"), ())


def test_an_order_that_can_no_longer_be_filled_is_cancelled_and_says_why() -> None:
    account = do(fresh(), wish("0.333", at=58_000), NOW)
    poor = replace(account, wallet=amount(1_000))
    assert swept(poor, scene(btc=58_000)) == (OrderCancelled(number=1, reason="insufficient"),)
    account = do(fresh(), wish("0.1"), NOW)
    account = do(account, wish("0.1", SHORT, at=63_000, reduce_only=True), NOW)
    bare = account.without_position(1)
    assert told(swept(bare, scene(btc=63_000))) == ["OrderCancelled nothing_to_reduce"]


def test_orders_wait_while_nobody_knows_what_is_available() -> None:
    account = do(fresh(), wish(1, mode=CROSS, symbol=ETH), NOW)
    account = do(account, wish("0.1", at=58_000), NOW)
    assert swept(account, scene(btc=57_000)) == ()
    assert told(swept(account, scene(btc=57_000, eth=2_000))) == ["PositionIncreased"]


def test_an_order_is_not_filled_out_of_what_the_next_keeps_aside() -> None:
    account = do(fresh(), wish("0.8", at=58_000), NOW)
    account = do(account, wish("0.8", at=57_000), NOW)
    rest = replace(account, wallet=amount(5_000))
    first, second = swept(rest, scene(btc=56_900))
    assert first == OrderCancelled(number=1, reason="insufficient")
    assert isinstance(second, PositionIncreased)
    assert second.order == 2


def test_an_order_that_a_gap_fills_far_from_the_mark_falls_at_once() -> None:
    account = do(fresh(), wish("0.333", at=58_000), NOW)
    there = scene(btc=50_000)
    assert told(swept(account, there)) == ["PositionIncreased", "PoolLiquidated"]
    now = settled(account, there)
    assert (now.wallet, now.positions) == (10_000 - D("1931.4") - D("3.8628"), ())


def test_an_order_filled_past_its_own_stop_is_stopped_at_once() -> None:
    account = do(fresh(), wish("0.333", at=58_000, stops=stops(57_000)), NOW)
    assert told(swept(account, scene(btc=56_000))) == [
        "PositionIncreased",
        "PositionReduced stop_loss",
    ]


# --- walls ----------------------------------------------------------------------------------------


def test_orders_are_cancelled_with_their_wall_and_not_filled() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    account = do(account, wish("0.1", at=55_000), NOW)
    assert told(swept(account, scene(btc=54_000))) == [
        "OrderCancelled liquidation",
        "PoolLiquidated",
    ]


def test_every_wall_is_judged_by_itself() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    account = do(account, wish(1, symbol=ETH), NOW)
    account = do(account, wish(10, SHORT, CROSS, symbol=SOL), scene(btc=60_000, sol=150))
    events = swept(account, scene(btc=50_000, eth=2_000, sol=150))
    assert [e.scope for e in events if isinstance(e, PoolLiquidated)] == [1]
    events = swept(account, scene(btc=50_000, eth=1_500, sol=3_000))
    assert [e.scope for e in events if isinstance(e, PoolLiquidated)] == [1, 2, None]


def test_what_a_fallen_pocket_returns_helps_the_cross_wall() -> None:
    own = scene("hyperliquid", btc=60_000, eth=2_000)
    account = do(fresh(venue_id="hyperliquid"), wish(1, leverage=40), own)
    account = do(account, wish(10, mode=CROSS, symbol=ETH, leverage=25), own)
    # ETH at 1,900 needs 380 and lost 1,000; the pocket of BTC returns 700
    thin = replace(account, wallet=amount(1_000))
    there = scene("hyperliquid", btc=59_200, eth=1_900)
    events = swept(thin, there)
    assert [e.scope for e in events if isinstance(e, PoolLiquidated)] == [1]
    assert settled(thin, there).wallet == 1_700


def test_a_wall_without_a_mark_for_every_leg_is_not_judged() -> None:
    account = do(fresh(2_100), wish("0.3", mode=CROSS), NOW)
    account = do(account, wish("0.1", mode=CROSS, symbol=ETH), NOW)
    assert swept(account, scene(btc=1)) == ()
    assert told(swept(account, scene(btc=1, eth=2_000))) == ["PoolLiquidated"]


def test_a_price_of_zero_decides_nothing() -> None:
    account = do(fresh(), wish("0.333", SHORT, stops=stops(None, 50_000)), NOW)
    account = do(account, wish(1, symbol=ETH, at=1_900), NOW)
    assert swept(account, scene(btc=0, eth=0)) == ()
    assert told(swept(account, scene(btc=1, eth=2_000))) == ["PositionReduced take_profit"]


def test_a_wall_is_brought_back_by_a_step_and_then_stands() -> None:
    own = scene("hyperliquid", btc=60_000)
    account = do(fresh(100_000), wish(10, leverage=40), own)
    there = scene("hyperliquid", btc=59_200)
    assert only(settled(account, there)).leg.quantity == 8


# --- warnings -------------------------------------------------------------------------------------


def near_the_end() -> PaperAccount:
    """0.333 BTC behind 1,998: at a ratio of 0.8 from 54,271.36, liquidated at 54,216.87."""
    return do(fresh(), wish("0.333"), NOW)


def test_a_wall_near_its_end_is_warned_of_once() -> None:
    account = near_the_end()
    assert swept(account, scene(btc=54_272)) == ()
    there = scene(btc=54_271)
    (event,) = swept(account, there)
    assert isinstance(event, Warned)
    assert event.scope == 1
    # 0.4 % of 18,072.243 over 1,998 - 0.333 x 5,729
    assert event.ratio == D("72.288972") / D("90.243")
    assert [w[0] for w in settled(account, there).warned] == [1]


def test_it_is_warned_of_again_after_a_day() -> None:
    there = scene(btc=54_271)
    account = settled(near_the_end(), there)
    for hours, warned in ((23, []), (24, ["Warned"])):
        later = replace(there, at=there.at + timedelta(hours=hours))
        assert told(swept(account, later)) == warned


def test_the_cross_wall_has_a_warning_of_its_own() -> None:
    account = replace(do(fresh(), wish("0.333", mode=CROSS), NOW), wallet=amount(1_998))
    (event,) = swept(account, scene(btc=54_271))
    assert isinstance(event, Warned)
    assert event.scope is None


def test_a_wall_that_cannot_be_judged_is_not_warned_of() -> None:
    assert swept(near_the_end(), scene(eth=2_000)) == ()


def test_a_wall_that_falls_is_not_warned_of() -> None:
    assert told(swept(near_the_end(), scene(btc=54_216))) == ["PoolLiquidated"]


def test_what_a_step_left_near_its_end_is_warned_of() -> None:
    own = scene("hyperliquid", btc=60_000)
    account = do(fresh(100_000), wish(10, leverage=40), own)
    # 7,000 left, and 8 BTC need 5,920
    events = swept(account, scene("hyperliquid", btc=59_200))
    assert told(events) == ["PoolLiquidated", "Warned"]


# --- warnings -------------------------------------------------------------------------------------


def test_a_wall_near_its_end_is_warned_of_once_a_day() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    assert swept(account, scene(btc=54_400)) == ()
    near = scene(btc=54_250)
    (event,) = swept(account, near)
    assert isinstance(event, Warned)
    assert event.scope == 1
    assert D("0.8") <= event.ratio < 1
    account = after(account, (event,))
    assert swept(account, near) == ()
    hours = replace(near, at=near.at + near.rules.warn_every - timedelta(seconds=1))
    assert swept(account, hours) == ()
    assert told(swept(account, replace(near, at=near.at + near.rules.warn_every))) == ["Warned"]


def test_each_wall_has_its_own_warning() -> None:
    account = do(fresh(2_100), wish("0.1", mode=CROSS), NOW)
    account = do(account, wish(3, symbol=ETH, leverage=20), NOW)
    account = after(account, swept(account, scene(btc=60_000, eth=1_909)))
    assert [scope for scope, _ in account.warned] == [2]
    account = after(account, swept(account, scene(btc=42_270, eth=1_909)))
    assert {scope for scope, _ in account.warned} == {0, 2}


def test_what_is_closed_in_the_same_tick_is_not_warned_of() -> None:
    account = do(fresh(), wish("0.333", stops=stops(54_300)), NOW)
    assert told(swept(account, scene(btc=54_250))) == ["PositionReduced stop_loss"]


def test_warnings_of_walls_that_are_gone_are_forgotten() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    account = after(account, (Warned(scope=1, ratio=rate("0.9")),))
    account = after(account, swept(account, scene(btc=50_000)))
    account = after(account, (Warned(scope=None, ratio=rate("0.9")),))
    assert [scope for scope, _ in account.warned] == [0]
