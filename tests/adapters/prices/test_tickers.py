"""ccxt's dictionaries become marks, and whatever is odd in them does not become a price."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.adapters.prices.tickers import (
    NOTHING,
    Around,
    Ticker,
    around_of,
    figure,
    mark_of,
    moment,
    readings,
)
from core.market import Symbol
from core.market_guard import Reading
from core.money import D, Price, Rate

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
STAMP = int(NOW.timestamp() * 1000) - 250
DUE = datetime(2026, 12, 1, 16, tzinfo=UTC)
BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
NAMES = {"BTC/USDT:USDT": BTC, "ETH/USDT:USDT": ETH}
DUE_MS = int(DUE.timestamp() * 1000)


@pytest.mark.parametrize(
    ("value", "number"),
    [("85840.40234633", D("85840.40234633")), (0.1, D("0.1")), (7, D(7)), ("", None), (None, None)],
)
def test_a_figure_is_read_as_it_stands(value: object, number: Decimal | None) -> None:
    assert figure(value) == number


@pytest.mark.parametrize("value", ["abc", "NaN", "1,5", {}])
def test_what_is_no_number_is_none_that_could_be_mistaken_for_one(value: object) -> None:
    number = figure(value)
    assert number is not None
    assert number.is_nan()


def read(*tickers: Ticker) -> list[Reading]:
    """The readings of tickers of BTC, ETH, and one that nobody keeps."""
    named = dict(zip(NAMES, tickers, strict=False)) | {"FOO/USDT:USDT": {"markPrice": "1"}}
    return [*readings(named, NAMES, NOW)]


def test_a_mark_has_the_venues_own_stamp() -> None:
    (reading,) = read({"markPrice": "100.5", "timestamp": STAMP})
    assert reading == (BTC, D("100.5"), NOW - timedelta(milliseconds=250))


def test_without_a_stamp_it_is_the_moment_it_came() -> None:
    assert read({"markPrice": "1"}, {"markPrice": "2", "timestamp": None}) == [
        (BTC, D(1), NOW),
        (ETH, D(2), NOW),
    ]


@pytest.mark.parametrize(
    "ticker",
    [{}, {"markPrice": None}, *({"markPrice": "1", "timestamp": odd} for odd in (10**20, "soon"))],
)
def test_a_ticker_without_a_mark_or_with_no_possible_time_is_passed_over(ticker: Ticker) -> None:
    good = {"markPrice": "7", "timestamp": STAMP}
    assert [each[0] for each in read(ticker, good)] == [ETH]
    assert [each[0] for each in read(good, ticker)] == [BTC]


def test_a_zero_stays_a_zero_and_what_is_no_number_is_none() -> None:
    zero, odd = read({"markPrice": "0"}, {"markPrice": "abc"})
    assert zero[1] == 0
    assert odd[1].is_nan()


def test_a_mark_is_made_with_what_its_ticker_tells_and_what_was_known() -> None:
    reading = (BTC, Price(D("100.5")), NOW)
    before = Around(last=Price(D(5)), day_ago=Price(D(4)))
    info = {"r": "0.0001", "T": DUE_MS}
    mark = mark_of(reading, {"indexPrice": "100", "last": "101", "info": info}, before)
    assert (mark.price, mark.at, mark.last, mark.day_ago) == (D("100.5"), NOW, D(101), D(4))
    assert (mark.index, mark.funding, mark.funding_at) == (D(100), D("0.0001"), DUE)
    assert mark_of(reading, None, before).last == 5


@pytest.mark.parametrize(
    "info",
    [
        {"r": "0.0001", "T": DUE_MS},
        {"lastFundingRate": "0.0001", "nextFundingTime": DUE_MS},
        {"fundingRate": "0.0001", "nextFundingTime": str(DUE_MS)},
    ],
)
def test_every_venue_says_its_rate_in_its_own_words(info: object) -> None:
    known = around_of({"info": info}, NOTHING)
    assert (known.funding, known.funding_at) == (D("0.0001"), DUE)
    unified = {"fundingRate": "0.0001", "fundingTimestamp": DUE_MS}
    assert around_of(unified, NOTHING) == known


@pytest.mark.parametrize(
    "info",
    [None, {"r": "", "T": DUE_MS}, {"r": "x", "T": DUE_MS}, {"r": "0.1", "T": 0}, {"r": "1"}],
)
def test_a_rate_that_is_not_whole_leaves_what_was_known(info: object) -> None:
    before = Around(funding=Rate(D("0.0003")), funding_at=DUE)
    assert around_of({"info": info}, before) == before


def test_what_a_ticker_leaves_out_is_as_before() -> None:
    before = Around(last=Price(D(5)), day_ago=Price(D(4)), index_price=Price(D(6)))
    assert around_of({"last": "7", "open": "0", "indexPrice": "NaN"}, before) == before._replace(
        last=Price(D(7))
    )


def test_a_time_beyond_all_calendars_is_refused() -> None:
    with pytest.raises(OverflowError):
        moment(10**20)
    assert around_of({"info": {"r": "0.1", "T": 10**20}}, NOTHING) == NOTHING
