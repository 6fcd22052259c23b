"""Leagues: made in one chat, entered from others with a code, let in by a host of the first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.alerts.books import Schedule
from core.errors import NotAllowed
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import BadCode, InLeague, NoLeague, NotWaiting
from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.lessons.game.names import cleaned
from core.paper.records import Identity
from core.ports import Books, Clock, Units
from core.services.playing import Playing
from core.services.rating import SeasonLine, season, season_before, season_of


@dataclass(frozen=True, slots=True)
class Week:
    """What a weekly board shows: seasons by name, the result of the last one first where owed.

    `league` is the league's name, "" where it is the season of the chat alone; `now` names the
    season that is under way. A season in which nobody has won anything is left out.
    """

    league: str
    now: str
    seasons: tuple[tuple[str, tuple[SeasonLine, ...]], ...]


class Leagues:
    """Leagues, and the seasons of chats and leagues."""

    def __init__(self, units: Units, clock: Clock, code: Callable[[], str]) -> None:
        """`code` makes a new code that nobody guesses."""
        self._units = units
        self._clock = clock
        self._code = code

    def of(self, room: Room) -> League | None:
        """Return the league a chat is in or waits for, or None."""
        with self._units.reading() as books:
            return books.leagues.of(room)

    def found(self, by: Playing, name: str, title: str) -> League:
        """Make a league with this chat as its first. Raises `NotAllowed`, `InLeague`."""
        _require_host(by)
        with self._units.writing() as books:
            there = books.leagues.of(by.room)
            if there is not None:
                raise InLeague(there.name)
            first = Member(by.room, title, let_in=True)
            named = cleaned(name) or cleaned(title) or "league"
            return books.leagues.add(named, self._code(), by.asked.who, first)

    def renew(self, by: Playing, *, revoke: bool = False) -> League:
        """Replace a league's code, or take it back. Raises `NotAllowed`, `NoLeague`."""
        with self._units.writing() as books:
            league = _own(books, by)
            league = replace(league, code="" if revoke else self._code())
            books.leagues.keep(league)
            return league

    def ask(self, by: Playing, code: str, title: str) -> League:
        """Ask for this chat to be let in; repeated, it waits on.

        Raises `NotAllowed`, `BadCode`, `InLeague` where it is in another one.
        """
        _require_host(by)
        with self._units.writing() as books:
            there, league = books.leagues.of(by.room), books.leagues.coded(code)
            if there is not None and (league is None or there.number != league.number):
                raise InLeague(there.name)
            if league is None:
                raise BadCode
            if there is None:
                league = league.with_member(Member(by.room, title))
                books.leagues.keep(league)
            return league

    def decide(self, by: Playing, key: str, *, let_in: bool) -> League:
        """Let a waiting chat in, or turn it away: by its key, or the only one that waits.

        Raises `NotAllowed`, `NoLeague`, `NotWaiting` where no such chat waits.
        """
        with self._units.writing() as books:
            league = _own(books, by)
            member = league.asking(key)
            if member is None:
                raise NotWaiting(key)
            new = replace(member, let_in=True)
            league = league.with_member(new) if let_in else league.without(member.room)
            books.leagues.keep(league)
            return league

    def leave(self, by: Playing) -> League:
        """Take this chat out of its league; with its first chat the league ends.

        Raises `NotAllowed`, `NoLeague`.
        """
        _require_host(by)
        with self._units.writing() as books:
            league = books.leagues.of(by.room)
            if league is None:
                raise NoLeague
            is_first = league.members[0].room == by.room
            rest = replace(league, members=()) if is_first else league.without(by.room)
            books.leagues.keep(rest)
            return rest

    def known_as(self, who: Identity) -> int | None:
        """Return who somebody is on the boards of seasons; None for a stranger."""
        with self._units.reading() as books:
            return books.paper.learner(who)

    def season(self, room: Room, *, whole: bool = False) -> tuple[SeasonLine, ...]:
        """Return the present season of a chat, or of its whole league. Raises `NoLeague`.

        For the league only what was played in several chats counts, and under the names there.
        """
        now = season_of(self._clock.now())
        with self._units.reading() as books:
            if not whole:
                return season(books, now, (room,))
            league = books.leagues.of(room)
            if league is None or room not in league.rooms:
                raise NoLeague
            return season(books, now, league.rooms, shared=True)

    def week(self, schedule: Schedule, at: datetime) -> Week:
        """Return what the weekly board of a schedule shows at a moment.

        In the first post of a new season the last one's result is owed: it is told once.
        """
        room = Room(schedule.platform, schedule.chat, schedule.topic)
        now = season_of(at)
        names = (now,) if schedule.told == now else (season_before(now), now)
        with self._units.reading() as books:
            league = books.leagues.of(room) if schedule.whole else None
            shared = league is not None and room in league.rooms
            rooms = league.rooms if league is not None and shared else (room,)
            found = [(name, season(books, name, rooms, shared=shared)) for name in names]
        title = league.name if league is not None and shared else ""
        return Week(title, now, tuple((name, lines) for name, lines in found if lines))


def _require_host(by: Playing) -> None:
    if not by.hosts:
        raise NotAllowed("host")


def _own(books: Books, by: Playing) -> League:
    """The league whose first chat this is, for its hosts."""
    _require_host(by)
    league = books.leagues.of(by.room)
    if league is None:
        raise NoLeague
    if league.members[0].room != by.room:
        raise NotAllowed("host")
    return league


def in_league(books: Books, kept: KeptGame, room: Room) -> KeptGame:
    """Let the other chats of a chat's league play a game, but for those that play one already.

    Raises `NoLeague`.
    """
    league = books.leagues.of(room)
    if league is None or room not in league.rooms:
        raise NoLeague
    for other in league.rooms:
        if not _is_playing(books, other, kept.state.game.kind):
            books.games.enter(kept.number, other)
    now = books.games.game(kept.number)
    assert now is not None
    game = replace(kept.state.game, rooms=len(now.rooms))
    return books.games.keep(replace(now, state=replace(now.state, game=game)))


def _is_playing(books: Books, room: Room, kind: str) -> bool:
    """Whether a chat has a game of a kind that people can join, or play."""
    here = (kept.state.game for kept in books.games.here(room))
    return any(g.kind == kind and g.phase.is_there for g in here)
