"""Who acts in a game: what they may, where they sit, and whether they were answered before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import NotAllowed
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, NotPlaying
from core.lessons.game.game import Room
from core.lessons.game.lifecycle import Fed
from core.ports import Books
from core.services.trading import Asked

ON_ITS_WAY = timedelta(seconds=5)
"""The longest that something sent is believed to have been on its way to us."""


@dataclass(frozen=True, slots=True)
class Playing:
    """Who acts in a chat: the request, whether they are one of its hosts, and the chat itself.

    `at` is when it was sent or came in, where the platform tells; `role` is what their server made
    them, by name.
    """

    asked: Asked
    room: Room
    hosts: bool = False
    at: datetime | None = None
    role: str = ""

    def sent(self, now: datetime) -> datetime:
        """Return when it was sent: by the platform's word, but not after now and not long ago."""
        return now if self.at is None else min(now, max(self.at, now - ON_ITS_WAY))


def game_numbered(books: Books, number: int) -> KeptGame:
    """Return a game. Raises `NoGame`."""
    kept = books.games.game(number)
    if kept is None:
        raise NoGame
    return kept


def answered_before(books: Books, kept: KeptGame, by: Playing) -> Fed | None:
    """Return the answer to a request that was answered before; None where it is new."""
    said = books.games.answered(by.asked.request)
    return None if said is None else Fed(kept.state, said=said)


def seat_of(books: Books, by: Playing, number: int) -> int:
    """Return the seat of whoever acts. Raises `NotPlaying`."""
    learner = books.paper.learner(by.asked.who)
    seat = None if learner is None else books.games.seat(number, learner)
    if seat is None:
        raise NotPlaying
    return seat


def changeable(books: Books, by: Playing, number: int) -> KeptGame:
    """Return the game, for whoever made it and for the hosts of its chats.

    Raises `NoGame`, `NotAllowed`.
    """
    kept = game_numbered(books, number)
    if by.asked.who != kept.host and not (by.hosts and by.room in kept.rooms):
        raise NotAllowed("host")
    return kept
