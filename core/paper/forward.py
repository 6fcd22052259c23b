"""Fast forward: an adverse move played on a copy of an account, step by step.

Nothing here touches anybody's account: an account is a value, and the sweep that judges it is the
one that judges the real one. Small steps let a wall fall near its limit, as on the way down, and
not only at the end of the move.
"""

from dataclasses import dataclass, replace

from core.money import ONE, D, Price, Rate, down, up
from core.paper.account import PaperAccount, Position
from core.paper.apply import apply
from core.paper.events import Event
from core.paper.scene import Scene
from core.paper.sweeping import swept

ADVERSE = Rate(D("0.1"))
"""The prepared move, against the position."""

STEPS = 40


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the copy: the account just before and after it, and the scene it met."""

    before: PaperAccount
    event: Event
    after: PaperAccount
    scene: Scene


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What happened on the way, the copy at its end, and the scene there."""

    happened: tuple[Happened, ...]
    account: PaperAccount
    scene: Scene


def forwarded(
    account: PaperAccount, position: Position, scene: Scene, move: Rate = ADVERSE
) -> Forwarded:
    """Return what an adverse move does to a copy, until the position is gone or the move is over.

    The mark of the position's symbol moves, all others stand still. Raises `NoPrice`.
    """
    start, here = scene.mark(position.leg.symbol), scene
    happened: list[Happened] = []
    for step in range(1, STEPS + 1):
        here = _moved(scene, position, Price(start * _factor(position, move, step)))
        for event in swept(account, here):
            after = apply(account, event, here.at)
            happened.append(Happened(account, event, after, here))
            account = after
        if all(each.number != position.number for each in account.positions):
            break
    return Forwarded(tuple(happened), account, here)


def _factor(position: Position, move: Rate, step: int) -> Rate:
    return Rate(ONE - position.leg.side.sign * move * step / STEPS)


def _moved(scene: Scene, position: Position, price: Price) -> Scene:
    """The scene with one mark moved, on its tick, not further than asked."""
    symbol = position.leg.symbol
    tick = scene.instrument(symbol).tick_at(price)
    placed = up(price, tick) if position.leg.side.sign > 0 else max(down(price, tick), tick)
    return replace(scene, marks=scene.marks.with_price(symbol, Price(placed)))
