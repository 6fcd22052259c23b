"""Words and what they are: each is known by its shape, and an odd one says that it is odd."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.lexer import Tok, normal
from bot.chat.lexicon import Kind
from tests.chat.drafts import LEXER


def lexed(text: str) -> list[Tok]:
    return LEXER.lex(normal(text).lower().split())


def told(text: str) -> list[tuple[str, str]]:
    """Kind and content of each token, as text."""
    toks = lexed(text)
    return [(tok.kind.value, tok.name or (f"{tok.number:f}" if tok.number else "")) for tok in toks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("long", [("side", "long")]),
        ("btc", [("symbol", "BTCUSDT")]),
        ("btc usdt perp", [("symbol", "BTCUSDT")]),
        ("$moon", [("symbol", "MOONUSDT")]),
        ("#3", [("id", "3")]),
        ("10x", [("leverage", "10")]),
        ("500", [("number", "500")]),
        ("$500", [("dollars", "500")]),
        ("500 usdt", [("money", "500")]),
        ("1.5k", [("number", "1500")]),
        ("0.1btc", [("quantity", "BTCUSDT")]),
        ("5kpepe", [("quantity", "1000PEPEUSDT")]),
        ("-15%", [("percent", "-15")]),
        ("half", [("share", "50")]),
        ("@65000", [("slot", "entry"), ("number", "65000")]),
        ("e=65000", [("slot", "entry"), ("number", "65000")]),
        ("lev10", [("slot", "leverage"), ("number", "10")]),
        ("->70000", [("slot", "exit"), ("number", "70000")]),
        ("100@200", [("number", "100"), ("slot", "entry"), ("number", "200")]),
        ("btc-15%", [("symbol", "BTCUSDT"), ("percent", "-15")]),
        ("long,btc", [("side", "long"), ("symbol", "BTCUSDT")]),
        ("65 000", [("number", "65000")]),
        ("+ 50", [("number", "50")]),
        ("please", []),
        ("1,00,0", [("bad", "1000")]),
        ("--5", [("bad", "5")]),
        ("nan", [("bad", "")]),
        ("wobble", [("unknown", "wobble")]),
        ("5wobble", [("unknown", "5wobble")]),
        ("on mexc", [("on", ""), ("unknown", "mexc")]),
    ],
)
def test_a_word_is_known_by_its_shape(text: str, found: list[tuple[str, str]]) -> None:
    assert told(text) == found


def test_signs_and_the_mark_of_a_meant_price_are_kept() -> None:
    (plus,) = lexed("+50")
    (minus,) = lexed("-50")
    _, meant = lexed("@30000!")
    assert (plus.sign, plus.number, minus.sign, minus.number) == (
        "+",
        Decimal(50),
        "-",
        Decimal(-50),
    )
    assert (plus.meant, meant.meant) == (False, True)


def test_a_token_knows_which_words_it_is_made_of() -> None:
    toks = lexed("long btc usdt for 65 000 @60k")
    assert [(tok.start, tok.end) for tok in toks] == [(0, 1), (1, 3), (4, 6), (6, 7), (6, 7)]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１０x", "10x"),
        ("10×", "10x"),
        ("−5", "-5"),
        ("65\N{NO-BREAK SPACE}000", "65000"),
        ("lo\u202eng", "long"),
        ("a\x00b", "a b"),
        ("btc→70k", "btc -> 70k"),
        ("🟢btc", "🟢 btc"),
        ("🙂btc", "btc"),
    ],
)
def test_signs_have_one_spelling(typed: str, plain: str) -> None:
    assert normal(typed).strip() == plain


@given(st.text(max_size=80))
def test_nothing_unseen_is_left_in_a_line(text: str) -> None:
    kinds = {unicodedata.category(char) for char in normal(text)}
    assert not kinds & {"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Zl", "Zp"}


@given(st.lists(st.text(min_size=1, max_size=80).map(str.lower), max_size=8))
def test_any_words_become_tokens_in_their_order(words: list[str]) -> None:
    toks = LEXER.lex([word for text in words for word in normal(text).split()])
    assert [tok.start for tok in toks] == sorted(tok.start for tok in toks)
    assert all(tok.start < tok.end for tok in toks)
    assert all(tok.number.is_finite() for tok in toks)


@given(st.decimals(Decimal("0.001"), 10**9, places=3), st.sampled_from(["", "x", "%", "btc", "$"]))
def test_a_number_keeps_its_value_whatever_its_ending(value: Decimal, ending: str) -> None:
    (tok,) = lexed(f"{value:f}{ending}")
    assert tok.number == value
    assert tok.kind not in {Kind.BAD, Kind.UNKNOWN}
