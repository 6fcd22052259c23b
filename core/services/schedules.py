"""What a chat's hosts have posted there every day: the price board, at their hour.

Nothing is posted that nobody scheduled. A board that could not be posted in time is posted once
when it can be, however many days were missed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.alerts.books import Schedule
from core.ports import Clock, Units
from core.services.outbox import ATTEMPTS, PAUSES

NextAt = Callable[[int, str, datetime], datetime]
"""The first moment after another at which it is a minute of the day in a zone (empty: UTC)."""


class Schedules:
    """Keeps schedules, and what became of their posts."""

    def __init__(self, units: Units, clock: Clock, next_at: NextAt) -> None:
        """Take the books, the time, and who knows the zones."""
        self._units = units
        self._clock = clock
        self._next_at = next_at

    def at(self, platform: str, chat: str, topic: str) -> Schedule | None:
        """Return what is scheduled for a chat's topic, or None."""
        with self._units.reading() as books:
            return books.alerts.schedule(platform, chat, topic)

    def set(self, platform: str, chat: str, topic: str, minute: int, zone: str) -> Schedule:
        """Post the board every day at a minute of the day, from the next one on."""
        due = self._next_at(minute, zone, self._clock.now())
        new = Schedule(platform=platform, chat=chat, topic=topic, minute=minute, zone=zone, due=due)
        with self._units.writing() as books:
            books.alerts.keep_schedule(new)
        return new

    def drop(self, platform: str, chat: str, topic: str) -> None:
        """Post nothing any more. Repeating it changes nothing."""
        with self._units.writing() as books:
            books.alerts.drop_schedule(platform, chat, topic)

    def due(self, platform: str) -> tuple[Schedule, ...]:
        """Return a platform's schedules whose time has come."""
        with self._units.reading() as books:
            return books.alerts.posts_due(platform, self._clock.now())

    def posted(self, schedule: Schedule) -> None:
        """Keep that a post arrived: the next one comes when it is that time again."""
        due = self._next_at(schedule.minute, schedule.zone, self._clock.now())
        self._follow(schedule, replace(schedule, due=due, attempts=0))

    def failed(self, schedule: Schedule, *, for_good: bool = False) -> bool:
        """Put a post off, to the next day after some attempts; return whether it stays scheduled.

        A chat that is closed to us for good has nothing scheduled any more.
        """
        tried = schedule.attempts + 1
        if for_good:
            self._follow(schedule, None)
        elif tried >= ATTEMPTS:
            self.posted(schedule)
        else:
            until = self._clock.now() + PAUSES[min(tried, len(PAUSES)) - 1]
            self._follow(schedule, replace(schedule, due=until, attempts=tried))
        return not for_good

    def _follow(self, schedule: Schedule, new: Schedule | None) -> None:
        """Put the next state in place of one, unless hosts have changed it meanwhile."""
        place = (schedule.platform, schedule.chat, schedule.topic)
        with self._units.writing() as books:
            if books.alerts.schedule(*place) != schedule:
                return
            if new is None:
                books.alerts.drop_schedule(*place)
            else:
                books.alerts.keep_schedule(new)
