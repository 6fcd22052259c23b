"""`marginbot restore FILE`: the copy is back, and what was there is kept."""

from pathlib import Path

import pytest

from bot.cli import main


def test_what_was_copied_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/set leverage 20"]) == 0
    assert main(["backup", "copy.db"]) == 0
    assert main(["ask", "/set leverage 50"]) == 0
    capsys.readouterr()
    assert main(["restore", "copy.db"]) == 0
    said = capsys.readouterr().out
    assert "before-restore-1" in said
    assert "must be restarted now" in said
    assert main(["ask", "/set"]) == 0
    assert "20x" in capsys.readouterr().out


def test_a_missing_copy_is_one_line_and_changes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["restore", "none.db"]) == 1
    assert capsys.readouterr().err == "marginbot: none.db is not there\n"
    assert not Path("data").exists()
