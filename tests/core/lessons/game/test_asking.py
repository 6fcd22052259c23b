"""What the plays of all games of questions have in common."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from core.lessons.challenges.quiz import KIND
from core.lessons.game.asking import Asking
from core.lessons.game.asks import Ask
from core.lessons.game.rounds import Rounds
from tests.builders import NOON
from tests.fakes.asking import SECOND, Evening


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute(Asking):
    """Something with a minute for each item."""

    limit: ClassVar[timedelta] = timedelta(minutes=1)


def test_no_market_and_no_account_matters() -> None:
    play = Minute()
    assert (play.purse, play.span, play.next_look, play.judged, play.due) == (0, *[None] * 4)
    assert play.wants(Evening(KIND).table) == frozenset()


def test_its_deadline_is_that_of_the_item_that_is_open() -> None:
    assert Minute().until is None
    opened = Ask(number=1, opened=NOON)
    play = Minute(rounds=Rounds(asks=(opened,), due=NOON + 62 * SECOND))
    assert (play.until, play.due) == (NOON + 60 * SECOND, NOON + 62 * SECOND)
    closed = Ask(number=1, opened=NOON, closed=NOON + SECOND)
    assert Minute(rounds=Rounds(asks=(closed,))).until is None


def test_a_kind_of_questions_waits_for_its_host_and_takes_late_ones_as_the_host_chose() -> None:
    evening = Evening(KIND)
    assert not KIND.full(evening.table.game)
    assert KIND.pace(evening.table.game) == 1
    assert not KIND.takes_late(evening.table.game, NOON)
    anybody = replace(evening.table.game, setup={"late": "any", "questions": "5"})
    assert KIND.takes_late(anybody, NOON)
    assert KIND.items(anybody) == 5
