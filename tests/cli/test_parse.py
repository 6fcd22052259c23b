"""`marginbot parse`: how lines are read, one object a line."""

import json

import pytest

from bot.cli import main
from tests.cli.conftest import Typed


def test_readings_are_printed_one_object_a_line(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/compare btc long 10x 500 65000", "/compare 10x btc", "/c@other x")
    marks = "BTCUSDT=64210,ETHUSDT=3200"
    assert main(["parse", "--json", "-", "--marks", marks]) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["margin"], first["entry"]) == ("500", "65000")
    assert second["error"] == "missing_side"
    assert third == {"ignored": True}


def test_a_line_that_cannot_be_read_is_told_by_the_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["parse", "--marks", "", "/compare btc"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "missing_side"


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


@pytest.mark.parametrize("marks", ["BTCUSDT=much", "BTCUSDT", "BTCUSDT=1,x"])
def test_marks_that_are_none_are_bad_usage(capsys: pytest.CaptureFixture[str], marks: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["parse", "--marks", marks, "/price"])
    assert left.value.code == 2
    assert "SYMBOL=PRICE" in capsys.readouterr().err
