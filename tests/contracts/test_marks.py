"""What `core.ports.MarkSource` promises."""

import pytest

from bot.adapters.content.market_files import load_recording
from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.replay import DemoMarket
from bot.adapters.prices.venues import VenueClient
from core.errors import NoPrice
from core.market import Symbol
from core.market_guard import FeedState
from core.money import D, Price
from core.ports import MarkSource
from tests.fakes.ports import NOON, FixedClock, FixedMarks


@pytest.fixture(params=["fixed", "demo", "exchange"])
def source(request: pytest.FixtureRequest) -> MarkSource:
    if request.param == "fixed":
        return FixedMarks({"BTCUSDT": "68424", "ETHUSDT": 1986})
    if request.param == "exchange":
        return exchange()
    return DemoMarket(load_recording(), NOON, FixedClock())


def exchange() -> ExchangeMarket:
    """A live market that heard one message at noon."""
    clock = FixedClock()
    market = ExchangeMarket(VenueClient("binance", clock), None, clock)
    market._took([(Symbol("BTCUSDT"), Price(D("68424")), NOON)], FeedState.LIVE)
    return market


def test_a_snapshot_names_its_market_and_its_moment(source: MarkSource) -> None:
    marks = source.marks()
    assert marks.market == source.market
    assert source.market in {"demo", "binance"}
    assert marks.at == NOON


def test_every_symbol_of_a_snapshot_has_a_price_above_zero(source: MarkSource) -> None:
    marks = source.marks()
    assert Symbol("BTCUSDT") in set(marks)
    for symbol in marks:
        assert marks.price(symbol) > 0
        assert marks.mark(symbol).at <= marks.at


def test_a_symbol_that_is_not_quoted_is_refused(source: MarkSource) -> None:
    with pytest.raises(NoPrice):
        source.marks().price(Symbol("NOSUCHUSDT"))


def test_two_looks_at_one_moment_are_alike(source: MarkSource) -> None:
    assert source.marks() == source.marks()


def test_a_mark_that_is_moved_is_the_only_one_that_moves() -> None:
    market = FixedMarks({"BTCUSDT": "68424", "ETHUSDT": 1986})
    before = market.marks()
    market.move("BTCUSDT", "60000")
    after = market.marks()
    assert after.price(Symbol("BTCUSDT")) == D(60000)
    assert after.price(Symbol("ETHUSDT")) == D(1986)
    assert before.price(Symbol("BTCUSDT")) == D(68424)
