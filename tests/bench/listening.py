"""Two programs that listen to a whole market: ccxt alone, and the house; each tells what it cost.

`python -m tests.bench.listening bare|house <address> <messages>` ends after so many messages and
prints its processor time from the first one to the last, and when each was dealt with.
"""

import asyncio
import json
import os
import sys
import time
from decimal import Decimal
from typing import Any

from bot.adapters.prices.line import connection
from bot.app import App, build
from bot.chat.request import Chat, Request, Who
from bot.settings import load
from core.market import Marks, Symbol
from tests.bench.venue import number_of

BTC = Symbol("BTCUSDT")
PEOPLE = 20
"""People who hold something, so that each message is swept for somebody."""
POLLED, AROUND = 5, 15
"""Seconds after which the house asks the second venue, and for what stands around marks."""


class Meter:
    """Notes messages, and the processor time from the first to the last."""

    def __init__(self, messages: int) -> None:
        self._messages = messages
        self._loop = asyncio.get_running_loop()
        self._began: float | None = None
        self.cpu = 0.0
        self.seen: dict[int, float] = {}
        self.ended = asyncio.Event()

    def saw(self, price: Decimal) -> None:
        """Note that the message with this mark of BTC was dealt with; from any thread."""
        number = number_of(price)
        if number < 1 or number in self.seen:
            return
        self.seen[number] = time.monotonic()
        if self._began is None:
            self._began = time.process_time()
        if number == self._messages:
            self.cpu = time.process_time() - self._began
            self._loop.call_soon_threadsafe(self.ended.set)

    def told(self) -> str:
        """What was measured."""
        return json.dumps({"cpu": self.cpu, "seen": [*self.seen.items()]})


async def bare(address: str, meter: Meter) -> None:
    """Let ccxt alone do what it does in the house: listen, and ask now and then."""
    first, second = connection("binanceusdm", address), connection("bybit", address)

    async def listen() -> None:
        while True:
            tickers = await first.watch_mark_prices()
            meter.saw(Decimal(tickers["BTC/USDT:USDT"]["markPrice"]))

    async def ask(exchange: Any, every: float, **more: str) -> None:
        while True:
            await exchange.fetch_tickers(None, more)
            await asyncio.sleep(every)

    await first.load_markets()
    await second.load_markets()
    asks = (listen(), ask(first, AROUND), ask(second, POLLED, category="linear"))
    tasks = [asyncio.create_task(each) for each in asks]
    await meter.ended.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await first.close()
    await second.close()


async def house(address: str, meter: Meter) -> None:
    """Run the house with every contract kept, and note when a message was swept."""
    os.environ |= {
        "PRICES_SOURCE": "binance",
        "PRICES_SECOND": "bybit",
        "PRICES_BASE_URL": address,
    }
    app, stop = build(load(None)), asyncio.Event()
    assert app.live is not None
    for side in (app.live._first, app.live._second):
        assert side is not None
        side.client._wanted = None
    looking = app.watch._looking
    swept = looking._swept

    def noted(marks: Marks) -> int:
        changed = swept(marks)
        meter.saw(marks.price(BTC))
        return changed

    looking._swept = noted  # type: ignore[method-assign]  # the same, and a note of it
    await app.live.begin()
    await _move_in(app)
    async with asyncio.TaskGroup() as group:
        group.create_task(app.live.run(stop))
        group.create_task(app.watch.run(stop))
        await meter.ended.wait()
        stop.set()
    app.close()


async def _move_in(app: App) -> None:
    """Let people open something."""
    for number in range(PEOPLE):
        who, chat = Who("bench", str(number)), Chat(str(number))
        for line in ("/set confirm off", "/open 5x long btc 100 isolated"):
            request = Request(id=f"{number}{line}", who=who, chat=chat, text=line, addressed=True)
            answer = await app.desk.answer(request)
            if getattr(answer, "outcome", "") != "ok":
                raise AssertionError(answer)


async def main(which: str, address: str, messages: int) -> None:
    """Listen, and tell."""
    meter = Meter(messages)
    await (bare if which == "bare" else house)(address, meter)
    sys.stdout.write(meter.told() + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
