"""A tick as scenes: its open, its close, and the way between them."""

from core.lessons.game.scenes import closing, opening, through
from core.lessons.game.sides import entered
from core.margin.pool import MarginMode, Side
from core.money import D, Rate
from core.paper.events import PoolLiquidated
from tests.builders import amount, exact, rate
from tests.core.lessons.game.builders import at
from tests.core.lessons.game.crashes import A
from tests.core.lessons.game.recorded_duels import event, on
from tests.fakes.scenarios import bar

__all__ = ["exact"]

DIP = event(A, bar(1, 1, "0.85", "0.95"), bar("0.95", 1, "0.9", 1), funding={2: Rate(D("0.001"))})
GROUND = on(DIP)


def test_a_tick_opens_where_the_one_before_it_closed() -> None:
    for number, opens, closes in ((1, 100, 95), (2, 95, 100), (3, 100, 100)):
        first, last = opening(DIP, number, GROUND, at(5)), closing(DIP, number, GROUND, at(5))
        assert (first.mark(A), last.mark(A)) == (D(opens), D(closes))
        assert (first.at, last.at) == (at(5), at(5))
    assert closing(DIP, 0, GROUND, at()).mark(A) == 100


def test_the_worst_price_of_a_tick_comes_before_its_close() -> None:
    scene = opening(DIP, 1, GROUND, at())
    trade = (A, Side.LONG, rate(10), amount(1000), MarginMode.ISOLATED)
    deed = entered(1, trade, amount(5000), GROUND, scene.marks)
    way = through(deed.after, DIP, 1, scene)
    assert [type(met.event) for met in way.met] == [PoolLiquidated]
    assert (way.worth, way.low) == (D(4000), D(4000))


def test_funding_is_settled_at_the_open() -> None:
    scene = opening(DIP, 2, GROUND, at())
    trade = (A, Side.LONG, rate(5), amount(950), MarginMode.CROSS)
    deed = entered(1, trade, amount(5000), GROUND, scene.marks)
    way = through(deed.after, DIP, 2, scene)
    assert way.account.wallet == D("5000") - D("4.75")
