"""One venue's public prices through ccxt: its stream, its poll, what stands around, its candles.

One object is one connection for everybody. It decides nothing; faults of the
network and of the venue go up as they are.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.prices.line import asked_to_wait, connection
from bot.adapters.prices.tickers import (
    NOTHING,
    Around,
    Ticker,
    around_of,
    figure,
    mark_of,
    moment,
    readings,
)
from core.market import MarkPrice, Symbol
from core.market_guard import Reading
from core.money import Price, Rate
from core.ports import Clock

COALESCE = 0.2
"""Seconds for which single tickers are gathered, where a venue has no message for all."""

MINUTES_AT_ONCE = 1000
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How ccxt is asked for a venue's linear contracts.

    `whole` venues stream one message for all contracts; of others each is subscribed to. `minutes`
    are the candles of an answer.
    """

    id: str
    stream: str
    poll: str
    around: tuple[str, ...]
    params: Mapping[str, str]
    whole: bool = False
    minutes: int = MINUTES_AT_ONCE


SPOKEN: Mapping[str, Spoken] = {
    "binance": Spoken(
        "binanceusdm", "watch_mark_prices", "fetch_mark_prices", ("fetch_tickers",), {}, whole=True
    ),
    "bybit": Spoken("bybit", "watch_tickers", "fetch_tickers", (), {"category": "linear"}),
    "okx": Spoken(
        "okx",
        "watch_mark_prices",
        "fetch_mark_prices",
        ("fetch_tickers", "fetch_funding_rates"),
        {"instType": "SWAP"},
        minutes=100,
    ),
}
"""The venues that can be a source of prices, by the bot's own names."""


@dataclass(frozen=True, slots=True)
class Candle:
    """One minute of marks: when it began, and its four prices."""

    at: datetime
    open: Price
    high: Price
    low: Price
    close: Price


class VenueClient:
    """Talks to one venue; belongs to one loop."""

    def __init__(
        self,
        venue: str,
        clock: Clock,
        wanted: Collection[Symbol] | None = None,
        base: str | None = None,
    ) -> None:
        """Take the contracts that are of interest (None: all) and, for others, an own address."""
        self.venue = venue
        self._spoken = SPOKEN[venue]
        self._clock = clock
        self._wanted = wanted
        self._base = base
        self._exchange: Any = None
        self._names: dict[str, Symbol] = {}
        self._spelled: dict[Symbol, str] = {}
        self._around: dict[Symbol, Around] = {}
        self._told: Mapping[str, Ticker] = {}
        self._seen: dict[str, Ticker] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Learn which contracts there are; does nothing where they are known."""
        if self._names:
            return
        if self._exchange is None:
            self._exchange = connection(self._spoken.id, self._base)
        markets = await self._exchange.load_markets()
        self._names = dict(self._listed(markets.values()))
        self._spelled = {symbol: name for name, symbol in self._names.items()}

    async def relist(self) -> None:
        """Learn anew which contracts there are, and which of them are of interest now."""
        if self._exchange is not None:
            markets = await self._exchange.load_markets(True)  # noqa: FBT003 - ccxt's "reload"
            self._names = dict(self._listed(markets.values()))
            self._spelled = {symbol: name for name, symbol in self._names.items()}

    async def stream(self) -> list[Reading]:
        """Wait for the next message of the stream; the first call subscribes."""
        await self.open()
        watch = getattr(self._exchange, self._spoken.stream)
        if self._spoken.whole:
            fresh = await watch()
            self._told = self._exchange.tickers
            return self._readings(fresh)
        await watch(list(self._names))
        await asyncio.sleep(COALESCE)
        self._told = tickers = self._exchange.tickers
        fresh = {name: t for name, t in tickers.items() if self._seen.get(name) is not t}
        self._seen = dict(tickers)
        return self._readings(fresh)

    async def poll(self) -> list[Reading]:
        """Ask for all marks once."""
        await self.open()
        ask = getattr(self._exchange, self._spoken.poll)
        self._told = told = await ask(None, dict(self._spoken.params))
        return self._readings(told)

    def mark(self, reading: Reading) -> MarkPrice:
        """Return a reading with what is known around it now; may be asked from any thread."""
        symbol = reading[0]
        ticker = self._told.get(self._spelled.get(symbol, ""))
        return mark_of(reading, ticker, self._around.get(symbol, NOTHING))

    async def look_around(self) -> None:
        """Ask for last prices, changes and rates, where marks come without them."""
        await self.open()
        for name in self._spoken.around:
            found = await getattr(self._exchange, name)(None, dict(self._spoken.params))
            for key, ticker in found.items():
                symbol = self._names.get(key)
                if symbol is not None:
                    before = self._around.get(symbol, NOTHING)
                    self._around[symbol] = around_of(ticker, before)

    async def candles(self, symbol: Symbol, since: datetime, until: datetime) -> list[Candle]:
        """Return the marks of the minutes between, oldest first; those there are."""
        await self.open()
        name, at_once = self._spelled.get(symbol), self._spoken.minutes
        found: list[Candle] = []
        while name is not None and since < until:
            count = min(at_once, (until - since) // MINUTE + 1)
            rows = await self._exchange.fetch_ohlcv(
                name, "1m", _milliseconds(since), count, {"price": "mark"}
            )
            new = [c for c in map(_candle, rows) if c is not None and since <= c.at < until]
            found.extend(new)
            # Where a venue was shut, an answer's worth of minutes may be empty.
            since = new[-1].at + MINUTE if new else since + at_once * MINUTE
        return found

    async def settled(self, symbol: Symbol, since: datetime) -> dict[datetime, Rate]:
        """Return the funding rates that were settled from a moment on."""
        await self.open()
        name = self._spelled.get(symbol)
        if name is None:
            return {}
        rows = await self._exchange.fetch_funding_rate_history(name, _milliseconds(since), 100)
        rates: dict[datetime, Rate] = {}
        for row in rows:
            rate = figure(row.get("fundingRate"))
            if rate is not None and rate.is_finite():
                # Venues stamp a settlement some milliseconds late; it was due on the minute.
                due = moment(int(row["timestamp"])).replace(second=0, microsecond=0)
                rates[due] = Rate(rate)
        return rates

    async def asked(self, call: str, symbol: Symbol, *rest: object) -> list[Any] | None:
        """Ask one of ccxt's own calls about a contract; None where the venue has no such."""
        await self.open()
        name = self._spelled.get(symbol)
        found: list[Any] | None = None
        if name is not None:
            found = await getattr(self._exchange, call)(name, *rest)
        return found

    def asked_to_wait(self) -> float:
        """Return for how many seconds the venue's last answer asked not to come again."""
        return asked_to_wait(self._exchange)

    async def hang_up(self) -> None:
        """Drop the stream, so that the next call connects anew; one that still dials is kept."""
        clients = getattr(self._exchange, "clients", None) or {}
        for url, client in list(clients.items()):
            if not client.connecting:
                del clients[url]
                # A dead line may not answer a good-bye for long: nobody waits for it.
                task = asyncio.ensure_future(client.close())
                self._closing.add(task)
                task.add_done_callback(self._closed)

    async def close(self) -> None:
        """End every connection."""
        await self.hang_up()
        for task in list(self._closing):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        if self._exchange is not None:
            with suppress(Exception):
                await self._exchange.close()
        self._exchange, self._names = None, {}

    def _closed(self, task: "asyncio.Task[None]") -> None:
        """Take note of how closing ended, so that nothing is left unsaid."""
        self._closing.discard(task)
        if not task.cancelled():
            task.exception()

    def _listed(self, markets: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Symbol]]:
        """Ccxt's name and ours of every perpetual that is settled in USDT and of interest."""
        for market in markets:
            symbol = Symbol(f"{market['base']}{market['quote']}")
            if (
                market.get("swap")
                and market.get("linear")
                and market["quote"] == market.get("settle") == "USDT"
                and (self._wanted is None or symbol in self._wanted)
            ):
                yield market["symbol"], symbol

    def _readings(self, tickers: Mapping[str, Ticker]) -> list[Reading]:
        """The marks of tickers that are of interest."""
        return [*readings(tickers, self._names, self._clock.now())]


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _candle(row: list[Any]) -> Candle | None:
    """A candle; None where one of its prices is none."""
    prices = [figure(value) for value in row[1:5]]
    good = [Price(p) for p in prices if p is not None and p.is_finite() and p > 0]
    return Candle(moment(int(row[0])), *good) if len(good) == 4 else None
