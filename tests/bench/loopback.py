"""Two loopback Bot API servers in a process of their own, which also holds the stopwatch.

`python -m tests.bench.loopback` prints the servers' addresses as JSON. For each line it reads,
`<number of the server> <text>`, somebody writes that text there; printed are the seconds from the
update being there to the bot's answer being in the chat, and the answer. The server's own check of
the markup is inside, so both bots must send the same kind.
"""

import asyncio
import json
import sys
import time
from typing import Any

from aiohttp import web

from tests.fakes.botapi import BotApi


class Stopwatch(BotApi):
    """A server that knows when the last answer was in the chat, and whether somebody listens."""

    def __init__(self) -> None:
        super().__init__()
        self.mira = self.world.person(42)
        self.listening = False
        self.arrived = 0.0

    async def ask(self, text: str) -> tuple[float, str]:
        """Write a text to the bot; return the seconds until its answer is there, and the answer."""
        await self.until(lambda: self.listening)
        self.arrived = 0.0
        self.world.say(self.mira, text)
        started = time.perf_counter()
        await self._wake()
        before = len(self.world.messages)
        await self.until(lambda: self.arrived and len(self.world.messages) > before)
        return self.arrived - started, self.world.from_bot()[-1].html

    async def _call(self, request: web.Request) -> web.StreamResponse:
        answer = await super()._call(request)
        if request.match_info["method"] == "sendMessage":
            self.arrived = time.perf_counter()
            await self._wake()
        return answer

    async def _get_updates(self, parameters: dict[str, str]) -> list[dict[str, Any]]:
        self.listening = True
        try:
            return await super()._get_updates(parameters)
        finally:
            self.listening = False


def say(something: object) -> None:
    """Tell the other process something."""
    sys.stdout.write(json.dumps(something) + "\n")
    sys.stdout.flush()


async def serve() -> None:
    """Serve until the input ends."""
    async with Stopwatch() as first, Stopwatch() as second:
        servers = (first, second)
        say([server.url for server in servers])
        while line := await asyncio.to_thread(sys.stdin.readline):
            number, _, text = line.rstrip("\n").partition(" ")
            say(await servers[int(number)].ask(text))


if __name__ == "__main__":
    asyncio.run(serve())
