"""What bouts teach about the two walls, counted: which fell, and what the other would have cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.lessons.game.bout import Bout
from core.lessons.game.trading import Noted
from core.margin.pool import MarginMode
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class WallLesson:
    """Walls that fell, and how the others of the same bouts fared.

    `isolated` and `cross` are walls that fell; `spared` counts the isolated ones in whose bout
    cross lived on, `costlier` those in whose bout cross nevertheless ended lower; `emptied` the
    wallets of which nothing was left.
    """

    isolated: int = 0
    cross: int = 0
    spared: int = 0
    costlier: int = 0
    emptied: int = 0


def wall_lesson(bouts: Iterable[Bout]) -> WallLesson:
    """Return what bouts that are over teach."""
    found = WallLesson()
    for bout in bouts:
        ours, others = _behind(bout, MarginMode.ISOLATED), _behind(bout, MarginMode.CROSS)
        fell = sum(n.liquidations > 0 for n in ours)
        lived = bool(others) and not any(n.liquidations for n in others)
        worse = bool(ours and others) and _mean_change(others) < _mean_change(ours)
        found = WallLesson(
            found.isolated + fell,
            found.cross + sum(n.liquidations > 0 for n in others),
            found.spared + (fell if lived else 0),
            found.costlier + (fell if worse else 0),
            found.emptied + sum(n.equity <= ZERO for n in (*ours, *others)),
        )
    return found


def _behind(bout: Bout, mode: MarginMode) -> list[Noted]:
    return [notes for player, notes in bout.notes.items() if bout.mode(player) is mode]


def _mean_change(notes: list[Noted]) -> Decimal:
    """The mean change of some wallets, quote."""
    return sum((n.change for n in notes), ZERO) / len(notes)
