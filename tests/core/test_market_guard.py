"""What enters and what waits: told example by example, then for any stream of messages."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market import MarkPrice, Symbol
from core.market_guard import Board, FeedState, Limits, Pulse, Verdict
from core.money import Price, Rate

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LIMITS = Limits()


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def mark(price: str | int | Decimal, seconds: float) -> MarkPrice:
    return MarkPrice(Price(Decimal(price)), at(seconds))


def offered(board: Board, price: str | int | Decimal, seconds: float) -> Verdict:
    """Offer a mark that is stamped as it arrives."""
    return board.offer(BTC, mark(price, seconds), at(seconds))


def two() -> tuple[Board, Board]:
    first, second = Board(), Board()
    first.check_with(second)
    return first, second


@pytest.mark.parametrize("price", ["0", "-1", "-0", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_price_that_cannot_be_never_enters(price: str) -> None:
    board = Board()
    assert offered(board, price, 0) is Verdict.IMPOSSIBLE
    assert board.marks() == {}
    assert board.newest is None


def test_a_repeated_or_older_message_changes_nothing() -> None:
    board = Board()
    assert offered(board, 100, 2) is Verdict.ENTERED
    assert board.offer(BTC, mark(101, 2), at(3)) is Verdict.REPEATED
    assert board.offer(BTC, mark(99, 1), at(3)) is Verdict.REPEATED
    assert board.marks()[BTC].price == 100
    assert board.newest == at(2)


@pytest.mark.parametrize(
    ("stamp", "verdict"), [(-31, "mistimed"), (-30, "entered"), (10, "entered")]
)
def test_a_stamp_may_be_off_by_so_much(stamp: float, verdict: str) -> None:
    assert Board().offer(BTC, mark(100, stamp), at(0)) == verdict


def test_a_stamp_ahead_of_our_clock_counts_as_now() -> None:
    board = Board()
    board.offer(BTC, mark(100, 9), at(0))
    assert board.marks()[BTC].at == board.newest == at(0)
    assert board.offer(BTC, mark(100, 11), at(0)) is Verdict.MISTIMED


def test_a_lone_jump_waits_until_it_has_held() -> None:
    board = Board()
    offered(board, 100, 0)
    assert offered(board, 130, 1) is Verdict.WAITING
    assert board.marks() == {}
    assert board.waiting == 1
    assert offered(board, 131, 10) is Verdict.WAITING
    assert offered(board, 132, 11) is Verdict.ENTERED
    assert board.marks()[BTC].price == 132


def test_a_jump_that_goes_back_leaves_no_trace() -> None:
    board = Board()
    offered(board, 100, 0)
    offered(board, 130, 1)
    assert offered(board, 101, 2) is Verdict.ENTERED
    assert board.marks()[BTC].price == 101
    assert board.waiting == 0


def test_a_jump_that_jumps_again_waits_anew() -> None:
    board = Board()
    offered(board, 100, 0)
    offered(board, 130, 1)
    assert offered(board, 160, 11) is Verdict.WAITING
    assert offered(board, 161, 20) is Verdict.WAITING
    assert offered(board, 161, 21) is Verdict.ENTERED


def test_a_spike_on_one_venue_never_enters_however_long() -> None:
    first, second = two()
    offered(second, 100, 0)
    offered(first, 100, 0)
    offered(second, 100, 1)
    for second_number in range(2, 300):
        assert offered(first, 130, second_number) is Verdict.WAITING
        offered(second, 100, second_number)
    assert first.marks() == {}
    assert offered(first, 100, 300) is Verdict.ENTERED


def test_a_spike_on_the_second_venue_does_not_stop_the_first() -> None:
    first, second = two()
    for seconds in range(3):
        offered(second, 100, seconds)
        offered(first, 100, seconds)
    for seconds in range(3, 50):
        assert offered(second, 130, seconds) is Verdict.WAITING
        assert offered(first, 100, seconds) is Verdict.ENTERED


def test_a_crash_that_both_venues_see_enters_at_once() -> None:
    first, second = two()
    for seconds in range(3):
        offered(second, 100, seconds)
        offered(first, 100, seconds)
    assert offered(first, 70, 3) is Verdict.WAITING
    assert offered(second, 71, 3.5) is Verdict.ENTERED
    assert offered(first, 70, 4) is Verdict.ENTERED


def test_what_waited_enters_when_the_second_venue_confirms_it() -> None:
    first, second = two()
    assert offered(first, 100, 0) is Verdict.WAITING
    assert not first.review(at(1))
    assert offered(second, 101, 1) is Verdict.ENTERED
    assert first.review(at(1))
    assert first.marks()[BTC] == mark(100, 0)
    assert not first.review(at(1))


def test_what_waited_for_too_long_is_confirmed_by_nobody() -> None:
    first, second = two()
    offered(first, 100, 0)
    offered(second, 101, 31)
    assert not first.review(at(31))


def test_a_lone_board_reviews_nothing() -> None:
    board = Board()
    offered(board, 100, 0)
    offered(board, 130, 1)
    assert not board.review(at(20))


def test_a_slow_drift_away_from_the_second_venue_waits() -> None:
    first, second = two()
    prices = [100, 103, 106, 109, 112, 115]
    verdicts = []
    for seconds, price in enumerate(prices):
        offered(second, 100, seconds)
        verdicts.append(offered(first, price, seconds + 0.5))
    assert verdicts[-1] is Verdict.WAITING
    assert first.marks() == {}


def test_the_very_first_mark_waits_for_the_second_venue() -> None:
    first, second = two()
    assert offered(first, 100, 0) is Verdict.WAITING
    assert offered(second, 100, 1) is Verdict.ENTERED
    assert offered(first, 100, 2) is Verdict.ENTERED


def test_two_venues_that_disagree_from_the_start_are_both_kept_out() -> None:
    first, second = two()
    for seconds in range(100):
        offered(first, 100, seconds)
        offered(second, 130, seconds)
    assert first.marks() == second.marks() == {}


def test_a_second_venue_that_never_comes_is_not_waited_for_for_ever() -> None:
    first, _ = two()
    verdicts = [offered(first, 100, seconds) for seconds in range(11)]
    assert verdicts == [*[Verdict.WAITING] * 10, Verdict.ENTERED]


def test_a_contract_that_the_second_venue_does_not_list_needs_no_word_of_it() -> None:
    first, second = two()
    second.offer(ETH, mark(2000, 0), at(0))
    assert offered(first, 100, 1) is Verdict.ENTERED


def test_what_the_second_venue_said_long_ago_says_nothing() -> None:
    first, second = two()
    offered(second, 100, 0)
    assert offered(first, 100, 0) is Verdict.ENTERED
    assert offered(first, 130, 100) is Verdict.WAITING
    assert offered(first, 130, 110) is Verdict.ENTERED


def test_after_a_long_silence_the_last_value_says_nothing() -> None:
    board = Board()
    offered(board, 100, 0)
    assert offered(board, 150, 61) is Verdict.ENTERED


prices = st.one_of(
    st.decimals(min_value="0.0001", max_value="1000000", places=4),
    st.sampled_from([Decimal(text) for text in ("0", "-5", "NaN", "Infinity", "1e-30", "1e30")]),
)
messages = st.lists(
    st.tuples(st.sampled_from(["first", "second"]), prices, st.integers(-100, 100)), max_size=40
)


@given(messages)
def test_whatever_comes_only_possible_prices_stand_on_a_board(
    stream: list[tuple[str, Decimal, int]],
) -> None:
    first, second = two()
    for number, (venue, price, skew) in enumerate(stream):
        board = first if venue == "first" else second
        now = at(number)
        before = dict(board.marks())
        verdict = board.offer(BTC, mark(price, number + skew), now)
        held = board.marks().get(BTC)
        if verdict is Verdict.ENTERED:
            assert held is not None
            assert held.price == price
            assert price.is_finite()
            assert price > 0
            assert now - LIMITS.behind <= held.at <= now
        elif verdict is Verdict.WAITING:
            assert held is None
        else:
            assert board.marks() == before


@given(messages)
def test_an_entered_mark_is_never_far_from_what_the_second_venue_says(
    stream: list[tuple[str, Decimal, int]],
) -> None:
    first, second = two()
    for number, (venue, price, skew) in enumerate(stream):
        now = at(number)
        if venue == "second":
            second.offer(BTC, mark(price, number + skew), now)
        elif first.offer(BTC, mark(price, number + skew), now) is Verdict.ENTERED:
            assert second.agrees(BTC, Price(price), now) is not False


@given(messages)
def test_time_runs_forward_on_a_board(stream: list[tuple[str, Decimal, int]]) -> None:
    board = Board()
    newest = None
    for number, (_, price, skew) in enumerate(stream):
        board.offer(BTC, mark(price, number + skew), at(number))
        assert newest is None or (board.newest is not None and board.newest >= newest)
        newest = board.newest


@given(
    st.decimals(min_value="0.01", max_value="1000000", places=2),
    st.decimals(min_value="0.01", max_value="1000000", places=2),
    st.sampled_from(["0.01", "0.1", "0.5"]),
)
def test_nearness_is_mutual_and_goes_by_the_lower_price(
    one: Decimal, other: Decimal, jump: str
) -> None:
    limits = Limits(jump=Rate(Decimal(jump)))
    near = limits.near(Price(one), Price(other))
    assert near == limits.near(Price(other), Price(one))
    low, high = sorted((one, other))
    assert near == (high - low <= Decimal(jump) * low)


def pulse() -> Pulse:
    return Pulse(NOON, timedelta(seconds=10), timedelta(seconds=60))


def test_a_feed_that_never_told_a_price_is_stale_since_it_began() -> None:
    assert pulse().state(at(1)) == (FeedState.STALE, NOON)


def test_a_feed_goes_from_live_to_silent_to_stale_since_its_last_mark() -> None:
    told = pulse()
    told.beat(FeedState.LIVE, at(1))
    told.beat(FeedState.LIVE, at(5))
    assert told.state(at(15)) == (FeedState.LIVE, at(1))
    assert told.state(at(16)) == (FeedState.QUIET, at(5))
    assert told.state(at(66)) == (FeedState.STALE, at(5))
    told.beat(FeedState.POLLING, at(70))
    assert told.state(at(70)) == (FeedState.POLLING, at(70))
    told.beat(FeedState.LIVE, at(71))
    assert told.state(at(72)) == (FeedState.LIVE, at(71))


def test_a_poll_that_was_on_its_way_does_not_make_a_live_feed_a_polled_one() -> None:
    told = pulse()
    told.beat(FeedState.LIVE, at(1))
    told.beat(FeedState.POLLING, at(2))
    assert told.state(at(2)) == (FeedState.LIVE, at(1))
