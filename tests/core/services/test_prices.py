"""The stage: rules and marks for one question, never stale."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NoMarks, NoPrice, StalePrice, UnknownSymbol, UnknownVenue
from core.market import Symbol
from core.market_guard import FeedState, FeedStatus
from core.money import D
from core.services.prices import Prices
from core.venue import BYBIT, OKX
from tests.builders import BTC, ETH, bybit, instrument, ladder, listing, okx
from tests.fakes.ports import NOON, FixedClock, FixedMarks

LADDER = ladder((0, 100, "0.004"), (300000, 50, "0.005"), end=800000)
CONTRACT = instrument(BTC, LADDER)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def prices(clock: FixedClock) -> Prices:
    listings = {
        "binance": listing(CONTRACT),
        "okx": listing(okx(CONTRACT), venue=OKX),
        "bybit": listing(bybit(CONTRACT), instrument(ETH, LADDER), venue=BYBIT),
    }
    return Prices(listings, FixedMarks({"BTCUSDT": 60000}), clock, stale_after=60)


def test_a_stage_has_the_venues_rules_and_the_present_marks(prices: Prices) -> None:
    stage = prices.stage("okx")
    assert stage.listing.venue is OKX
    assert stage.marks.price(BTC) == 60000
    assert stage.age == 0
    assert prices.market == "demo"


def test_an_unknown_venue_is_refused_with_those_there_are(prices: Prices) -> None:
    with pytest.raises(UnknownVenue) as refused:
        prices.stage("mexc")
    assert refused.value.available == ("binance", "okx", "bybit")


def test_marks_are_used_up_to_the_limit_of_their_age(prices: Prices, clock: FixedClock) -> None:
    clock.advance(60)
    assert prices.stage("binance").age == 60


def test_older_marks_decide_nothing(prices: Prices, clock: FixedClock) -> None:
    clock.advance(timedelta(seconds=61))
    with pytest.raises(StalePrice) as refused:
        prices.stage("binance")
    assert refused.value.fields() == {"market": "demo", "since": NOON, "age": 61, "limit": 60}


def test_stale_marks_may_still_be_peeked_at(prices: Prices, clock: FixedClock) -> None:
    clock.advance(1000)
    assert prices.peek() == {"BTCUSDT": D(60000)}


def test_a_typed_entry_stands_in_for_the_mark(prices: Prices) -> None:
    stage = prices.stage("bybit").with_entry(ETH, D(2000))
    assert stage.marks.price(ETH) == 2000


def test_without_entry_and_mark_there_is_no_price(prices: Prices) -> None:
    with pytest.raises(NoPrice):
        prices.stage("bybit").with_entry(ETH, None)


def test_an_entry_does_not_list_a_contract(prices: Prices) -> None:
    with pytest.raises(UnknownSymbol):
        prices.stage("binance").with_entry(Symbol("MOONUSDT"), D(1))


def test_no_fee_of_ones_own_changes_nothing(prices: Prices) -> None:
    stage = prices.stage("binance")
    assert stage.with_fee(BTC, None) is stage


@pytest.mark.parametrize(
    ("venue", "trigger", "bankruptcy"),
    [("binance", "0", "0"), ("okx", "0.001", "0"), ("bybit", "0", "0.001")],
)
def test_a_fee_of_ones_own_counts_where_the_venue_counts_fees(
    prices: Prices, venue: str, trigger: str, bankruptcy: str
) -> None:
    contract = prices.stage(venue).with_fee(BTC, D("0.001")).instrument(BTC)
    assert contract.taker_fee == D("0.001")
    assert contract.trigger_fee == D(trigger)
    assert contract.bankruptcy_fee == D(bankruptcy)


def test_it_knows_which_venues_list_a_contract(prices: Prices) -> None:
    assert prices.listed_on(ETH) == ("bybit",)
    assert prices.listed_on(BTC) == ("binance", "okx", "bybit")


def test_a_sweep_gets_fresh_marks_or_none(clock: FixedClock) -> None:
    market = FixedMarks({"BTCUSDT": 60000}, at=clock.now())
    prices = Prices({"binance": listing(CONTRACT)}, market, clock, stale_after=60)
    assert prices.fresh() == market.marks()
    clock.advance(60)
    assert prices.fresh() == market.marks()
    clock.advance(1)
    assert prices.fresh() is None


def test_a_sweep_sees_no_old_mark_and_no_zero(clock: FixedClock) -> None:
    market = FixedMarks({"BTCUSDT": 60000, "ETHUSDT": 2000, "SOLUSDT": 150}, at=clock.now())
    prices = Prices({"binance": listing(CONTRACT)}, market, clock, stale_after=60)
    clock.advance(61)
    market.move("SOLUSDT", 0, at=clock.now())
    market.move("BTCUSDT", 61000, at=clock.now())
    fresh = prices.fresh()
    assert fresh is not None
    assert list(fresh) == [BTC]
    market.move("BTCUSDT", 0, at=clock.now())
    assert prices.fresh() is None


def test_a_market_that_told_no_price_yet_decides_nothing(clock: FixedClock) -> None:
    prices = Prices({"binance": listing(CONTRACT)}, FixedMarks({}, market="binance"), clock)
    clock.advance(7)
    with pytest.raises(NoMarks) as refused:
        prices.stage("binance")
    assert refused.value.fields() == {"market": "binance", "since": NOON, "waited": 7}
    assert prices.fresh() is None


def test_the_limit_is_kept_to_the_split_second(prices: Prices, clock: FixedClock) -> None:
    clock.advance(timedelta(seconds=60, milliseconds=1))
    with pytest.raises(StalePrice) as refused:
        prices.stage("binance")
    assert refused.value.age == 61
    assert prices.fresh() is None


def test_a_source_that_cannot_fail_is_live(prices: Prices, clock: FixedClock) -> None:
    told = prices.status()
    assert (told.market, told.state, told.symbols) == ("demo", FeedState.LIVE, 1)
    assert told.newest == told.since == clock.now()


def test_a_source_that_can_fail_tells_itself(clock: FixedClock) -> None:
    own = FeedStatus(market="okx", state=FeedState.STALE, since=clock.now(), symbols=0)
    market = FixedMarks({"BTCUSDT": 1}, market="okx")
    assert Prices({}, market, clock, status=lambda: own).status() is own


def test_a_venue_that_lists_a_contract_no_longer_is_left_out(clock: FixedClock) -> None:
    gone = listing(replace(CONTRACT, delisted=True))
    prices = Prices({"binance": gone, "okx": listing(CONTRACT)}, FixedMarks({}), clock)
    assert prices.listed_on(CONTRACT.symbol) == ("okx",)
