"""`marginbot scenarios list`: one recorded event a line."""

import pytest

from bot.cli import main


def test_every_event_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenarios", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert lines[0].split() == [
        "2020-03-12", "Black", "Thursday", "2020-03-09T00:00Z", "216", "h",
        "BTC", "ETH", "BNB", "XRP", "DOGE", "ADA",
    ]  # fmt: skip


def test_there_is_something_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["scenarios", "guess"])
    assert ended.value.code == 2
    assert "invalid choice" in capsys.readouterr().err
