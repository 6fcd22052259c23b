"""How calls travel to Telegram: two HTTP clients, one for polling and one for everything else.

The certificates of the world's authorities weigh most of a megabyte once they are read, so both
clients share one reading of them.
"""

import httpx
from telegram.request import HTTPXRequest

POLLS = 1
"""Connections of the client that only polls."""


def clients(timeout: float, at_once: int) -> tuple[HTTPXRequest, HTTPXRequest]:
    """Return the client for calls, with `at_once` connections, and the one that polls.

    `timeout` is in seconds, for connecting, reading, writing and waiting for a connection each.
    """
    trust = httpx.create_ssl_context()

    def client(connections: int) -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=connections,
            read_timeout=timeout,
            write_timeout=timeout,
            connect_timeout=timeout,
            pool_timeout=timeout,
            httpx_kwargs={"verify": trust},
        )

    return client(at_once), client(POLLS)
