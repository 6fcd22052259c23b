"""Which figures of a venue's contracts are in force when: the files', then edition by edition.

An edition holds the contracts that a venue changed, each with the moment from which it applies. A
version that a later edition replaces before its time never applies. `Listings` is a mapping like
the files' own, by venue id; what it holds moves on with time, and whoever keeps it always sees
what is in force.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from core.market import Instrument, Listing, Symbol


@dataclass(frozen=True, slots=True)
class Version:
    """A contract as it is from a moment on."""

    instrument: Instrument
    applies_at: datetime

    @property
    def symbol(self) -> Symbol:
        """Which contract."""
        return self.instrument.symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a venue changed: where that was read, when, and the contracts it is about.

    `id` is the books' own, 0 before they know it; later editions have greater ones.
    """

    id: int = 0
    venue: str
    source: str
    fetched_at: datetime
    versions: tuple[Version, ...]


class InstrumentBooks(Protocol):
    """Everything that is kept of venues' contracts, seen inside one transaction."""

    def editions(self, after: int = 0) -> tuple[Edition, ...]:
        """Return all editions that came after one, oldest first."""

    def keep(self, edition: Edition) -> Edition:
        """Keep a new edition; return it with the books' number."""


class Listings(Mapping[str, Listing]):
    """Every venue's contracts as they are in force. Threads may share it."""

    def __init__(self, base: Mapping[str, Listing], now: Callable[[], datetime]) -> None:
        """`base` is what holds without any edition; `now` tells the time."""
        self.base = base
        self._now = now
        self._editions: tuple[Edition, ...] = ()
        self._courses = {venue: _Course(listing, ()) for venue, listing in base.items()}

    def add(self, editions: Iterable[Edition]) -> None:
        """Take editions in, in their order; those that are known change nothing."""
        newest = self.newest
        more = tuple(edition for edition in editions if edition.id > newest)
        if more:
            self._editions += more
            told = {edition.venue for edition in more}
            new = {venue: _Course(self.base[venue], self.of(venue)) for venue in told}
            # Put in place as a whole: whoever reads meanwhile sees the one or the other.
            self._courses = {**self._courses, **new}

    @property
    def newest(self) -> int:
        """The number of the last edition taken in, 0 without one."""
        return self._editions[-1].id if self._editions else 0

    def of(self, venue: str) -> tuple[Edition, ...]:
        """Return a venue's editions, oldest first."""
        return tuple(edition for edition in self._editions if edition.venue == venue)

    def at(self, venue: str, moment: datetime) -> Listing:
        """Return a venue's contracts as they were in force at a moment. Raises `KeyError`."""
        return self._courses[venue].at(moment)

    def latest(self, venue: str) -> Listing:
        """Return a venue's contracts as it told them last, in force or not yet."""
        return self._courses[venue].last

    def pending(self, venue: str) -> tuple[tuple[Edition, Version], ...]:
        """Return what is told and does not apply yet, each with its edition."""
        now = self._now()
        return tuple(each for each in self._courses[venue].valid if each[1].applies_at > now)

    def came_due(self, since: datetime, until: datetime) -> tuple[tuple[Edition, Version], ...]:
        """Return what had to wait and came into force after one moment, up to another."""
        return tuple(
            (edition, version)
            for course in self._courses.values()
            for edition, version in course.valid
            if edition.fetched_at < version.applies_at and since < version.applies_at <= until
        )

    @property
    def symbols(self) -> "Symbols":
        """Every contract of every venue, seen as it is whenever it is looked at."""
        return Symbols(self)

    def __getitem__(self, venue: str) -> Listing:
        """Return a venue's contracts as they are in force."""
        return self._courses[venue].at(self._now())

    def __iter__(self) -> Iterator[str]:
        """Iterate over the venues' ids."""
        return iter(self._courses)

    def __len__(self) -> int:
        """Count the venues."""
        return len(self._courses)


def in_force(listings: Mapping[str, Listing], venue: str, moment: datetime) -> Listing:
    """Return the contracts in force at a moment; a plain mapping never changes."""
    return listings.at(venue, moment) if isinstance(listings, Listings) else listings[venue]


class Symbols(Collection[Symbol]):
    """The contracts that any venue lists now."""

    def __init__(self, listings: Mapping[str, Listing]) -> None:
        """Look at listings that may change."""
        self._listings = listings

    def __contains__(self, symbol: object) -> bool:
        """Whether any venue lists it."""
        return any(symbol in listing.instruments for listing in self._listings.values())

    def __iter__(self) -> Iterator[Symbol]:
        """Iterate over them, venue by venue, each once."""
        return iter(dict.fromkeys(s for each in self._listings.values() for s in each.instruments))

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)


class _Course:
    """One venue's contracts over time."""

    def __init__(self, base: Listing, editions: Iterable[Edition]) -> None:
        """Lay out which version of which contract holds from when on."""
        self.valid = _valid(editions)
        # A contract that is new was never otherwise: the past may be asked about it too.
        new: dict[Symbol, Instrument] = {}
        for _, version in self.valid:
            if version.symbol not in base.instruments:
                new.setdefault(version.symbol, version.instrument)
        self._base = replace(base, instruments={**base.instruments, **new}) if new else base
        self._starts = sorted({version.applies_at for _, version in self.valid})
        self._made: dict[int, Listing] = {}

    def at(self, moment: datetime) -> Listing:
        """Return what holds at a moment; the same object as long as it does."""
        step = bisect_right(self._starts, moment)
        made = self._made.get(step)
        if made is None:
            made = self._made[step] = self._folded(step)
        return made

    @property
    def last(self) -> Listing:
        """Return what will hold in the end."""
        return self._folded(len(self._starts))

    def _folded(self, step: int) -> Listing:
        """The contracts from the first `step` moments of change on."""
        if not step:
            return self._base
        until = self._starts[step - 1]
        instruments = dict(self._base.instruments)
        for _, version in self.valid:
            if version.applies_at <= until:
                instruments[version.symbol] = version.instrument
        return replace(self._base, instruments=instruments)


def _valid(editions: Iterable[Edition]) -> tuple[tuple[Edition, Version], ...]:
    """Every version that applies at some time, in the order of the editions."""
    found: dict[Symbol, list[tuple[Edition, Version]]] = {}
    for edition in editions:
        for version in edition.versions:
            own = found.setdefault(version.symbol, [])
            while own and own[-1][1].applies_at > edition.fetched_at:
                own.pop()
            own.append((edition, version))
    return tuple(each for own in found.values() for each in own)
