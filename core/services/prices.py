"""The stage a question is asked on: one venue's rules and one fresh snapshot of marks.

A stale mark never decides anything: older than the limit, the question is refused. A typed entry
stands in for the mark of its symbol, so that a contract nobody quotes here can still be reckoned.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.errors import NoMarks, StalePrice, UnknownVenue
from core.market import Instrument, Listing, Marks, Symbol
from core.market_guard import FeedState, FeedStatus
from core.money import ZERO, Price, Rate
from core.ports import Clock, MarkSource

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """Rules and marks for one question, asked at `now`."""

    listing: Listing
    marks: Marks
    now: datetime

    @property
    def age(self) -> int:
        """How old the newest mark is, in whole seconds; never below zero."""
        return _seconds(self.now - self.marks.at)

    def age_of(self, *symbols: Symbol) -> int:
        """Return how old the oldest mark of these contracts is, in whole seconds.

        A contract may have been silent for longer than its market; without a mark it has no age.
        """
        known = (self.marks.get(symbol) for symbol in symbols)
        return max((_seconds(self.now - mark.at) for mark in known if mark), default=self.age)

    def instrument(self, symbol: Symbol) -> Instrument:
        """Return the contract. Raises `UnknownSymbol`."""
        return self.listing.instrument(symbol)

    def with_entry(self, symbol: Symbol, entry: Decimal | None) -> "Stage":
        """Return the stage with a typed entry as this symbol's mark.

        Raises `UnknownSymbol`, and `NoPrice` where neither an entry nor a mark is known.
        """
        self.listing.instrument(symbol)
        if entry is not None:
            return replace(self, marks=self.marks.with_price(symbol, Price(entry)))
        self.marks.price(symbol)
        return self

    def with_fee(self, symbol: Symbol, fee: Decimal | None) -> "Stage":
        """Return the stage with the person's own taker fee rate for a symbol."""
        if fee is None:
            return self
        old = self.listing.instrument(symbol)
        new = replace(
            old,
            taker_fee=Rate(fee),
            trigger_fee=Rate(fee) if old.trigger_fee else old.trigger_fee,
            bankruptcy_fee=Rate(fee) if old.bankruptcy_fee else old.bankruptcy_fee,
        )
        listing = replace(self.listing, instruments={**self.listing.instruments, symbol: new})
        return replace(self, listing=listing)


class Prices:
    """Sets stages from the venues' listings and the one source of marks."""

    def __init__(
        self,
        listings: Mapping[str, Listing],
        source: MarkSource,
        clock: Clock,
        stale_after: int = 60,
        status: Callable[[], FeedStatus] | None = None,
    ) -> None:
        """`listings` by venue id; `stale_after` in seconds; `status` of a source that may fail."""
        self.listings = listings
        self.market = source.market
        self._source = source
        self._clock = clock
        self._stale_after = stale_after
        self._limit = timedelta(seconds=stale_after)
        self._status = status

    @property
    def is_live(self) -> bool:
        """Whether the source may fail, so that something may have been missed."""
        return self._status is not None

    def stage(self, venue: str) -> Stage:
        """Return a venue's rules with the present marks.

        Raises `UnknownVenue`, `StalePrice`, and `NoMarks` before the first price.
        """
        listing = self.listings.get(venue)
        if listing is None:
            raise UnknownVenue(venue, tuple(self.listings))
        marks, now = self._source.marks(), self._clock.now()
        silence = now - marks.at
        if not marks.prices:
            raise NoMarks(self.market, marks.at, _seconds(silence))
        if silence > self._limit:
            raise StalePrice(self.market, marks.at, -(-silence // SECOND), self._stale_after)
        return Stage(listing, marks, now)

    def fresh(self) -> Marks | None:
        """Return the present marks for a sweep, without stale ones and zeros; None without any."""
        marks, now = self._source.marks(), self._clock.now()

        if now - marks.at > self._limit:
            return None
        good = {
            symbol: mark
            for symbol, mark in marks.prices.items()
            if mark.price > ZERO and now - mark.at <= self._limit
        }
        return replace(marks, prices=good) if good else None

    def status(self) -> FeedStatus:
        """Return how prices come; a source that cannot fail is always live."""
        if self._status is not None:
            return self._status()
        marks = self._source.marks()
        return FeedStatus(
            market=self.market,
            state=FeedState.LIVE,
            since=marks.at,
            symbols=len(marks.prices),
            newest=marks.at,
        )

    def peek(self) -> dict[str, Decimal]:
        """Return the present marks as plain prices, fresh or not; never for deciding."""
        return {symbol: mark.price for symbol, mark in self._source.marks().prices.items()}

    def listed_on(self, symbol: Symbol) -> tuple[str, ...]:
        """Return the ids of the venues that list a symbol, in the order of listings."""
        return tuple(v for v, listing in self.listings.items() if symbol in listing.tradable)


def _seconds(span: timedelta) -> int:
    """A span in whole seconds; a clock that lags behind the venue's makes none negative."""
    return max(0, span // SECOND)
