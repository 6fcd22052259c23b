"""What enters and what waits: told example by example, then for any stream of messages."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market import Symbol
from core.market_guard import Board, Limits, Reading, Verdict
from core.money import Price, Rate

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LIMITS = Limits()


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def mark(price: str | int | Decimal, seconds: float, symbol: Symbol = BTC) -> Reading:
    return symbol, Price(Decimal(price)), at(seconds)


def offered(board: Board, price: str | int | Decimal, seconds: float) -> Verdict:
    """Offer a mark that is stamped as it arrives."""
    return board.offer(mark(price, seconds), at(seconds))


def stands(board: Board) -> Decimal | None:
    """What stands on a board for BTC."""
    held = board.readings().get(BTC)
    return None if held is None else held[1]


def two() -> tuple[Board, Board]:
    first, second = Board(), Board()
    first.check_with(second)
    return first, second


@pytest.mark.parametrize("price", ["0", "-1", "-0", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_price_that_cannot_be_never_enters(price: str) -> None:
    board = Board()
    assert offered(board, price, 0) is Verdict.IMPOSSIBLE
    assert board.readings() == {}
    assert board.newest is None


def test_a_repeated_or_older_message_changes_nothing() -> None:
    board = Board()
    assert offered(board, 100, 2) is Verdict.ENTERED
    assert board.offer(mark(101, 2), at(3)) is Verdict.REPEATED
    assert board.offer(mark(99, 1), at(3)) is Verdict.REPEATED
    assert stands(board) == 100
    assert board.newest == at(2)


@pytest.mark.parametrize(
    ("stamp", "verdict"), [(-31, "mistimed"), (-30, "entered"), (10, "entered")]
)
def test_a_stamp_may_be_off_by_so_much(stamp: float, verdict: str) -> None:
    assert Board().offer(mark(100, stamp), at(0)) == verdict


def test_a_stamp_ahead_of_our_clock_counts_as_now() -> None:
    board = Board()
    board.offer(mark(100, 9), at(0))
    assert board.readings()[BTC][2] == board.newest == at(0)
    assert board.offer(mark(100, 11), at(0)) is Verdict.MISTIMED


def test_a_lone_jump_waits_until_it_has_held() -> None:
    board = Board()
    offered(board, 100, 0)
    assert offered(board, 130, 1) is Verdict.WAITING
    assert board.readings() == {}
    assert board.waiting == 1
    assert offered(board, 131, 10) is Verdict.WAITING
    assert offered(board, 132, 11) is Verdict.ENTERED
    assert stands(board) == 132


def test_a_jump_that_goes_back_leaves_no_trace() -> None:
    board = Board()
    offered(board, 100, 0)
    offered(board, 130, 1)
    assert offered(board, 101, 2) is Verdict.ENTERED
    assert stands(board) == 101
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
    assert first.readings() == {}
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
    assert first.readings()[BTC] == mark(100, 0)
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
    assert first.readings() == {}


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
    assert first.readings() == second.readings() == {}


def test_a_second_venue_that_never_comes_is_not_waited_for_for_ever() -> None:
    first, _ = two()
    verdicts = [offered(first, 100, seconds) for seconds in range(11)]
    assert verdicts == [*[Verdict.WAITING] * 10, Verdict.ENTERED]


def test_a_contract_that_the_second_venue_does_not_list_needs_no_word_of_it() -> None:
    first, second = two()
    second.offer(mark(2000, 0, ETH), at(0))
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
        before = dict(board.readings())
        verdict = board.offer(mark(price, number + skew), now)
        held = board.readings().get(BTC)
        if verdict is Verdict.ENTERED:
            assert held is not None
            assert held[1] == price
            assert price.is_finite()
            assert price > 0
            assert now - LIMITS.behind <= held[2] <= now
        elif verdict is Verdict.WAITING:
            assert held is None
        else:
            assert board.readings() == before


@given(messages)
def test_an_entered_mark_is_never_far_from_what_the_second_venue_says(
    stream: list[tuple[str, Decimal, int]],
) -> None:
    first, second = two()
    for number, (venue, price, skew) in enumerate(stream):
        now = at(number)
        if venue == "second":
            second.offer(mark(price, number + skew), now)
        elif first.offer(mark(price, number + skew), now) is Verdict.ENTERED:
            assert second.agrees(BTC, Price(price), now) is not False


@given(messages)
def test_time_runs_forward_on_a_board(stream: list[tuple[str, Decimal, int]]) -> None:
    board = Board()
    newest = None
    for number, (_, price, skew) in enumerate(stream):
        board.offer(mark(price, number + skew), at(number))
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


# --- at a glance

moves = st.lists(
    st.tuples(
        st.sampled_from(["first", "first", "first", "second"]),
        st.sampled_from([BTC, ETH]),
        st.one_of(
            st.decimals(min_value=97, max_value=103, places=2),
            st.sampled_from(
                [Decimal(text) for text in ("0", "NaN", "-1", "89", "91", "109", "130")]
            ),
        ),
        st.sampled_from([-40, -1, 0, 0, 0, 5, 12]),
        st.sampled_from([0, 1, 1, 1, 5, 20, 61]),
    ),
    max_size=60,
)
Moves = list[tuple[str, Symbol, Decimal, int, int]]


@given(moves, st.booleans())
def test_what_is_believed_at_a_glance_is_what_is_judged_at_length(
    stream: Moves,
    alone: bool,
) -> None:
    """One pair of boards takes messages as they come, the other judges each one by one."""
    quick, slow = [Board(), Board()] if alone else two(), [Board(), Board()] if alone else two()
    now = 0
    for venue, symbol, price, skew, passed in stream:
        now += passed
        number = 0 if venue == "first" else 1
        message = mark(price, now + skew, symbol)
        took = quick[number].take([message], at(now))
        assert took is (slow[number].offer(message, at(now)) is Verdict.ENTERED)
        for one, other in zip(quick, slow, strict=True):
            assert one.readings() == other.readings()
            assert (one.newest, one.waiting) == (other.newest, other.waiting)


def test_what_was_expected_no_longer_is_when_the_second_venue_moves_away() -> None:
    first, second = two()
    for seconds in range(3):
        second.take([mark(100 + seconds, seconds)], at(seconds))
        first.take([mark(100, seconds)], at(seconds))
    second.take([mark(109, 3)], at(3))  # near enough to be believed, too far to be expected
    assert stands(second) == 109
    assert first.take([mark(101, 4)], at(4))
    second.take([mark(112, 5)], at(5))  # no, says the first
    assert second.waiting == 1
    assert first.take([mark(101, 6)], at(6))


def test_a_message_with_one_stamp_is_timely_or_not_as_a_whole() -> None:
    board = Board()
    for seconds, stamp, entered in ((0, at(0), True), (1, at(1), True), (2, at(40), False)):
        message: list[Reading] = [
            (symbol, Price(Decimal(price)), stamp) for symbol, price in ((BTC, 100), (ETH, 7))
        ]
        assert board.take(message, at(seconds)) is entered
    assert [reading[2] for reading in board.readings().values()] == [at(1), at(1)]


def test_a_message_of_many_is_judged_to_its_end() -> None:
    board = Board()
    assert board.take([mark(0, 0), mark(100, 0), mark(7, 0, ETH), mark("NaN", 0)], at(0))
    assert board.take([mark(130, 1), mark("NaN", 1, ETH), mark(7, 1, ETH)], at(1))
    assert board.readings() == {ETH: mark(7, 1, ETH)}
    assert not board.take([mark(131, 2), mark(0, 2, ETH)], at(2))


def test_a_mark_that_is_expected_counts_as_now_when_its_stamp_is_ahead() -> None:
    board = Board()
    board.take([mark(100, 0)], at(0))
    board.take([mark(101, 5)], at(1))
    assert board.readings()[BTC] == mark(101, 1)
    assert board.newest == at(1)


@given(st.sampled_from(["0.0001", "0.01", "0.1", "0.37", "1"]))
def test_whatever_lies_within_a_glance_is_near(jump: str) -> None:
    limits = Limits(jump=Rate(Decimal(jump)))
    below, above = limits.glance()
    ends = [Price(Decimal(1)), Price(below), Price(above)]
    assert all(limits.near(one, other) for one in ends for other in ends)
    assert above - 1 >= Decimal(jump) / 4
