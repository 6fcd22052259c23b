"""A message of the whole market: what it costs on its way to the board, over ccxt's own work.

ccxt decodes the text and takes the message apart, as it does on the line; what it hands over goes
through the guard, held against a second venue, until it stands where everybody looks. Both in
turns, message by message, in this thread's own time. Sweeps are not in it.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import localcontext
from typing import Any

from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.venues import VenueClient
from core.market import Symbol
from core.market_guard import FeedState
from core.money import EXACT
from tests.bench.measure import Paired, undisturbed
from tests.bench.row import Effort, Row, against, millis
from tests.bench.venue import MANY, Prices
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote

GOAL = 0.1
SOME = 30
"""Contracts that a bot keeps which has few."""
POLLED = 5
"""After so many messages the second venue is asked again."""
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Ticking:
    """A clock that goes on a second a message."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        return self._now

    def tick(self) -> int:
        """Go on; return the new moment in milliseconds."""
        self._now += timedelta(seconds=1)
        return int(self._now.timestamp() * 1000)


async def measured(kept: int, messages: int) -> Paired:
    """Measure so many messages of which so many contracts are kept."""
    clock, prices = Ticking(), Prices()
    wanted = {Symbol(name) for name in list(prices.quotes)[:kept]}
    async with Exchange() as venue:
        venue.quotes = venue.second = prices.quotes
        first = VenueClient("binance", clock, wanted, venue.base)
        second = VenueClient("bybit", clock, wanted, venue.base)
        market = ExchangeMarket(first, second, clock)
        await first.open()
        await second.open()
        try:
            with undisturbed():
                return Paired.of([*_rounds(market, clock, prices, messages)])
        finally:
            await market.close()


def _rounds(
    market: ExchangeMarket, clock: Ticking, prices: Prices, messages: int
) -> Iterator[tuple[float, float]]:
    client, second = market._first.client, market._second
    assert second is not None
    exchange: Any = client._exchange
    line = exchange.client(exchange.urls["api"]["ws"]["linear"])
    for number in range(messages):
        message = prices.message(clock.tick())
        if number % POLLED == 0:
            told = {n: {"markPrice": q.mark} for n, q in _named(client, prices)}
            second.take(second.client._readings(told), FeedState.POLLING)
        started = time.thread_time()
        line.handle_text_or_binary_message(message)
        between = time.thread_time()
        tickers = dict(exchange.tickers)
        began = time.thread_time()
        market._took(client._readings(tickers), FeedState.LIVE)
        yield time.thread_time() - began, between - started
    if len(market.marks().prices) != len(client._names):
        raise AssertionError("not every contract came to the board")


def _named(client: VenueClient, prices: Prices) -> Iterator[tuple[str, Quote]]:
    quotes = prices.quotes
    return ((name, quotes[symbol]) for name, symbol in client._names.items())


def run(effort: Effort) -> Iterator[Row]:
    """Measure with all contracts kept and with few; what keeps most has a fresh process' memory."""
    with localcontext(EXACT):
        for kept in (MANY, SOME):
            found = asyncio.run(measured(kept, effort.rounds))
            what = f"a message of {MANY} contracts to the board, {kept} kept, over ccxt's own work"
            yield against(what, found, millis, GOAL)
