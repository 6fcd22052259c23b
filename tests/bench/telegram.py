"""A whole `/compare` on Telegram, over a bare echo of the same length; with and without a network.

Both bots run in this process, the servers and the stopwatch in another. Between two questions both
come to rest, so that what one does after answering is not counted against the other.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import bots
from tests.bench.measure import Paired, paired_waits
from tests.bench.row import Effort, Row, against, millis
from tests.bench.stub import stubbed
from tests.house.tree import ROOT

GOAL = 1.5
LINE = "/compare 10x long BTC"
REST = 0.01
WARM = 5


class Servers:
    """The other process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def told(self) -> Any:
        """Return the next thing it says."""
        assert self._process.stdout is not None
        return json.loads(await self._process.stdout.readline())

    async def ask(self, number: int) -> tuple[float, str]:
        """Have the line written to one of the servers; return the seconds, and the answer."""
        assert self._process.stdin is not None
        await asyncio.sleep(REST)
        self._process.stdin.write(f"{number} {LINE}\n".encode())
        seconds, text = await self.told()
        return seconds, text


@asynccontextmanager
async def servers() -> AsyncIterator[Servers]:
    """Start the other process, and end it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.loopback"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Servers(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@asynccontextmanager
async def running(
    work: Callable[[asyncio.Event], Coroutine[Any, Any, None]],
) -> AsyncIterator[None]:
    """Let a platform run in the background."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def over_loopback(folder: Path, rounds: int) -> Paired:
    """Measure from the update to the arrival of the answer."""
    length = [1]
    async with AsyncExitStack() as closing:
        app = closing.enter_context(bots.house(folder))
        there = await closing.enter_async_context(servers())
        first, second = await there.told()
        await closing.enter_async_context(running(bots.ours(app, first).run))
        await closing.enter_async_context(bots.polling(bots.echo(length, second)))
        for _ in range(WARM):
            _, text = await there.ask(0)
            length[0] = len(text)
            await there.ask(1)

        async def time_of(number: int) -> float:
            seconds, _ = await there.ask(number)
            return seconds

        return await paired_waits(lambda: time_of(0), lambda: time_of(1), rounds)


def run(effort: Effort) -> Iterator[Row]:
    """Measure both ways."""
    with TemporaryDirectory() as folder:
        found = asyncio.run(over_loopback(Path(folder), effort.rounds * 3))
    yield against(f"Telegram, {LINE}, over an echo bot", found, millis, GOAL)
    with TemporaryDirectory() as folder:
        found = asyncio.run(stubbed(Path(folder), LINE, effort.rounds * 3))
    yield against("the same with the transport stubbed, decoding included", found, millis)
