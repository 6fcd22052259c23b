"""A venue's candles made into an event: whole, re-based, with finer rows and funding."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.recording import (
    Kline,
    Plan,
    Series,
    Span,
    Taken,
    recorded,
    whole,
    wildest,
    with_kept,
)
from core.lessons.scenario import PriceKind, Scenario
from core.market import Symbol
from core.money import ONE, D, Price, Rate
from tests.builders import BTC, ETH
from tests.fakes.scenarios import BEGAN

HOURS = timedelta(hours=1)
DAY = Span(BEGAN, 24)
READ = date(2026, 10, 4)


def kline(at: datetime, *prices: object) -> Kline:
    """A candle of open, high, low and close; of one price alone, one that stands still there."""
    four = [Price(D(str(p))) for p in (prices if len(prices) > 1 else prices * 4)]
    return Kline(at, *four)


def series(
    span: Span, price: object = 8_000, kind: PriceKind = PriceKind.MARK, **other: Kline
) -> Series:
    """Candles that stand still, but for others."""
    klines = {at: kline(at, price) for at in span.times}
    return Series(kind, klines | {each.at: each for each in other.values()})


def plan(span: Span = DAY, symbols: tuple[Symbol, ...] = (BTC, ETH)) -> Plan:
    return Plan(id="2020-03-09", name="A day", told="It fell.", span=span, symbols=symbols)


def taken(hours: Mapping[Symbol, Series], **more: object) -> Taken:
    return replace(Taken(source="a venue", read=READ, hours=hours), **more)  # type: ignore[arg-type]  # the fields of the record


def made(*, eth: object = 200, **more: object) -> Scenario:
    hours = {BTC: series(DAY), ETH: series(DAY, eth)}
    return recorded(plan(), Span(BEGAN, 12), taken(hours, **more))


# --- candles and spans ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prices", "sound"),
    [
        ((8, 9, 7, 8), True),
        ((8, 8, 8, 8), True),
        ((0, 9, 7, 8), False),
        ((8, 9, 0, 8), False),
        ((8, 7, 9, 8), False),
        ((8, "NaN", 7, 8), False),
        ((8, "Infinity", 7, 8), False),
        ((-8, -7, -9, -8), False),
    ],
)
def test_a_candle_is_sound_between_a_low_above_zero_and_a_finite_high(
    prices: tuple[object, ...], sound: bool
) -> None:
    assert kline(BEGAN, *prices).sound is sound


def test_a_span_has_its_times_and_its_end() -> None:
    span = Span(BEGAN, 3, 5)
    assert [at.minute for at in span.times] == [0, 5, 10]
    assert span.ends == BEGAN + timedelta(minutes=15)


@given(st.integers(1, 500), st.integers(1, 120), st.sampled_from([1, 5, 60]))
def test_pages_are_the_span_again_and_none_is_too_large(
    count: int, size: int, minutes: int
) -> None:
    span = Span(BEGAN, count, minutes)
    pages = span.pages(size)
    assert tuple(at for page in pages for at in page.times) == span.times
    assert max(page.count for page in pages) <= size


def test_what_is_missing_is_told_by_its_beginning() -> None:
    klines = dict(series(DAY).klines)
    del klines[BEGAN + 5 * HOURS]
    assert Series(PriceKind.MARK, klines).missing(DAY) == (BEGAN + 5 * HOURS,)
    assert series(DAY).missing(DAY) == ()


# --- which hours are the wildest ------------------------------------------------------------------


@pytest.mark.parametrize(("hour", "begins"), [(10, 5), (5, 0), (2, 0), (0, 0), (17, 12), (23, 12)])
def test_finer_rows_begin_five_hours_before_the_wildest_one(hour: int, begins: int) -> None:
    wild = kline(BEGAN + hour * HOURS, 8_000, 8_200, 7_000, 7_100)
    hours = {BTC: series(DAY, wild=wild), ETH: series(DAY, 200)}
    assert wildest(DAY, hours) == Span(BEGAN + begins * HOURS, 12)


def test_the_wildest_hour_is_that_of_all_coins_together() -> None:
    one = kline(BEGAN + 6 * HOURS, 8_000, 8_000, 7_000, 7_000)
    other = kline(BEGAN + 15 * HOURS, 200, 200, 150, 150)
    hours = {BTC: series(DAY, one=one), ETH: series(DAY, 200, other=other)}
    assert wildest(DAY, hours).first == BEGAN + 10 * HOURS


def test_a_short_event_is_fine_throughout() -> None:
    short = Span(BEGAN, 4)
    assert wildest(short, {BTC: series(short)}) == short


# --- funding --------------------------------------------------------------------------------------


def rates(*hours: float) -> dict[datetime, Rate]:
    return {BEGAN + hour * HOURS: Rate(D("0.0001")) for hour in hours}


@pytest.mark.parametrize(
    "hours",
    [
        (8, 16),
        (0, 8, 16, 24),  # those of the very ends are nobody's
        (4, 8, 12, 16, 20),
        (8, 16, 20),  # the venue settles more often from now on
        (4, 8, 16),
        (3, 11, 19),
        tuple(range(1, 24)),
    ],
)
def test_funding_is_whole_where_no_settlement_can_be_missing(hours: tuple[int, ...]) -> None:
    found = whole(rates(*hours), DAY)
    assert [at for at in rates(*hours) if BEGAN < at < DAY.ends] == list(found)


@pytest.mark.parametrize(
    "hours",
    [
        (),
        (8,),
        (16,),
        (0, 24),
        (4, 8, 16, 20),  # one of every four hours
        (1, 2, 3, 5, 6, *range(7, 24)),
        (8, 12, 16, 20),  # the first, where all others are of four hours
        (4, 8, 12, 16),  # the last
    ],
)
def test_where_one_may_be_missing_there_is_none(hours: tuple[int, ...]) -> None:
    assert whole(rates(*hours), DAY) == {}


def test_hours_between_two_settlements_have_none() -> None:
    assert whole({}, Span(BEGAN + HOURS, 6)) == {}


# --- an event -------------------------------------------------------------------------------------


def test_an_event_begins_at_one_and_knows_where_it_comes_from() -> None:
    scenario = made()
    coin = scenario.heading.coins[ETH]
    assert {bar.open for bar in scenario.candles[0].bars.values()} == {ONE}
    assert (coin.first, coin.price) == (D(200), PriceKind.MARK)
    assert (coin.source, coin.read) == ("a venue", READ)
    assert (coin.fine, coin.funding) == (None, "")
    assert len(scenario.candles) == scenario.heading.hours == 24
    assert (scenario.finer, scenario.funding) == ({}, {})


def test_prices_are_whole_millionths_of_the_first_open() -> None:
    odd = kline(BEGAN + HOURS, 3, 4, 1, 2)
    span = Span(BEGAN, 2)
    scenario = recorded(plan(span, (BTC,)), span, taken({BTC: series(span, 3, odd=odd)}))
    bar = scenario.candles[1].bars[BTC]
    parts = [D("1"), D("1.333333"), D("0.333333"), D("0.666667")]
    assert [bar.open, bar.high, bar.low, bar.close] == parts


def test_finer_rows_stand_by_the_number_of_their_hour() -> None:
    fine = Span(BEGAN + 5 * HOURS, 12)
    steps = Span(fine.first, 144, 5)
    more = {"fine": {BTC: series(steps, 4_000, PriceKind.LAST)}}
    scenario = recorded(plan(), fine, taken({BTC: series(DAY), ETH: series(DAY, 200)}, **more))
    assert sorted(scenario.finer) == list(range(5, 17))
    assert [candle.at.minute for candle in scenario.finer[5]] == list(range(0, 60, 5))
    assert scenario.finer[16][11].bars[BTC].close == D("0.5")
    coins = scenario.heading.coins
    assert (coins[BTC].fine, coins[ETH].fine) == (PriceKind.LAST, None)


def test_rates_stand_by_the_number_of_their_hour() -> None:
    scenario = made(funding={BTC: rates(16, 8), ETH: {}})
    assert scenario.funding == {8: {BTC: D("0.0001")}, 16: {BTC: D("0.0001")}}
    coins = scenario.heading.coins
    assert (coins[BTC].funding, coins[ETH].funding) == ("a venue", "")


# --- coins that only the stored event has ---------------------------------------------------------

STEPS = Span(BEGAN, 144, 5)
STORED = made(
    fine={BTC: series(STEPS), ETH: series(STEPS, 200, PriceKind.SPOT)},
    funding={BTC: rates(8, 16), ETH: rates(8, 12, 16)},
)


def fetched(**more: object) -> Scenario:
    """Bitcoin alone, taken anew."""
    hours = {BTC: series(DAY, 9_000)}
    return recorded(plan(), Span(BEGAN, 12), taken(hours, source="another", **more))


def test_a_coin_the_venue_has_not_is_taken_over_with_all_it_has() -> None:
    new = fetched(fine={BTC: series(STEPS, 9_000)}, funding={BTC: rates(8, 16)})
    kept = with_kept(new, STORED, (ETH, BTC))
    assert list(kept.heading.coins) == [ETH, BTC]
    assert kept.heading.coins[ETH] == STORED.heading.coins[ETH]
    assert kept.heading.coins[BTC] == new.heading.coins[BTC]
    assert kept.candles[3].bars == {BTC: new.candles[3].bars[BTC], ETH: STORED.candles[3].bars[ETH]}
    assert kept.finer[2][1].bars.keys() == {BTC, ETH}
    assert kept.funding[8].keys() == {BTC, ETH}
    assert list(kept.funding) == [8, 12, 16]


def test_finer_rows_of_other_steps_are_not_taken_over() -> None:
    kept = with_kept(fetched(), STORED, (BTC, ETH))
    assert kept.finer == {}
    assert kept.heading.coins[ETH].fine is None


def test_funding_of_a_coin_that_is_not_kept_is_not_taken_over() -> None:
    kept = with_kept(fetched(), made(funding={BTC: rates(8, 16)}), (BTC, ETH))
    assert kept.funding == {}


def test_where_nothing_is_lacking_nothing_is_taken_over() -> None:
    assert with_kept(STORED, made(), (BTC, ETH)) is STORED
