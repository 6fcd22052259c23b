"""What is kept of alerts: those that wait, what fired and is on its way, what groups scheduled.

What fired is no event of an account, and no more is a venue's announcement; so they have an outbox
of their own: news under a key that nothing else has. It is there with the change that made it, and
never before.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.alerts.alert import Alert, Fired
from core.paper.new_terms import Announcement


@dataclass(frozen=True, slots=True)
class News:
    """Something that must be told a person, under its own key.

    What fired, new terms, or the name of a `badge` that was earned: one of them is there.
    """

    learner: int
    key: str
    fired: Fired | None
    at: datetime
    announced: Announcement | None = None
    badge: str = ""


@dataclass(frozen=True, slots=True)
class DueNews:
    """News that wait to be delivered, with their number and how often it was tried."""

    id: int
    news: News
    attempts: int


class Bulletin(StrEnum):
    """What can be posted by itself: prices every day, a season's standings every week."""

    PRICES = "prices"
    SEASON = "season"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A board of a chat and topic: at which minute of the day, in which zone.

    `zone` is an IANA name or empty for UTC. `due` is when the next one is to be posted, `attempts`
    how often that was tried in vain. `weekday` is the day of a weekly board, Monday 0; None is
    daily. A season's board is that of the `whole` league where the chat is in one, and `told` is
    the season in which it was posted last: in a new one the result of the old one is owed.
    """

    platform: str
    chat: str
    topic: str
    board: Bulletin = Bulletin.PRICES
    minute: int
    zone: str
    due: datetime
    attempts: int = 0
    weekday: int | None = None
    whole: bool = False
    told: str = ""


class AlertBooks(Protocol):
    """Everything that is kept of alerts, seen inside one transaction."""

    def of(self, learner: int) -> tuple[Alert, ...]:
        """Return a learner's alerts in all markets, by their numbers."""

    def waiting(self, market: str) -> tuple[Alert, ...]:
        """Return all alerts of a market, those that rest too."""

    def alert(self, number: int) -> Alert | None:
        """Return an alert by the books' own number, or None."""

    def keep(self, alert: Alert) -> Alert:
        """Keep a new alert, or how a known one has changed; return it with the books' number."""

    def next_number(self, learner: int) -> int:
        """Return a number that no alert of a learner ever had, and use it up."""

    def drop(self, number: int) -> None:
        """Delete an alert by the books' own number. Repeating it changes nothing."""

    def hand_over(self, learner: int, to: int) -> None:
        """Let a learner's alerts and news belong to another, under new numbers behind theirs.

        An alert that the other has already is dropped.
        """

    def post(self, news: News) -> None:
        """Put news into the outbox; the same key is told once."""

    def due(self, now: datetime, limit: int, platform: str = "") -> tuple[DueNews, ...]:
        """Return news whose time has come, oldest first.

        With a platform, only those of learners who are known there.
        """

    def delivered(self, news: int, at: datetime) -> None:
        """Keep that news arrived."""

    def put_off(self, news: int, until: datetime | None) -> None:
        """Try news again later; None gives them up."""

    def drop_news(self, until: datetime) -> int:
        """Delete news posted by a moment that were delivered or given up; return how many."""

    def schedules(self, platform: str, chat: str, topic: str) -> tuple[Schedule, ...]:
        """Return what a chat's hosts scheduled for a topic, by the names of the boards."""

    def keep_schedule(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the one its chat and topic had for the same board."""

    def drop_schedule(self, schedule: Schedule) -> None:
        """Delete the schedule of a board in a chat and topic. Repeating it changes nothing."""

    def posts_due(self, platform: str, now: datetime) -> tuple[Schedule, ...]:
        """Return a platform's schedules whose time has come, the longest due first."""
