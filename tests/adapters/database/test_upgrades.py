"""A database with people in it grows and shrinks: rows stay, guards return, the books balance."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.adapters.database import Database, migrate
from bot.adapters.database.engine import Address, open_engine
from bot.adapters.database.schema import HEAD, alembic_config, version
from core.lessons.books import Noted
from core.people import Preferences
from tests.contracts.ledgers import BTC, NOW, TOBI, began, book, closed, increased, posted

FIRST, MET = "20261125_first", "20261125_met"
PEOPLE = 50
KEPT = ("person", "chat", "choice", "note")
FILLED = (
    """
    INSERT INTO person (platform, person, leverage, wallet, venue, confirm)
    VALUES ('telegram', :n, :lev, :wallet, 'okx', :no)
    """,
    "INSERT INTO chat VALUES ('telegram', :n, :no, '[\"7\"]', :no, 5, 3, 0)",
    "INSERT INTO choice VALUES (:n, '/liq 10x long BTC', 1796126400000000)",
    "INSERT INTO note VALUES (:n, 'kept')",
)
"""What each person left in the tables of the first release."""
LATER = {"person": 1, "chat": 2}
"""How many columns later releases have added to those tables."""
GUARDED = ("event", "posting", "chat_noted")
CHANGE = {
    "event": "request = 'mine'",
    "posting": "quanta = quanta + 1",
    "chat_noted": "answer = 'mine'",
}


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """Lend a connection as a migration has it."""
    engine = open_engine(Address.read(url), migrating=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def go(url: str, revision: str) -> None:
    """Climb or descend to a revision."""
    with opened(url) as connection:
        config = alembic_config(connection)
        up = version(connection) is None or revision == HEAD
        (command.upgrade if up else command.downgrade)(config, revision)


def rows(url: str, table: str) -> list[tuple[object, ...]]:
    """Return what a table holds, sorted."""
    with opened(url) as connection:
        found = connection.execute(text(f"SELECT * FROM {table}"))
        return sorted((tuple(row) for row in found), key=repr)


def first_columns(table: str, there: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return rows without what later releases added to them."""
    return [row[: len(row) - LATER.get(table, 0)] for row in there]


def first_release(url: str) -> None:
    """Make a database of the first revision in which many people left something."""
    go(url, FIRST)
    people = [
        {"n": str(n), "lev": n * 10**8, "wallet": n * 10**11 if n % 3 else None, "no": False}
        for n in range(1, PEOPLE + 1)
    ]
    with opened(url) as connection:
        for line in FILLED:
            connection.execute(text(line), people)


def trade(url: str) -> None:
    """Let two people trade, one of them to the end, post a notice, and a host add an entry."""
    database = Database(url)
    with database.units().writing() as books:
        _, mine, _ = posted(books)
        book(books, mine, (closed(),))
        _, other = began(books, TOBI)
        book(books, other, (increased(),))
        noted = Noted(at=NOW, by="9", did="add", key="own-1", question="Rules?", answer="None.")
        books.learning.note_entry("telegram", "-5", noted)
    database.close()


def proved(url: str) -> bool:
    """Whether the audit finds nothing, and postings add up to nothing."""
    database = Database(url)
    with database.units().reading() as books:
        faults = books.paper.faults()
    database.close()
    with opened(url) as connection:
        return not faults and not connection.scalar(text("SELECT sum(quanta) FROM posting"))


def refuses(url: str, line: str) -> bool:
    """Whether the database's own guard refuses a statement."""
    try:
        with opened(url) as connection:
            connection.execute(text(line))
    except DBAPIError as fault:
        return "only ever added to" in str(fault)
    return False


def guarded(url: str) -> bool:
    """Whether events, postings and lines of the log can be neither changed nor deleted."""
    return all(
        refuses(url, f"UPDATE {table} SET {CHANGE[table]}") and refuses(url, f"DELETE FROM {table}")
        for table in GUARDED
    )


def test_a_filled_database_of_the_first_release_keeps_every_row(new_url: str) -> None:
    first_release(new_url)
    before = {table: rows(new_url, table) for table in KEPT}

    migrate(new_url)

    after = {table: rows(new_url, table) for table in KEPT}
    assert {table: first_columns(table, after[table]) for table in KEPT} == before
    # What came later was allowed by nobody before: links, starting challenges, mistakes in a quiz.
    assert not any(any(row[-many:]) for table, many in LATER.items() for row in after[table])
    assert all(len(before[table]) == PEOPLE for table in KEPT)
    assert proved(new_url)


def test_people_of_the_first_release_trade_after_the_upgrade(new_url: str) -> None:
    first_release(new_url)
    migrate(new_url)

    trade(new_url)

    assert proved(new_url)
    assert guarded(new_url)
    database = Database(new_url)
    with database.units().reading() as books:
        assert books.preferences("telegram", "1").venue == "okx"
        learner = books.paper.learner(TOBI)
        assert learner is not None
        account = books.paper.account(learner, "demo")
    database.close()
    assert account is not None
    assert account.holding(BTC) is not None


@pytest.mark.parametrize("below", [MET, FIRST])
def test_a_database_with_trades_goes_down_and_up_again(url: str, below: str) -> None:
    first = {table: rows(url, table) for table in KEPT}
    trade(url)
    database = Database(url)
    with database.units().writing() as books:
        books.set_preferences("telegram", "1", Preferences(zone="Asia/Tokyo"))
    database.close()
    kept = {table: rows(url, table) for table in KEPT}

    go(url, below)
    assert kept != first
    assert {table: rows(url, table) for table in KEPT} == {
        table: first_columns(table, there) for table, there in kept.items()
    }
    go(url, HEAD)

    assert {table: rows(url, table) for table in KEPT} == kept
    assert rows(url, "event") == []
    assert proved(url)
    trade(url)
    assert proved(url)
    assert guarded(url)


def test_the_guards_are_back_after_every_step(url: str) -> None:
    for _ in range(3):
        trade(url)
        assert guarded(url)
        go(url, MET)
        assert left_over(url) == []
        go(url, HEAD)


def left_over(url: str) -> list[str]:
    """Return what of the guards is still there."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if url.startswith("sqlite")
        else "SELECT proname FROM pg_proc WHERE proname LIKE '%_kept'"
    )
    with opened(url) as connection:
        return list(connection.scalars(text(asked)))


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(url: str) -> None:
    trade(url)
    before = {table: rows(url, table) for table in ("event", "posting", "account", "outbox")}

    migrate(url)

    assert {table: rows(url, table) for table in before} == before
    assert all(before.values())
    assert guarded(url)
