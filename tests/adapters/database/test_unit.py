"""Transactions, where they must be seen from below: crashes, waiting, the statements' cache."""

import subprocess
import sys
from pathlib import Path

import psycopg.errors
import pytest
from sqlalchemy import Engine

from bot.adapters.database import Database, NotWriting, engine, prepare
from bot.adapters.database.books import CHATS, PEOPLE
from bot.adapters.database.engine import Address, open_engine
from bot.adapters.database.unit import DatabaseUnits, Statements
from tests.fakes.postgres import Server

DYING = """
import os, sys
from bot.adapters.database import Database
with Database(sys.argv[1]).units().writing() as books:
    books.set_note("epoch", "half written")
    os._exit(9)
"""


def pool_of(url: str) -> tuple[Engine, DatabaseUnits]:
    """Open a database so that its connections can be counted."""
    opened = open_engine(Address.read(url))
    return opened, DatabaseUnits(opened)


def test_a_process_that_dies_while_writing_leaves_nothing_and_stops_nobody(url: str) -> None:
    dead = subprocess.run([sys.executable, "-c", DYING, url], check=False)
    assert dead.returncode == 9
    database = Database(url)
    with database.units().writing() as books:
        assert books.note("epoch") is None
        books.set_note("epoch", "whole")
    database.close()


def test_a_connection_comes_back_whatever_happened_to_it(url: str) -> None:
    opened, units = pool_of(url)
    for _ in range(12):  # more often than the pool has connections
        with pytest.raises(ZeroDivisionError), units.writing():
            raise ZeroDivisionError
        with pytest.raises(NotWriting), units.reading() as books:
            books.set_note("a", "b")
    assert opened.pool.checkedout() == 0  # type: ignore[attr-defined]  # a queue's own count
    opened.dispose()


def test_a_writer_of_a_file_waits_for_so_long_and_is_then_refused(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(file_url)
    monkeypatch.setattr(engine, "PATIENCE", 0)
    opened, units = pool_of(file_url)
    with units.writing() as books:
        with pytest.raises(Exception, match="locked"), units.writing():
            pytest.fail("there is one writer at a time")
        books.set_note("a", "b")
    with units.reading() as after:
        assert after.note("a") == "b"
    opened.dispose()


def test_a_writer_of_a_server_waits_for_so_long_and_is_then_refused(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 1)
    opened, units = pool_of(postgres.migrated())
    with units.writing() as books:
        with pytest.raises(psycopg.errors.LockNotAvailable), units.writing():
            pytest.fail("there is one writer at a time")
        books.set_note("a", "b")
    with units.reading() as after:
        assert after.note("a") == "b"
    opened.dispose()


def test_a_server_that_was_restarted_is_reached_again(postgres: Server) -> None:
    url = postgres.migrated()
    opened, units = pool_of(url)
    with units.writing() as books:
        books.set_note("a", "b")
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with units.reading() as after:
        assert after.note("a") == "b"
    opened.dispose()


def test_a_statement_is_compiled_once() -> None:
    opened = open_engine(Address.read("sqlite:///never-made.db"))
    statements = Statements(opened.dialect)
    assert statements[PEOPLE.get] is statements[PEOPLE.get]
    assert statements[PEOPLE.get] is not statements[CHATS.get]
    assert not Path("never-made.db").exists()
