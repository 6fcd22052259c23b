"""How calls travel to Telegram: two HTTP clients, one for polling and one for everything else.

The certificates of the world's authorities weigh most of a megabyte once they are read, so both
clients share one reading of them. The one that polls notices when it hears nothing.
"""

from typing import Any

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest
from typing_extensions import override

from bot.adapters.telegram.ear import Ear

POLLS = 1
"""Connections of the client that only polls."""


class Polls(HTTPXRequest):
    """The client that polls: its ear hears of each poll that is answered, and of each that is not.

    The ear is given it later, since a client is made before there is anybody to tell.
    """

    ear: Ear | None = None

    @override
    async def do_request(self, *args: Any, **more: Any) -> tuple[int, bytes]:
        try:
            status, body = await super().do_request(*args, **more)
        except NetworkError as fault:
            if self.ear is not None:
                await self.ear.missed(silent=isinstance(fault, TimedOut))
            raise
        if self.ear is not None:
            await (self.ear.heard() if status < 400 else self.ear.missed(silent=False))
        return status, body


def clients(timeout: float, at_once: int) -> tuple[HTTPXRequest, Polls]:
    """Return the client for calls, with `at_once` connections, and the one that polls.

    `timeout` is in seconds, for connecting, reading, writing and waiting for a connection each.
    """
    trust = httpx.create_ssl_context()

    def client(kind: type[HTTPXRequest], connections: int) -> HTTPXRequest:
        return kind(
            connection_pool_size=connections,
            read_timeout=timeout,
            write_timeout=timeout,
            connect_timeout=timeout,
            pool_timeout=timeout,
            httpx_kwargs={"verify": trust},
        )

    polls = client(Polls, POLLS)
    assert isinstance(polls, Polls)
    return client(HTTPXRequest, at_once), polls
