"""What groups scheduled: posted when it is time, once after a pause, and not where nobody is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.hours import next_at
from core.alerts.books import Schedule
from core.services.outbox import ATTEMPTS, PAUSES
from core.services.schedules import Schedules
from tests.fakes.ports import FixedClock, MemoryUnits

HERE = ("telegram", "-5", "")
DAY = timedelta(days=1)


class Group:
    """Schedules at noon (UTC)."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.schedules = Schedules(MemoryUnits(), self.clock, next_at)

    def there(self) -> Schedule:
        found = self.schedules.at(*HERE)
        assert found is not None
        return found

    def due(self) -> tuple[Schedule, ...]:
        return self.schedules.due("telegram")


@pytest.fixture
def group() -> Group:
    return Group()


def test_nothing_is_posted_that_nobody_scheduled(group: Group) -> None:
    group.clock.advance(DAY)
    assert (group.schedules.at(*HERE), group.due()) == (None, ())


def test_a_board_is_due_when_it_is_that_hour_and_again_the_next_day(group: Group) -> None:
    kept = group.schedules.set(*HERE, 13 * 60, "")
    assert kept.due == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert (group.there(), group.due()) == (kept, ())
    group.clock.advance(timedelta(hours=1))
    assert group.due() == (kept,)
    group.schedules.posted(kept)
    assert group.due() == ()
    assert group.there().due == kept.due + DAY


def test_the_hour_is_one_of_the_hosts_zone(group: Group) -> None:
    kept = group.schedules.set(*HERE, 8 * 60, "Asia/Tokyo")
    assert kept.due == datetime(2026, 12, 1, 23, tzinfo=UTC)


def test_the_posts_that_a_long_pause_missed_are_posted_once(group: Group) -> None:
    kept = group.schedules.set(*HERE, 13 * 60, "")
    group.clock.advance(5 * DAY)
    assert group.due() == (kept,)
    group.schedules.posted(kept)
    assert group.due() == ()
    assert group.there().due == kept.due + 5 * DAY


def test_what_could_not_be_posted_is_tried_again_and_then_the_next_day(group: Group) -> None:
    kept = group.schedules.set(*HERE, 13 * 60, "")
    group.clock.advance(timedelta(hours=1))
    for attempt in range(ATTEMPTS - 1):
        (waiting,) = group.due()
        assert waiting.attempts == attempt
        assert group.schedules.failed(waiting)
        assert group.due() == ()
        group.clock.advance(PAUSES[-1])
    (waiting,) = group.due()
    assert group.schedules.failed(waiting)
    assert group.there() == replace(kept, due=kept.due + DAY)


def test_a_chat_that_is_closed_for_good_has_nothing_scheduled(group: Group) -> None:
    kept = group.schedules.set(*HERE, 13 * 60, "")
    assert not group.schedules.failed(kept, for_good=True)
    assert group.schedules.at(*HERE) is None


def test_what_hosts_changed_while_it_was_posted_stands(group: Group) -> None:
    kept = group.schedules.set(*HERE, 13 * 60, "")
    changed = group.schedules.set(*HERE, 14 * 60, "")
    group.schedules.posted(kept)
    group.schedules.failed(kept)
    assert group.there() == changed
    group.schedules.drop(*HERE)
    group.schedules.posted(changed)
    assert group.schedules.at(*HERE) is None
