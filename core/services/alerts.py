"""A person's alerts: set, listed, snoozed, deleted.

Setting what is set already sets nothing twice; it wakes an alert that rests. Alerts belong to the
market they were set in; those of another one wait there.
"""

from dataclasses import dataclass, replace

from core.alerts.alert import REST, Alert, What
from core.errors import TooManyAlerts, UnknownAlert
from core.paper.records import Identity
from core.ports import Books, Clock, Units

MOST = 20
"""Alerts that one person may have, in all markets together."""


def changes(market: str) -> str:
    """Return the note that counts how often alerts of a market were set, woken or handed over."""
    return f"alerts:{market}"


def count_change(books: Books, market: str) -> None:
    """Let whoever watches a market know that its alerts must be read anew."""
    note = changes(market)
    books.set_note(note, str(int(books.note(note) or 0) + 1))


@dataclass(frozen=True, slots=True)
class Kept:
    """An alert as it stands now; `new` says that it was not there before."""

    alert: Alert
    new: bool


class Alerts:
    """What people wait for in one market."""

    def __init__(self, units: Units, clock: Clock, market: str) -> None:
        """`market` is where marks come from."""
        self._units = units
        self._clock = clock
        self.market = market

    def of(self, who: Identity) -> tuple[Alert, ...]:
        """Return a person's alerts in all markets, by their numbers."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            return () if learner is None else books.alerts.of(learner)

    def set(self, who: Identity, what: What) -> Kept:
        """Wait for something from now on. Raises `TooManyAlerts`."""
        now = self._clock.now()
        with self._units.writing() as books:
            learner = books.paper.learner(who)
            if learner is None:
                learner = books.paper.enroll(who, now)
            own = books.alerts.of(learner)
            for alert in own:
                if (alert.what, alert.market) == (what, self.market):
                    return Kept(self._woken(books, alert), new=False)
            if len(own) >= MOST:
                raise TooManyAlerts(MOST)
            number = books.alerts.next_number(learner)
            new = Alert(learner=learner, market=self.market, number=number, what=what, since=now)
            count_change(books, self.market)
            return Kept(books.alerts.keep(new), new=True)

    def _woken(self, books: Books, alert: Alert) -> Alert:
        if alert.rests is None:
            return alert
        count_change(books, self.market)
        return books.alerts.keep(replace(alert, rests=None))

    def drop(self, who: Identity, number: int) -> Alert:
        """Delete an alert; return it as it was. Raises `UnknownAlert`."""
        with self._units.writing() as books:
            alert = self._own(books, who, number)
            books.alerts.drop(alert.id)
            return alert

    def snooze(self, who: Identity, number: int) -> Alert:
        """Let an alert rest for a day from now on; return it. Raises `UnknownAlert`."""
        with self._units.writing() as books:
            alert = self._own(books, who, number)
            return books.alerts.keep(replace(alert, rests=self._clock.now() + REST))

    def _own(self, books: Books, who: Identity, number: int) -> Alert:
        learner = books.paper.learner(who)
        own = () if learner is None else books.alerts.of(learner)
        for alert in own:
            if alert.number == number:
                return alert
        raise UnknownAlert(number, tuple(alert.number for alert in own))
