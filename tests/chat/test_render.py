"""Lines of fixed width: what is laid out never passes a phone's edge, and nothing is lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.figures import Code, Label, Money, Name, Percent
from bot.chat.numerals import Numerals
from bot.chat.render import (
    COLUMNS,
    Part,
    Writer,
    columns,
    facts_lines,
    maths_lines,
    pair,
    shown,
    table_lines,
    wrapped,
)
from bot.chat.reply import Choice, Facts, Maths, Notes, Poll, Row, Table, Text, Words
from core.money import D

WRITER = Writer(Numerals())
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=60)
AMOUNT = st.decimals(-(10**15), 10**15, places=2)


@given(st.lists(st.tuples(TEXT, AMOUNT, AMOUNT), min_size=1, max_size=6))
def test_no_line_of_a_table_is_too_wide(rows: list[tuple[str, Decimal, Decimal]]) -> None:
    table = Table(
        ("Isolated", "Cross"),
        tuple(Row(Label(t), (Money(a), Money(b)), frozenset({0})) for t, a, b in rows),
        "liquidated, position gone",
    )
    assert all(columns(line) <= COLUMNS for line in table_lines(table, WRITER))


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=6))
def test_every_cell_of_a_table_is_shown(cells: list[tuple[Decimal, Decimal]]) -> None:
    table = Table(("A", "B"), tuple(Row(Label("x"), (Money(a), Money(b))) for a, b in cells))
    text = "\n".join(table_lines(table, WRITER))
    for row in cells:
        assert all(WRITER.figure(Money(cell)) in text for cell in row)


@given(TEXT, TEXT, AMOUNT)
def test_no_line_of_facts_or_maths_is_too_wide(title: str, label: str, amount: Decimal) -> None:
    facts = Facts(((label, Money(amount, "USDT")), (label, Label(label))), title)
    maths = Maths(title, (Words("{t} = {a}", {"t": Label(label), "a": Money(amount)}),))
    lines = [*facts_lines(facts, WRITER), *maths_lines(maths, WRITER)]
    assert all(columns(line) <= COLUMNS for line in lines)


def test_a_star_stands_before_its_cell_and_needs_its_footnote() -> None:
    rows = (Row(Percent(D("-0.1"), 0), (Money(D(-5)), Money(D(-7))), frozenset({1})),)
    assert table_lines(Table(("A", "B"), rows, "gone"), WRITER)[1:] == [
        "-10%               -5.00*-7.00",
        "* gone",
    ]


def test_a_footnote_without_a_star_is_left_out() -> None:
    table = Table(("A",), (Row(Label("x"), (Money(D(1)),)),), "gone")
    assert "* gone" not in table_lines(table, WRITER)


def test_percentages_stand_below_each_other() -> None:
    moves = [D("0.1"), D("-0.05"), D("-0.5")]
    table = Table(("A",), tuple(Row(Percent(m, 0, signed=True), (Money(m),)) for m in moves))
    assert [line[:4] for line in table_lines(table, WRITER)[1:]] == ["+10%", " -5%", "-50%"]


@pytest.mark.parametrize(("text", "width"), [("BTC", 3), ("価格", 4), ("é", 1), ("e\u0301", 1)])
def test_columns_are_counted_as_they_are_seen(text: str, width: int) -> None:
    assert columns(text) == width


def test_a_pair_that_does_not_fit_takes_two_lines() -> None:
    assert pair("label", "value") == ["label" + " " * 20 + "value"]
    assert pair("l" * 26, "value") == ["l" * 26, " " * 25 + "value"]


def test_what_comes_from_outside_is_marked_for_the_platform() -> None:
    words = Words("{who} typed {what}.", {"who": Name("<b>"), "what": Code("/c")})
    assert list(WRITER.parts(words)) == [
        Part("name", "<b>"),
        Part("text", " typed "),
        Part("code", "/c"),
        Part("text", "."),
    ]
    assert WRITER.words(words) == "<b> typed /c."


@given(st.text(max_size=200))
def test_broken_lines_fit_the_phone(line: str) -> None:
    assert all(columns(part) <= COLUMNS for part in wrapped(line, indent=2))


def test_a_poll_is_a_card_with_letters_and_other_blocks_stay() -> None:
    given = (("leverage", Label("5x")),)
    answers = (Label("one"), Label("two"))
    whole = Choice("Why", "/why")
    poll = Poll(Words("Which?"), given, answers, 0, Words("Because."), None, whole)
    notes = Notes((Words("a"),))
    question, facts, table, last = shown((poll, notes))
    assert (question, facts, last) == (Text(Words("Which?"), strong=True), Facts(given), notes)
    assert isinstance(table, Table)
    assert table_lines(table, WRITER) == ["A one", "B two"]
    bare = Poll(Words("Which?"), (), answers, 0, Words("Because."), None, whole)
    assert [type(block) for block in shown((bare,))] == [Text, Table]
