"""What a finished game is worth in its chats' season: few games are rated, and nobody farms them.

A game is rated where at least five of those who ever played in its chats are known to the bot for a
week, and a person has at most three rated ones a day (UTC). A season is a calendar month (UTC); the
best eight results count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice

from core.lessons.game.books import KeptGame, Won
from core.lessons.game.game import Room
from core.lessons.game.kind import Ground, Table, is_friendly
from core.lessons.game.standing import points, season_total
from core.ports import Books

COMPANIONS = 2
"""Players with a place below whom a result is worth nothing."""

COMPANY = 5
"""People that a chat needs for rated games: those who sit in this game of it, or sat in another."""

KNOWN = timedelta(days=7)
"""For how long the bot must have known them."""

A_DAY = 3
"""Rated games that a person may have on one day."""


@dataclass(frozen=True, slots=True)
class SeasonLine:
    """Somebody's place in a season: points (the best eight results), and of how many games.

    `name` is the one they played under last; "" for who never showed one.
    """

    learner: int
    name: str
    points: Decimal
    games: int
    place: int = 0


def season_of(moment: datetime) -> str:
    """Return the season of a moment, "2026-11"."""
    return f"{moment:%Y-%m}"


def season_before(season: str) -> str:
    """Return the season before one: "2026-12" for "2027-01"."""
    first = datetime.fromisoformat(f"{season}-01T00:00:00+00:00")
    return season_of(first - timedelta(days=1))


def wins(books: Books, kept: KeptGame, ground: Ground) -> tuple[Won, ...]:
    """Return what a finished game is worth to its players; nothing where it is not rated.

    A place that earns no points is kept, too: it is one of a person's rated games of the day.
    """
    game, play = kept.state.game, kept.state.play
    if game.why or play is None or game.ended is None or is_friendly(play):
        return ()
    seats = books.games.seats(kept.number)
    if not _is_rated(books, kept, game.ended):
        return ()
    standings = play.standings(Table(game, ground, kept.state.accounts))
    listed = [one for one in standings if one.listed]
    if len(listed) < COMPANIONS:
        return ()
    found = []
    for one in listed:
        learner, player = seats.get(one.player), game.player(one.player)
        if learner is None or not _has_room(books, learner, game.ended):
            continue
        found.append(
            Won(
                season_of(game.ended),
                kept.rooms[min(player.room, len(kept.rooms) - 1)],
                kept.number,
                learner,
                "" if player.hidden else player.name,
                one.place,
                str(points(one.place, len(listed))),
                game.ended,
                shared=len(kept.rooms) > 1,
            )
        )
    return tuple(found)


def _is_rated(books: Books, kept: KeptGame, at: datetime) -> bool:
    """Whether enough people of a game's chats are known for long."""
    chats = {(room.platform, room.chat) for room in kept.rooms}
    people = frozenset[int]().union(*(books.games.company(*chat) for chat in chats))
    known = (learner for learner in people if _is_known(books, learner, at))
    return len(tuple(islice(known, COMPANY))) == COMPANY


def keep_wins(books: Books, kept: KeptGame, ground: Ground) -> None:
    """Keep what a finished game is worth, in the place of what it was worth before."""
    books.games.unwin(kept.number)
    for won in wins(books, kept, ground):
        books.games.win(won)


def _is_known(books: Books, learner: int, at: datetime) -> bool:
    since = books.paper.since(learner)
    return since is not None and at - since >= KNOWN


def _has_room(books: Books, learner: int, at: datetime) -> bool:
    """Whether a person has not had all rated games of a day yet."""
    return sum(won.at.date() == at.date() for won in books.games.wins(learner)) < A_DAY


def season(
    books: Books, name: str, rooms: Iterable[Room], *, shared: bool = False
) -> tuple[SeasonLine, ...]:
    """Return who is where in a season of some chats, the best first; equal points share a place.

    With `shared` only games that several chats played count.
    """
    won: dict[int, list[Won]] = {}
    for room in rooms:
        for each in (w for w in books.games.won(name, room) if w.shared or not shared):
            won.setdefault(each.learner, []).append(each)
    lines = [
        SeasonLine(learner, _name(own), season_total([Decimal(w.points) for w in own]), len(own))
        for learner, own in won.items()
    ]
    lines.sort(key=lambda line: (-line.points, line.name))
    found: list[SeasonLine] = []
    for number, line in enumerate(lines, 1):
        same = bool(found) and found[-1].points == line.points
        place = found[-1].place if same else number
        found.append(SeasonLine(line.learner, line.name, line.points, line.games, place))
    return tuple(found)


def _name(won: Iterable[Won]) -> str:
    """The last name that somebody showed."""
    return next((each.name for each in reversed([*won]) if each.name), "")
