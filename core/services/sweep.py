"""A tick arrives: every account it can touch is looked at, and what happens is booked.

One process per database sweeps: whoever holds the lease. The accounts with something at stake are
kept in memory and brought up to date by what was booked since; every decision is taken again on the
account as it stands in the books, inside the transaction. An account that cannot be judged (a mark
is missing) is left alone.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from core.editions import in_force
from core.market import Listing, Marks, Symbol
from core.money import Rate
from core.paper.account import PaperAccount
from core.paper.extremes import symbols_of
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.ports import Books, Clock, Units
from core.services.alarm import Alarm
from core.services.backlog import NOTHING, Backlog, backlog, keep_backlog
from core.services.look import Look, Stakes
from core.services.notices import book_unasked

LEASE = timedelta(seconds=15)
"""How long a process may be silent before another sweeps in its place."""


PAUSE = timedelta(seconds=90)
"""A pause longer than this was a pause, and its minutes are swept one by one."""


def swept_until(books: Books, market: str) -> datetime | None:
    """Return up to which moment all accounts of a market were swept, or None."""
    note = books.note(f"swept:{market}")
    return datetime.fromisoformat(note) if note else None


class Screening(Protocol):
    """Proposes accounts that a snapshot may concern (`core.paper.screening`); never decides."""

    def changed(self, account: int) -> None:
        """Hear that an account is another one now."""

    def candidates(self, accounts: Mapping[int, PaperAccount], marks: Marks) -> list[int]:
        """Return which accounts to look at."""


class Sweep:
    """Looks at all accounts of one market, tick by tick. Used by one thread."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        listings: Mapping[str, Listing],
        market: str,
        rules: PaperRules,
    ) -> None:
        """Begin with no account known."""
        self._units = units
        self._clock = clock
        self._listings = listings
        self._market = market
        self._rules = rules
        self._known: dict[int, PaperAccount] = {}
        self._stakes = Stakes()
        self._newest = 0
        self._screening: Screening | None = None
        self._many = 0
        self._make: Callable[[], Screening] | None = None
        self.alarm: Alarm | None = None
        """Rings at each snapshot, when all accounts were looked at."""
        self.backlog = NOTHING
        """What waits to be judged, as it stands in the books."""

    def screen_with(self, screening: Screening) -> None:
        """Let a screen propose who is looked at; decisions stay exact."""
        self._screening = screening

    def screen_beyond(self, many: int, make: Callable[[], Screening]) -> None:
        """Make a screen once there are so many accounts at stake that it is worth its weight."""
        self._many, self._make = many, make

    def start_over(self) -> None:
        """Forget what is known of accounts, to be read anew: what was booked may have failed."""
        self._known.clear()
        self._stakes = Stakes()
        self._newest = 0
        if self.alarm is not None:
            self.alarm.start_over()

    def leads(self, holder: str) -> bool:
        """Take or keep the lease; False while another process has it."""
        now = self._clock.now()
        with self._units.writing() as books:
            return books.paper.lease(f"sweep:{self._market}", holder, now, now + LEASE)

    def resign(self, holder: str) -> None:
        """Give the lease up, so that the next process need not wait for its end."""
        now = self._clock.now()
        with self._units.writing() as books:
            books.paper.lease(f"sweep:{self._market}", holder, now, now)

    def begins(self) -> datetime | None:
        """Return from when on marks matter: what was swept last, or the first that they concern.

        None while nobody has anything at stake, or waits for anything.
        """
        self._catch_up()
        alerted = None if self.alarm is None else self.alarm.begins()
        if not self._known and alerted is None:
            return None
        changes = [a.changed_at for a in self._known.values() if a.changed_at is not None]
        changes += [] if alerted is None else [alerted]
        with self._units.reading() as books:
            last = swept_until(books, self._market)
        swept_last = [last] if last else []
        return max([*swept_last, *([min(changes)] if changes else [])], default=self._clock.now())

    def at_stake(self) -> frozenset[Symbol]:
        """Return the contracts of all positions, orders and price alerts that are known."""
        alerted = frozenset() if self.alarm is None else self.alarm.symbols()
        return alerted | self._stakes.symbols

    def keep(self, moment: datetime) -> None:
        """Keep that all was swept up to a moment."""
        with self._units.writing() as books:
            books.set_note(f"swept:{self._market}", moment.isoformat())

    def keep_backlog(self, value: Backlog) -> None:
        """Keep what waits to be judged."""
        if value != self.backlog:
            with self._units.writing() as books:
                keep_backlog(books, self._market, value)
            self.backlog = value

    def beside(self, symbols: Iterable[Symbol]) -> frozenset[Symbol]:
        """Return contracts with all others that accounts have beside them."""
        wanted = frozenset(symbols)
        held = (symbols_of(account) for account in list(self._known.values()))
        return wanted.union(*(each for each in held if each & wanted))

    def __call__(self, marks: Marks) -> int:
        """Sweep at a snapshot; return how many accounts it changed, with the alerts that fired.

        Marks from before an account became what it is do not touch it. Raises `ExceptionGroup` of
        whatever went wrong with single accounts and alerts, when all the others are done.
        """
        self._catch_up()
        return self._look(Look(marks), self._proposed(marks))

    def recalled(self, marks: Marks, silent: frozenset[Symbol]) -> int:
        """Sweep a past minute, of which the extremes are known, for contracts that were silent.

        Only accounts and alerts that have to do with these are looked at. Raises as a sweep does.
        """
        self._catch_up()
        held = [n for n, account in self._known.items() if symbols_of(account) & silent]
        return self._look(Look(marks, silent=silent), held)

    def _look(self, look: Look, numbers: Iterable[int]) -> int:
        faults: list[Exception] = []
        changed = sum(self._looked_at(number, look, faults) for number in numbers)
        changed += self._rung(look, faults)
        if faults:
            raise ExceptionGroup("some accounts could not be swept", faults)
        return changed

    def _rung(self, look: Look, faults: list[Exception]) -> int:
        """Let alerts fire; a position that is gone now is told by its receipt alone."""
        try:
            return 0 if self.alarm is None else self.alarm(look.marks, look.silent)
        except ExceptionGroup as group:
            faults.extend(group.exceptions)
            return 0

    def _looked_at(self, number: int, look: Look, faults: list[Exception]) -> bool:
        """Sweep one account; what goes wrong with it must not keep the others from theirs."""
        try:
            known = self._known[number]
            return bool(look.events(known, self._scene(known, look))) and self._settle(number, look)
        except Exception as fault:  # noqa: BLE001 - handed on once everybody was looked at
            faults.append(fault)
            return False

    def _proposed(self, marks: Marks) -> list[int]:
        """Whom a snapshot may concern: everybody, or whom the screen names."""
        if self._screening is None and self._make and len(self._known) > self._many:
            self._screening = self._make()
        if self._screening is None:
            return list(self._known)
        return self._screening.candidates(self._known, marks)

    def fund(self, marks: Marks, rates: Mapping[Symbol, Rate], due: datetime) -> int:
        """Settle funding that was due at a moment, once for each contract; return whom it changed.

        All accounts are settled in one transaction, so that a crash leaves none behind.
        """
        self._catch_up()
        with self._units.writing() as books:
            owed = {s: rate for s, rate in rates.items() if self._owes(books, s, due)}
            look, held = Look(marks, owed), [*self._holding(owed)]
            changed = [self._booked(books, number, look) for number in held]
        self._know(account for account in changed if account is not None)
        return sum(account is not None for account in changed)

    def _owes(self, books: Books, symbol: Symbol, due: datetime) -> bool:
        """Whether funding of a contract is not settled yet; it is from now on."""
        note = f"funded:{self._market}:{symbol}"
        if (books.note(note) or "") >= due.isoformat():
            return False
        books.set_note(note, due.isoformat())
        return True

    def _holding(self, symbols: Mapping[Symbol, Rate]) -> Iterable[int]:
        """The accounts with a position in any of these contracts."""
        for number, account in self._known.items():
            if any(position.leg.symbol in symbols for position in account.positions):
                yield number

    def _catch_up(self) -> None:
        """Bring what is known up to date with what was booked since, by whomever."""
        with self._units.reading() as books:
            self._newest, changed = books.paper.live(self._market, self._newest)
            self.backlog = backlog(books, self._market)
        self._know(changed)

    def _know(self, accounts: Iterable[PaperAccount]) -> None:
        for account in accounts:
            if self._screening is not None:
                self._screening.changed(account.id)
            before = self._known.pop(account.id, None)
            after = account if account.at_stake else None
            self._stakes.change(before, after)
            if after is not None:
                self._known[account.id] = after

    def _scene(self, account: PaperAccount, look: Look) -> Scene:
        # A minute of the past is judged by the rules of that minute.
        listing = in_force(self._listings, account.venue, look.marks.at)
        return look.scene(account, listing, self._rules)

    def _settle(self, number: int, look: Look) -> bool:
        """Decide again on the account in the books, and book it."""
        with self._units.writing() as books:
            after = self._booked(books, number, look)
        if after is None:
            return False
        self._know((after,))
        return True

    def _booked(self, books: Books, number: int, look: Look) -> PaperAccount | None:
        """Book what happens to an account with its notices; None where nothing does."""
        account = self._reread(books, number)
        if account is None:
            return None
        scene = self._scene(account, look)
        events = look.events(account, scene)
        if not events:
            return None
        return book_unasked(books, books.paper.owner(number), account, events, scene)

    def _reread(self, books: Books, number: int) -> PaperAccount | None:
        try:
            return books.paper.account_numbered(number)
        except LookupError:  # forgotten meanwhile
            self._stakes.change(self._known.pop(number, None), None)
            return None
