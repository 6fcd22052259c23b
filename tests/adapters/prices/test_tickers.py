"""ccxt's dictionaries become marks, and whatever is odd in them does not become a price."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.adapters.prices.tickers import NOTHING, Around, Ticker, around_of, figure, mark_of, moment
from core.money import D, Price, Rate

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
STAMP = int(NOW.timestamp() * 1000) - 250
DUE = datetime(2026, 12, 1, 16, tzinfo=UTC)
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


def test_a_mark_has_the_venues_own_stamp() -> None:
    mark = mark_of({"markPrice": "100.5", "timestamp": STAMP}, NOTHING, NOW)
    assert mark is not None
    assert (mark.price, mark.at) == (D("100.5"), NOW - timedelta(milliseconds=250))


def test_without_a_stamp_it_is_the_moment_it_came() -> None:
    mark = mark_of({"markPrice": "100.5", "timestamp": None}, NOTHING, NOW)
    assert mark is not None
    assert mark.at == NOW


@pytest.mark.parametrize(
    "ticker", [{}, {"markPrice": None}, {"markPrice": "1", "timestamp": 10**20}]
)
def test_a_ticker_without_a_mark_or_with_no_possible_time_is_none(ticker: Ticker) -> None:
    assert mark_of(ticker, NOTHING, NOW) is None


def test_a_zero_stays_a_zero() -> None:
    mark = mark_of({"markPrice": "0"}, NOTHING, NOW)
    assert mark is not None
    assert mark.price == 0


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
