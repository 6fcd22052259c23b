"""A reply as plain text for people, and as typed data for programs."""

import json
from datetime import UTC, date, datetime

import pytest

from bot.adapters.console.render import data, pressed, text
from bot.chat.figures import Day, Label, Moment, Money, Percent
from bot.chat.render import COLUMNS, columns
from bot.chat.reply import (
    Block,
    Choice,
    Facts,
    File,
    Hush,
    Maths,
    Notes,
    Points,
    Reply,
    Row,
    Source,
    Table,
    Text,
    Title,
    Words,
)
from core.money import D

TWO_ROWS = ((Choice("One", "/one"), Choice("Two", "/two")), (Choice("Three", "/three"),))
WORDS = Words("some words")


def test_blocks_stand_in_their_order_and_choices_are_numbered() -> None:
    reply = Reply(
        (Title(Words("T")), Points((WORDS, WORDS)), Notes((Words("a"), Words("b")))), TWO_ROWS
    )
    assert text(reply).splitlines() == [
        "T",
        "- some words",
        "- some words",
        "a · b",
        "[1] One  [2] Two",
        "[3] Three",
    ]


@pytest.mark.parametrize(
    ("block", "style"),
    [
        (Title(WORDS), "\x1b[1m"),
        (Notes((WORDS,)), "\x1b[2m"),
        (Source(WORDS), "\x1b[2m"),
        (Text(WORDS), ""),
    ],
)
def test_colours_are_for_a_terminal_alone(block: Block, style: str) -> None:
    reply = Reply((block,))
    end = "\x1b[0m" if style else ""
    assert text(reply, colours=True) == f"{style}some words{end}"
    assert text(reply) == "some words"


def test_a_calculation_is_shown_line_by_line() -> None:
    reply = Reply((Maths("Sum", (Words("1 + 1"), Words("= 2"))),))
    assert text(reply).splitlines() == ["Sum", "1 + 1", "= 2"]


def test_figures_are_written_as_the_reader_writes_them() -> None:
    reply = Reply((Text(Words("worth {worth}", {"worth": Money(D("1234.5"), "USDT")})),))
    assert text(reply) == "worth 1,234.50 USDT"
    assert text(reply, locale="de") == "worth 1.234,50 USDT"


def test_wide_values_become_cards() -> None:
    row = Row(Label("Can lose"), (Money(D("123456789.12")), Money(D(5))), frozenset({0}))
    heading = Row(Label("If it moves, and a long heading that must be broken"))
    table = Table(("Isolated", "Cross"), (row, heading), "liquidated, and the position is gone")
    facts = Facts((("a label that is much too long for a line", Money(D(1))),), "A title")
    shown = text(Reply((table, facts)))
    assert all(columns(line) <= COLUMNS for line in shown.splitlines())
    assert "123,456,789.12" in shown


def test_numbers_press_only_what_is_there() -> None:
    reply = Reply((Text(WORDS),), TWO_ROWS)
    assert [pressed(reply, number) for number in "123"] == [c for row in TWO_ROWS for c in row]
    for line in ("0", "4", "99", "-1", "1.0", "one", "", "١", "0001"):
        assert pressed(reply, line) is None
    assert pressed(None, "1") is None


def test_silence_is_data_too() -> None:
    assert data(Hush(outcome="cooldown")) == {
        "outcome": "cooldown",
        "blocks": [],
        "choices": [],
        "text": "",
    }


def test_data_is_json_in_which_no_digit_is_lost() -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    row = Row(Percent(D("-0.10"), 0), (Money(D("1E+3"), "USDT"),), frozenset({1, 0}))
    facts = Facts((("when", Moment(noon)), ("day", Day(date(2026, 9, 29)))))
    reply = Reply((Table(("A",), (row,)), facts), TWO_ROWS, private=True)
    found = json.loads(json.dumps(data(reply)))
    assert (found["type"], found["tone"], found["private"]) == ("reply", "answer", True)
    table, told = found["blocks"]
    assert table["rows"][0]["cells"][0] == {
        "type": "money",
        "value": "1000",
        "unit": "USDT",
        "signed": False,
        "whole": False,
    }
    assert table["rows"][0]["label"]["value"] == "-0.10"
    assert table["rows"][0]["flags"] == [0, 1]
    assert [fact[1]["value"] for fact in told["rows"]] == [noon.isoformat(), "2026-09-29"]
    assert found["choices"][1][0]["say"] == "/three"
    assert found["text"] == text(reply)


def test_words_carry_their_places_into_the_data() -> None:
    reply = Reply((Text(Words("worth {worth}", {"worth": Money(D(5))}), strong=True),))
    (block,) = json.loads(json.dumps(data(reply)))["blocks"]
    assert block["strong"] is True
    assert block["words"]["text"] == "worth {worth}"
    assert block["words"]["figures"]["worth"]["value"] == "5"


def test_a_file_is_printed_between_marks_and_whole_for_programs() -> None:
    reply = Reply((Text(Words("Two lines.")), File("a.csv", "text/csv", "x,y\n1,2\n")))
    assert text(reply).splitlines() == ["Two lines.", "--- a.csv", "x,y", "1,2", "---"]
    told = data(reply)["blocks"]
    assert isinstance(told, list)
    assert told[1] == {
        "type": "file",
        "name": "a.csv",
        "media": "text/csv",
        "text": "x,y\n1,2\n",
    }
