"""A paper account played through a recording: judged by the engine, at the worst price first."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.replay import Life, began, lived, telling
from core.lessons.scenario import Bar, Scenario
from core.lessons.way import equity
from core.margin.pool import Leg, MarginMode, Side
from core.money import ONE, ZERO, D, Price, Quantity, Rate
from core.paper.account import PaperAccount
from core.paper.events import PoolLiquidated
from core.paper.scene import Scene
from tests.builders import BTC, ETH, amount
from tests.core.paper.builders import CROSS, ISOLATED, LONG, SHORT, do, fresh, scene, wish
from tests.fakes.scenarios import bar, candle, flat, scenario

WALLET = amount(10_000)
NOW = scene(btc=8_000, eth=200)


def leg(quantity: str = "2.5", side: Side = LONG, leverage: int = 10) -> Leg:
    """2.5 BTC at 8,000 with 10x: a margin of 2,000."""
    quantity_, entry = Quantity(D(quantity)), Price(D(8_000))
    return Leg.at(BTC, side, quantity_, entry, Rate(D(leverage)))


def life(recorded: Scenario, mode: MarginMode, of: Leg | None = None, at: Scene = NOW) -> Life:
    """One trade's way through a recording."""
    return lived(recorded, began(of or leg(), mode, WALLET, at), at, WALLET)


def btc(*bars: Bar) -> Scenario:
    """A recording of Bitcoin alone."""
    return scenario([{BTC: each} for each in bars], {BTC: 8_000})


FLAT = bar(1)
CRASH = btc(FLAT, bar(1, 1, "0.55", "0.7"), bar("0.7", "1.1", "0.7", "1.1"))
SINK = btc(bar(1, 1, "0.8", "0.85"), bar("0.85", "0.85", "0.2", "0.3"), bar("0.3"))


@pytest.mark.parametrize("mode", list(MarginMode))
def test_where_nothing_moves_only_the_fee_is_lost(mode: MarginMode) -> None:
    found = life(flat(5, {BTC: 8_000}), mode)
    assert found.result == D("-10")  # 20,000 at 0.05 %
    assert (found.falls, found.lowest, found.left) == ((), D(9_990), D(9_990))
    assert len(found.moments) == 6


def test_a_wick_kills_isolated_and_cross_lives_to_see_the_price_come_back() -> None:
    isolated, cross = life(CRASH, ISOLATED), life(CRASH, CROSS)
    (fall,) = isolated.falls
    assert fall.scene.at == CRASH.candles[1].at
    assert D(7_100) < fall.scene.mark(BTC) < D(7_240)  # near its limit, not at the low of 4,400
    assert isolated.result == D(-2_010)
    assert cross.falls == ()
    assert cross.result == D("2.5") * 800 - 10
    assert cross.lowest == D(990)


def test_a_fall_without_an_end_takes_the_margin_or_the_whole_wallet() -> None:
    isolated, cross = life(SINK, ISOLATED), life(SINK, CROSS)
    assert isolated.left == D(7_990)
    assert [fall.scene.at for fall in cross.falls] == [SINK.candles[1].at]
    assert cross.left == ZERO


def test_a_short_is_judged_at_the_high() -> None:
    rise = btc(bar(1, "1.2", 1, 1))
    found = life(rise, ISOLATED, leg(side=SHORT))
    assert D(8_760) < found.falls[0].scene.mark(BTC) < D(8_850)


def test_the_close_is_judged_after_the_extreme() -> None:
    assert life(btc(bar(1, 1, "0.95", "0.95")), CROSS).moments[1].balance == D(8_990)


def test_each_coin_is_taken_at_the_extreme_that_hurts_its_own_leg() -> None:
    hedged = do(do(fresh(), wish("1", mode=CROSS), NOW), wish("40", SHORT, CROSS, symbol=ETH), NOW)
    wide = {BTC: bar(1, "1.1", "0.9", 1), ETH: bar(1, "1.1", "0.9", 1)}
    recorded = scenario([wide], {BTC: 8_000, ETH: 200})
    found = lived(recorded, hedged, NOW, WALLET)
    start = equity(hedged, NOW.marks)
    assert found.lowest == start - 800 - 800
    assert found.left == start


def test_an_account_that_holds_nothing_stays_as_it_is() -> None:
    found = lived(flat(2, {BTC: 8_000}), fresh(), NOW, WALLET)
    assert (found.result, found.moments[-1].open) == (ZERO, 0)


def test_finer_rows_tell_when_within_the_hour_a_wall_fell() -> None:
    parts = [bar(1)] * 7 + [bar(1, 1, "0.6", "0.7")] + [bar("0.7")] * 4
    steps = tuple(candle(n, {BTC: each}, 5) for n, each in enumerate(parts))
    recorded = replace(btc(bar(1, 1, "0.5", "0.7")), finer={0: steps})
    (fall,) = life(recorded, ISOLATED).falls
    assert fall.scene.at.minute == 35
    assert life(recorded, ISOLATED).left == life(btc(bar(1, 1, "0.5", "0.7")), ISOLATED).left


PAID = {1: {BTC: Rate(D("0.01"))}}


@pytest.mark.parametrize("mode", list(MarginMode))
def test_a_long_pays_funding_on_the_mark_at_the_open_of_its_hour(mode: MarginMode) -> None:
    recorded = replace(btc(bar(1), bar("1.1"), bar(1)), funding=PAID)
    found = life(recorded, mode)
    assert found.funding == D("-220")  # 2.5 at 8,800, of that 1 %
    assert found.result == D("-230")
    assert [m.balance for m in found.moments] == [9_990, 9_990, 9_990 + 2_000 - 220, 9_770]


def test_a_short_receives_what_a_long_pays_and_a_rate_below_zero_turns_it_round() -> None:
    recorded = replace(btc(bar(1), bar(1)), funding=PAID)
    assert life(recorded, CROSS, leg(side=SHORT)).funding == D(200)
    recorded = replace(recorded, funding={1: {BTC: Rate(D("-0.003"))}})
    assert life(recorded, CROSS).funding == D(60)


def test_an_isolated_pocket_pays_and_the_wallet_does_not() -> None:
    recorded = replace(btc(bar(1), bar(1)), funding=PAID)
    isolated, cross = life(recorded, ISOLATED), life(recorded, CROSS)
    (position,) = isolated.account.positions
    assert (position.margin, isolated.account.wallet) == (D(1_800), D(7_990))
    assert cross.account.wallet == D(9_790)


def test_funding_can_be_what_a_wall_falls_by() -> None:
    recorded = replace(btc(bar(1), bar("0.92")), funding={1: {BTC: Rate(D("0.03"))}})
    assert life(replace(recorded, funding={}), ISOLATED).falls == ()
    (fall,) = life(recorded, ISOLATED).falls
    assert fall.scene.mark(BTC) == D(7_360)
    assert life(recorded, ISOLATED).left == D(7_990)
    assert life(recorded, CROSS).falls == ()


def test_nobody_pays_for_a_coin_that_is_not_held_or_closed_before() -> None:
    other = {1: {ETH: Rate(D("0.01"))}}
    assert life(replace(btc(bar(1), bar(1)), funding=other), CROSS).funding == ZERO
    late = replace(CRASH, funding={2: {BTC: Rate(D("0.01"))}})
    assert life(late, ISOLATED).funding == ZERO
    assert life(late, CROSS).funding < ZERO


def test_an_hour_in_finer_steps_settles_once() -> None:
    steps = tuple(candle(n, {BTC: bar(1)}, 5) for n in range(12, 24))
    recorded = replace(btc(bar(1), bar(1)), finer={1: steps}, funding=PAID)
    assert life(recorded, CROSS).funding == D(-200)


def test_the_telling_moments_are_the_beginning_the_worst_hours_every_fall_and_the_end() -> None:
    lives = (life(CRASH, ISOLATED), life(CRASH, CROSS))
    assert telling(lives) == (0, 2, 3)
    still = (life(flat(9, {BTC: 8_000}), ISOLATED),)
    assert telling(still) == (0, 9)


def test_of_one_hour_only_the_first_step_is_told() -> None:
    parts = [1 - D(n) / 200 for n in range(13)]
    falling = [bar(a, a, b, b) for a, b in itertools.pairwise(parts)]
    steps = tuple(candle(n, {BTC: each}, 5) for n, each in enumerate(falling))
    recorded = replace(btc(bar(1, 1, "0.94", "0.94"), bar("0.94")), finer={0: steps})
    told = telling((life(recorded, CROSS),))
    assert len(told) == 3
    assert told[0] == 0


def test_a_position_with_a_stop_ends_there_and_not_by_liquidation() -> None:
    stopped = do(fresh(), wish("2.5"), NOW)
    (position,) = stopped.positions
    stops = replace(position.stops, loss=Price(D(7_500)))
    account = replace(stopped, positions=(replace(position, stops=stops),))
    found = lived(CRASH, account, NOW, WALLET)
    assert found.falls == ()
    assert found.moments[2].open == 0
    assert len(found.moments[2].met) == 1


# --- for all ways of the price --------------------------------------------------------------------

CHANGES = st.lists(st.integers(-30, 30), min_size=1, max_size=12)


def way(changes: list[int]) -> Scenario:
    """A recording that goes up and down by percent, with a wick either way."""
    price, bars = ONE, []
    for change in changes:
        end = max(price * (100 + change) / 100, D("0.01"))
        bars.append(bar(price, max(price, end) * D("1.02"), min(price, end) * D("0.98"), end))
        price = end
    return btc(*bars)


@given(CHANGES, st.sampled_from([LONG, SHORT]), st.sampled_from([2, 5, 10, 25]))
def test_isolated_never_loses_more_than_its_margin_and_the_fee(
    changes: list[int], side: Side, leverage: int
) -> None:
    one = leg(side=side, quantity="0.5", leverage=leverage)
    found = life(way(changes), ISOLATED, one)
    assert found.lowest >= WALLET - one.initial_margin - 2  # the fee of 0.05 % of 4,000


@given(CHANGES, st.sampled_from([LONG, SHORT]), st.integers(-300, 300))
def test_isolated_pays_funding_out_of_its_margin_and_no_more(
    changes: list[int], side: Side, rate: int
) -> None:
    one = leg(side=side, quantity="0.5")
    recorded = way(changes)
    rates = {n: {BTC: Rate(D(rate) / 1000)} for n in range(1, len(changes))}
    found = life(replace(recorded, funding=rates), ISOLATED, one)
    assert found.lowest >= WALLET - one.initial_margin - 2
    assert found.account.wallet >= WALLET - one.initial_margin - 2


@given(CHANGES, st.sampled_from([LONG, SHORT]))
def test_both_modes_agree_until_one_is_liquidated(changes: list[int], side: Side) -> None:
    recorded = way(changes)
    lives = [life(recorded, mode, leg(side=side)) for mode in (ISOLATED, CROSS)]
    for one, other in zip(*(each.moments for each in lives), strict=True):
        if one.falls or other.falls:
            break
        assert (one.balance, one.low, one.open) == (other.balance, other.low, other.open)


@given(CHANGES)
def test_cross_never_loses_more_than_the_wallet(changes: list[int]) -> None:
    found = life(way(changes), CROSS)
    assert found.lowest >= ZERO
    assert all(isinstance(fall.event, PoolLiquidated) for fall in found.falls)
    assert isinstance(found.account, PaperAccount)
