"""How a database is reached: its address, its manners, its connections.

Only this file and `unit` know that there are two kinds. SQLite is a file beside the program, in WAL
mode, so that readers see a snapshot while one writer writes; `synchronous=FULL`, so that what was
answered as kept survives a power cut. PostgreSQL is a server, reached through psycopg 3. Both are
put into their driver's plain mode, in which a transaction begins when `unit` says so.
"""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 5
"""Seconds for which a writer waits for another one."""

LONG_PATIENCE = 60
"""Seconds for which a start waits for another process that is upgrading the database."""

SQLITE = {"sqlite", "sqlite+pysqlite"}
POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}


class StorageFault(Exception):
    """The database cannot be used; the text is one line for the person who runs the bot."""


class BadAddress(StorageFault):
    """DATABASE_URL names nothing that can hold a database."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is. `embedded` says that it is a file of ours and not a server."""

    url: URL
    embedded: bool

    @classmethod
    def read(cls, database_url: str) -> "Address":
        """Read a DATABASE_URL; a file's path becomes absolute. Raises `BadAddress`."""
        try:
            url = make_url(database_url)
        except ArgumentError:
            raise BadAddress("DATABASE_URL: it is no address of a database") from None
        if url.drivername in SQLITE:
            return cls(_file(url), embedded=True)
        if url.drivername in POSTGRESQL:
            return cls(url.set(drivername="postgresql+psycopg"), embedded=False)
        raise BadAddress(f"DATABASE_URL: {url.drivername} is neither sqlite nor postgresql")

    @property
    def place(self) -> str:
        """The database as it may be shown: a file's path, or a server's name without secrets."""
        if self.embedded:
            return str(self.url.database)
        return f"postgresql://{self.url.host or 'localhost'}/{self.url.database or ''}"


def _file(url: URL) -> URL:
    """Make the path absolute. A database in memory would be another one on every connection."""
    name = url.database or ""
    if not name or name.startswith((":memory:", "file:")):
        raise BadAddress("DATABASE_URL: name a file, as in sqlite:///data/marginbot.db")
    path = Path(name).expanduser().absolute()
    return url.set(drivername="sqlite+pysqlite", database=str(path))


def open_engine(address: Address, *, migrating: bool = False) -> Engine:
    """Return the connections to a database; nothing is reached before the first is asked for.

    `migrating` leaves foreign keys unchecked (a batch migration replaces whole tables) and keeps
    no connection open. Raises `BadAddress` where the driver is not installed.
    """
    try:
        if migrating:
            engine = create_engine(address.url, poolclass=NullPool)
        else:
            # A server may have been restarted since the connection was used last.
            engine = create_engine(address.url, pool_pre_ping=not address.embedded)
    except ModuleNotFoundError as fault:
        raise BadAddress(f"DATABASE_URL: it needs the package {fault.name}") from None
    patience = LONG_PATIENCE if migrating else PATIENCE
    if address.embedded:
        _prepare_sqlite(engine, Path(str(address.url.database)), patience, checked=not migrating)
    else:
        _prepare_postgresql(engine, patience)
    return engine


def _prepare_sqlite(engine: Engine, path: Path, patience: int, *, checked: bool) -> None:
    """Make the folder before the first connection, and teach every connection its manners."""

    def before(*_: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)

    def greet(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = cast("sqlite3.Cursor", connection.cursor())
        cursor.execute(f"PRAGMA busy_timeout={patience * 1000}")
        enter_wal(cursor, patience)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if checked else 'OFF'}")
        cursor.close()

    event.listen(engine, "do_connect", before)
    event.listen(engine, "connect", greet)


def enter_wal(cursor: sqlite3.Cursor, patience: int) -> None:
    """Switch a new file to WAL; one that is in it stays.

    SQLite's own patience does not cover the switch: of two processes that open a new file at the
    same moment, one is told at once that it is locked. So we ask again.
    """
    end = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.005)
        else:
            return


def _prepare_postgresql(engine: Engine, patience: int) -> None:
    """Teach every connection its manners."""

    def greet(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = '{patience}s'")
        cursor.close()

    event.listen(engine, "connect", greet)
