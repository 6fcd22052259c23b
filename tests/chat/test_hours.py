"""Hours as they are typed, and when it is that hour next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.hours import next_at, read_hour, written

MINUTES = st.integers(0, 24 * 60 - 1)
ZONES = st.sampled_from(["", "Europe/Berlin", "Asia/Kolkata", "America/New_York"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds take none


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("08:00", 480),
        ("8", 480),
        (" 8:05 ", 485),
        ("8.30", 510),
        ("8h30", 510),
        ("23:59", 1439),
        ("0", 0),
        ("8pm", 1200),
        ("12 am", 0),
        ("12PM", 720),
    ],
)
def test_an_hour_is_read(text: str, minute: int) -> None:
    assert read_hour(text) == minute


@pytest.mark.parametrize("text", ["", "24", "8:60", "13pm", "0am", "noon", "-8", "8:0", "8:00:00"])
def test_what_is_no_hour_is_none(text: str) -> None:
    assert read_hour(text) is None


@given(MINUTES)
def test_what_is_written_reads_back(minute: int) -> None:
    assert read_hour(written(minute)) == minute


@given(MINUTES, ZONES, MOMENTS, st.integers(0, 6))
def test_a_weekday_s_next_one_is_that_day_there_and_within_a_week(
    minute: int, zone: str, after: datetime, weekday: int
) -> None:
    found = next_at(minute, zone, after, weekday)
    assert timedelta(0) < found - after <= timedelta(days=7, hours=1)
    there = found.astimezone(ZoneInfo(zone) if zone else UTC)
    assert there.weekday() == weekday


@given(MINUTES, ZONES, MOMENTS)
def test_the_next_one_lies_ahead_and_within_little_more_than_a_day(
    minute: int, zone: str, after: datetime
) -> None:
    found = next_at(minute, zone, after)
    assert timedelta(0) < found - after <= timedelta(hours=25)


def test_a_zone_keeps_its_own_hour_over_the_change_of_clocks() -> None:
    summer = datetime(2026, 10, 24, 7, tzinfo=UTC)
    first = next_at(480, "Europe/Berlin", summer)
    assert first == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert next_at(480, "Europe/Berlin", datetime(2026, 10, 24, 5, tzinfo=UTC)) == datetime(
        2026, 10, 24, 6, tzinfo=UTC
    )
    assert next_at(480, "", summer) == datetime(2026, 10, 24, 8, tzinfo=UTC)
