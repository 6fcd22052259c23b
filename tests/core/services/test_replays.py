"""Replaying: trades at recorded prices, accounts at present marks; copies only."""

from dataclasses import replace

import pytest

from core.errors import NoPrice, UnknownVenue
from core.lessons.scenario import Scenario
from core.margin.pool import MarginMode
from core.margin.sizing import Size, SizeKind, Trade
from core.market import Symbol
from core.money import ZERO, D, Price, Rate
from core.paper.rules import PaperRules
from core.services.compare import Terms
from core.services.prices import Prices
from core.services.replays import Replays
from tests.builders import BTC, ETH, amount
from tests.core.paper.builders import (
    CROSS,
    ISOLATED,
    LONG,
    SHORT,
    do,
    fresh,
    put,
    scene,
    venue,
    wish,
)
from tests.fakes.ports import FixedClock, FixedMarks
from tests.fakes.scenarios import FixedScenarios, bar, flat, scenario

DOGE = Symbol("DOGEUSDT")
CRASH = scenario(
    [{BTC: bar(1, 1, "0.5", "0.5"), ETH: bar(1, 1, "0.5", "0.5")}], {BTC: 8_000, ETH: 200}
)
TERMS = Terms(venue="binance", wallet=amount(10_000))
TRADE = Trade(BTC, LONG, Rate(D(10)), Size(SizeKind.MARGIN, D(2_000)))
EVEN = PaperRules(half_spread=Rate(ZERO))


def replays(*scenarios: Scenario, source: FixedScenarios | None = None) -> Replays:
    """Replays over recordings, with Binance's and OKX's contracts and present marks."""
    clock = FixedClock()
    market = FixedMarks({BTC: 60_000, ETH: 2_000}, clock.now())
    prices = Prices({"binance": venue(), "okx": venue("okx")}, market, clock)
    return Replays(source or FixedScenarios(*scenarios or (CRASH,)), prices, EVEN)


def test_a_trade_begins_at_the_recorded_price() -> None:
    seen = replays().trade("2020-03-12", TRADE, TERMS)
    assert seen.leg is not None
    assert (seen.leg.entry_price, seen.leg.quantity) == (D(8_000), D("2.5"))
    assert seen.isolated.result == D(-2_010)
    assert seen.cross.left == ZERO
    assert [life.begun for life in seen.lives] == [D(10_000)] * 2


def test_a_typed_entry_stands_for_the_recorded_price() -> None:
    typed = replace(TRADE, entry=Price(D(50_000)))
    seen = replays().trade("2020-03-12", typed, TERMS)
    assert seen.leg is not None
    assert seen.leg.entry_price == D(50_000)
    assert seen.isolated.falls[0].scene.mark(BTC) < D(45_300)


def test_a_coin_that_was_cheap_keeps_the_digits_of_its_price() -> None:
    cheap = flat(1, {DOGE: "0.0021714"})
    seen = replays(cheap).trade("2020-03-12", replace(TRADE, symbol=DOGE), TERMS)
    assert seen.leg is not None
    assert seen.leg.entry_price == D("0.0021714")


def test_a_persons_own_fee_counts() -> None:
    seen = replays(flat(1, {BTC: 8_000})).trade("2020-03-12", TRADE, replace(TERMS, fee=D("0.001")))
    assert seen.cross.result == D(-20)


def test_a_venue_nobody_knows_and_a_coin_nobody_recorded_are_refused() -> None:
    with pytest.raises(UnknownVenue):
        replays().trade("2020-03-12", TRADE, replace(TERMS, venue="mtgox"))
    with pytest.raises(NoPrice):
        replays().trade("2020-03-12", replace(TRADE, symbol=DOGE), TERMS)


def test_a_venue_with_one_mode_for_all_plays_both() -> None:
    seen = replays().trade("2020-03-12", TRADE, replace(TERMS, venue="okx"))
    assert seen.isolated.falls
    assert seen.cross.falls


def test_an_account_is_played_from_the_present_marks() -> None:
    now = scene(btc=60_000, eth=2_000)
    account = do(fresh(), wish("0.1"), now)
    seen = replays().account("2020-03-12", account)
    assert seen.leg is None
    assert seen.isolated.moments[0].prices == {BTC: D(60_000)}
    assert seen.cross.moments[-1].prices == {BTC: D(30_000)}
    assert D(53_900) < seen.isolated.falls[0].scene.mark(BTC) < D(54_300)
    assert seen.cross.result == D(-3_000)


def test_an_account_is_played_all_isolated_and_all_cross() -> None:
    now = scene(btc=60_000, eth=2_000)
    account = do(do(fresh(), wish("0.1"), now), wish("2", SHORT, CROSS, symbol=ETH), now)
    seen = replays(flat(1, {BTC: 1, ETH: 1})).account("2020-03-12", account)
    for life, mode in zip(seen.lives, (ISOLATED, CROSS), strict=True):
        assert {p.mode for p in life.account.positions} == {mode}
        assert life.result == ZERO
    pockets = {p.leg.symbol: p.margin for p in seen.isolated.account.positions}
    assert pockets == {BTC: D(600), ETH: D(400)}
    assert account.positions[1].mode is MarginMode.CROSS


def test_a_pocket_holds_no_more_than_the_wallet_has() -> None:
    now = scene(btc=60_000)
    account = do(fresh(700), wish("0.1", mode=CROSS), now)
    poor = replace(account, wallet=amount(500))
    (position,) = replays(flat(1, {BTC: 1})).account("2020-03-12", poor).isolated.account.positions
    assert position.margin == D(500)


def test_funding_of_ones_own_positions_is_paid_though_they_were_opened_later() -> None:
    account = do(fresh(), wish("0.1"), scene(btc=60_000))
    recorded = replace(flat(2, {BTC: 1}), funding={1: {BTC: Rate(D("0.001"))}})
    seen = replays(recorded).account("2020-03-12", account)
    assert account.positions[0].opened_at > recorded.heading.ends
    assert [life.funding for life in seen.lives] == [D(-6), D(-6)]


def test_what_was_held_without_recorded_funding_is_named() -> None:
    recorded = flat(1, {BTC: 8_000, ETH: 200})
    coins = dict(recorded.heading.coins)
    coins[BTC] = replace(coins[BTC], funding="a test")
    funded = replace(recorded, heading=replace(recorded.heading, coins=coins))
    assert replays(recorded).trade("2020-03-12", TRADE, TERMS).unfunded == (BTC,)
    assert replays(funded).trade("2020-03-12", TRADE, TERMS).unfunded == ()
    account = do(
        do(fresh(), wish("0.1"), scene(btc=60_000, eth=2_000)),
        wish("1", symbol=ETH),
        scene(btc=60_000, eth=2_000),
    )
    seen = replays(funded).account("2020-03-12", account)
    assert (seen.held, seen.unfunded) == ((BTC, ETH), (ETH,))


def test_a_recording_that_was_replaced_is_played_as_it_is_now() -> None:
    source = FixedScenarios(CRASH)
    made = replays(source=source)
    assert made.headings()
    assert made.trade("2020-03-12", TRADE, TERMS).isolated.falls
    source.put(flat(1, {BTC: 8_000}))
    source.put(flat(1, {BTC: 8_000}, "2026-10-01"))
    assert [each.id for each in made.headings()] == ["2020-03-12", "2026-10-01"]
    assert not made.trade("2020-03-12", TRADE, TERMS).isolated.falls


def test_a_recording_is_read_when_it_is_first_played() -> None:
    source = FixedScenarios(CRASH)
    made = replays(source=source)
    assert made.named("black") == made.headings()
    assert source.reads == []
    made.trade("2020-03-12", TRADE, TERMS)
    made.trade("2020-03-12", TRADE, TERMS)
    assert source.reads == ["2020-03-12"]


def test_a_contract_that_is_delisted_today_is_played_all_the_same() -> None:
    gone = put(venue(), replace(venue().instrument(BTC), delisted=True))
    clock = FixedClock()
    prices = Prices({"binance": gone}, FixedMarks({BTC: 60_000}, clock.now()), clock)
    played = Replays(FixedScenarios(CRASH), prices, EVEN).trade("2020-03-12", TRADE, TERMS)
    assert played.isolated.result == D(-2_010)
