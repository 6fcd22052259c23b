"""Open questions: who may answer which, what is struck out, and what could not be heard.

An answer typed in a private chat belongs to the item that is open for whoever wrote it; which game
that is stands here.
"""

from datetime import datetime

from core.lessons.game import inputs as i
from core.lessons.game.asking import Asking
from core.lessons.game.asks import UNSURE
from core.lessons.game.books import KeptGame
from core.lessons.game.inputs import Input
from core.lessons.game.lifecycle import Fed
from core.paper.records import Identity
from core.ports import Clock, Units
from core.services.playing import (
    Playing,
    answered_before,
    game_numbered,
    seat_of,
)
from core.services.referee import Referee
from core.services.ruling import ruled


class Questions:
    """Items of games of questions, as people and platforms see them."""

    def __init__(self, units: Units, clock: Clock, referee: Referee) -> None:
        """Take the books, the time, and whoever games hear from."""
        self._units = units
        self._clock = clock
        self._referee = referee

    def open_to(self, who: Identity) -> tuple[KeptGame, ...]:
        """Return the games in which a person has an open item, the last opened first."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            games = () if learner is None else books.games.playing(learner)
            found = [game_numbered(books, number) for number in games]
        opened = [(at, kept) for kept in found if (at := _opened(kept)) is not None]
        return tuple(kept for _, kept in sorted(opened, key=lambda pair: pair[0], reverse=True))

    def held(self, who: Identity, number: int, item: int) -> bool:
        """Whether a person was asked back about an item already. Raises `NoGame`."""
        with self._units.reading() as books:
            learner, kept = books.paper.learner(who), game_numbered(books, number)
            seat = None if learner is None else books.games.seat(number, learner)
        play: object = kept.state.play
        if seat is None or not isinstance(play, Asking):
            return False
        asks = [ask for ask in play.rounds.asks if ask.number == item]
        return any(given.value == UNSURE for ask in asks for given in ask.said(seat))

    def report(self, by: Playing, number: int, about: str) -> Fed:
        """Say that an item is a bad one. Raises `NotPlaying`, `NoGame`, `BadOption`."""
        with self._units.writing() as books:
            kept = game_numbered(books, number)
            if (again := answered_before(books, kept, by)) is not None:
                return again
            seat = seat_of(books, by, number)
            what = i.Reported(at=self._clock.now(), player=seat, about=about)
            return self._referee.feed(books, kept, what, by.asked.request)[1]

    def strike(self, by: Playing, number: int, about: str) -> Fed:
        """Let an item count for nothing; after the end the season is reckoned anew, too.

        Raises `NotAllowed`, `NoGame`, `NotNow`, `BadOption`.
        """
        what = i.Ruled(at=self._clock.now(), what="void", about=about)
        with self._units.writing() as books:
            return ruled(books, self._referee, by, number, what)

    def deaf(self, platform: str, since: datetime) -> int:
        """Tell games on a platform that it could not be heard since a moment; return how many."""
        told, now = 0, self._clock.now()
        with self._units.reading() as books:
            running = tuple(books.games.running())
        for number in running:
            told += self._is_deaf(number, platform, i.Deaf(at=now, since=since))
        return told

    def _is_deaf(self, number: int, platform: str, what: Input) -> bool:
        with self._units.writing() as books:
            kept = books.games.game(number)
            play: object = None if kept is None else kept.state.play
            if kept is None or not isinstance(play, Asking):
                return False
            if all(room.platform != platform for room in kept.rooms):
                return False
            return self._referee.tell(books, number, what)


def _opened(kept: KeptGame) -> datetime | None:
    """When a game's open item was opened, None where there is none."""
    play: object = kept.state.play
    last = play.rounds.last if isinstance(play, Asking) else None
    return last.opened if last is not None and last.is_open else None
