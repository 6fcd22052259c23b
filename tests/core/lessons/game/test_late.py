"""Who may still join: nobody, who comes in the first quarter, anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.lessons.challenges.guess import KIND
from core.lessons.game.game import Game, Phase
from core.lessons.game.late import may_come_late
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
RUNNING = Game(kind="guess", seed="5eed", phase=Phase.RUNNING, began=NOON)


@pytest.mark.parametrize(
    ("how", "at", "may"),
    [
        ("no", 0, False),
        ("quarter", 10, True),
        ("quarter", 11, False),
        ("any", 39, True),
    ],
)
def test_the_host_chooses_until_when(how: str, at: int, *, may: bool) -> None:
    game = replace(RUNNING, setup={"late": how})
    assert may_come_late(game, KIND, NOON + at * MINUTE, 40 * MINUTE) is may


def test_nobody_comes_late_unless_the_host_allows_it() -> None:
    assert not may_come_late(RUNNING, KIND, NOON, MINUTE)


def test_what_has_not_begun_has_no_first_quarter() -> None:
    game = replace(RUNNING, setup={"late": "quarter"}, began=None)
    assert not may_come_late(game, KIND, NOON, MINUTE)
