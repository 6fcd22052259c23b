"""A season counted anew, from games as they are published and from what is known of people.

10-7-5-3-2-1 by place, times the binary logarithm of how many have a place, to one tenth, half to
even; three rated games a person and day, the best eight of a month.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from tests.sims.recount.result import Result
from tests.sims.recount.told import Told

WORTH = {1: 10, 2: 7, 3: 5, 4: 3, 5: 2, 6: 1}
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Game:
    """A finished game: its file, when it ended, who sat where (by seat: a person, name, room).

    A seat that was given up, because its person had two, is nobody's.
    """

    text: str
    ended: datetime
    recount: Callable[[Told], Result]
    seats: Mapping[int, tuple[str, str, str]]
    shared: bool


@dataclass(frozen=True)
class Won:
    """What a game was worth to a person."""

    person: str
    name: str
    room: str
    at: datetime
    points: Decimal
    shared: bool


@dataclass(frozen=True)
class Line:
    """A line of a board."""

    place: int
    name: str
    points: Decimal
    games: int


def worth(place: int, players: int) -> Decimal:
    """Return the points of a place among so many."""
    with localcontext() as context:
        context.prec = 60
        bits = Decimal(players).ln() / Decimal(2).ln()
        exact = (WORTH.get(place, 0) * bits).quantize(Decimal("1e-40"))
    return exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def won(games: Sequence[Game], known: Mapping[str, datetime]) -> list[Won]:
    """Return everything that was won; `known` is since when a person is known."""
    found: list[Won] = []
    for game in sorted(games, key=lambda one: one.ended):
        result = game.recount(Told.read(game.text))
        people = {person for person, _, _ in game.seats.values()}
        old = [person for person in people if game.ended - known[person] >= WEEK]
        placed = [one for one in result.places if one.listed]
        if result.why or len(old) < 5 or len(placed) < 2:
            continue
        for one in placed:
            if one.player not in game.seats:
                continue
            person, name, room = game.seats[one.player]
            today = [w for w in found if w.person == person and w.at.date() == game.ended.date()]
            if len(today) < 3:
                points = worth(one.place, len(placed))
                found.append(Won(person, name, room, game.ended, points, game.shared))
    return found


def board(found: Sequence[Won], month: str, rooms: Sequence[str], *, shared: bool) -> list[Line]:
    """Return the board of a month: of one room, or of a league's."""
    own: dict[str, list[Won]] = {}
    for one in found:
        if f"{one.at:%Y-%m}" == month and one.room in rooms and (one.shared or not shared):
            own.setdefault(one.person, []).append(one)
    totals = {
        person: sum(sorted((w.points for w in wins), reverse=True)[:8], Decimal(0))
        for person, wins in own.items()
    }
    lines = [
        Line(
            1 + sum(other > totals[person] for other in totals.values()),
            wins[-1].name,
            totals[person],
            len(wins),
        )
        for person, wins in own.items()
    ]
    return sorted(lines, key=lambda line: (line.place, line.name))
