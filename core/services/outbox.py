"""The outbox: notices that were booked with their events, and news of alerts, on their way.

A notice is there as soon as its transaction is, and never before; it is delivered at least once. A
failed attempt is put off for longer and longer; after ten, or where the person cannot be reached at
all, the notice is given up and stays to be read in the history.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from core.alerts.books import AlertBooks, DueNews
from core.paper.events import Event, PoolLiquidated
from core.paper.records import Due, Identity
from core.ports import Books, Clock, PaperBooks, Units

PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(hours=1),
)
"""How long to wait after a failed attempt; the last one again and again."""

ATTEMPTS = 10

AT_ONCE = 50
"""Notices that are taken out together."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A due notice, or due news, with what it takes to word and deliver it.

    `zones` are all the identities of its owner, each with its time zone (empty: UTC); `history` the
    account's events up to the notice, where the words need them.
    """

    due: Due | DueNews
    zones: Mapping[Identity, str]
    history: tuple[Event, ...] = ()

    @property
    def learner(self) -> int:
        """Whose it is."""
        due = self.due
        return due.news.learner if isinstance(due, DueNews) else due.notice.learner


class Outbox:
    """Takes notices out, and keeps what became of them."""

    def __init__(self, units: Units, clock: Clock) -> None:
        """Take the books and the time."""
        self._units = units
        self._clock = clock

    def parcels(self, platform: str) -> tuple[Parcel, ...]:
        """Return what is due for people who are known on a platform: notices, then news.

        Each is in its order, the oldest first.
        """
        now = self._clock.now()
        with self._units.reading() as books:
            notices = books.paper.due(now, AT_ONCE, platform)
            news = books.alerts.due(now, AT_ONCE, platform)
            due: tuple[Due | DueNews, ...] = (*notices, *news)
            return tuple(_parcel(books, each) for each in due)

    def delivered(self, due: Due | DueNews) -> None:
        """Keep that a notice arrived."""
        with self._units.writing() as books:
            _box(books, due).delivered(due.id, self._clock.now())

    def failed(self, due: Due | DueNews, *, for_good: bool = False) -> bool:
        """Put a notice off; return whether it will be tried again."""
        tried = due.attempts + 1
        again = not for_good and tried < ATTEMPTS
        until = self._clock.now() + PAUSES[min(tried, len(PAUSES)) - 1] if again else None
        with self._units.writing() as books:
            _box(books, due).put_off(due.id, until)
        return again


def _box(books: Books, due: Due | DueNews) -> PaperBooks | AlertBooks:
    """Return the books in which something waits."""
    return books.alerts if isinstance(due, DueNews) else books.paper


def _parcel(books: Books, due: Due | DueNews) -> Parcel:
    if isinstance(due, DueNews):
        return Parcel(due, _zones(books, due.news.learner))
    notice = due.notice
    zones = _zones(books, notice.learner)
    if not isinstance(notice.what, PoolLiquidated):
        return Parcel(due, zones)
    recorded = books.paper.history(notice.before.id)
    return Parcel(due, zones, tuple(r.event for r in recorded if r.id <= notice.event))


def _zones(books: Books, learner: int) -> dict[Identity, str]:
    """All identities of a learner, each with its time zone."""
    names = books.paper.identities(learner)
    return {who: books.preferences(who.platform, who.person).zone or "" for who in names}
