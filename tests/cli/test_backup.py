"""`marginbot backup FILE`: a copy, or one line that says why there is none."""

from pathlib import Path

import pytest

from bot.cli import main


def test_a_copy_is_made_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["backup", "copy.db"]) == 0
    assert capsys.readouterr().out.endswith(f"Copied to {Path('copy.db').absolute()}\n")
    assert main(["backup", "copy.db"]) == 1
    assert capsys.readouterr().err == "marginbot: copy.db is there already: name another file\n"


def test_a_server_is_pointed_to_its_own_tool(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://mira:secret@localhost/margin")
    assert main(["backup", "copy.db"]) == 1
    said = capsys.readouterr().err
    assert "use pg_dump" in said
    assert "secret" not in said
