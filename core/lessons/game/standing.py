"""Who is where: places by what counts first, shared where nothing tells two apart.

Season points: 10-7-5-3-2-1 by place, times the binary logarithm of the number of players, to one
tenth, half to even.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.money import ONE, ZERO, Rate, nearest

POINTS = (10, 7, 5, 3, 2, 1)
"""Of the places from the first."""

BEST = 8
"""Results of a season that count."""

_TENTH, _NONE = Decimal("0.1"), Decimal("0.0")
"""Added to nothing every worth is written with its tenth, 10 as 10.0."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A player's place, and the figures it was told by, the first first; higher is better.

    `listed` is False for those who stand under the line: they have no place and get no points.
    """

    player: int
    figures: tuple[Decimal, ...]
    listed: bool = True
    place: int = 0


def unlisted(standings: Iterable[Standing], players: Collection[int]) -> tuple[Standing, ...]:
    """Return standings in which some players stand under the line."""
    return tuple(replace(one, listed=one.listed and one.player not in players) for one in standings)


def placed(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the standings in order with their places; those under the line come last."""
    all_ = tuple(standings)
    listed = sorted((s for s in all_ if s.listed), key=lambda s: s.figures, reverse=True)
    others = sorted((s for s in all_ if not s.listed), key=lambda s: s.figures, reverse=True)
    found: list[Standing] = []
    for number, one in enumerate(listed, 1):
        same = bool(found) and found[-1].figures == one.figures
        place = found[-1].place if same else number
        found.append(Standing(one.player, one.figures, one.listed, place))
    return (*found, *others)


def points(place: int, players: int) -> Decimal:
    """Return what a place among so many is worth in a season; nothing without company."""
    if not 1 <= place <= len(POINTS) or players < 2:
        return ZERO
    worth = POINTS[place - 1] * _log2(players)
    return _NONE + nearest(worth, _TENTH)


def season_total(won: Sequence[Decimal]) -> Decimal:
    """Return the sum of the best eight results of a season."""
    return sum(sorted(won, reverse=True)[:BEST], ZERO)


def _log2(count: int) -> Rate:
    """The binary logarithm; exact for powers of two."""
    whole = count.bit_length() - 1
    if count == 1 << whole:
        return Rate(Decimal(whole))
    return Rate(Decimal(count).ln() / (ONE + ONE).ln())
