"""The line as typed, and copies of it in which one word is another."""

import pytest

from bot.chat.lexer import Tok
from bot.chat.lexicon import Kind
from bot.chat.line import Line
from bot.chat.reading import Misread

LINE = Line("/compare", ("Long", "btc", "@65.000", "10x"))


def at(start: int, end: int | None = None) -> Tok:
    return Tok(Kind.UNKNOWN, start, start + 1 if end is None else end)


def test_a_token_is_quoted_as_its_owner_wrote_it() -> None:
    assert LINE.token(at(0, 2)) == "Long btc"
    assert LINE.token(None) == ""


def test_one_word_is_changed_and_the_others_stay() -> None:
    assert LINE.swapped(at(1), "eth") == "/compare Long eth @65.000 10x"
    assert LINE.swapped(at(1, 3), "") == "/compare Long 10x"
    assert LINE.first("short") == "/compare short Long btc @65.000 10x"
    assert LINE.last("now") == "/compare Long btc @65.000 10x now"


@pytest.mark.parametrize(
    ("word", "fixed"),
    [
        ("@65.000", "@65000"),
        ("e=65.000", "e=65000"),
        ("$65.000", "65000"),
        ("-65", "65000"),
        ("nan", "65000"),
        ("->65.0", "->65000"),
    ],
)
def test_what_stands_before_a_number_stays(word: str, fixed: str) -> None:
    assert Line("/c", (word,)).renumbered(at(0), "65000") == f"/c {fixed}"


def test_a_line_that_nobody_would_copy_is_none() -> None:
    assert Line("/c", ("x" * 197,)).say(("x" * 197,)) != ""
    assert Line("/c", ("x" * 198,)).say(("x" * 198,)) == ""


def test_a_line_without_a_head_is_only_its_words() -> None:
    assert Line("", ("long",)).last("btc") == "long btc"


def test_the_first_option_is_the_cure_where_none_is_named() -> None:
    options = (("long", "/c long"), ("short", "/c short"))
    with pytest.raises(Misread) as found:
        LINE.fail("missing_side", at(1), options=options)
    assert (found.value.token, found.value.suggestion) == ("btc", "/c long")
    with pytest.raises(Misread) as named:
        LINE.fail("missing_side", suggestion="/c", options=options)
    assert (named.value.token, named.value.suggestion) == ("", "/c")
