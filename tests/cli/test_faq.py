"""`marginbot faq`: ids for programs, one object a line, at once."""

import json

import pytest

from bot.cli import main
from tests.cli.conftest import Typed


def test_every_line_has_one_object(capsys: pytest.CaptureFixture[str], typed: Typed) -> None:
    typed("can i change mode with an open trade", "", "will btc pump tomorrow", "<b>hi</b> 🤷")
    assert main(["faq", "--json", "-"]) == 2
    first, empty, pump, markup = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["answer"] == first["candidates"][0] == "switch-margin-mode"
    assert len(first["candidates"]) == 3
    assert empty == {"answer": None, "candidates": []}
    assert pump["answer"] is markup["answer"] is None


def test_a_question_alone_is_answered_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["faq", "what", "is", "adl"]) == 0
    assert capsys.readouterr().out.startswith("adl: ")
    assert main(["faq", "🤷"]) == 2
    assert capsys.readouterr().out == "-: no answer\n"
