"""What groups scheduled: posted when it is time, once after a pause, and not where nobody is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.hours import next_at
from core.alerts.books import Bulletin, Schedule
from core.services.outbox import ATTEMPTS, PAUSES
from core.services.schedules import WEEK, Schedules, Slot
from tests.fakes.ports import FixedClock, MemoryUnits

HERE = ("telegram", "-5", "")
DAY = timedelta(days=1)
MONDAY = Slot(8 * 60, "", Bulletin.SEASON, 0)
"""A leaderboard. The clock begins on Tuesday, the first of December, at noon."""


class Group:
    """Schedules at noon (UTC)."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.schedules = Schedules(MemoryUnits(), self.clock, next_at)

    def there(self) -> Schedule:
        (found,) = self.schedules.at(*HERE)
        return found

    def due(self) -> tuple[Schedule, ...]:
        return self.schedules.due("telegram")

    def posted(self, schedule: Schedule) -> None:
        self.schedules.posted(schedule, self.schedules.now())


@pytest.fixture
def group() -> Group:
    return Group()


def test_nothing_is_posted_that_nobody_scheduled(group: Group) -> None:
    group.clock.advance(DAY)
    assert (group.schedules.at(*HERE), group.due()) == ((), ())


def test_a_board_is_due_when_it_is_that_hour_and_again_the_next_day(group: Group) -> None:
    kept = group.schedules.set(*HERE, Slot(13 * 60, ""))
    assert kept.due == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert (group.there(), group.due()) == (kept, ())
    group.clock.advance(timedelta(hours=1))
    assert group.due() == (kept,)
    group.posted(kept)
    assert group.due() == ()
    assert group.there().due == kept.due + DAY


def test_the_hour_is_one_of_the_hosts_zone(group: Group) -> None:
    kept = group.schedules.set(*HERE, Slot(8 * 60, "Asia/Tokyo"))
    assert kept.due == datetime(2026, 12, 1, 23, tzinfo=UTC)


def test_the_posts_that_a_long_pause_missed_are_posted_once(group: Group) -> None:
    kept = group.schedules.set(*HERE, Slot(13 * 60, ""))
    group.clock.advance(5 * DAY)
    assert group.due() == (kept,)
    group.posted(kept)
    assert group.due() == ()
    assert group.there().due == kept.due + 5 * DAY


def test_what_could_not_be_posted_is_tried_again_and_then_the_next_day(group: Group) -> None:
    kept = group.schedules.set(*HERE, Slot(13 * 60, ""))
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
    kept = group.schedules.set(*HERE, Slot(13 * 60, ""))
    assert not group.schedules.failed(kept, for_good=True)
    assert group.schedules.at(*HERE) == ()


def test_what_hosts_changed_while_it_was_posted_stands(group: Group) -> None:
    kept = group.schedules.set(*HERE, Slot(13 * 60, ""))
    changed = group.schedules.set(*HERE, Slot(14 * 60, ""))
    group.posted(kept)
    group.schedules.failed(kept)
    assert group.there() == changed
    group.schedules.drop(*HERE)
    group.posted(changed)
    assert group.schedules.at(*HERE) == ()


# --- once a week


def test_a_leaderboard_is_due_on_its_weekday_and_again_a_week_later(group: Group) -> None:
    kept = group.schedules.set(*HERE, MONDAY)
    assert kept.due == datetime(2026, 12, 7, 8, tzinfo=UTC)
    assert group.due() == ()
    group.clock.advance(6 * DAY)
    assert group.due() == (kept,)
    group.posted(kept)
    assert (group.due(), group.there().due) == ((), kept.due + WEEK)


def test_the_weekday_is_one_of_the_hosts_zone(group: Group) -> None:
    kept = group.schedules.set(*HERE, replace(MONDAY, zone="Asia/Tokyo"))
    assert kept.due == datetime(2026, 12, 6, 23, tzinfo=UTC)


def test_the_weeks_that_a_long_pause_missed_are_posted_once(group: Group) -> None:
    kept = group.schedules.set(*HERE, MONDAY)
    group.clock.advance(24 * DAY)
    assert group.due() == (kept,)
    group.posted(kept)
    assert (group.due(), group.there().due) == ((), kept.due + 3 * WEEK)


def test_both_boards_stand_side_by_side_and_end_one_by_one(group: Group) -> None:
    prices = group.schedules.set(*HERE, Slot(13 * 60, ""))
    season = group.schedules.set(*HERE, MONDAY)
    assert group.schedules.at(*HERE) == (prices, season)
    group.clock.advance(6 * DAY)
    assert set(group.due()) == {prices, season}
    group.posted(season)
    assert group.due() == (prices,)
    group.schedules.drop(*HERE, Bulletin.PRICES)
    assert [each.board for each in group.schedules.at(*HERE)] == [Bulletin.SEASON]
    group.schedules.set(*HERE, Slot(13 * 60, ""))
    group.schedules.drop(*HERE)
    assert group.schedules.at(*HERE) == ()


def test_a_chat_that_is_closed_for_a_board_keeps_what_else_it_may_have(group: Group) -> None:
    prices = group.schedules.set(*HERE, Slot(13 * 60, ""))
    season = group.schedules.set(*HERE, MONDAY)
    assert not group.schedules.failed(season, for_good=True)
    assert group.schedules.at(*HERE) == (prices,)


def test_the_month_in_which_it_was_posted_is_told_and_one_given_up_is_not(group: Group) -> None:
    kept = group.schedules.set(*HERE, MONDAY)
    assert kept.told == "2026-11"
    group.clock.advance(6 * DAY)
    (tried,) = group.due()
    for _ in range(ATTEMPTS):
        group.schedules.failed(tried)
        tried = group.there()
    assert (tried.told, tried.due, tried.attempts) == ("2026-11", kept.due + WEEK, 0)
    group.posted(tried)
    assert group.there().told == "2026-12"


def test_who_schedules_it_in_mid_month_is_owed_nothing(group: Group) -> None:
    group.clock.advance(6 * DAY)
    assert group.schedules.set(*HERE, MONDAY).told == "2026-12"
    assert group.schedules.set(*HERE, Slot(0, "")).told == ""
