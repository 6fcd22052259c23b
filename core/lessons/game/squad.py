"""Squads as they stand: the mean of the best few of each, as many in a large one as in a small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.lessons.game.standing import Standing, placed
from core.lessons.game.trading import Noted
from core.money import ONE, ZERO, Rate, up

FEWEST = 3
"""Active members that a squad needs, else the battle is friendly."""

SHARE = Decimal("0.6")
"""The part of the smallest squad's active members that counts, rounded up."""

Members = tuple[tuple[int, ...], ...]
"""The numbers of the members, squad by squad."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Squad:
    """A squad (numbers from 0): its members, who of them is active, and whose scores count.

    `score` is the mean of what counts, None where nobody is active; `figures` is what squads are
    told by, the first the first; higher is better.
    """

    number: int
    members: tuple[int, ...]
    active: tuple[int, ...]
    counted: tuple[int, ...]
    score: Rate | None
    figures: tuple[Decimal, ...]
    place: int = 0


def joined_smallest(squads: Members, player: int) -> Members:
    """Return squads with somebody in the smallest one, of equal ones in the first."""
    smallest = min(range(len(squads)), key=lambda n: len(squads[n]))
    return tuple((*each, player) if n == smallest else each for n, each in enumerate(squads))


def counting(sizes: Sequence[int]) -> int:
    """Return how many scores of a squad count, given everybody's active members."""
    smallest = min((size for size in sizes if size), default=0)
    return int(up(SHARE * smallest, ONE))


def line_up(
    squads: Members, notes: Mapping[int, Noted], scores: Mapping[int, Rate]
) -> tuple[Squad, ...]:
    """Return the squads with their places, the best first.

    `notes` are those of everybody who still plays, `scores` their arena scores. Equal means are
    told apart by the smaller mean drawdown of those who count, then by fewer liquidations.
    """
    active = [
        tuple(p for p in members if p in notes and notes[p].touched is not None)
        for members in squads
    ]
    count = counting([len(each) for each in active])
    found = [
        _measured(number, members, active[number], count, (notes, scores))
        for number, members in enumerate(squads)
    ]
    places = {one.player: one.place for one in placed(Standing(s.number, s.figures) for s in found)}
    found.sort(key=lambda squad: (places[squad.number], squad.number))
    return tuple(replace(squad, place=places[squad.number]) for squad in found)


def _measured(
    number: int,
    members: tuple[int, ...],
    active: tuple[int, ...],
    count: int,
    known: tuple[Mapping[int, Noted], Mapping[int, Rate]],
) -> Squad:
    """A squad by the best of its active members; of equal ones who joined first."""
    notes, scores = known
    counted = tuple(sorted(active, key=lambda p: (-scores[p], p))[:count])
    drawdown = sum((notes[p].drawdown for p in counted), ZERO)
    score, figures = None, (ZERO, ZERO, ZERO, ZERO)
    if counted:
        score = Rate(sum((scores[p] for p in counted), ZERO) / len(counted))
        falls = Decimal(-sum(notes[p].liquidations for p in counted))
        figures = (ONE, score, -drawdown / len(counted), falls)
    return Squad(
        number=number,
        members=members,
        active=active,
        counted=counted,
        score=score,
        figures=figures,
    )


def is_friendly(squads: Sequence[Squad]) -> bool:
    """Whether a squad has too few active members for the battle to count."""
    return any(len(squad.active) < FEWEST for squad in squads)
