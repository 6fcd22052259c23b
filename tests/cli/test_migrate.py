"""`marginbot migrate`: a database brought to the present form, as often as one likes."""

from pathlib import Path

import pytest

from bot.cli import main


def test_the_database_is_made_and_brought_up_to_date(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/here/bot.db")
    for _ in range(2):
        assert main(["migrate"]) == 0
        assert capsys.readouterr().out == "The database is up to date.\n"
    assert (tmp_path / "here" / "bot.db").stat().st_size > 0


def test_a_migrated_database_is_the_one_that_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["migrate"]) == 0
    assert main(["ask", "/set leverage 20"]) == 0
    assert main(["ask", "/compare long btc"]) == 0
    assert "20x" in capsys.readouterr().out
