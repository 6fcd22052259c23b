"""The exchange in a thread and a loop of its own, for a program that has its own loop."""

import asyncio
import threading

from tests.fakes.exchange.server import Exchange


class Elsewhere:
    """An exchange that runs beside the program which asks it."""

    def __init__(self) -> None:
        self.venue = Exchange()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Exchange:
        self._thread.start()
        assert self._ready.wait(10)
        return self.venue

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        async with self.venue:
            self._ready.set()
            await self._stop.wait()
