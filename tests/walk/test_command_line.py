"""The program as a person or a script uses it: one line, many lines, a pipe, bad settings."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.adapters.console.render import data, pressed
from bot.chat.ports import PlatformRefused
from bot.chat.reply import Hush
from bot.cli import main, run
from bot.cli.run import greeting
from bot.settings import load
from tests.walk.house import Home


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every walk has a database and a `.env` of its own, and leaves no log handler behind."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_TOKEN", "DISCORD_TOKEN", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_one_line_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/compare 10x long BTC"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("LONG 0.2")
    assert "DEMO PRICES, not live" in out


def test_a_refusal_is_told_by_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/compare btc eth"]) == 2
    assert "not coins" in capsys.readouterr().out


def test_lines_are_one_conversation_and_numbers_press(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "/compare 10x long BTC", "2", "", "/compare@otherbot btc", "99")
    assert main(["ask", "--json", "-"]) == 2
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(objects) == 5
    assert objects[0]["outcome"] == "ok"
    assert "20x" in objects[1]["text"]
    assert objects[2]["outcome"] == "empty"
    assert objects[3]["outcome"] == "silent"
    table = next(b for b in objects[0]["blocks"] if b["type"] == "table")
    assert table["rows"][0]["cells"][0]["type"] == "money"


def test_a_silent_answer_prints_an_empty_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "/compare@otherbot btc")
    assert main(["ask", "-"]) == 0
    assert capsys.readouterr().out == "\n"


def test_readings_are_printed_one_object_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "/compare btc long 10x 500 65000", "/compare 10x btc", "/c@other x")
    marks = "BTCUSDT=64210,ETHUSDT=3200"
    assert main(["parse", "--json", "-", "--marks", marks]) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["margin"], first["entry"]) == ("500", "65000")
    assert second["error"] == "missing_side"
    assert third == {"ignored": True}


def test_readings_without_marks_use_the_demo_market(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "/hedge long btc short eth 10x 1000"]) == 0
    legs = json.loads(capsys.readouterr().out)["legs"]
    assert [leg["side"] for leg in legs] == ["long", "short"]
    assert main(["parse", "/avg long btc 0.1@60000 $100@55000"]) == 0
    fills = json.loads(capsys.readouterr().out)["fills"]
    assert fills[1] == {"size": {"margin": "100"}, "price": "55000"}


def test_a_group_ignores_what_is_not_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "--group", "--marks", "BTCUSDT=1", "hello there"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ignored": True}


def test_marks_that_are_none_are_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["parse", "--marks", "BTCUSDT=much", "/price"])
    assert left.value.code == 2
    assert "SYMBOL=PRICE" in capsys.readouterr().err


def test_a_pipe_is_a_chat_that_ends_with_its_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "/price btc", "", "3", "/quit", "/price eth")
    assert main([]) == 0
    shown = capsys.readouterr()
    assert "BTCUSDT" in shown.out
    assert "SHORT" in shown.out
    assert "ETHUSDT" not in shown.out
    assert str(Path.cwd() / "data" / "marginbot.db") in shown.err
    assert "open to everyone" in shown.err


def test_a_pipe_without_a_word_of_leave_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "/start")
    assert main(["run"]) == 0


def test_the_database_can_be_brought_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_a_bad_setting_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRICES_SPEED", "fast")
    assert main(["ask", "/price"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_tokens_with_recorded_prices_are_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:ABC-def")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@db.local/bot")
    lines = "\n".join(greeting(load(None)))
    assert "Telegram" in lines
    assert "not live" in lines
    assert "secret" not in lines


def test_numbers_press_only_what_is_there() -> None:
    reply = Home().say("/start")
    assert pressed(reply, "1") is reply.choices[0][0]
    assert pressed(reply, "0") is None
    assert pressed(reply, "99") is None
    assert pressed(None, "1") is None
    assert pressed(reply, "one") is None
    assert data(Hush())["text"] == ""


def test_a_database_that_cannot_be_opened_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/taken/bot.db")
    assert main(["ask", "/price"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_platform_that_refuses_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch)

    class Closed:
        async def run(self, _stop: object) -> None:
            raise PlatformRefused("the token is not known")

    monkeypatch.setattr(run, "platforms", lambda *_a, **_k: [Closed()])
    assert main(["run"]) == 1
    assert capsys.readouterr().err.endswith("marginbot: the token is not known\n")
