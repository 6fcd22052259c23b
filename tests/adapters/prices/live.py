"""A live market on the exchange on loopback, hurried: what takes seconds takes parts of one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.side import Pace
from bot.adapters.prices.venues import VenueClient
from bot.runtime.clock import SystemClock
from core.market import Symbol
from core.market_guard import Limits
from core.services.prices import Prices
from tests.fakes.exchange import Exchange

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")

HURRIED = Pace(
    quiet=timedelta(seconds=0.4),
    stale=timedelta(seconds=2),
    poll=0.1,
    around=0.2,
    first_retry=0.05,
    last_retry=0.4,
    limits=Limits(confirm=timedelta(seconds=5), memory=timedelta(seconds=30)),
)


class Live:
    """A market that runs, with what asks it."""

    def __init__(self, venue: Exchange, market: ExchangeMarket, pace: Pace) -> None:
        self.venue = venue
        self.market = market
        stale = int(pace.stale.total_seconds())
        self.prices = Prices({}, market, SystemClock(), stale, market.status)
        self.seen: set[Decimal] = set()

    def price(self, symbol: Symbol = BTC) -> Decimal | None:
        """What a decision would be taken on; every answer is remembered."""
        fresh = self.prices.fresh()
        mark = fresh.get(symbol) if fresh else None
        if mark is None:
            return None
        self.seen.add(mark.price)
        return mark.price

    async def until(self, happened: Callable[[], object], within: float = 8) -> None:
        """Wait until something is so; prices are looked at all the while."""
        async with asyncio.timeout(within):
            while not happened():
                self.price()
                await asyncio.sleep(0.01)

    async def during(self, seconds: float) -> set[Decimal]:
        """Return every price that a decision could have been taken on for a while."""
        self.seen = set()
        end = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            self.price()
            await asyncio.sleep(0.01)
        return self.seen


@asynccontextmanager
async def running(
    venue: Exchange, source: str = "binance", second: str | None = "bybit", **paced: object
) -> AsyncIterator[Live]:
    """Run a market on an exchange until the block ends."""
    clock, pace = SystemClock(), replace(HURRIED, **paced)  # type: ignore[arg-type]  # by name
    market = ExchangeMarket(
        VenueClient(source, clock, None, venue.base),
        VenueClient(second, clock, None, venue.base) if second else None,
        clock,
        pace,
    )
    stop = asyncio.Event()
    task = asyncio.create_task(market.run(stop))
    try:
        yield Live(venue, market, pace)
    finally:
        stop.set()
        await task
