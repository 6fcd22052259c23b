"""What desks teach: which rule ended them, and who had been ahead."""

from dataclasses import replace

from core.lessons.game.desk import DAILY, FAILED, OVERALL, PASSED, TIME, Desk
from core.lessons.game.desk_lesson import DeskLesson, desk_lesson
from core.lessons.game.trading import Noted
from tests.builders import Number, amount
from tests.core.lessons.game.builders import at

START = amount(10_000)


def desk(verdict: str = "", rule: str = "") -> Desk:
    return Desk.opened(START, at(), 0).over(verdict, at(9), rule)


def peaked(peak: Number) -> Noted:
    return replace(Noted.begun(START), peak=amount(peak))


def test_who_failed_is_counted_by_rule_and_by_whether_they_were_ahead() -> None:
    desks = {
        1: desk(PASSED),
        2: desk(FAILED, DAILY),
        3: desk(FAILED, DAILY),
        4: desk(FAILED, OVERALL),
        5: desk(FAILED, TIME),
        6: desk(),
    }
    notes = {n: peaked(peak) for n, peak in enumerate((11_000, 10_001, 10_000, 12_000, 1, 1), 1)}
    found = desk_lesson(desks, notes)
    assert found == DeskLesson(passed=1, daily=2, overall=1, time=1, ahead=2)
    assert found.failed == 4


def test_nobody_teaches_nothing() -> None:
    assert desk_lesson({}, {}) == DeskLesson()
