"""Codes cannot be guessed, and are told apart when they are read aloud."""

from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.database import Database, prepare
from bot.adapters.database.link_rows import LETTERS
from core.paper.records import Identity, Link

UNTIL = datetime(2026, 12, 1, tzinfo=UTC)


def test_letters_that_look_alike_are_left_out() -> None:
    assert not set("ILO01") & set(LETTERS)
    assert len(set(LETTERS)) == len(LETTERS) == 23


def test_codes_are_of_these_letters_and_never_the_same(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    prepare(url)
    database = Database(url)
    with database.units().writing() as books:
        codes = {
            books.paper.keep_link(Link(Identity("telegram", str(n)), "", UNTIL)) for n in range(99)
        }
    database.close()
    assert len(codes) == 99
    assert set("".join(codes)) <= set(LETTERS)
