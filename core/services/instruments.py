"""Venues' contracts brought up to date: what a venue says becomes an edition of its figures.

An edition is written with the news of it in one transaction. Contracts in which somebody holds a
position go on under their old terms until the notice is over; all others change at once. Whoever
opens a position meanwhile is told too. The same figures again are no edition.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.alerts.books import News
from core.editions import Edition, Listings, Version
from core.market import Instrument, Listing, Marks, Symbol
from core.paper.account import PaperAccount, Position
from core.paper.new_terms import Announcement, Between, NewTerms, Turn, priced
from core.ports import Books, Clock, Units
from core.venue_answer import Answer, Understood, understood
from core.venue_changes import Changed, Changes, Part, changes, delisted

GAMES = "game:"
"""How the markets begin in which games keep their accounts."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a venue's answer came to at a moment; `edition` is None where nothing was written.

    `versions` are what the edition holds, or would hold; `told` counts the accounts whose owners
    hear of it.
    """

    at: datetime
    understood: Understood
    changes: Changes
    versions: tuple[Version, ...] = ()
    told: int = 0
    edition: Edition | None = None

    @property
    def waiting(self) -> tuple[Version, ...]:
        """What does not apply at once."""
        return tuple(each for each in self.versions if each.applies_at > self.at)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the books brought: editions that are new, and versions now in force."""

    editions: tuple[Edition, ...] = ()
    applied: tuple[tuple[Edition, Version], ...] = ()


class Instruments:
    """Keeps venues' contracts, and announces what changes for whom."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        listings: Listings,
        notice: timedelta,
        fresh: Callable[[], Marks | None],
    ) -> None:
        """`notice` is how long terms of what is held wait; `fresh` gives present marks, or None."""
        self._units = units
        self._clock = clock
        self._notice = notice
        self._fresh = fresh
        self._looked: datetime | None = None
        self.listings = listings

    def look(self) -> Seen:
        """Take in the editions of any process; tell what came into force since the last look."""
        now = self._clock.now()
        with self._units.reading() as books:
            new = books.instruments.editions(self.listings.newest)
        self.listings.add(new)
        since, self._looked = self._looked, now
        return Seen(new, () if since is None else self.listings.came_due(since, now))

    def refresh(self, answer: Answer, *, dry: bool = False) -> Refreshed:
        """Write what a venue changed as an edition, and the news of it; a `dry` one writes nothing.

        Raises `Implausible`; then nothing is written either.
        """
        if dry:
            with self._units.reading() as books:
                return self._drafted(books, answer)[0]
        with self._units.writing() as books:
            refreshed, drafts = self._drafted(books, answer)
            if not refreshed.versions:
                return refreshed
            edition = books.instruments.keep(
                Edition(
                    venue=answer.venue,
                    source=answer.source,
                    fetched_at=refreshed.at,
                    versions=refreshed.versions,
                )
            )
            for learner, draft in drafts:
                announced = replace(draft, edition=edition.id)
                key = f"terms:{edition.id}:{draft.account}"
                books.alerts.post(News(learner, key, None, edition.fetched_at, announced))
        return replace(refreshed, edition=edition)

    def announce(self) -> None:
        """Tell whoever opened a position after new terms were announced and before they apply.

        Each position is told of once, however often this is done.
        """
        pending = {venue: self.listings.pending(venue) for venue in self.listings}
        if not any(pending.values()):
            return
        with self._units.reading() as books:
            late = any(self._late(books, venue, each) for venue, each in pending.items())
        if not late:
            return
        with self._units.writing() as books:
            for venue, each in pending.items():
                for news in self._late(books, venue, each):
                    books.alerts.post(news)

    # --- an edition -------------------------------------------------------------------------------

    def _drafted(
        self, books: Books, answer: Answer
    ) -> tuple[Refreshed, tuple[tuple[int, Announcement], ...]]:
        """What an answer would come to, with the news of it."""
        # Another process may have written since the last look.
        self.listings.add(books.instruments.editions(self.listings.newest))
        now, venue = self._clock.now(), answer.venue
        latest, present = self.listings.latest(venue), self.listings.at(venue, now)
        found = understood(answer, latest)
        made = changes(latest, found.listing)
        accounts = _holding(books, venue)
        held = {position.leg.symbol for _, each in accounts for position in each.positions}
        versions = tuple(
            _version(each, present, now, now + self._notice if each.symbol in held else now)
            for each in made.instruments
        )
        turns = _Turns(latest, present, versions, now)
        drafts = tuple(self._drafts(accounts, turns))
        return Refreshed(now, found, made, versions, len(drafts)), drafts

    def _drafts(
        self, accounts: Iterable[tuple[int, PaperAccount]], turns: "_Turns"
    ) -> Iterator[tuple[int, Announcement]]:
        """Yield for each account whose owner must hear of it what they will hear."""
        fresh = self._fresh()
        for learner, account in accounts:
            draft = turns.announcement(account, account.positions, fresh)
            if draft is not None:
                yield learner, draft

    def _late(
        self, books: Books, venue: str, pending: Iterable[tuple[Edition, Version]]
    ) -> list[News]:
        """The news for positions that are younger than what is announced for their contract."""
        known, now, news = {v.symbol: (e, v) for e, v in pending}, self._clock.now(), []
        present, fresh = self.listings.at(venue, now), self._fresh()
        for learner, account in _holding(books, venue) if known else ():
            for position in account.positions:
                edition, version = known.get(position.leg.symbol, (None, None))
                if edition is None or version is None or position.opened_at <= edition.fetched_at:
                    continue
                turns = _Turns(present, present, (version,), now)
                draft = turns.announcement(account, (position,), fresh)
                if draft is not None:
                    key = f"terms:{edition.id}:{account.id}:{position.number}"
                    news.append(News(learner, key, None, now, replace(draft, edition=edition.id)))
        return news


def _holding(books: Books, venue: str) -> tuple[tuple[int, PaperAccount], ...]:
    """Who holds what by a venue's rules. A game goes on under the terms it began with."""
    found = books.paper.holding(venue)
    return tuple(each for each in found if not each[1].market.startswith(GAMES))


def _version(told: Instrument, present: Listing, now: datetime, later: datetime) -> Version:
    """A contract as it will be, and from when on.

    What is gone keeps its terms in force. Terms that are in force already, or differ in nothing
    that is reckoned with, need not wait.
    """
    was = present.instruments.get(told.symbol, told)
    if told.delisted:
        return Version(delisted(was), now)
    waits = Changed(was, told).parts - {Part.SOURCE, Part.LISTED}
    return Version(told, later if waits else now)


@dataclass(frozen=True, slots=True)
class _Turns:
    """What an edition's versions are to whoever holds a position: from `present` terms to those.

    `latest` is what was announced last before it.
    """

    latest: Listing
    present: Listing
    versions: tuple[Version, ...]
    now: datetime

    def announcement(
        self, account: PaperAccount, positions: Iterable[Position], fresh: Marks | None
    ) -> Announcement | None:
        """Return what an account's owner must hear about positions; None for nothing."""
        marks, stood_in = priced(account, fresh, self.now)
        between = Between(self.present, self._then, marks, stood_in)
        held: dict[Symbol, list[Position]] = {}
        for position in positions:
            held.setdefault(position.leg.symbol, []).append(position)
        terms = [
            NewTerms(
                symbol=each.symbol,
                turn=turn,
                taker_fee=(
                    self.present.instrument(each.symbol).taker_fee,
                    each.instrument.taker_fee,
                ),
                effects=tuple(between.effect(account, p) for p in held[each.symbol]),
            )
            for each in self.versions
            if each.symbol in held and (turn := self._turn(each)) is not None
        ]
        if not terms:
            return None
        changed = (v.applies_at for v in self.versions if v.symbol in held)
        return Announcement(
            account=account.id,
            market=account.market,
            venue=self.present.venue.id,
            edition=0,
            applies_at=max(changed),
            prices_of=marks.at,
            terms=tuple(terms),
        )

    @property
    def _then(self) -> Listing:
        told = {version.symbol: version.instrument for version in self.versions}
        return replace(self.present, instruments={**self.present.instruments, **told})

    def _turn(self, version: Version) -> Turn | None:
        """What a version is to a holder; None where it changes nothing for them."""
        was = self.present.instruments.get(version.symbol)
        if was is None:
            return None
        if version.instrument.delisted:
            return Turn.DELISTED
        if Changed(was, version.instrument).is_weighty:
            return Turn.CHANGED
        announced = Changed(was, self.latest.instrument(version.symbol)).is_weighty
        return Turn.WITHDRAWN if announced else None
