"""What a chat's hosts have posted there: the price board every day, a season's every week.

Nothing is posted that nobody scheduled. A board that could not be posted in time is posted once
when it can be, however many days or weeks were missed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.alerts.books import Bulletin, Schedule
from core.ports import Clock, Units
from core.services.outbox import ATTEMPTS, PAUSES
from core.services.rating import season_of

NextAt = Callable[[int, str, datetime, int | None], datetime]
"""The first moment after another at which it is a minute of the day in a zone (empty: UTC).

With a weekday (Monday 0) it is that day in the zone, too.
"""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """Which board comes when: at a minute of the day in a zone, on a weekday or every day.

    `whole` is for a season's board: the league's, where the chat is in one.
    """

    minute: int
    zone: str
    board: Bulletin = Bulletin.PRICES
    weekday: int | None = None
    whole: bool = False


class Schedules:
    """Keeps schedules, and what became of their posts."""

    def __init__(self, units: Units, clock: Clock, next_at: NextAt) -> None:
        """Take the books, the time, and who knows the zones."""
        self._units = units
        self._clock = clock
        self._next_at = next_at

    def at(self, platform: str, chat: str, topic: str) -> tuple[Schedule, ...]:
        """Return what is scheduled for a chat's topic, each board once."""
        with self._units.reading() as books:
            return books.alerts.schedules(platform, chat, topic)

    def set(self, platform: str, chat: str, topic: str, slot: Slot) -> Schedule:
        """Post a board from its next time on, in place of when it was posted before.

        A season's board that comes first in the first week of a month tells the old one's result.
        """
        due = self._next_at(slot.minute, slot.zone, self._clock.now(), slot.weekday)
        new = Schedule(
            platform=platform,
            chat=chat,
            topic=topic,
            board=slot.board,
            minute=slot.minute,
            zone=slot.zone,
            due=due,
            weekday=slot.weekday,
            whole=slot.whole,
            told=season_of(due - WEEK) if slot.board is Bulletin.SEASON else "",
        )
        with self._units.writing() as books:
            books.alerts.keep_schedule(new)
        return new

    def drop(self, platform: str, chat: str, topic: str, board: Bulletin | None = None) -> None:
        """Post a board no more, or without one nothing at all. Repeating it changes nothing."""
        with self._units.writing() as books:
            for schedule in books.alerts.schedules(platform, chat, topic):
                if board in {None, schedule.board}:
                    books.alerts.drop_schedule(schedule)

    def now(self) -> datetime:
        """Return the moment at which a post is worded."""
        return self._clock.now()

    def due(self, platform: str) -> tuple[Schedule, ...]:
        """Return a platform's schedules whose time has come."""
        with self._units.reading() as books:
            return books.alerts.posts_due(platform, self._clock.now())

    def posted(self, schedule: Schedule, at: datetime) -> None:
        """Keep that a post worded at a moment arrived: the next comes when it is that time again.

        What it told of a season need not be told again.
        """
        told = season_of(at) if schedule.board is Bulletin.SEASON else ""
        self._next(replace(schedule, told=told), schedule)

    def _next(self, new: Schedule, schedule: Schedule) -> None:
        """Wait for the next time that a board is due."""
        due = self._next_at(new.minute, new.zone, self._clock.now(), new.weekday)
        self._follow(schedule, replace(new, due=due, attempts=0))

    def failed(self, schedule: Schedule, *, for_good: bool = False) -> bool:
        """Put a post off, to its next day after some attempts; return whether it stays scheduled.

        For a chat that is closed to us for good it is scheduled no more.
        """
        tried = schedule.attempts + 1
        if for_good:
            self._follow(schedule, None)
        elif tried >= ATTEMPTS:
            self._next(schedule, schedule)
        else:
            until = self._clock.now() + PAUSES[min(tried, len(PAUSES)) - 1]
            self._follow(schedule, replace(schedule, due=until, attempts=tried))
        return not for_good

    def _follow(self, schedule: Schedule, new: Schedule | None) -> None:
        """Put the next state in place of one, unless hosts have changed it meanwhile."""
        with self._units.writing() as books:
            here = books.alerts.schedules(schedule.platform, schedule.chat, schedule.topic)
            if schedule not in here:
                return
            if new is None:
                books.alerts.drop_schedule(schedule)
            else:
                books.alerts.keep_schedule(new)
