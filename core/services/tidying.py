"""Tidying up: what nobody can ask for any more is deleted, so that the books do not grow for ever.

Events, entries and notices stay: they are the history, and a receipt may be asked for at any time.
Buttons, previews and codes go when their time is over, what a request led to when no platform
repeats a request of that age, and news of alerts when they were delivered long ago, or given up. A
challenge that is over is not listed in its chat for ever.
"""

from datetime import timedelta

from core.ports import Clock, Units

REPEATED = timedelta(days=30)
"""How long a request may come again; Telegram keeps updates for a day, people's buttons longer."""

LISTED = timedelta(days=7)
"""How long a challenge that is over stays listed."""

TOLD = timedelta(days=30)
"""How long news that need not be delivered any more are kept, for whoever asks what was told."""


class Tidying:
    """Deletes what is out of time, and archives challenges."""

    def __init__(self, units: Units, clock: Clock) -> None:
        """Take the books and the clock."""
        self._units = units
        self._clock = clock

    def __call__(self) -> int:
        """Delete it; return how many rows went."""
        now = self._clock.now()
        with self._units.writing() as books:
            books.games.archive(now - LISTED)
            return sum(
                (
                    books.drop_choices(now),
                    books.paper.drop_links(now),
                    books.paper.drop_previews(now - REPEATED),
                    books.paper.drop_done(now - REPEATED),
                    books.alerts.drop_news(now - TOLD),
                )
            )
