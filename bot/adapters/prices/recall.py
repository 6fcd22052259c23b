"""What a live market was: the last minutes as they were seen, missed ones from candles.

A minute belongs to the moment it ends at, so that minutes in their order tell all that happened
between two moments. One read from a candle knows its extremes; whoever judges by it takes the
adverse one, and it stays an estimate: nobody saw in which order its prices came. Candles are held
against the second venue's as marks are, so that a spike on one venue decides nothing afterwards.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.adapters.prices.venues import MINUTES_AT_ONCE, Candle, VenueClient
from core.market import MarkPrice, Symbol
from core.market_guard import Limits
from core.money import Rate

log = structlog.get_logger("marginbot")

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

SEEN = 20
"""Minutes that are remembered as they were seen."""

LATE = timedelta(minutes=10)
"""How long a settlement that must have been is waited for in the venue's history."""

_EARLIER = timedelta(hours=17)
"""A span in which every contract is settled twice, which tells how often it is."""

Rows = Mapping[Symbol, MarkPrice]


class NotYet(Exception):
    """What is asked for is not in the venue's history yet; soon it will be."""


@dataclass(frozen=True, slots=True)
class _Past:
    """The minutes of one contract from `first` up to `last`, and the one that ran then.

    Each under the moment it began at.
    """

    first: datetime
    last: datetime
    minutes: Mapping[datetime, MarkPrice]


class Recall:
    """The past of one venue; kept by the feed's loop, read by anybody."""

    def __init__(
        self, client: VenueClient, second: VenueClient | None, limits: Limits, stale: timedelta
    ) -> None:
        """Begin with no past. `second` is whom candles are held against."""
        self._client = client
        self._second = second
        self._limits = limits
        self._stale = stale
        self._seen: dict[datetime, Rows] = {}
        self._recalled: Mapping[Symbol, _Past] = {}

    def keep(self, now: datetime, rows: Rows) -> None:
        """Remember what is known now; the last of a minute stands for its end."""
        minute = floor(now)
        if minute not in self._seen:
            old = sorted((*self._seen, minute))[:-SEEN]
            self._seen = {m: r for m, r in self._seen.items() if m not in old}
        self._seen[minute] = rows

    def at(self, moment: datetime) -> Rows:
        """Return the marks of the minute that ended then, or that holds the moment."""
        minute = floor(moment)
        if minute == moment:
            minute -= MINUTE
        oldest = minute - self._stale
        seen = self._seen.get(minute, {})
        rows = {symbol: mark for symbol, mark in seen.items() if mark.at >= oldest}
        for symbol, past in self._recalled.items():
            mark = past.minutes.get(minute)
            if mark is not None and (symbol not in rows or rows[symbol].at <= mark.at):
                rows[symbol] = mark
        return rows

    def known(self, symbols: Iterable[Symbol], since: datetime, until: datetime) -> set[Symbol]:
        """Return the contracts whose minutes between are known, the one that runs up to a while."""
        first, last = floor(since), floor(until)
        return {
            symbol
            for symbol in symbols
            if (past := self._recalled.get(symbol)) and past.first <= first and last <= past.last
        }

    async def fetch(self, symbols: Iterable[Symbol], since: datetime, until: datetime) -> datetime:
        """Read the minutes between from candles, with the rates that were settled in them.

        Returns up to when that is: one answer's worth, so that a long absence fits into memory.
        What the first venue cannot tell yet is left out; any other fault of it ends the reading,
        and what was read by then stays known.
        """
        first, wanted = floor(since), set(symbols)
        end = first + MINUTES_AT_ONCE * MINUTE
        newest, until = until <= end, min(until, end)
        self._recalled = {s: past for s, past in self._recalled.items() if s in wanted}
        for symbol in sorted(wanted - self.known(wanted, first, until)):
            try:
                past = await self._past(symbol, first, until, newest=newest)
            except NotYet:
                log.info("not yet", venue=self._client.venue, symbol=symbol)
            else:
                self._recalled = {**self._recalled, symbol: past}
        return until

    # --- one contract -----------------------------------------------------------------------------

    async def _past(
        self, symbol: Symbol, first: datetime, until: datetime, *, newest: bool
    ) -> _Past:
        """The minutes of a contract. Raises `NotYet` where the newest are still missing."""
        last = floor(until)
        candles = await self._client.candles(symbol, first, until)
        if newest and last > first and not (candles and candles[-1].at >= last - MINUTE):
            raise NotYet
        others = await self._others(symbol, first, until)
        rates = await self._rates(symbol, first, last)
        dues = sorted(rates)
        minutes: dict[datetime, MarkPrice] = {}
        for each in candles:
            candle = believed(each, others.get(each.at), self._limits)
            if candle is not None:
                place = bisect_right(dues, candle.at)
                due = dues[place] if place < len(dues) else None
                minutes[candle.at] = _mark(candle, until, due, rates)
        return _Past(first, last, minutes)

    async def _others(
        self, symbol: Symbol, first: datetime, until: datetime
    ) -> dict[datetime, Candle]:
        """The second venue's candles; one that does not answer stops nobody."""
        if self._second is None:
            return {}
        try:
            candles = await self._second.candles(symbol, first, until)
        except Exception as fault:  # noqa: BLE001 - the venue's and the network's are many
            log.warning("no candles", venue=self._second.venue, fault=type(fault).__name__)
            return {}
        return {candle.at: candle for candle in candles}

    async def _rates(self, symbol: Symbol, first: datetime, last: datetime) -> dict[datetime, Rate]:
        """The rates settled in a span, each at its own contract's hours.

        Raises `NotYet` where one must have been of late that the history does not know.
        """
        if not hours(first, last):
            return {}
        rates = await self._client.settled(symbol, first - _EARLIER)
        dues = sorted(due for due in rates if due <= last)
        if len(dues) > 1:
            expected = dues[-1] + (dues[-1] - dues[-2])
            if expected <= last < expected + LATE:
                raise NotYet
        return {due: rates[due] for due in dues if due > first}


def believed(candle: Candle, other: Candle | None, limits: Limits) -> Candle | None:
    """Return what of a candle may decide something; None: nothing.

    Of a minute that ended far from the second venue's, nothing; of one that went far beyond it,
    only as far as the second venue went. Where no second venue speaks, an extreme far from both
    where the minute began and where it ended counts no further than these.
    """
    low, high = candle.low, candle.high
    if other is not None:
        if not limits.near(candle.close, other.close):
            return None
        low = low if limits.near(low, other.low) else max(low, other.low)
        high = high if limits.near(high, other.high) else min(high, other.high)
    else:
        body = sorted((candle.open, candle.close))
        low = low if any(limits.near(low, price) for price in body) else body[0]
        high = high if any(limits.near(high, price) for price in body) else body[1]
    return replace(candle, low=min(low, candle.close), high=max(high, candle.close))


def _mark(
    candle: Candle, until: datetime, due: datetime | None, rates: Mapping[datetime, Rate]
) -> MarkPrice:
    return MarkPrice(
        price=candle.close,
        at=min(candle.at + MINUTE, until),
        funding=None if due is None else rates[due],
        funding_at=due,
        low=candle.low,
        high=candle.high,
    )


def hours(first: datetime, last: datetime) -> bool:
    """Whether a full hour lies between two moments, or at the later one."""
    return last.replace(minute=0, second=0, microsecond=0) > first


def floor(moment: datetime) -> datetime:
    """Return the beginning of a moment's minute."""
    return moment.replace(second=0, microsecond=0)
