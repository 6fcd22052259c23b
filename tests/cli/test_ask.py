"""`marginbot ask`: one line and its answer, or a conversation of lines for a program."""

import json
from decimal import localcontext

import pytest

from bot.adapters.database import Database
from bot.cli import main
from bot.runtime.clock import SystemClock
from core.market import MarkPrice, Marks
from core.money import EXACT, D, Rate
from core.paper.apply import apply
from core.paper.events import Warned
from core.paper.records import Change, Identity, Notice
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


def test_every_object_has_the_notices_that_were_due(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/set confirm off", "/open 10x long btc 500 isolated", "/price btc", "/price btc")
    assert main(["ask", "--json", "-"]) == 0
    notices = [json.loads(line)["notices"] for line in capsys.readouterr().out.splitlines()]
    assert notices == [[], [], [], []]
    _post_warning()
    assert main(["ask", "--json", "/price btc"]) == 0
    (notice,) = json.loads(capsys.readouterr().out)["notices"]
    assert notice["text"].startswith("Near liquidation: #1 LONG")
    assert main(["ask", "--json", "/price btc"]) == 0
    assert json.loads(capsys.readouterr().out)["notices"] == []


def test_a_notice_stands_below_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/set confirm off"]) == 0
    assert main(["ask", "/open 10x long btc 500 isolated"]) == 0
    _post_warning()
    capsys.readouterr()
    assert main(["ask", "/price btc"]) == 0
    assert "\n\nNear liquidation: #1 LONG" in capsys.readouterr().out


def _post_warning() -> None:
    """Put a warning into the outbox of the one account in the database."""
    clock = SystemClock()
    database = Database("sqlite:///data/marginbot.db")
    try:
        with database.units().writing() as books, localcontext(EXACT):
            learner = books.paper.learner(Identity("console", "me"))
            assert learner is not None
            account = books.paper.account(learner, "demo")
            assert account is not None
            symbol = account.positions[0].leg.symbol
            mark = MarkPrice(account.positions[0].leg.entry_price, clock.now())
            met = Marks("demo", clock.now(), {symbol: mark})
            what = Warned(scope=1, ratio=Rate(D("0.9")))
            number = books.paper.record(
                Change(account, apply(account, what, clock.now()), (what,), clock.now())
            )[0]
            books.paper.post(Notice(learner, number, what, account, account, met, clock.now()))
    finally:
        database.close()
