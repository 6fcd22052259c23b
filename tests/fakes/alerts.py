"""The books of alerts in memory: the fake that stands beside the database's."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.alerts.alert import Alert
from core.alerts.books import Bulletin, DueNews, News, Schedule
from core.paper.records import Identity

Place = tuple[str, str, str, Bulletin]


@dataclass
class OnItsWay:
    """News that wait, or were told."""

    news: News
    due: datetime | None
    attempts: int = 0


@dataclass
class KeptAlerts:
    """Everything a memory keeps of alerts."""

    alerts: dict[int, Alert] = field(default_factory=dict)
    news: dict[int, OnItsWay] = field(default_factory=dict)
    schedules: dict[Place, Schedule] = field(default_factory=dict)
    numbers: int = 0
    last: dict[int, int] = field(default_factory=dict)

    def __deepcopy__(self, _: object) -> "KeptAlerts":
        """A copy that shares no dictionary."""
        return KeptAlerts(
            dict(self.alerts),
            {number: copy(each) for number, each in self.news.items()},
            dict(self.schedules),
            self.numbers,
            dict(self.last),
        )


class MemoryAlerts:
    """Implements `AlertBooks`; `written` hands out what may be changed, or raises."""

    def __init__(
        self,
        seen: KeptAlerts,
        written: Callable[[], KeptAlerts],
        people: Callable[[], Mapping[Identity, int]],
    ) -> None:
        self._seen = seen
        self._written = written
        self._people = people

    def of(self, learner: int) -> tuple[Alert, ...]:
        own = (alert for alert in self._seen.alerts.values() if alert.learner == learner)
        return tuple(sorted(own, key=lambda alert: alert.number))

    def waiting(self, market: str) -> tuple[Alert, ...]:
        found = (alert for alert in self._seen.alerts.values() if alert.market == market)
        return tuple(sorted(found, key=lambda alert: (alert.learner, alert.number)))

    def alert(self, number: int) -> Alert | None:
        return self._seen.alerts.get(number)

    def keep(self, alert: Alert) -> Alert:
        kept = self._written()
        if not alert.id:
            kept.numbers += 1
            alert = replace(alert, id=kept.numbers)
        kept.alerts[alert.id] = alert
        return alert

    def next_number(self, learner: int) -> int:
        kept = self._written()
        own = (alert.number for alert in self.of(learner))
        kept.last[learner] = max((kept.last.get(learner, 0), *own)) + 1
        return kept.last[learner]

    def drop(self, number: int) -> None:
        self._written().alerts.pop(number, None)

    def hand_over(self, learner: int, to: int) -> None:
        kept, theirs = self._written(), self.of(to)
        for alert in self.of(learner):
            if any((alert.market, alert.what) == (own.market, own.what) for own in theirs):
                self.drop(alert.id)
                continue
            self.keep(replace(alert, learner=to, number=self.next_number(to)))
        for each in kept.news.values():
            if each.news.learner == learner:
                each.news = replace(each.news, learner=to)

    def post(self, news: News) -> None:
        kept = self._written()
        if all(each.news.key != news.key for each in kept.news.values()):
            kept.news[max(kept.news, default=0) + 1] = OnItsWay(news, news.at)

    def due(self, now: datetime, limit: int, platform: str = "") -> tuple[DueNews, ...]:
        there = {n for who, n in self._people().items() if platform in {"", who.platform}}
        ready = [
            (each.due, number, each)
            for number, each in self._seen.news.items()
            if each.due is not None and each.due <= now and each.news.learner in there
        ]
        ready.sort(key=lambda each: each[:2])
        return tuple(DueNews(n, each.news, each.attempts) for _, n, each in ready[:limit])

    def delivered(self, news: int, at: datetime) -> None:
        self._written().news[news].due = None

    def put_off(self, news: int, until: datetime | None) -> None:
        each = self._written().news[news]
        each.due, each.attempts = until, each.attempts + 1

    def drop_news(self, until: datetime) -> int:
        kept = self._written()
        old = [n for n, each in kept.news.items() if each.due is None and each.news.at <= until]
        for number in old:
            del kept.news[number]
        return len(old)

    def schedules(self, platform: str, chat: str, topic: str) -> tuple[Schedule, ...]:
        here = (platform, chat, topic)
        found = [each for place, each in self._seen.schedules.items() if place[:3] == here]
        return tuple(sorted(found, key=lambda each: each.board))

    def keep_schedule(self, schedule: Schedule) -> None:
        self._written().schedules[_place(schedule)] = schedule

    def drop_schedule(self, schedule: Schedule) -> None:
        self._written().schedules.pop(_place(schedule), None)

    def posts_due(self, platform: str, now: datetime) -> tuple[Schedule, ...]:
        ready = [
            each
            for each in self._seen.schedules.values()
            if each.platform == platform and each.due <= now
        ]
        return tuple(sorted(ready, key=lambda each: (each.due, *_place(each))))

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's schedules."""
        schedules = self._written().schedules
        for place, schedule in list(schedules.items()):
            if place[:2] == (platform, old):
                del schedules[place]
                moved = replace(schedule, chat=new)
                schedules.setdefault(_place(moved), moved)

    def forget(self, learner: int) -> None:
        """Delete a learner's alerts and news."""
        kept = self._written()
        kept.alerts = {n: a for n, a in kept.alerts.items() if a.learner != learner}
        kept.last.pop(learner, None)
        kept.news = {n: each for n, each in kept.news.items() if each.news.learner != learner}


def _place(schedule: Schedule) -> Place:
    return schedule.platform, schedule.chat, schedule.topic, schedule.board
