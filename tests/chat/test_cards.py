"""Wording that commands share: titles, small print, and lines that ask again."""

import pytest

from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from bot.chat.reply import Notes, Reply
from tests.walk.house import Home, shown


def small_print(reply: Reply) -> list[str]:
    writer = Writer(Numerals(translate=english))
    return [writer.words(w) for b in reply.blocks if isinstance(b, Notes) for w in b.items]


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.mark.parametrize(
    ("line", "assumed"),
    [
        ("/compare long btc", "assumed: wallet 10,000, margin 2,000, leverage 10x"),
        ("/compare long btc 10x", "assumed: wallet 10,000, margin 2,000"),
        ("/compare long btc 10x 500", "assumed: wallet 10,000"),
    ],
)
def test_what_nobody_typed_is_said(home: Home, line: str, assumed: str) -> None:
    assert assumed in small_print(home.say(line))


def test_where_all_is_typed_nothing_is_assumed(home: Home) -> None:
    notes = small_print(home.say("/compare long btc 10x 500 wallet 1000"))
    assert not [note for note in notes if note.startswith("assumed")]


def test_a_typed_entry_stands_for_the_mark(home: Home) -> None:
    notes = small_print(home.say("/compare long btc 10x 500 @60000"))
    assert "the entry you typed stands for the mark" in notes


def test_the_tier_is_that_of_the_size(home: Home) -> None:
    small = small_print(home.say("/compare long btc 10x 500"))
    large = small_print(home.say("/compare long btc 10x 90000 wallet 1000000"))
    assert any(note.startswith("maintenance 0.4% (tier 1 of ") for note in small)
    assert any("(tier 2 of " in note or "(tier 3 of " in note for note in large)


def test_a_mended_word_is_told_before_the_figures(home: Home) -> None:
    lines = shown(home.say("/compare 10x lnog btc")).splitlines()
    assert lines[0].startswith("LONG 0.292 BTC")
    assert any("lnog" in line for line in lines[1:4])


def test_a_coin_never_recorded_can_be_asked_with_an_entry(home: Home) -> None:
    reply = home.say("/compare 10x long avax @14.2")
    assert reply.outcome == "ok"
    for row in reply.choices:
        assert all(home.say(c.say, button=True).outcome == "ok" for c in row)
