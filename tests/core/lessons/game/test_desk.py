"""A trader's desk: limits of the day and over all, what a pass takes, what its owner is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.desk import DAILY, FAILED, OVERALL, PASSED, TIME, TRAP, Desk, Worth
from core.money import D
from tests.builders import Number, amount
from tests.core.lessons.game.builders import at

START = amount(10_000)


def desk(**changes: object) -> Desk:
    return replace(Desk.opened(START, at(), 0), **changes)  # type: ignore[arg-type]  # by the tests


def balances(*of_days: Number, traded: bool = True) -> Desk:
    """A desk at the beginning of the day after days that ended with these balances."""
    now = desk()
    for day, balance in enumerate(of_days, 1):
        now = (now.filled() if traded else now).into(day, amount(balance))
    return now


def floors(now: Desk, *, trailing: bool = False) -> dict[str, object]:
    return {limit.rule: limit.floor for limit in now.limits(trailing=trailing)}


def look(
    now: Desk,
    equity: Number,
    balance: Number | None = None,
    *,
    trailing: bool = False,
    last_hour: bool = False,
) -> tuple[Desk, tuple[str, ...]]:
    """A look in the tenth second; flat where no balance of its own is said."""
    worth = Worth(amount(equity), amount(equity if balance is None else balance), balance is None)
    return now.looked(worth, at(10), trailing=trailing, last_hour=last_hour)


# --- limits


def test_the_day_may_lose_a_twentieth_of_the_start_and_all_together_a_tenth() -> None:
    assert floors(desk()) == {DAILY: 9_500, OVERALL: 9_000}


def test_the_limit_of_the_day_follows_the_balance_at_its_beginning() -> None:
    assert floors(balances(10_400))[DAILY] == 9_900
    assert floors(balances(10_400, 9_800))[DAILY] == 9_300


def test_a_static_limit_stays_and_a_trailing_one_follows_the_best_evening_and_never_falls() -> None:
    after = balances(10_400, 9_800)
    assert floors(after)[OVERALL] == 9_000
    assert floors(after, trailing=True)[OVERALL] == 9_400
    assert floors(balances(9_800), trailing=True)[OVERALL] == 9_000


def test_a_best_balance_within_a_day_does_not_pull_the_trailing_limit() -> None:
    assert floors(desk().into(0, amount(10_700)), trailing=True)[OVERALL] == 9_000


@pytest.mark.parametrize(
    ("equity", "rule", "beyond"),
    [("9500", DAILY, 0), ("9499.99", DAILY, D("0.01")), ("8000", DAILY, 1_500)],
)
def test_a_limit_that_is_reached_is_broken_and_told_by_how_much(
    equity: str, rule: str, beyond: Number
) -> None:
    now, said = look(desk(), equity, 10_000)
    assert (now.verdict, now.rule, now.beyond, now.ended) == (FAILED, rule, beyond, at(10))
    assert said == (FAILED,)


def test_a_cent_above_it_is_not() -> None:
    assert not look(desk(), "9500.01", 10_000)[0].verdict


def test_of_two_limits_the_one_that_was_met_first_is_named() -> None:
    falling = balances(9_600, 9_200)
    now, _ = look(falling, 8_600, 9_200)
    assert [now.rule, now.beyond] == [OVERALL, 400]
    rising = balances(10_600)
    assert look(rising, 8_000, 10_600)[0].rule == DAILY


def test_whoever_has_a_verdict_keeps_it() -> None:
    failed = look(desk(), 9_000, 10_000)[0]
    assert look(failed, 5_000, 5_000) == (failed, ())
    assert failed.broken(amount(1), at(99), trailing=False) is failed


# --- warnings


def test_from_four_fifths_of_a_limit_on_its_owner_is_told_once_a_day_for_each() -> None:
    assert look(desk(), "9600.01", 10_000)[1] == ()
    now, said = look(desk(), 9_600, 10_000)
    assert said == (DAILY,)
    assert look(now, 9_590, 10_000)[1] == ()
    tomorrow = now.into(1, amount(9_600))
    assert tomorrow.warned == frozenset()
    assert look(tomorrow, 9_200, 9_600)[1] == (DAILY, OVERALL)


def test_what_is_used_of_a_limit_is_told_as_a_part_of_it() -> None:
    daily, overall = desk().limits(trailing=False)
    assert (daily.used(amount(9_600)), overall.used(amount(9_600))) == (D("0.8"), D("0.4"))
    assert daily.used(amount(10_500)) == 0


def test_marks_above_the_floor_need_no_look() -> None:
    assert desk().floor(trailing=False) == 9_600
    assert desk(warned=frozenset({DAILY})).floor(trailing=False) == 9_500
    assert desk(verdict=PASSED).floor(trailing=False) is None
    assert balances(11_000, 10_600).floor(trailing=True) == 10_200


@given(
    st.integers(8_000_00, 12_000_00),
    st.integers(9_000_00, 11_000_00),
    st.booleans(),
    st.frozensets(st.sampled_from([DAILY, OVERALL])),
)
def test_nothing_is_told_and_nothing_broken_above_the_floor(
    equity: int, opening: int, trailing: bool, warned: frozenset[str]
) -> None:
    now = replace(balances(D(opening) / 100), warned=warned)
    floor = now.floor(trailing=trailing)
    assert floor is not None
    found, said = look(now, D(equity) / 100, D(opening) / 100, trailing=trailing)
    assert (found is now and said == ()) == (D(equity) / 100 > floor)


# --- the midnight trap


def test_in_the_last_hour_an_open_loss_that_breaks_tomorrow_s_limit_is_told_once() -> None:
    """Up 300 by day, 560 open: today's limit holds, tomorrow's will not."""
    today = desk()
    assert look(today, 9_740, 10_300)[1] == ()
    now, said = look(today, 9_740, 10_300, last_hour=True)
    assert said == (TRAP,)
    assert look(now, 9_741, 10_300, last_hour=True)[1] == ()
    assert look(today, "9800.01", 10_300, last_hour=True)[1] == ()
    assert look(today, 9_800, 10_300, last_hour=True)[1] == (TRAP,)


def test_the_trap_closes_at_midnight() -> None:
    tomorrow = desk().into(1, amount(10_300))
    assert look(tomorrow, 9_740, 10_300)[0].rule == DAILY


# --- a pass


def test_a_pass_takes_the_target_in_the_balance_four_days_and_no_lucky_day() -> None:
    ready = balances(10_200, 10_400, 10_600).filled()
    now, said = look(ready, 10_800)
    assert (now.verdict, now.ended, said) == (PASSED, at(10), (PASSED,))
    assert look(ready, "10799.99")[0].verdict == ""
    assert look(ready, 10_800, 10_800)[0].verdict == "", "something is open still"


@pytest.mark.parametrize(
    ("days", "balance", "missing"),
    [
        ((10_200, 10_400, 10_600), 10_700, ("target",)),
        ((10_200, 10_400), 10_800, ("days", "best_day")),
        ((10_100, 10_200, 10_300), 10_800, ("best_day",)),
        ((10_320, 10_400, 10_480), 10_800, ()),
        ((10_321, 10_400, 10_480), 10_800, ("best_day",)),
        ((10_000, 10_000, 10_000), 10_000, ("target",)),
    ],
)
def test_what_is_missing_to_a_pass_is_named(
    days: tuple[int, ...], balance: int, missing: tuple[str, ...]
) -> None:
    assert balances(*days).filled().missing(amount(balance)) == missing


def test_a_day_is_one_of_trading_when_something_was_opened_in_it() -> None:
    assert desk().filled().filled().traded == 1
    assert balances(10_000, 10_000).traded == 2
    assert balances(10_000, 10_000, traded=False).traded == 0


def test_the_best_and_the_worst_day_are_results_of_whole_days() -> None:
    now = balances(10_300, 9_900, 10_000)
    assert [now.best_day, now.worst_day] == [300, -400]
    assert now.into(3, amount(5)) is now, "the same day again"
    ended = look(now, 9_400, 9_500)[0]
    assert ended.worst_day == -500, "the day it broke on counts"


def test_a_day_without_a_look_changes_nothing_but_the_day() -> None:
    assert balances(10_300).into(4, amount(10_300)).worst_day == 0


def test_how_long_it_lasted_is_known_when_it_is_over() -> None:
    assert desk().lasted() == 0
    over = desk().over(FAILED, at(77), TIME)
    assert [over.lasted(), over.rule] == [77, TIME]
