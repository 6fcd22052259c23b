"""One venue: how patient it is asked, and what it says of itself."""

from datetime import timedelta

from bot.adapters.prices.side import Pace, Patience, Side
from bot.adapters.prices.venues import VenueClient
from core.market import MarkPrice, Symbol
from core.market_guard import FeedState, Reading
from core.money import D, Price
from tests.fakes.ports import FixedClock

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")


def test_pauses_grow_up_to_the_longest_and_begin_anew() -> None:
    patience = Patience(1, 8)
    pauses = [patience.next() for _ in range(8)]
    caps = [1, 2, 4, 8, 8, 8, 8, 8]
    assert all(cap / 2 <= pause <= cap for pause, cap in zip(pauses, caps, strict=True))
    patience.calm()
    assert patience.next() <= 1


def test_no_two_pauses_need_be_alike() -> None:
    assert len({Patience(1, 8).next() for _ in range(20)}) > 1


def test_whoever_asks_for_longer_gets_it() -> None:
    assert Patience(1, 8).next(30) == 30


def test_a_thousand_faults_do_no_harm() -> None:
    patience = Patience(1, 60)
    assert max(patience.next() for _ in range(1000)) <= 60


def side(clock: FixedClock) -> Side:
    return Side(VenueClient("binance", clock), clock, Pace())


def reading(clock: FixedClock, price: int = 60000, symbol: Symbol = BTC) -> Reading:
    return symbol, Price(D(price)), clock.now()


def test_marks_that_entered_are_its_rows_and_old_ones_are_not_fresh() -> None:
    clock = FixedClock()
    one = side(clock)
    assert one.take([reading(clock), reading(clock, 0, ETH)], FeedState.LIVE)
    mark = MarkPrice(Price(D(60000)), clock.now())
    assert dict(one.rows) == {BTC: mark}
    clock.advance(60)
    assert one.fresh(clock.now()) == {BTC: mark}
    clock.advance(timedelta(milliseconds=1))
    assert one.fresh(clock.now()) == {}
    told = one.status()
    assert (told.state, told.symbols, told.newest) == (FeedState.STALE, 0, mark.at)


def test_rows_that_somebody_holds_never_change() -> None:
    clock = FixedClock()
    one = side(clock)
    one.take([reading(clock)], FeedState.LIVE)
    held = one.rows
    clock.advance(1)
    one.take([reading(clock, 60100), reading(clock, 2000, ETH)], FeedState.LIVE)
    assert (len(held), held[BTC].price) == (1, D(60000))
    assert held[BTC] is held[BTC]
    assert (len(one.rows), one.rows[BTC].price) == (2, D(60100))


def test_messages_of_which_none_enters_are_no_sign_of_life() -> None:
    clock = FixedClock()
    one = side(clock)
    assert not one.take([reading(clock, 0)], FeedState.LIVE)
    assert one.status().state is FeedState.STALE
    assert not one.review()


def test_what_waited_is_taken_once_the_other_confirms() -> None:
    clock = FixedClock()
    first, second = side(clock), side(clock)
    first.board.check_with(second.board)
    assert not first.take([reading(clock)], FeedState.LIVE)
    assert not first.review()
    assert second.take([reading(clock)], FeedState.POLLING)
    assert first.review()
    assert first.rows[BTC].price == 60000
