"""The demo market is a pure function of recording, epoch and clock, and never jumps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import CoinTape, Recording, load_recording
from bot.adapters.prices.replay import MARKET, DemoMarket
from core.errors import NoPrice
from core.lessons.game.hour import price_in_hour
from core.market import MarkPrice, Marks, Symbol
from core.money import D, Rate
from core.ports import MarkSource

RECORDING = load_recording()
BINANCE = load_listings()["binance"]
EPOCH = datetime(2026, 11, 25, 5, 17, 3, tzinfo=UTC)
BTC = Symbol("BTCUSDT")
HOURS = RECORDING.hours
LENGTH = HOURS * 3600
TO_END = (HOURS - 24) * 3600
"""Seconds from the epoch to the moment when the recording turns round."""

seconds = st.integers(-3 * LENGTH, 5 * LENGTH)


@dataclass
class HandClock:
    """A clock that is set by hand."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def at(
    second: float,
    speed: Decimal | int = 1,
    epoch: datetime = EPOCH,
    recording: Recording = RECORDING,
) -> Marks:
    """Return what a fresh market shows so many seconds after its epoch."""
    clock = HandClock(epoch + timedelta(seconds=second))
    return DemoMarket(recording, epoch, clock, speed).marks()


def market_of(source: MarkSource) -> tuple[str, Marks]:
    """Ask a source as the core does, through its port."""
    return source.market, source.marks()


def ticks(second: int, symbol: Symbol = BTC) -> int:
    price = at(second).price(symbol) / RECORDING.coins[symbol].tick
    assert price == int(price)
    return int(price)


def test_at_the_epoch_prices_stand_at_their_anchors() -> None:
    name, marks = market_of(DemoMarket(RECORDING, EPOCH, HandClock(EPOCH)))
    assert name == marks.market == MARKET == "demo"
    assert marks.at == EPOCH
    assert {symbol: marks.price(symbol) for symbol in marks} == {
        "BTCUSDT": D("68424"),
        "ETHUSDT": D("1986"),
        "BNBUSDT": D("632.73"),
        "XRPUSDT": D("1.36"),
        "SOLUSDT": D("85.13"),
        "DOGEUSDT": D("0.08935"),
        "ADAUSDT": D("0.2634"),
    }


def test_a_24_hour_change_exists_from_the_start() -> None:
    for symbol, tape in RECORDING.coins.items():
        mark = at(0).mark(symbol)
        assert mark.day_ago == tape.opens[0] * tape.tick
        assert mark.change is not None
        assert abs(mark.change) < D("0.1")


@given(seconds)
def test_the_mark_of_a_day_ago_is_what_was_shown_a_day_ago(second: int) -> None:
    before, now = at(second - 86400), at(second)
    assert {s: now.mark(s).day_ago for s in now} == {s: before.price(s) for s in before}


def test_dollars_and_contracts_that_were_not_recorded_have_no_mark() -> None:
    for symbol in ("USDT", "USDTUSDT", "AVAXUSDT"):
        with pytest.raises(NoPrice) as refused:
            at(0).price(Symbol(symbol))
        assert refused.value.available == tuple(RECORDING.coins)


# --- the way through the recording --------------------------------------------------------------


@given(st.integers(0, HOURS - 25), st.integers(0, 3599), st.sampled_from(list(RECORDING.coins)))
def test_forwards_every_hour_is_played_second_by_second(
    hour: int, second: int, symbol: Symbol
) -> None:
    tape, n = RECORDING.coins[symbol], hour + 24
    candle = (tape.opens[n], tape.highs[n], tape.lows[n], tape.closes[n])
    assert ticks(hour * 3600 + second, symbol) == price_in_hour(*candle, second)


@given(st.integers(0, LENGTH - 1), st.sampled_from(list(RECORDING.coins)))
def test_backwards_is_forwards_mirrored(distance: int, symbol: Symbol) -> None:
    assert ticks(TO_END + distance, symbol) == ticks(TO_END - 1 - distance, symbol)


@given(seconds, st.sampled_from(list(RECORDING.coins)))
def test_there_and_back_it_begins_again(second: int, symbol: Symbol) -> None:
    assert ticks(second, symbol) == ticks(second + 2 * LENGTH, symbol)


@given(seconds, st.sampled_from(list(RECORDING.coins)))
def test_prices_are_whole_ticks_between_the_recorded_extremes(second: int, symbol: Symbol) -> None:
    tape = RECORDING.coins[symbol]
    assert min(tape.lows) <= ticks(second, symbol) <= max(tape.highs)
    assert at(second).price(symbol) % BINANCE.instruments[symbol].tick == 0


def pairs(tape: CoinTape) -> Iterator[tuple[int, int]]:
    """Yield every close with the open that follows it."""
    return zip(tape.closes[:-1], tape.opens[1:], strict=True)


def widest_gaps() -> dict[Symbol, Decimal]:
    """Return each coin's widest recorded step from a close to the next open."""
    return {
        symbol: tape.tick * max(abs(o - c) for c, o in pairs(tape))
        for symbol, tape in RECORDING.coins.items()
    }


def test_no_join_jumps_further_than_the_recording_does() -> None:
    clock, gaps = HandClock(EPOCH), widest_gaps()
    market = DemoMarket(RECORDING, EPOCH, clock)
    # Every join of a whole round, both turns among them.
    for hour in range(2 * HOURS + 1):
        clock.moment = EPOCH + timedelta(hours=hour, seconds=-1)
        before = market.marks()
        clock.moment = EPOCH + timedelta(hours=hour)
        after = market.marks()
        for symbol, gap in gaps.items():
            assert abs(after.price(symbol) - before.price(symbol)) <= gap


@pytest.mark.parametrize("turn", [TO_END, TO_END + LENGTH], ids=["at the end", "at the beginning"])
def test_where_it_turns_the_price_stands_still(turn: int) -> None:
    assert ticks(turn - 1) == ticks(turn)


# --- purity -------------------------------------------------------------------------------------


@given(seconds, st.lists(seconds, max_size=4))
def test_what_was_asked_before_changes_nothing(second: int, earlier: list[int]) -> None:
    clock = HandClock(EPOCH)
    market = DemoMarket(RECORDING, EPOCH, clock)
    for moment in earlier:
        clock.moment = EPOCH + timedelta(seconds=moment)
        market.marks()
    clock.moment = EPOCH + timedelta(seconds=second)
    assert market.marks() == at(second)


@given(st.integers(0, LENGTH), st.integers(0, 999_999))
def test_within_a_second_only_the_time_of_the_snapshot_moves(second: int, micro: int) -> None:
    clock = HandClock(EPOCH + timedelta(seconds=second))
    market = DemoMarket(RECORDING, EPOCH, clock)
    first = market.marks()
    clock.moment += timedelta(microseconds=micro)
    later = market.marks()
    assert later.prices == first.prices
    assert later.at == clock.moment
    assert all(mark.at == first.at for mark in later.prices.values())


def test_nobody_can_change_a_snapshot_that_others_share() -> None:
    marks = at(0)
    with pytest.raises(TypeError):
        marks.prices[BTC] = MarkPrice(marks.price(BTC), EPOCH)  # type: ignore[index] # on purpose
    assert marks.with_price(BTC, marks.price(Symbol("ETHUSDT"))).price(BTC) == 1986


def test_an_epoch_in_another_zone_is_the_same_moment() -> None:
    there = EPOCH.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert at(12345, epoch=there) == at(12345)


def test_ticks_fall_on_whole_seconds_of_the_clock() -> None:
    market = DemoMarket(RECORDING, EPOCH.replace(microsecond=700_000), HandClock(EPOCH))
    assert market.marks().mark(BTC).at == EPOCH
    assert market.marks().price(BTC) == 68424


# --- speed --------------------------------------------------------------------------------------


@given(st.integers(0, LENGTH), st.integers(1, 3600))
def test_speed_multiplies_the_markets_time(second: int, speed: int) -> None:
    fast, plain = at(second, speed), at(second * speed)
    assert {s: fast.price(s) for s in fast} == {s: plain.price(s) for s in plain}
    assert {s: fast.mark(s).day_ago for s in fast} == {s: plain.mark(s).day_ago for s in plain}


def test_a_slow_market_moves_every_other_second() -> None:
    slow = [at(second, D("0.5")).price(BTC) for second in (600, 601, 602)]
    assert slow == [at(300).price(BTC), at(300).price(BTC), at(301).price(BTC)]


@given(st.integers(0, LENGTH), st.integers(1, 3600))
def test_printed_times_are_the_clocks_whatever_the_speed(second: int, speed: int) -> None:
    marks, moment = at(second, speed), EPOCH + timedelta(seconds=second)
    assert marks.at == moment
    assert {mark.at for mark in marks.prices.values()} == {moment}
    assert {mark.funding_at for mark in marks.prices.values()} == {
        mark.funding_at for mark in at(second).prices.values()
    }


@pytest.mark.parametrize("speed", [0, -1, D("NaN"), D("Infinity")])
def test_a_speed_that_leads_nowhere_is_refused(speed: Decimal | int) -> None:
    with pytest.raises(ValueError, match="speed"):
        DemoMarket(RECORDING, EPOCH, HandClock(EPOCH), speed)


def test_an_epoch_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        DemoMarket(RECORDING, EPOCH.replace(tzinfo=None), HandClock(EPOCH))


# --- funding ------------------------------------------------------------------------------------


@given(seconds)
def test_funding_is_due_next_at_00_08_or_16_utc(second: int) -> None:
    moment = EPOCH + timedelta(seconds=second)
    for mark in at(second).prices.values():
        due = mark.funding_at
        assert due is not None
        assert timedelta(0) < due - moment <= timedelta(hours=8)
        assert (due.hour % 8, due.minute, due.second, due.utcoffset()) == (0, 0, 0, timedelta(0))


def settled(symbol: Symbol, count: int) -> Iterator[Rate | None]:
    """Yield the rates due one after another from the epoch on."""
    for slot in range(count):
        yield at(slot * 8 * 3600).mark(symbol).funding


def test_rates_come_in_the_order_of_the_recording_and_back() -> None:
    rates = list(RECORDING.coins[BTC].funding)
    # The first settlement after the epoch ends the eight hours that begin at hour 24.
    assert list(settled(BTC, 2 * 177 - 3)) == [*rates[3:], *reversed(rates)]


def test_a_coin_with_fewer_rates_plays_those_there_are() -> None:
    cardano = Symbol("ADAUSDT")
    rates = list(RECORDING.coins[cardano].funding)
    assert list(settled(cardano, 2 * 85 - 3)) == [*rates[3:], *reversed(rates)]


def test_a_coin_without_rates_has_no_funding() -> None:
    flat = CoinTape(BTC, D("0.1"), [10] * 25, [12] * 25, [9] * 25, [11] * 25, ())
    short = Recording({BTC: flat}, RECORDING.first_hour, 25, 24, "made up for this test")
    mark = at(0, recording=short).mark(BTC)
    assert (mark.price, mark.day_ago, mark.funding) == (D(1), D(1), None)


def test_what_is_replayed_can_be_told() -> None:
    told = DemoMarket(RECORDING, EPOCH, HandClock(EPOCH)).recorded
    assert told.source == "OKX USDT swaps, hourly last price"
    assert told.first_hour == datetime(2026, 5, 4, tzinfo=UTC)
    assert told.last_hour == datetime(2026, 7, 1, 23, tzinfo=UTC)


@given(seconds)
def test_past_marks_are_those_that_were_shown_then(second: int) -> None:
    market = DemoMarket(RECORDING, EPOCH, HandClock(EPOCH + timedelta(days=400)))
    assert market.marks_at(EPOCH + timedelta(seconds=second)) == at(second)
