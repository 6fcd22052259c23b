"""The worked examples of the command language, read against their marks."""

import json
from pathlib import Path

import pytest

from bot.chat.facts import as_fields, misread_fields
from bot.chat.reading import Misread
from tests.chat.lines import CONTEXT, GRAMMAR

EXAMPLES = json.loads((Path(__file__).parent / "worked_examples.json").read_text("utf-8"))
QUESTIONS = (Path(__file__).parent / "questions.txt").read_text("utf-8").splitlines()


def read(text: str) -> dict[str, object]:
    try:
        reading = GRAMMAR.read(text, CONTEXT)
    except Misread as misread:
        return dict(misread_fields(misread))
    return {"ignored": True} if reading is None else as_fields(reading)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[e[0][:40] for e in EXAMPLES])
def test_a_line_is_read_as_it_is_meant(text: str, expected: dict[str, object]) -> None:
    found = read(text)
    for name, value in expected.items():
        assert found.get(name) == value, (name, found)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_no_command(question: str) -> None:
    assert read(question)["command"] == "faq"


def test_all_worked_examples_are_here() -> None:
    assert len(EXAMPLES) >= 72
