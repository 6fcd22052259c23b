"""`marginbot audit`: sound books are told so, every fault is a line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main


def spoil(statement: str) -> None:
    """Change rows behind the program's back."""
    with closing(sqlite3.connect(Path("data/marginbot.db"))) as database:
        database.execute(statement)
        database.commit()


def test_sound_books_are_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/open long btc 10x 500", "--json"]) == 0
    assert main(["ask", "yes"]) == 0
    capsys.readouterr()
    assert main(["audit"]) == 0
    assert capsys.readouterr().out == "The books are sound.\n"


def test_an_empty_database_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit"]) == 0
    assert capsys.readouterr().out == "The books are sound.\n"


def test_a_changed_wallet_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/open long btc 10x 500"]) == 0
    assert main(["ask", "yes"]) == 0
    capsys.readouterr()
    spoil("""UPDATE account SET state = replace(state, '"wallet":"', '"wallet":"1')""")
    assert main(["audit"]) == 1
    said = capsys.readouterr().out
    assert "account 1: wallet by -" in said
    assert "account 1: replay" in said
    assert said.endswith("Faults: 2\n")
