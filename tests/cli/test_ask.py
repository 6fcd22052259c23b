"""`marginbot ask`: one line and its answer, or a conversation of lines for a program."""

import json

import pytest

from bot.cli import main
from tests.cli.conftest import Typed


def test_one_line_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/compare 10x long BTC"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("LONG 0.2")
    assert "DEMO PRICES, not live" in out


def test_words_that_the_shell_took_apart_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/compare", "10x", "long", "BTC"]) == 0
    assert capsys.readouterr().out.startswith("LONG 0.2")


def test_a_refusal_is_told_by_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/compare btc eth"]) == 2
    assert "not coins" in capsys.readouterr().out


def test_lines_are_one_conversation_and_numbers_press(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/compare 10x long BTC", "2", "", "/compare@otherbot btc", "99")
    assert main(["ask", "--json", "-"]) == 2
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(objects) == 5
    assert objects[0]["outcome"] == "ok"
    assert "20x" in objects[1]["text"]
    assert objects[2]["outcome"] == "empty"
    assert objects[3]["outcome"] == "silent"
    table = next(b for b in objects[0]["blocks"] if b["type"] == "table")
    assert table["rows"][0]["cells"][0]["type"] == "money"


def test_the_status_is_that_of_the_last_line(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/compare btc eth", "/price btc")
    assert main(["ask", "-"]) == 0
    assert "BTCUSDT" in capsys.readouterr().out


def test_a_silent_answer_prints_an_empty_line(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/compare@otherbot btc")
    assert main(["ask", "-"]) == 0
    assert capsys.readouterr().out == "\n"
