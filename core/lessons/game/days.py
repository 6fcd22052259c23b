"""The days of a market: of the calendar (UTC) on a live one, of its own time on a path.

On a path the first day begins with the game, and market time passes at the kind's pace; so a day
is over the sooner. Either way a day has 24 of the market's hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.lessons.game.game import Game
from core.lessons.game.kind import Ground

SECONDS = 86_400
"""Of a day of market time."""

HOURS = 24


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row: when the first began, and how many of the clock's seconds each has."""

    first: datetime
    seconds: int = SECONDS

    def number(self, at: datetime) -> int:
        """Return which day a moment is in, the first is 0; a day begins with its first moment."""
        return (at - self.first) // timedelta(seconds=self.seconds)

    def begins(self, number: int) -> datetime:
        """Return when a day begins."""
        return self.first + timedelta(seconds=number * self.seconds)

    def last_hour(self, number: int) -> datetime:
        """Return when the last of a day's hours begins."""
        return self.begins(number + 1) - timedelta(seconds=self.seconds // HOURS)

    def after(self, at: datetime, days: int) -> datetime:
        """Return the moment so many days after another."""
        return at + timedelta(seconds=days * self.seconds)


def days_of(game: Game, ground: Ground, pace: int) -> Days:
    """Return the days of a game that has begun; `pace` is market seconds in a second of a path."""
    assert game.began is not None
    if ground.path:
        return Days(game.began, SECONDS // pace)
    return Days(game.began.replace(hour=0, minute=0, second=0, microsecond=0))
