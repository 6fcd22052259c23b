"""At each snapshot: which alerts come to be; they go, and news of them into the outbox, at once.

The alerts of a market are kept in memory and read anew when one was set. Price alerts cost nothing
while no mark has come as far as the nearest of them; the others look at their owners' accounts, and
so not at every tick. The decision is taken again on the alert and the account as they stand in the
books, inside the transaction that deletes the alert and posts the news: a crash leaves both or
neither.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from core.alerts.alert import Alert, Fired, FundingAlert, PriceAlert, due, funding_soon, left
from core.alerts.books import News
from core.editions import in_force
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import Price
from core.ports import Books, Clock, Units
from core.services.alerts import changes

PAUSE = timedelta(seconds=10)
"""How long accounts are not looked at again for their owners' alerts."""

UNREAD = "unread"


class Alarm:
    """Watches the alerts of one market. Used by one thread at a time."""

    def __init__(
        self, units: Units, clock: Clock, listings: Mapping[str, Listing], market: str, venue: str
    ) -> None:
        """`venue` is whose rules hold for people without an account."""
        self._units = units
        self._clock = clock
        self._listings = listings
        self._market = market
        self._venue = venue
        self.start_over()

    def start_over(self) -> None:
        """Forget what is known, to be read anew: what was booked may have failed."""
        self._count = UNREAD
        self._priced: dict[Symbol, _Shelf] = {}
        self._others = _Shelf()
        self._first: datetime | None = None
        self._looked: datetime | None = None

    def begins(self) -> datetime | None:
        """Return from when on marks matter to any alert; None while there is none."""
        self._catch_up()
        return self._first if any(shelf.alerts for shelf in self._shelves()) else None

    def symbols(self) -> frozenset[Symbol]:
        """Return the contracts whose prices are waited for."""
        return frozenset(symbol for symbol, shelf in list(self._priced.items()) if shelf.alerts)

    def __call__(self, marks: Marks, silent: frozenset[Symbol] | None = None) -> int:
        """Let fire what comes to be at a snapshot; return how many alerts did.

        Of a past minute in which contracts were `silent`, only what has to do with these. Raises
        `ExceptionGroup` of whatever went wrong with single alerts, when the others are done.
        """
        self._catch_up()
        faults: list[Exception] = []
        fired = sum(self._rang(alert, marks, faults) for alert in [*self._struck(marks, silent)])
        if faults:
            raise ExceptionGroup("some alerts could not be looked at", faults)
        return fired

    def _catch_up(self) -> None:
        """Read all alerts anew where one was set or woken since, by whomever."""
        with self._units.reading() as books:
            count = books.note(changes(self._market)) or ""
            if count == self._count:
                return
            alerts = books.alerts.waiting(self._market)
        self._priced, self._others, self._looked = {}, _Shelf(), None
        for alert in alerts:
            self._shelf(alert).keep(alert)
        self._first = min((alert.since for alert in alerts), default=None)
        self._count = count

    def _shelves(self) -> Iterator["_Shelf"]:
        yield self._others
        yield from self._priced.values()

    def _shelf(self, alert: Alert) -> "_Shelf":
        """Where an alert is kept in memory."""
        if isinstance(alert.what, PriceAlert):
            return self._priced.setdefault(alert.what.symbol, _Shelf())
        return self._others

    # --- whom a snapshot may concern --------------------------------------------------------------

    def _struck(self, marks: Marks, silent: frozenset[Symbol] | None) -> Iterator[Alert]:
        """Yield the alerts that come to be by what is known of them; the books decide."""
        listing = in_force(self._listings, self._venue, marks.at)
        for symbol, shelf in self._priced.items():
            mark = marks.get(symbol) if silent is None or symbol in silent else None
            if mark is not None and shelf.is_reached(mark):
                yield from [a for a in shelf.alerts.values() if due(a, None, marks, listing)]
        if self._others.alerts and self._may_look(marks):
            self._looked = marks.at
            yield from self._on_accounts(marks, silent)

    def _may_look(self, marks: Marks) -> bool:
        """Whether accounts were left in peace for long enough; the past is looked at anew."""
        return self._looked is None or not self._looked <= marks.at < self._looked + PAUSE

    def _on_accounts(self, marks: Marks, silent: frozenset[Symbol] | None) -> Iterator[Alert]:
        """Those for accounts; funding that a past minute announced is no news any more."""
        soon = silent is None and any(True for _ in funding_soon(marks))
        awake = [
            alert
            for alert in self._others.alerts.values()
            if alert.awake <= marks.at and (soon or not isinstance(alert.what, FundingAlert))
        ]
        if awake:
            with self._units.reading() as books:
                yield from [
                    alert
                    for alert in awake
                    if self._concerned(books, alert, silent) and self._due(books, alert, marks)
                ]

    def _concerned(self, books: Books, alert: Alert, silent: frozenset[Symbol] | None) -> bool:
        """Whether an alert's owner has to do with contracts (None: with any)."""
        if silent is None:
            return True
        account = books.paper.account(alert.learner, self._market)
        return account is not None and bool(account.symbols & silent)

    def _due(self, books: Books, alert: Alert, marks: Marks) -> Fired | None:
        account = books.paper.account(alert.learner, self._market)
        venue = self._venue if account is None else account.venue
        return due(alert, account, marks, in_force(self._listings, venue, marks.at))

    # --- what comes to be -------------------------------------------------------------------------

    def _rang(self, known: Alert, marks: Marks, faults: list[Exception]) -> bool:
        """Let one alert fire; what goes wrong with it must not keep the others from theirs."""
        try:
            fired, remains = self._booked(known, marks)
        except Exception as fault:  # noqa: BLE001 - handed on once everything was looked at
            faults.append(fault)
            return False
        self._shelf(known).drop(known.id)
        if remains is not None:
            self._shelf(remains).keep(remains)
        return fired

    def _booked(self, known: Alert, marks: Marks) -> tuple[bool, Alert | None]:
        """Decide again in the books; return whether it fired, and what remains of it."""
        now = self._clock.now()
        with self._units.writing() as books:
            alert = books.alerts.alert(known.id)
            if alert is None:  # deleted meanwhile
                return False, None
            fired = self._due(books, alert, marks)
            if fired is None:  # it rests meanwhile, or its account is another one
                return False, alert
            key = f"{alert.id}:{alert.since.isoformat()}:{marks.at.isoformat()}"
            books.alerts.post(News(alert.learner, key, fired, now))
            remains = left(alert, now)
            if remains is None:
                books.alerts.drop(alert.id)
            else:
                books.alerts.keep(remains)
        return True, remains


class _Shelf:
    """Alerts of one kind; those for prices know the nearest in either direction."""

    def __init__(self) -> None:
        self.alerts: dict[int, Alert] = {}
        self._ceiling: Price | None = None
        self._floor: Price | None = None

    def keep(self, alert: Alert) -> None:
        """Keep an alert, or how it has changed."""
        self.alerts[alert.id] = alert
        self._measure(alert)

    def drop(self, number: int) -> None:
        """Let an alert go."""
        self.alerts.pop(number, None)
        self._ceiling = self._floor = None
        for alert in self.alerts.values():
            self._measure(alert)

    def _measure(self, alert: Alert) -> None:
        match alert.what:
            case PriceAlert(price=price, rising=True):
                self._ceiling = price if self._ceiling is None else min(price, self._ceiling)
            case PriceAlert(price=price):
                self._floor = price if self._floor is None else max(price, self._floor)

    def is_reached(self, mark: MarkPrice) -> bool:
        """Whether a mark, or an extreme of a past minute, has come as far as the nearest."""
        high, low = mark.high or mark.price, mark.low or mark.price
        return (self._ceiling is not None and high >= self._ceiling) or (
            self._floor is not None and low <= self._floor
        )
