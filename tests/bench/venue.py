"""An exchange in a process of its own that speaks as often as it is told, of hundreds of contracts.

`python -m tests.bench.venue` prints its address. For each line it reads, `<messages> <a second>
<listeners>`, it waits until so many listen, sends them so many messages of the whole market, and
prints when it sent each: BTC's mark tells which one it is. Texts are made beforehand, so that it is
the moment at which a message goes out.
"""

import asyncio
import json
import random
import sys
import time
from decimal import Decimal

from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote, update

MANY = 550
"""Contracts in a message."""
BTC, BASE, STEP = "BTCUSDT", Decimal(60_000), Decimal("0.01")


class Prices:
    """All contracts of a market, each with a price that moves a little from message to message."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        names = [BTC, "ETHUSDT", *(f"C{n}USDT" for n in range(MANY - 2))]
        self._prices = {
            name: Decimal(self._chance.randrange(10**6, 10**13)).scaleb(-8) for name in names
        }
        self._prices[BTC] = BASE
        self._rates = dict.fromkeys(names, "0.00010000")

    @property
    def quotes(self) -> dict[str, Quote]:
        """Each contract as it stands."""
        return {
            name: Quote(f"{price:f}", rate=self._rates[name])
            for name, price in self._prices.items()
        }

    def message(self, at: int) -> str:
        """Every contract moves; one rate in ten is another one now."""
        for name, price in self._prices.items():
            moved = price * (1 + Decimal(self._chance.randint(-50, 50)).scaleb(-5))
            self._prices[name] = moved.quantize(Decimal("0.00000001"))
            if self._chance.random() < 0.1:
                self._rates[name] = f"{Decimal(self._chance.randint(1, 30000)).scaleb(-8):f}"
        return self._text(at)

    def numbered(self, number: int, at: int) -> str:
        """The same; BTC's mark tells the number."""
        self.message(at)
        self._prices[BTC] = BASE + number * STEP
        return self._text(at)

    def _text(self, at: int) -> str:
        rows = [update(name, quote, at) for name, quote in self.quotes.items()]
        return json.dumps(rows, separators=(",", ":"))


def number_of(price: Decimal) -> int:
    """Return the number of the message that told this mark of BTC."""
    return int((price - BASE) / STEP)


async def speak(venue: Exchange, prices: Prices, messages: int, a_second: float) -> None:
    """Send so many messages, so many a second; print when each went out."""
    sent: list[float] = []
    due = time.monotonic()
    for number in range(1, messages + 1):
        due += 1 / a_second
        text = prices.numbered(number, venue.now() + int(1000 * (due - time.monotonic())))
        venue.quotes = venue.second = prices.quotes
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        sent.append(time.monotonic())
        for socket in list(venue._sockets):
            await socket.send_str(text)
    sys.stdout.write(json.dumps(sent) + "\n")
    sys.stdout.flush()


async def serve() -> None:
    """Serve until the input ends."""
    prices = Prices()
    async with Exchange() as venue:
        venue.quotes = venue.second = prices.quotes
        venue.streaming = False
        sys.stdout.write(json.dumps(venue.base) + "\n")
        sys.stdout.flush()
        while line := await asyncio.to_thread(sys.stdin.readline):
            messages, a_second, listeners = line.split()
            wanted = int(listeners)
            while min(len(venue._sockets), venue.acks) < wanted:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.05)
            venue.acks = 0
            await speak(venue, prices, int(messages), float(a_second))


if __name__ == "__main__":
    asyncio.run(serve())
