"""What a live market was: the last minutes as they were seen, missed ones from candles.

A minute belongs to the moment it ends at, so that minutes in their order tell all that happened
between two moments. One read from a candle knows its extremes; whoever judges by it takes the
adverse one, and it stays an estimate: nobody saw in which order its prices came.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from bot.adapters.prices.venues import VenueClient
from core.market import MarkPrice, Symbol
from core.money import Rate

MINUTE = timedelta(minutes=1)
SLOT = timedelta(hours=8)

SEEN = 20
"""Minutes that are remembered as they were seen."""

RECALLED = 7 * 24 * 60
"""Minutes of candles that are kept at most."""

_NEVER = datetime.min.replace(tzinfo=UTC)

Rows = Mapping[Symbol, MarkPrice]


class Recall:
    """The past of one venue; kept by the feed's loop, read by anybody."""

    def __init__(self, client: VenueClient, stale: timedelta) -> None:
        """Begin with no past."""
        self._client = client
        self._stale = stale
        self._seen: dict[datetime, Rows] = {}
        self._recalled: Mapping[datetime, Rows] = {}
        self._known: frozenset[Symbol] = frozenset()
        self._span = (_NEVER, _NEVER)

    def keep(self, now: datetime, rows: Rows) -> None:
        """Remember what is known now; the last of a minute stands for its end."""
        minute = _floor(now)
        if minute not in self._seen:
            old = sorted((*self._seen, minute))[:-SEEN]
            self._seen = {m: r for m, r in self._seen.items() if m not in old}
        self._seen[minute] = rows

    def at(self, moment: datetime) -> Rows:
        """Return the marks of the minute that ended then, or that holds the moment."""
        minute = _floor(moment)
        if minute == moment:
            minute -= MINUTE
        rows = self._recalled.get(minute)
        if rows is not None:
            return rows
        oldest = minute - self._stale
        seen = self._seen.get(minute, {})
        return {symbol: mark for symbol, mark in seen.items() if mark.at >= oldest}

    async def fetch(self, symbols: Iterable[Symbol], since: datetime, until: datetime) -> None:
        """Read the candles of the minutes between, and the rates that were settled in them."""
        first, last = max(_floor(since), _floor(until) - RECALLED * MINUTE), _floor(until)
        wanted = frozenset(symbols)
        if wanted <= self._known and self._span[0] <= first and last <= self._span[1]:
            return
        minutes: dict[datetime, dict[Symbol, MarkPrice]] = {}
        for symbol in sorted(wanted):
            settles = _slot_after(first) <= until
            rates = await self._client.settled(symbol, first) if settles else {}
            for candle in await self._client.candles(symbol, first, last):
                due = _slot_after(candle.at)
                rate: Rate | None = rates.get(due)
                minutes.setdefault(candle.at, {})[symbol] = MarkPrice(
                    price=candle.close,
                    at=candle.at + MINUTE,
                    funding=rate,
                    funding_at=due if rate is not None else None,
                    low=candle.low,
                    high=candle.high,
                )
        self._recalled, self._known, self._span = minutes, wanted, (first, last)


def _floor(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _slot_after(moment: datetime) -> datetime:
    """The next full hour of settlement (00, 08, 16 UTC) after a moment."""
    slot = moment.replace(hour=moment.hour - moment.hour % 8, minute=0, second=0, microsecond=0)
    return slot + SLOT
