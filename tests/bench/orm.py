"""The rows of an order written the usual ways: an ORM's session, and bare prepared statements."""

import sqlite3
from pathlib import Path

from sqlalchemy import BigInteger, ForeignKey, Text, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PEOPLE = 64
BODY, STATE, DONE = "e" * 223, "s" * 344, "d" * 167
"""Texts as long as those of the program."""
POSTINGS = ("wallet", "margin:1", "fees")


class Base(DeclarativeBase):
    """The tables' common ground."""


class AccountRow(Base):
    """An account."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    live: Mapped[bool]
    last_event: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """An event."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[int] = mapped_column(BigInteger)
    request: Mapped[str]


class PostingRow(Base):
    """A posting."""

    __tablename__ = "posting"
    event: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    ledger: Mapped[str] = mapped_column(primary_key=True)
    quanta: Mapped[int] = mapped_column(BigInteger)


class DoneRow(Base):
    """What a request led to."""

    __tablename__ = "done"
    request: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[int] = mapped_column(BigInteger)


PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")


async def orm_database(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Make the tables and the accounts; return the sessions."""

    def greet(connection: sqlite3.Connection, _: object) -> None:
        for line in PRAGMAS:
            connection.execute(line)

    event.listen(engine.sync_engine, "connect", greet)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    async with sessions() as session, session.begin():
        session.add_all(
            AccountRow(id=n, version=0, live=False, last_event=0, state=STATE)
            for n in range(PEOPLE)
        )
    return sessions


async def write(session: AsyncSession, number: int, turn: int) -> None:
    """Write one order's rows as one would with an ORM."""
    request = f"{number}:{turn}"
    if await session.get(DoneRow, request) is not None:
        request += ":again"
    account = await session.get_one(AccountRow, number)
    happened = EventRow(
        account=number, version=account.version + 1, kind="k", body=BODY, at=turn, request=request
    )
    session.add(happened)
    await session.flush()
    session.add_all(PostingRow(event=happened.id, ledger=name, quanta=1) for name in POSTINGS)
    account.version += 1
    account.live = True
    account.last_event = happened.id
    account.state = STATE + request
    session.add(DoneRow(request=f"{request}:{happened.id}", body=DONE, at=turn))


TABLES = """
CREATE TABLE account (id INTEGER PRIMARY KEY, version BIGINT, live BOOLEAN, last_event BIGINT,
    state TEXT);
CREATE TABLE event (id INTEGER PRIMARY KEY, account INTEGER REFERENCES account (id),
    version BIGINT, kind TEXT, body TEXT, at BIGINT, request TEXT, UNIQUE (account, version));
CREATE TABLE posting (event INTEGER REFERENCES event (id), ledger TEXT, quanta BIGINT,
    PRIMARY KEY (event, ledger));
CREATE TABLE done (request TEXT PRIMARY KEY, body TEXT, at BIGINT);
CREATE INDEX ix_done_at ON done (at);
"""


def bare_database(path: Path) -> sqlite3.Connection:
    """Make the same tables without a library."""
    connection = sqlite3.connect(path, isolation_level=None)
    for line in PRAGMAS:
        connection.execute(line)
    connection.executescript(TABLES)
    accounts = [(n, STATE) for n in range(PEOPLE)]
    connection.executemany("INSERT INTO account VALUES (?, 0, 0, 0, ?)", accounts)
    return connection


def write_bare(connection: sqlite3.Connection, number: int, turn: int) -> None:
    """Write one order's rows with the driver alone."""
    execute = connection.execute
    (version,) = execute("SELECT version FROM account WHERE id = ?", (number,)).fetchone()
    row = execute(
        "INSERT INTO event (account, version, kind, body, at, request)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (number, version + 1, "k", BODY, turn, f"{number}:{turn}"),
    ).fetchone()
    for name in POSTINGS:
        execute("INSERT INTO posting VALUES (?, ?, ?)", (row[0], name, 1))
    execute(
        "UPDATE account SET version = ?, live = 1, last_event = ?, state = ?"
        " WHERE id = ? AND version = ?",
        (version + 1, row[0], STATE, number, version),
    )
    execute("INSERT INTO done VALUES (?, ?, ?)", (f"{number}:{turn}:{row[0]}", DONE, turn))
