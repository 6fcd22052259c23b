"""Hours of the day as they are typed, and when it is that hour next in somebody's zone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?").fullmatch
_NOON, _DAY = 12, 24


def read_hour(text: str) -> int | None:
    """Return the minute of the day that `08:00`, `8` or `8pm` names, or None."""
    found = _HOUR(text.strip().lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return hour * 60 + minute if hour < _DAY and minute < 60 else None


def written(minute: int) -> str:
    """Return a minute of the day as `08:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def next_at(minute: int, zone: str, after: datetime, weekday: int | None = None) -> datetime:
    """Return the first moment after another at which it is that minute of the day (UTC).

    `zone` is an IANA name or empty for UTC; with a `weekday` (Monday 0) it is that day there, too.
    Where a clock skips the minute, it is the moment to which the skipped one leads.
    """
    there = ZoneInfo(zone) if zone else UTC
    day = after.astimezone(there).date()
    while True:
        local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=there)
        moment = local.astimezone(UTC)
        if moment > after and weekday in {None, day.weekday()}:
            return moment
        day += timedelta(days=1)
