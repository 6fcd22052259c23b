"""What desks teach, counted: which rule ended them, and how many had been ahead before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.lessons.game.desk import DAILY, FAILED, OVERALL, PASSED, TIME, Desk
from core.lessons.game.trading import Noted


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLesson:
    """How many passed, how many failed by which rule, and how many of the failed were ahead once.

    Ahead is an equity above the start at any of the minutes that were looked at.
    """

    passed: int = 0
    daily: int = 0
    overall: int = 0
    time: int = 0
    ahead: int = 0

    @property
    def failed(self) -> int:
        """How many failed."""
        return self.daily + self.overall + self.time


def desk_lesson(desks: Mapping[int, Desk], notes: Mapping[int, Noted]) -> DeskLesson:
    """Return what the desks of a game teach."""
    failed = [player for player, desk in desks.items() if desk.verdict == FAILED]
    rules = [desks[player].rule for player in failed]
    return DeskLesson(
        passed=_count(desk.verdict == PASSED for desk in desks.values()),
        daily=rules.count(DAILY),
        overall=rules.count(OVERALL),
        time=rules.count(TIME),
        ahead=_count(notes[player].peak > notes[player].start for player in failed),
    )


def _count(truths: Iterable[bool]) -> int:
    return sum(truths)
