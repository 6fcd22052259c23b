"""What people do with challenges: make one, join, leave, act, stop, look.

Whoever made a game and the chat's hosts may change it; everybody may join. A request that comes
twice is answered as it was the first time, and does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import NotAllowed
from core.lessons.challenges import kinds
from core.lessons.game import inputs as i
from core.lessons.game.audit import Audit, audit
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import BadOption, GameRunning, NoGame, NotNow
from core.lessons.game.game import Game, Phase, Room
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Kind
from core.lessons.game.lifecycle import Fed, State, opened
from core.lessons.game.market import GameMarket
from core.lessons.game.names import said
from core.lessons.game.recorded import Recorded
from core.lessons.game.roles import role_kept
from core.market import Marks
from core.paper.actions import Action
from core.paper.records import Identity
from core.ports import Books, Clock, Units
from core.services.game_options import LEAGUE, WHERE, chosen_of_all, too_new
from core.services.leagues import in_league
from core.services.leaving import left
from core.services.playing import (
    Playing,
    answered_before,
    changeable,
    game_numbered,
    seat_of,
)
from core.services.quizzes import prepared
from core.services.referee import Referee
from core.services.ruling import ruled


@dataclass(frozen=True, slots=True)
class Board:
    """What games are played by, and on, and what writes a finished one down."""

    referee: Referee
    market: GameMarket
    write: Callable[[Audit], str]


@dataclass(frozen=True, slots=True)
class Sight:
    """A game's kind and ground, present marks if any, and whether they are a path's."""

    kind: Kind
    ground: Ground
    marks: Marks | None
    path: bool


class Challenges:
    """Games, as people see them."""

    def __init__(self, units: Units, clock: Clock, board: Board, seed: Callable[[], str]) -> None:
        """`seed` makes a new secret, hexadecimal."""
        self._units = units
        self._clock = clock
        self._referee = board.referee
        self._market = board.market
        self._write = board.write
        self._seed = seed

    def sight(self, kept: KeptGame) -> Sight:
        """Return what a game is looked at with."""
        game = kept.state.game
        kind, ground = self._referee.kind(game), self._referee.on(kept)
        marks = None if game.phase.is_over else self._marks(kept, kind, ground)
        return Sight(kind, ground, marks, not self._market.can_fail)

    def _marks(self, kept: KeptGame, kind: Kind, ground: Ground) -> Marks | None:
        """The marks at which a game stands: its market's, or its recorded event's."""
        play, game, now = kept.state.play, kept.state.game, self._clock.now()
        marks = None
        if isinstance(kind, Recorded) and play is not None:
            marks = kind.marks(play, ground, now)
        if marks is None and kind.trades:
            return self._market.present(game, kind.pace(game), now)
        return marks

    def kinds(self) -> tuple[Kind, ...]:
        """Return all kinds, in their order."""
        return tuple(kinds().values())

    def here(self, room: Room) -> tuple[KeptGame, ...]:
        """Return the games of a chat that are not archived, the newest first."""
        with self._units.reading() as books:
            return books.games.here(room)

    def threaded(self, room: Room, thread: str) -> KeptGame | None:
        """Return the game that goes on in a thread of a chat, or None."""
        if not thread:
            return None
        with self._units.reading() as books:
            number = books.games.threaded(room, thread)
            return None if number is None else game_numbered(books, number)

    def numbered(self, number: int) -> KeptGame:
        """Return a game. Raises `NoGame`."""
        with self._units.reading() as books:
            return game_numbered(books, number)

    def published(self, number: int) -> str:
        """Return a finished game as text, for anybody to play again. Raises `NotNow`, `NoGame`."""
        with self._units.reading() as books:
            kept = game_numbered(books, number)
            game = kept.state.game
            if not game.phase.is_over:
                raise NotNow(game.phase.value)
            inputs = tuple(each.what for each in books.games.inputs(number))
        return self._write(audit(number, kept.state, self._referee.on(kept), inputs))

    def seat(self, who: Identity, number: int) -> int | None:
        """Return a person's number in a game, or None."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            return None if learner is None else books.games.seat(number, learner)

    def open_until(self, who: Identity) -> datetime | None:
        """Return until when a person has an open question in a game; None where they have none."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            games = () if learner is None else books.games.playing(learner)
            found = [game_numbered(books, number).state.play for number in games]
        moments = [play.until for play in found if play is not None and play.until is not None]
        return max(moments, default=None)

    def draft(self, by: Playing, kind: str) -> KeptGame:
        """Make a game of a kind, or return the draft there is already.

        Raises `BadOption` for a kind there is not, `GameRunning`, `NotAllowed`.
        """
        if kind not in kinds():
            raise BadOption("kind", kind, tuple(kinds()))
        if not by.hosts:
            raise NotAllowed("host")
        with self._units.writing() as books:
            for kept in books.games.here(by.room):
                game = kept.state.game
                if game.kind == kind and not game.phase.is_over:
                    if game.phase is Phase.DRAFT:
                        return kept
                    raise GameRunning(kind)
            game = Game(kind=kind, seed=self._seed())
            return books.games.add(State(game), by.asked.who, by.room)

    def choose(self, by: Playing, number: int, option: str, value: str) -> KeptGame:
        """Choose an option of a draft. Raises `NotAllowed`, `BadOption`, `NotNow`, `NoGame`."""
        with self._units.writing() as books:
            kept = changeable(books, by, number)
            kind, game = self._referee.kind(kept.state.game), kept.state.game
            game = chosen_of_all(game, kind, option, value, self._referee.on(kept))
            return books.games.keep(replace(kept, state=State(game)))

    def open(self, by: Playing, number: int) -> KeptGame:
        """Let people join; pressed twice it stays open. Raises `NotAllowed`, `NoGame`."""
        with self._units.writing() as books:
            kept = changeable(books, by, number)
            if kept.state.game.phase is not Phase.DRAFT:
                return kept
            now = self._clock.now()
            found = opened(kept.state.game, self._referee.kind(kept.state.game), now)
            kept = books.games.keep(replace(kept, state=found.state))
            if kept.state.game.setup.get(WHERE) == LEAGUE:
                kept = in_league(books, kept, by.room)
            kept = prepared(books, kept)
            for post in found.posts:
                books.games.post(number, post, now)
            return kept

    def join(
        self, by: Playing, number: int, name: str, *, hidden: bool = False, chosen: bool = False
    ) -> Fed:
        """Take a seat, or take one's own again, under a name that may be `chosen` for it.

        Raises `NoSeat`, `NoGame`, `NotNow`, `NotKnown` for who is too new.
        """
        now = self._clock.now()
        with self._units.writing() as books:
            kept = game_numbered(books, number)
            if (again := answered_before(books, kept, by)) is not None:
                return again
            learner = books.paper.learner(by.asked.who)
            if learner is None:
                learner = books.paper.enroll(by.asked.who, now)
            own = books.games.seat(number, learner)
            if own is not None:
                return self._rejoined(books, kept, by, own)
            room = kept.rooms.index(by.room) if by.room in kept.rooms else 0
            # Before several groups nobody's own name is shown that they did not choose for it.
            known = name if len(kept.rooms) == 1 or chosen else ""
            role = role_kept(kept.state.game, by.role)
            what = i.Joined(at=now, name=known, room=room, hidden=hidden, role=role)
            refused = too_new(books, learner, kept.state.game, now)
            if refused is None:
                # Who it is stands there before the game hears of it: it may begin at once.
                seat = max((p.number for p in kept.state.game.players), default=0) + 1
                books.games.sit(number, learner, seat)
                return self._referee.feed(books, kept, what, by.asked.request)[1]
            self._referee.judged(kept, what)  # what else forbids it is said first
        raise refused  # outside, so that a stranger is known from now on

    def _rejoined(self, books: Books, kept: KeptGame, by: Playing, seat: int) -> Fed:
        """The seat of somebody who has one already; to take it twice changes nothing."""
        game = kept.state.game
        if game.phase.is_over:
            raise NoGame
        if game.player(seat).left is None:
            return Fed(kept.state, said="joined")
        back = i.Returned(at=self._clock.now(), player=seat)
        books.games.look(kept.number, seat, back.at, None)
        return self._referee.feed(books, kept, back, by.asked.request)[1]

    def leave(self, by: Playing, number: int) -> Fed:
        """Give one's seat up. Raises `NotPlaying`, `NoGame`."""
        with self._units.writing() as books:
            kept = game_numbered(books, number)
            if (again := answered_before(books, kept, by)) is not None:
                return again
            what = i.Left(at=self._clock.now(), player=seat_of(books, by, number))
            return left(books, self._referee, kept, what, by.asked.request)

    def begin(self, by: Playing, number: int) -> Fed:
        """Begin with those who are there. Raises `NotAllowed`, `TooFew`, `NotNow`, `NoGame`."""
        return self._changed(by, number, i.Began(at=self._clock.now()))

    def stop(self, by: Playing, number: int, reason: str = "") -> Fed:
        """End a game before its time; the reason is printed. Raises `NotAllowed`, `NoGame`."""
        what = i.Stopped(at=self._clock.now(), why="stopped", reason=said(reason))
        return self._changed(by, number, what)

    def rule(self, by: Playing, number: int, what: str, about: str) -> Fed:
        """Decide about a game as a host, after its end, too.

        Raises `NotAllowed`, `NoGame`, `NotNow`, and what the kind refuses.
        """
        ruling = i.Ruled(at=self._clock.now(), what=what, about=about)
        with self._units.writing() as books:
            return ruled(books, self._referee, by, number, ruling)

    def answer(self, by: Playing, number: int, value: str) -> Fed:
        """Act in a game. Raises `NotPlaying`, `NoGame`, and what the kind refuses."""
        return self._acted(
            by, number, lambda p, now: i.Answered(at=by.sent(now), player=p, value=value)
        )

    def name_squad(self, by: Playing, number: int, name: str) -> Fed:
        """Name one's squad as its captain. Raises `NotPlaying`, `NoGame`, and what is refused."""
        return self._acted(by, number, lambda p, at: i.Named(at=at, player=p, name=name))

    def order(self, by: Playing, number: int, action: Action) -> Fed:
        """Order something in a game; it waits for the next mark.

        Raises `NotPlaying`, `NoGame`, and what the kind refuses.
        """
        return self._acted(by, number, lambda p, at: i.Ordered(at=at, player=p, action=action))

    def _acted(self, by: Playing, number: int, what: Callable[[int, datetime], Input]) -> Fed:
        """Hand a game what somebody who sits in it does."""
        with self._units.writing() as books:
            kept = game_numbered(books, number)
            return (
                answered_before(books, kept, by)
                or self._referee.feed(
                    books,
                    kept,
                    what(seat_of(books, by, number), self._clock.now()),
                    by.asked.request,
                )[1]
            )

    def played_by(self, who: Identity) -> tuple[KeptGame, ...]:
        """Return the running games on a market that a person plays, the newest first."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            games = () if learner is None else books.games.playing(learner)
            found = [game_numbered(books, number) for number in sorted(games, reverse=True)]
        return tuple(kept for kept in found if self._referee.kind(kept.state.game).trades)

    def _changed(self, by: Playing, number: int, what: Input) -> Fed:
        with self._units.writing() as books:
            kept = changeable(books, by, number)
            again = answered_before(books, kept, by)
            return again or self._referee.feed(books, kept, what, by.asked.request)[1]
