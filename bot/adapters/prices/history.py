"""A venue's past through ccxt: candles of marks and of last prices, and settled funding rates.

What is asked for is cut into pages of the venue's own size, each with a beginning and an end, so
that it does not matter in which order a venue answers, nor what it sends beyond the edges. What is
wrong is never passed on: a price of zero, a candle told twice and differently, silence.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

from bot.adapters.prices.line import may_pass
from bot.adapters.prices.side import Patience
from bot.adapters.prices.tickers import figure, moment
from bot.adapters.prices.venues import VenueClient
from core.lessons.recording import Kline, Span
from core.lessons.scenario import HOUR, PriceKind
from core.market import Symbol
from core.money import Price, Rate

TRIES = 6
"""How often a venue is asked the same before it is given up."""

LONGEST = 120.0
"""The longest wait, in seconds, that a venue may ask for."""

SPARE = 2
"""Rows of a page that are left to what a venue tells twice; ccxt drops what is beyond its limit."""

_NONE = Price(Decimal("NaN"))
"""A price that is missing: it is not sound."""


class HistoryFault(Exception):
    """The past could not be had; its text is one sentence."""


@dataclass(frozen=True, slots=True)
class Book:
    """How a venue's past is read: whose it is called, and how many rows it tells at once.

    `end` is what the end of a page of rates is called; that of candles ccxt translates.
    """

    source: str
    candles: int
    rates: int
    end: str


BOOKS: Mapping[str, Book] = {
    "binance": Book("Binance USD-M perpetual", 1000, 1000, "until"),
    "bybit": Book("Bybit linear perpetual", 1000, 200, "until"),
    "okx": Book("OKX linear swap", 100, 100, "after"),
}
"""The venues whose past can be read, by the bot's own names."""

Wait = Callable[[float], Awaitable[None]]


class History:
    """Reads one venue's past, patiently; belongs to one loop."""

    def __init__(self, client: VenueClient, wait: Wait = asyncio.sleep) -> None:
        """Take the connection, and how to wait. Raises `HistoryFault` without ccxt."""
        if find_spec("ccxt") is None:
            raise HistoryFault(
                "a venue's past is read through ccxt, which is not installed: "
                "install marginbot[live]"
            )
        self._client = client
        self._wait = wait
        self._book = BOOKS[client.venue]

    @property
    def source(self) -> str:
        """Whose prices and rates they are."""
        return self._book.source

    async def klines(self, symbol: Symbol, kind: PriceKind, span: Span) -> dict[datetime, Kline]:
        """Return the candles of a span that there are, by when they begin.

        Raises `HistoryFault` for a venue that does not answer or has no such contract, and for a
        candle that is not sound.
        """
        price = {"price": "mark"} if kind is PriceKind.MARK else {}
        step = f"{span.minutes}m" if span.minutes < HOUR else f"{span.minutes // HOUR}h"
        found: dict[datetime, Kline] = {}
        for page in span.pages(self._book.candles - SPARE):
            begin, end = _milliseconds(page.first), {"until": _milliseconds(page.ends) - 1}
            rows = await self._asked(
                "fetch_ohlcv", symbol, step, begin, page.count + SPARE, price | end
            )
            for kline in (_kline(row) for row in rows):
                if page.first <= kline.at < page.ends:
                    self._take(found, symbol, kline)
        return found

    async def rates(self, symbol: Symbol, span: Span) -> dict[datetime, Rate]:
        """Return the rates that were settled in a span, by the hour.

        Raises `HistoryFault` for a venue that does not answer, and for a rate that is none or was
        not settled on the hour.
        """
        hours = Span(span.first, (span.ends - span.first) // timedelta(minutes=HOUR))
        found: dict[datetime, Rate] = {}
        for page in hours.pages(self._book.rates - SPARE):
            begin, end = _milliseconds(page.first), {self._book.end: _milliseconds(page.ends) - 1}
            rows = await self._asked(
                "fetch_funding_rate_history", symbol, begin, page.count + SPARE, end
            )
            found |= {at: rate for at, rate in self._rates(symbol, rows) if at < page.ends}
        return found

    async def close(self) -> None:
        """End the connection."""
        await self._client.close()

    def _take(self, found: dict[datetime, Kline], symbol: Symbol, kline: Kline) -> None:
        if not kline.sound:
            raise self._fault(symbol, "tells no sound prices of", kline.at)
        if found.setdefault(kline.at, kline) != kline:
            raise self._fault(symbol, "tells two different candles of", kline.at)

    def _rates(self, symbol: Symbol, rows: list[Any]) -> Iterator[tuple[datetime, Rate]]:
        for row in rows:
            rate, at = figure(row.get("fundingRate")), moment(int(row["timestamp"]))
            # Venues stamp a settlement some milliseconds late; it was due on the minute.
            at = at.replace(second=0, microsecond=0)
            if rate is None or not rate.is_finite() or at.minute:
                raise self._fault(symbol, "tells no sound funding rate of", at)
            yield at, Rate(rate)

    def _fault(self, symbol: Symbol, what: str, at: datetime) -> HistoryFault:
        name = self._book.source
        return HistoryFault(f"{symbol}: {name} {what} {at:%Y-%m-%dT%H:%MZ}; nothing was written")

    async def _asked(self, call: str, symbol: Symbol, *rest: object) -> list[Any]:
        """Ask once more where the venue says "not now", as often as is decent."""
        patience, left = Patience(1.0, LONGEST / 4), TRIES
        while True:
            left -= 1
            try:
                rows = await self._client.asked(call, symbol, *rest)
            except Exception as fault:
                asked = self._client.asked_to_wait()
                if not left or asked > LONGEST or not may_pass(fault):
                    raise self._unanswered(fault, asked) from fault
                await self._wait(patience.next(asked))
                continue
            if rows is None:
                raise HistoryFault(f"{self.source} lists no {symbol}; leave it out with --coins")
            return rows

    def _unanswered(self, fault: Exception, asked: float) -> HistoryFault:
        how = f"asks to wait {asked:.0f} s" if asked > LONGEST else "does not answer"
        kind = type(fault).__name__
        return HistoryFault(f"{self.source} {how} ({kind}); nothing was written, try again later")


def _kline(row: list[Any]) -> Kline:
    """A row of ccxt; what is no number is not a sound price."""
    prices = (figure(value) for value in row[1:5])
    return Kline(moment(int(row[0])), *(_NONE if p is None else Price(p) for p in prices))


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
