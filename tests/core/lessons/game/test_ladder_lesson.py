"""What a ladder of leverage taught: how long each wall carried, and what that cost."""

from dataclasses import replace

from core.lessons.game.ladder_lesson import Carried, ladder_lesson
from core.lessons.game.sides import Pick
from core.lessons.game.trading import Noted
from core.margin.pool import MarginMode, Side
from tests.builders import BTC, amount, exact
from tests.core.lessons.game.builders import CROSS, ISOLATED, at

__all__ = ["exact"]


def noted(equity: int, falls: int = 0) -> Noted:
    return replace(Noted.begun(amount(10_000)), equity=amount(equity), liquidations=falls)


def pick(mode: MarginMode) -> Pick:
    return Pick(BTC, Side.LONG, mode)


def test_each_wall_is_told_by_its_means() -> None:
    picks = {1: pick(ISOLATED), 2: pick(ISOLATED), 3: pick(CROSS), 4: pick(CROSS)}
    notes = {1: noted(5_000, 1), 2: noted(9_001), 3: noted(0, 1), 4: noted(12_000)}
    out = {1: at(100), 3: at(401)}
    assert ladder_lesson(picks, notes, out, (at(), at(600))) == {
        ISOLATED: Carried(players=2, fell=1, seconds=350, change=amount("-2999.5")),
        CROSS: Carried(players=2, fell=1, seconds=500, change=amount(-4_000)),
    }


def test_a_wall_behind_which_nobody_stood_is_left_out() -> None:
    found = ladder_lesson({1: pick(CROSS)}, {1: noted(10_000), 2: noted(1)}, {}, (at(), at(9)))
    assert set(found) == {CROSS}
    assert ladder_lesson({}, {1: noted(1)}, {}, (at(), at(9))) == {}
