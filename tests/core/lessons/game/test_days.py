"""The days of a market: the calendar's, or the sooner ones of a path."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.lessons.game.days import Days, days_of
from tests.builders import NOON
from tests.core.lessons.game.builders import at, game, ground

MIDNIGHT = NOON.replace(hour=0)
DAY = timedelta(days=1)


def test_on_a_live_market_days_are_those_of_the_calendar() -> None:
    days = days_of(game(), ground(), 24)
    assert days == Days(MIDNIGHT)
    assert days.number(at()) == 0
    assert days.number(MIDNIGHT + DAY - timedelta(microseconds=1)) == 0
    assert days.number(MIDNIGHT + DAY) == 1
    assert days.begins(1) == MIDNIGHT + DAY
    assert days.last_hour(0) == MIDNIGHT + timedelta(hours=23)


@pytest.mark.parametrize(("pace", "seconds"), [(1, 86_400), (24, 3_600), (96, 900)])
def test_on_a_path_the_first_day_begins_with_the_game_and_takes_as_long_as_its_pace_says(
    pace: int, seconds: int
) -> None:
    days = days_of(game(), replace(ground(), path=True), pace)
    assert (days.first, days.seconds) == (at(), seconds)
    assert days.number(at(seconds - 1)) == 0
    assert days.number(at(seconds)) == 1
    assert days.last_hour(1) == at(2 * seconds - seconds // 24)


def test_days_after_a_moment_are_as_long_as_any() -> None:
    days = Days(at(), 3600)
    assert days.after(at(5), 30) == at(5 + 30 * 3600)
    assert days.after(at(5), -1) == at(5 - 3600)
