"""What the watch does at the writer desk: the present, and before it whatever was missed.

Three kinds of market: one that knows no past, one that knows all of it (the demo market), and one
that has to ask for it (a live one). Each looks at the missed minutes in their order, settles the
funding that fell due in them, and only then at the present.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from core.market import Marks, Symbol
from core.money import Rate
from core.ports import Clock
from core.services.backlog import NOTHING, Listener
from core.services.sweep import PAUSE, Sweep

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)

CHUNK = 120
"""Missed minutes that are swept in one job, so that the desk stays open for others."""

Rates = dict[Symbol, Rate]
Recalled = tuple[frozenset[Symbol], datetime]
"""The contracts whose minutes are known now, and up to when."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Where marks come from: the present ones (None: none fresh), and past ones where known.

    `recall` learns the minutes of contracts between two moments where that takes a while; without
    it they are known. A contract may be silent for `patience` before something was missed.
    """

    fresh: Callable[[], Marks | None]
    past: Callable[[datetime], Marks] | None = None
    recall: Callable[[frozenset[Symbol], datetime, datetime], Awaitable[Recalled]] | None = None
    patience: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be recalled before more can be judged, and who takes it then."""

    symbols: frozenset[Symbol]
    since: datetime
    until: datetime
    by: "CatchingUp"


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look: accounts changed, whether that was all, and what is wanted for more."""

    changed: int = 0
    caught_up: bool = True
    wanted: Wanted | None = None


class Looking:
    """Looks at the present of a market that knows no past. Used by one thread."""

    def __init__(self, sweep: Sweep, feed: Feed, clock: Clock) -> None:
        """Begin without having heard anything."""
        self._sweep = sweep
        self._feed = feed
        self._clock = clock
        self._since = clock.now()
        self._kept = self._since - SECOND
        self._announced: dict[datetime, Rates] = {}

    def listen(self, since: datetime) -> None:
        """Hear how things stand, whether this process keeps watch or another.

        `since` is up to when everything was swept.
        """
        self._since, marks = since, self._feed.fresh()
        for symbol in self._sweep.at_stake():
            mark = None if marks is None else marks.get(symbol)
            if mark is not None and mark.funding is not None and mark.funding_at is not None:
                self._announced.setdefault(mark.funding_at, {})[symbol] = mark.funding

    def look(self) -> Look:
        """Look at all accounts."""
        marks = self._feed.fresh()
        if marks is None:
            return Look()
        changed = self._funded(marks, self._clock.now())
        return Look(changed + self._swept(marks))

    def _swept(self, marks: Marks) -> int:
        """Sweep at the present marks; up to when that is, is kept once a second."""
        changed = self._sweep(marks)
        if marks.at - self._kept >= SECOND:
            self._sweep.keep(marks.at)
            self._kept = marks.at
        return changed

    def _funded(self, marks: Marks, now: datetime) -> int:
        """Settle the funding that was announced and is due, at the marks of its moment."""
        changed = 0
        for due in sorted(moment for moment in self._announced if moment <= now):
            rates = self._announced.pop(due)
            ready = {symbol: rate for symbol, rate in rates.items() if symbol in marks.prices}
            if ready:
                changed += self._sweep.fund(self._marks_at(due, marks), ready, due)
            # Who is silent for a moment comes later; who is for longer, is recalled with it.
            if len(ready) < len(rates) and now - due <= 2 * self._feed.patience:
                self._announced[due] = {s: r for s, r in rates.items() if s not in ready}
        return changed

    def _marks_at(self, moment: datetime, present: Marks) -> Marks:
        """The marks of a moment; the present ones where none was seen."""
        if self._feed.past is None:
            return replace(present, at=moment)
        past = self._feed.past(moment)
        return replace(past, prices={**present.prices, **past.prices})


class Replaying(Looking):
    """Looks at a market that knows all its past: a pause is swept minute by minute."""

    def listen(self, since: datetime) -> None:
        """Hear up to when everything was swept; what was announced can be looked up."""
        self._since = since

    def look(self) -> Look:
        """Look at what was missed, a part of it at a time, then at the present."""
        moments = tuple(islice(self._missed(self._since, self._clock.now()), CHUNK))
        changed = sum(self._looked_back(moment) for moment in moments)
        if len(moments) == CHUNK:
            self._sweep.keep(moments[-1])
            return Look(changed, caught_up=False)
        marks = self._feed.fresh()
        return Look(changed if marks is None else changed + self._swept(marks))

    def _missed(self, since: datetime, now: datetime) -> Iterator[datetime]:
        """The minutes of a pause; else those at which funding may have been due."""
        paused = now - since > PAUSE
        return (m for m in minutes(since, now) if paused or m.minute == 0)

    def _looked_back(self, moment: datetime) -> int:
        """Sweep a past minute at its own marks, and settle the funding that was due in it."""
        past = self._feed.past
        assert past is not None
        changed = self._sweep(past(moment))
        rates = announced(past(moment - SECOND), moment) if moment.minute == 0 else {}
        return changed + (self._sweep.fund(past(moment), rates, moment) if rates else 0)


class CatchingUp(Looking):
    """Looks at a live market: contracts that were silent are judged before they count again."""

    def __init__(self, sweep: Sweep, feed: Feed, clock: Clock) -> None:
        """Begin without having heard anything."""
        super().__init__(sweep, feed, clock)
        self._listener = Listener(feed.patience)
        self._backlog = NOTHING
        self._known: tuple[Wanted, Recalled] | None = None
        self._vain = False

    def listen(self, since: datetime) -> None:
        """Hear what is announced, and who is silent."""
        super().listen(since)
        between, marks = (since, self._clock.now()), self._feed.fresh()
        known, at_stake = self._sweep.backlog, self._sweep.at_stake()
        self._backlog = self._listener.hear(known, at_stake, marks, between)

    def recalled(self, wanted: Wanted, known: Recalled) -> bool:
        """Take what was recalled of what was wanted; return whether it leads any further."""
        self._vain = not known[0]
        self._known = None if self._vain else (wanted, known)
        return not self._vain

    def look(self) -> Look:
        """Judge what was recalled, a part of it at a time, then look at all that speak."""
        marks, now = self._feed.fresh(), self._clock.now()
        changed, caught_up = self._judged(self._backlog.spoken(marks))
        waiting = self._backlog.spoken(marks)
        asked = (self._backlog.asked or now) if waiting and self._vain else None
        self._backlog = replace(self._backlog, asked=asked)
        self._sweep.keep_backlog(self._backlog)
        if marks is None or not caught_up:
            return Look(changed, caught_up)
        prices = {s: m for s, m in marks.prices.items() if s not in self._backlog.since}
        present = replace(marks, prices=prices)
        changed += self._funded(present, now) + self._swept(present)
        if not waiting:
            return Look(changed)
        symbols = self._sweep.beside(waiting)
        return Look(changed, wanted=Wanted(symbols, min(waiting.values()), now, self))

    def _judged(self, spoken: Mapping[Symbol, datetime]) -> tuple[int, bool]:
        """Sweep the minutes that are known by now; return whom it changed, and if that was all."""
        if self._known is None:
            return 0, True
        wanted, (symbols, until) = self._known
        silent = {symbol: at for symbol, at in spoken.items() if symbol in symbols}
        first = min(silent.values(), default=until)
        moments = tuple(islice(_with_end(first, until), CHUNK))
        changed = sum(self._looked_back(moment, silent) for moment in moments)
        if len(moments) == CHUNK:
            self._backlog = self._backlog.judged(silent, moments[-1])
            return changed, False
        self._known = None
        self._backlog = self._backlog.judged(silent, until if until < wanted.until else None)
        return changed, True

    def _looked_back(self, moment: datetime, since: Mapping[Symbol, datetime]) -> int:
        """Sweep a missed minute: the adverse extremes come first, then what it ended at."""
        past = self._feed.past
        assert past is not None
        silent = frozenset(symbol for symbol, at in since.items() if at < moment)
        minute = past(moment)
        end = minute.at_end()
        changed = self._sweep.recalled(minute, silent) + self._sweep.recalled(end, silent)
        if moment != minute_of(moment) or moment.minute:
            return changed
        due = announced(past(moment - SECOND), moment)
        rates = {symbol: rate for symbol, rate in due.items() if symbol in silent}
        return changed + (self._sweep.fund(end, rates, moment) if rates else 0)


def looking(sweep: Sweep, feed: Feed, clock: Clock) -> Looking:
    """Return what looks at a feed's market."""
    if feed.past is None:
        return Looking(sweep, feed, clock)
    return (CatchingUp if feed.recall else Replaying)(sweep, feed, clock)


def announced(marks: Marks, due: datetime) -> Rates:
    """Return the rates that were announced for a moment."""
    return {
        symbol: mark.funding
        for symbol, mark in marks.prices.items()
        if mark.funding is not None and mark.funding_at == due
    }


def minute_of(moment: datetime) -> datetime:
    """Return the full minute a moment lies in, UTC."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def minutes(since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the full minutes after a moment, up to another."""
    moment = minute_of(since) + MINUTE
    while moment <= until:
        yield moment
        moment += MINUTE


def _with_end(since: datetime, until: datetime) -> Iterator[datetime]:
    """The full minutes after a moment, and where the last of them breaks off."""
    yield from minutes(since, until)
    if since < until != minute_of(until):
        yield until
