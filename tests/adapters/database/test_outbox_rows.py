"""Notices outlive the process that posted them; their promises stand in the contract's tests."""

from contextlib import suppress
from pathlib import Path

import pytest

from bot.adapters.database import Database, prepare
from core.ports import Units
from tests.contracts.ledgers import NOW, SECOND, posted


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/bot.db"
    prepare(url)
    return url


def attempts(units: Units) -> list[int]:
    """How often each notice that is due was tried."""
    with units.reading() as books:
        return [due.attempts for due in books.paper.due(NOW + 60 * SECOND, 10, "telegram")]


def test_the_next_process_finds_what_this_one_did_not_deliver(url: str) -> None:
    first = Database(url)
    with first.units().writing() as books:
        posted(books, 3)
    with first.units().writing() as books:
        done, failed, _ = books.paper.due(NOW + SECOND * 60, 10)
        books.paper.delivered(done.id, NOW)
        books.paper.put_off(failed.id, NOW + SECOND)
    first.close()
    second = Database(url)
    assert sorted(attempts(second.units())) == [0, 1]
    second.close()


def test_a_notice_is_gone_with_the_transaction_that_booked_its_event(url: str) -> None:
    database = Database(url)
    with suppress(RuntimeError), database.units().writing() as books:
        posted(books, 1)
        raise RuntimeError
    assert attempts(database.units()) == []
    database.close()
