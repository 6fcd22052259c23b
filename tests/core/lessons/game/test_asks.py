"""One item: whose clock runs how long, and which answers come in time."""

from datetime import timedelta

import pytest

from core.lessons.game.asks import GRACE, HOLD, UNSURE, Ask, Given
from core.lessons.game.errors import NotNow, TooLate
from tests.builders import NOON

LIMIT = timedelta(seconds=45)
OPEN = Ask(number=1, opened=NOON)


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_clock_starts_when_the_message_arrived() -> None:
    assert OPEN.clock(NOON + after(7.5), 1, LIMIT) == after(7.5)


def test_who_answers_before_the_arrival_was_noted_took_no_time() -> None:
    assert OPEN.clock(NOON - after(0.2), 1, LIMIT) == after(0)


def test_two_seconds_of_grace_are_given_and_no_more() -> None:
    assert OPEN.clock(NOON + LIMIT + GRACE, 1, LIMIT) == LIMIT + GRACE
    with pytest.raises(TooLate) as refused:
        OPEN.clock(NOON + LIMIT + GRACE + after(0.001), 1, LIMIT)
    assert refused.value.until == NOON + LIMIT


def test_nobody_answers_what_has_not_arrived_or_does_not_count() -> None:
    with pytest.raises(NotNow) as refused:
        Ask(number=1).clock(NOON, 1, LIMIT)
    assert refused.value.phase == "waiting"
    with pytest.raises(NotNow) as refused:
        Ask(number=1, opened=NOON, closed=NOON, void="host").clock(NOON, 1, LIMIT)
    assert refused.value.phase == "void"


def test_what_was_sent_before_the_solution_counts_although_it_comes_after_it() -> None:
    closed = Ask(number=1, opened=NOON, closed=NOON + after(20))
    assert closed.clock(NOON + after(20), 1, LIMIT) == after(20)
    with pytest.raises(TooLate):
        closed.clock(NOON + after(20.5), 1, LIMIT)


def test_a_clock_stands_while_its_owner_is_asked_back() -> None:
    held = Ask(number=1, opened=NOON, given=(Given(1, 40_000, UNSURE),))
    assert held.clock(NOON + after(46), 1, LIMIT) == after(40)
    assert held.clock(NOON + after(52), 1, LIMIT) == after(42)
    assert held.clock(NOON + after(39), 1, LIMIT) == after(39)
    assert held.clock(NOON + after(46), 2, LIMIT) == after(46)


def test_an_item_stays_open_for_a_clock_that_stands() -> None:
    held = Ask(number=1, opened=NOON, given=(Given(1, 40_000, UNSURE),))
    assert OPEN.ends(LIMIT) == NOON + LIMIT + GRACE
    assert held.ends(LIMIT) == NOON + LIMIT + GRACE + HOLD
    answered = Ask(number=1, opened=NOON, given=(*held.given, Given(1, 40_000, "5")))
    assert answered.ends(LIMIT) == NOON + LIMIT + GRACE


def test_an_item_waits_is_open_and_counts_in_turn() -> None:
    waiting, closed = Ask(number=1), Ask(number=1, opened=NOON, closed=NOON)
    assert [ask.waits for ask in (waiting, OPEN, closed)] == [True, False, False]
    assert [ask.is_open for ask in (waiting, OPEN, closed)] == [False, True, False]
    assert [ask.counts for ask in (waiting, OPEN, closed)] == [False, False, True]
    assert not Ask(number=1, opened=NOON, closed=NOON, void="host").counts


def test_answers_stand_by_player_without_the_asking_back() -> None:
    given = (Given(2, 1, "7"), Given(1, 2, UNSURE), Given(1, 3, "5"), Given(2, 4, "6"))
    ask = Ask(number=1, opened=NOON, given=given)
    assert ask.answers == {2: (given[0], given[3]), 1: (given[2],)}
    assert ask.said(1) == (given[1], given[2])
