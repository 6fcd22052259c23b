"""A candle as an account passes it: funding, the adverse extreme, the close, and in what steps."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.errors import NoPrice
from core.lessons.scenario import Bar, Candle
from core.lessons.way import STEPS, Way, equity, opens, priced
from core.margin.pool import MarginMode, PositionMode
from core.market import Symbol
from core.money import D, Price
from core.paper.account import PaperAccount
from core.paper.actions import ChoosePositionMode
from core.paper.events import FundingSettled, PoolLiquidated
from tests.builders import BTC, ETH, NOON, rate
from tests.core.paper.builders import CROSS, ISOLATED, SHORT, do, fresh, scene, wish
from tests.fakes import scenarios
from tests.fakes.scenarios import bar

NOW = scene(btc=8_000, eth=200)
FIRST = {BTC: Price(D(8_000)), ETH: Price(D(200))}


def candle(number: int, bars: Mapping[Symbol, Bar]) -> Candle:
    """One hour, the first one at noon."""
    told = scenarios.candle(number, bars)
    return replace(told, at=NOON + (told.at - scenarios.BEGAN))


def holding(mode: MarginMode = CROSS) -> PaperAccount:
    """2.5 BTC long at 8,000 with 10x."""
    return do(fresh(), wish("2.5", mode=mode), NOW)


def passed(account: PaperAccount, btc: Bar, eth: Bar | None = None) -> Way:
    """Send an account through one candle."""
    way = Way(account, NOW)
    way.take(candle(0, {BTC: btc, ETH: eth or bar(1)}), FIRST)
    return way


def test_the_extreme_that_hurts_is_met_before_the_close() -> None:
    way = passed(holding(), bar(1, "1.1", "0.9", "1.05"))
    assert (way.low, way.worth) == (D(9_990) - 2_000, D(9_990) + 1_000)
    assert way.met == []


def test_a_wall_falls_on_the_way_to_the_extreme_and_not_at_its_end() -> None:
    way = passed(holding(ISOLATED), bar(1, 1, "0.5", 1))
    (fall,) = way.met
    assert isinstance(fall.event, PoolLiquidated)
    assert D(7_100) < fall.scene.mark(BTC) < D(7_240)
    assert fall.scene.mark(BTC) == 8_000 - D(4_000) * 8 / STEPS
    assert way.worth == way.low == D(7_990)


def test_what_one_candle_did_is_not_told_of_the_next() -> None:
    way = passed(holding(ISOLATED), bar(1, 1, "0.5", "0.5"))
    way.take(candle(1, {BTC: bar("0.5"), ETH: bar(1)}), FIRST)
    assert (way.met, way.low) == ([], D(7_990))


def test_two_sides_of_one_coin_that_cancel_out_meet_the_close_alone() -> None:
    account = do(fresh(), ChoosePositionMode(PositionMode.HEDGE), NOW)
    account = do(do(account, wish("1", mode=CROSS), NOW), wish("1", SHORT, CROSS), NOW)
    way = passed(account, bar(1, "1.3", "0.7", 1))
    assert way.low == equity(account, NOW.marks)


def test_funding_is_settled_at_the_open_before_anything_else() -> None:
    way = Way(holding(), NOW)
    rates = {BTC: rate("0.01")}
    way.take(candle(0, {BTC: bar("0.99", 1, "0.9", "0.95"), ETH: bar(1)}), FIRST, rates)
    (met,) = way.met
    assert isinstance(met.event, FundingSettled)
    assert met.scene.mark(BTC) == D(7_920)
    assert met.event.from_wallet == -D("2.5") * 7_920 / 100
    assert way.worth == D(9_990) - 1_000 - 198


def test_funding_may_be_what_a_wall_falls_by() -> None:
    way = Way(holding(ISOLATED), NOW)
    way.take(candle(0, {BTC: bar("0.906"), ETH: bar(1)}), FIRST, {BTC: rate("0.05")})
    assert [type(met.event) for met in way.met] == [FundingSettled, PoolLiquidated]


def test_a_coin_that_is_held_must_have_a_price() -> None:
    way = Way(holding(), NOW)
    with pytest.raises(NoPrice):
        way.take(candle(0, {ETH: bar(1)}), {ETH: FIRST[ETH]})
    with pytest.raises(KeyError):
        way.take(candle(0, {ETH: bar(1)}), FIRST)


def test_a_scene_is_priced_in_parts_of_the_first_marks() -> None:
    there = candle(3, {BTC: bar("0.5", 1, "0.25", "0.75"), ETH: bar(2)})
    found = priced(NOW, there, opens(there), FIRST)
    assert (found.at, found.mark(BTC), found.mark(ETH)) == (there.at, D(4_000), D(400))
