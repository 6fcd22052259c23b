"""What only a database promises: rows that are never changed, and one version of an account."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.adapters.database import Database
from bot.adapters.database.engine import Address, open_engine
from bot.adapters.database.paper_books import Conflict
from core.paper.events import Granted
from core.paper.records import Change
from tests.contracts.ledgers import NOW as MOMENT
from tests.contracts.ledgers import TOBI, after, began, book, increased, money

NOW = "1796126400000000"


def written(database: Database) -> None:
    with database.units().writing() as books:
        _, account = began(books)
        book(books, account, (increased(),))


def run(url: str, *lines: str) -> None:
    engine = open_engine(Address.read(url))
    try:
        with engine.begin() as connection:
            for line in lines:
                connection.execute(text(line))
    finally:
        engine.dispose()


def count(url: str, table: str) -> int:
    engine = open_engine(Address.read(url))
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return int(found)


@pytest.mark.parametrize(
    "line",
    [
        "UPDATE event SET body = '{}'",
        "UPDATE posting SET quanta = 0",
        "DELETE FROM event",
        "DELETE FROM posting WHERE ledger = 'fees'",
        "DELETE FROM account",
        "DELETE FROM learner",
    ],
)
def test_what_happened_can_neither_be_changed_nor_taken_away(
    url: str, database: Database, line: str
) -> None:
    written(database)
    before = count(url, "event"), count(url, "posting")
    with pytest.raises(DBAPIError, match="only ever added to"):
        run(url, line)
    assert (count(url, "event"), count(url, "posting")) == before == (3, 5)


def test_even_through_the_gate_nothing_is_changed(url: str, database: Database) -> None:
    written(database)
    with pytest.raises(DBAPIError, match="only ever added to"):
        run(url, "INSERT INTO gate VALUES ('forget')", "UPDATE posting SET quanta = 0")
    assert count(url, "posting WHERE quanta = 0") == 0


def test_forgetting_opens_the_gate_and_shuts_it(url: str, database: Database) -> None:
    with database.units().writing() as books:
        learner, account = began(books)
        book(books, account, (increased(),))
        began(books, TOBI)
        books.paper.forget_learner(learner)
    assert [count(url, table) for table in ("gate", "learner", "account", "event", "posting")] == [
        0,
        1,
        1,
        2,
        2,
    ]


def test_two_events_never_have_one_version(url: str, database: Database) -> None:
    written(database)
    line = (
        "INSERT INTO event (account, version, kind, body, at, request) "
        f"VALUES (1, 3, 'Granted', '{{}}', {NOW}, '')"
    )
    with pytest.raises(DBAPIError):
        run(url, line)


def test_a_stale_change_is_a_conflict_that_names_the_account(database: Database) -> None:
    with database.units().writing() as books:
        _, account = began(books)
        book(books, account, (increased(),))
        with pytest.raises(Conflict, match=rf"account {account.id} is past version 2"):
            book(books, account, (Granted(amount=money(1)),))


def test_a_change_of_an_account_that_is_gone_is_a_conflict(database: Database) -> None:
    with database.units().writing() as books:
        learner, account = began(books)
        books.paper.forget_learner(learner)
        events = (Granted(amount=money(1)),)
        with pytest.raises(Conflict):
            books.paper.record(Change(account, after(account, events), events, MOMENT))
