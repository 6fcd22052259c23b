"""A venue with prices of its own: a market as a live one is, which can go silent and come back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.side import Pace
from bot.adapters.prices.venues import Candle, VenueClient
from core.market import MarkPrice, Symbol
from core.market_guard import Limits, Reading
from core.money import Price, Rate, down
from tests.sims.clock import NOON, SimClock

STEP = timedelta(seconds=10)
MINUTE = timedelta(minutes=1)

FIRST = {"BTCUSDT": "60000", "ETHUSDT": "3000", "SOLUSDT": "150", "XRPUSDT": "1.4"}
"""Contracts, and their prices in the beginning."""


class Walk:
    """One price for every ten seconds since noon, drawn from a seed."""

    def __init__(self, symbol: str, first: str, tick: Decimal, seed: int) -> None:
        self._draw = Random(f"{seed}/{symbol}")
        self._prices = [Decimal(first)]
        self._tick = tick

    def at(self, moment: datetime) -> Price:
        place = max(0, (moment - NOON) // STEP)
        while len(self._prices) <= place:
            move = Decimal(self._draw.randrange(-400, 401)) / 100_000
            self._prices.append(self._prices[-1] * (1 + move))
        return Price(max(down(self._prices[place], self._tick), self._tick))


class SimVenue(VenueClient):
    """Binance as far as games need it. While `away` nothing comes."""

    def __init__(self, clock: SimClock, seed: int) -> None:
        super().__init__("binance", clock)
        contracts = load_listings()["binance"].instruments
        self._walks = {
            Symbol(name): Walk(name, first, contracts[Symbol(name)].tick, seed)
            for name, first in FIRST.items()
        }
        self.away = False

    async def open(self) -> None:
        """There is nothing to learn."""
        if self.away:
            raise ConnectionError

    async def poll(self) -> list[Reading]:
        await self.open()
        now = self._clock.now()
        return [(symbol, walk.at(now), now) for symbol, walk in self._walks.items()]

    def mark(self, reading: Reading) -> MarkPrice:
        _, price, at = reading
        return MarkPrice(price, at)

    async def look_around(self) -> None:
        await self.open()

    async def candles(self, symbol: Symbol, since: datetime, until: datetime) -> list[Candle]:
        await self.open()
        return [self._candle(symbol, at, until) for at in _minutes(since, until)]

    async def settled(self, symbol: Symbol, since: datetime) -> dict[datetime, Rate]:
        return {}

    async def close(self) -> None:
        """There is no connection."""

    def _candle(self, symbol: Symbol, at: datetime, until: datetime) -> Candle:
        moments = [at + n * STEP for n in range(MINUTE // STEP) if at + n * STEP <= until]
        prices = [self._walks[symbol].at(moment) for moment in moments]
        return Candle(at, prices[0], max(prices), min(prices), prices[-1])


def _minutes(since: datetime, until: datetime) -> Iterator[datetime]:
    at = since.replace(second=0, microsecond=0)
    while at < until:
        yield at
        at += MINUTE


def sim_market(clock: SimClock, seed: int) -> tuple[SimVenue, ExchangeMarket]:
    """Return a venue, and the live market that listens to it."""
    venue = SimVenue(clock, seed)
    pace = Pace(limits=Limits(jump=Rate(Decimal("0.9"))))
    return venue, ExchangeMarket(venue, None, clock, pace)
