"""The log of hosts' entries is only ever added to, and the gate is shut behind every change."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.adapters.database import Database
from bot.adapters.database.engine import Address, open_engine
from core.lessons.books import ChatEntry, Noted
from tests.contracts.samples import NOW

ENTRY = ChatEntry(key="own-1", question="Rules?", answer="None.", by="9", at=NOW)
NOTED = Noted(at=NOW, by="9", did="add", key="own-1", question="Rules?", answer="None.")


def written(database: Database) -> None:
    with database.units().writing() as books:
        books.learning.keep_entry("telegram", "-5", ENTRY)
        for chat in ("-5", "-6", "-5"):
            books.learning.note_entry("telegram", chat, NOTED)


def run(url: str, *lines: str) -> list[tuple[object, ...]]:
    """Run lines past the program; return the rows of the last one, if it has any."""
    engine = open_engine(Address.read(url))
    rows: list[tuple[object, ...]] = []
    try:
        with engine.begin() as connection:
            for line in lines:
                found = connection.execute(text(line))
                rows = [tuple(row) for row in found] if found.returns_rows else []
    finally:
        engine.dispose()
    return rows


@pytest.mark.parametrize(
    "line",
    [
        "UPDATE chat_noted SET by = ''",
        "DELETE FROM chat_noted",
        "DELETE FROM chat_noted WHERE chat = '-5'",
    ],
)
def test_what_is_noted_can_neither_be_changed_nor_taken_away(
    url: str, database: Database, line: str
) -> None:
    written(database)
    before = run(url, "SELECT * FROM chat_noted ORDER BY id")
    with pytest.raises(DBAPIError, match="only ever added to"):
        run(url, line)
    assert run(url, "SELECT * FROM chat_noted ORDER BY id") == before
    assert len(before) == 3


def test_even_through_the_gate_no_line_is_changed(url: str, database: Database) -> None:
    written(database)
    with pytest.raises(DBAPIError, match="only ever added to"):
        run(url, "INSERT INTO gate VALUES ('log')", "UPDATE chat_noted SET answer = 'mine'")
    assert run(url, "SELECT * FROM chat_noted WHERE answer = 'mine'") == []


def test_a_chat_that_moves_keeps_the_numbers_of_its_lines(url: str, database: Database) -> None:
    written(database)
    before = run(url, "SELECT id, by, key FROM chat_noted ORDER BY id")
    with database.units().writing() as books:
        books.move_chat("telegram", "-5", "-100")
    assert run(url, "SELECT id, by, key FROM chat_noted ORDER BY id") == before
    assert run(url, "SELECT chat FROM chat_noted ORDER BY id") == [("-100",), ("-6",), ("-100",)]
    assert run(url, "SELECT * FROM gate") == []
    with pytest.raises(DBAPIError, match="only ever added to"):
        run(url, "DELETE FROM chat_noted")


def test_who_is_forgotten_is_in_no_row(url: str, database: Database) -> None:
    written(database)
    with database.units().writing() as books:
        books.learning.set_lessons("telegram", "9", frozenset({"modes"}))
        books.forget("telegram", "9")
    assert run(url, "SELECT DISTINCT by FROM chat_noted") == [("",)]
    assert run(url, "SELECT by FROM chat_entry") == [("",)]
    assert run(url, "SELECT * FROM lessons") == []
    assert run(url, "SELECT * FROM gate") == []
