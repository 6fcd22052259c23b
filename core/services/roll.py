"""The roll: who plays is looked for in their chat now and then; gone for a day is as good as left.

A platform tells one person at a time, so that is how they are looked for: at most once an hour, a
few at a time, the longest unseen first, however many play. The clock of an absence stands on the
seat, so a restart costs nobody a minute. It begins when somebody is not found; being found ends it;
no answer does neither. Only somebody who is not found after a full day has left, by the same input
as by their own hand, so that joining again takes the seat back the same way.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.errors import Refusal
from core.lessons.game.books import Seat
from core.lessons.game.game import Room
from core.lessons.game.inputs import Left
from core.paper.records import Identity
from core.ports import Books, Clock, Units
from core.services.leaving import left
from core.services.playing import game_numbered
from core.services.referee import Referee

AGAIN = timedelta(hours=1)
"""How long nobody looks for somebody again."""

GONE_FOR = timedelta(hours=24)
"""Who is gone for so long has left."""

FEW = 5
"""People looked for at a time."""

LEASE = timedelta(minutes=2)


class Presence(StrEnum):
    """Whether somebody is in a chat, as far as its platform tells."""

    HERE = "here"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sought:
    """A seat whose person is looked for: in which chats, and as whom there."""

    seat: Seat
    places: tuple[tuple[Room, Identity], ...]


class Roll:
    """Says for whom to look, and keeps who was found."""

    def __init__(self, units: Units, clock: Clock, referee: Referee) -> None:
        """Take the books, the time, and whoever games hear from."""
        self._units = units
        self._clock = clock
        self._referee = referee

    def due(self, holder: str) -> tuple[Sought, ...]:
        """Return for whom to look now; nobody where another process looks already."""
        now = self._clock.now()
        with self._units.reading() as books:
            seats = books.games.unseen(now - AGAIN, FEW)
        if not seats:
            return ()
        with self._units.writing() as books:
            if not books.paper.lease("roll", holder, now, now + LEASE):
                return ()
            return tuple(Sought(seat, tuple(_places(books, seat))) for seat in seats)

    def found(self, sought: Sought, presence: Presence) -> bool:
        """Keep whether somebody was found; return whether they have left the game by that."""
        now, old = self._clock.now(), sought.seat
        with self._units.writing() as books:
            seat = books.games.seated(old.game, old.number)
            if seat is None or seat.learner != old.learner:
                return False
            away = _away(seat, presence, now)
            gone = presence is Presence.GONE and away is not None and now - away >= GONE_FOR
            books.games.look(seat.game, seat.number, now, away)
            return gone and self._left(books, seat, now)

    def _left(self, books: Books, seat: Seat, now: datetime) -> bool:
        """Let somebody leave as they might themselves; a game that is over wants no word of it."""
        kept = game_numbered(books, seat.game)
        with suppress(Refusal):
            left(books, self._referee, kept, Left(at=now, player=seat.number))
            return True
        return False


def _away(seat: Seat, presence: Presence, now: datetime) -> datetime | None:
    """Since when somebody is gone, after another look."""
    if presence is Presence.HERE or not seat.playing:
        return None
    if presence is Presence.GONE and seat.away is None:
        return now
    return seat.away


def _places(books: Books, seat: Seat) -> Iterator[tuple[Room, Identity]]:
    """Where somebody may be found: first in the chat in which they joined.

    Who is known on another platform, too, is as well there where a chat on it plays the game.
    """
    if not seat.playing:
        return
    for who in books.paper.identities(seat.learner):
        if who.platform == seat.room.platform:
            yield seat.room, who
    for room in seat.rooms:
        for who in books.paper.identities(seat.learner):
            if who.platform == room.platform != seat.room.platform:
                yield room, who
