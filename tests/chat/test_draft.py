"""A reading in the making: every field is filled once, and says what is wrong with a second."""

import pytest

from bot.chat.lexer import Tok
from bot.chat.lexicon import Kind
from bot.chat.reading import Misread, SizeKind, TypedSize
from core.margin.pool import Side
from core.money import D
from tests.chat.drafts import draft, refused

TOK = Tok(Kind.UNKNOWN, 0, 1)


def test_a_draft_looks_ahead_and_ends() -> None:
    made = draft("/compare long btc")
    seen = []
    while (tok := made.peek()) is not None:
        seen.append(tok.kind)
        made.at += 1
    assert seen == [Kind.SIDE, Kind.SYMBOL]


@pytest.mark.parametrize(
    ("command", "sized"), [("compare", True), ("open", True), ("price", False), ("margin", False)]
)
def test_a_command_takes_a_size_or_not(command: str, sized: bool) -> None:
    assert draft(f"/{command} btc").sized is sized


def test_the_same_word_twice_says_nothing_new() -> None:
    made = draft("/compare long long btc")
    made.put("side", Side.LONG, made.toks[0])
    made.put("side", Side.LONG, made.toks[1])
    assert made.where["side"] == made.toks[0]


@pytest.mark.parametrize(
    ("text", "field", "values", "kind"),
    [
        ("/compare long short", "side", (Side.LONG, Side.SHORT), "conflicting_side"),
        ("/compare 10x 20x", "leverage", (D(10), D(20)), "duplicate_field"),
        ("/compare 10x 10x", "leverage", (D(10), D(10)), "duplicate_field"),
    ],
)
def test_a_second_filling_offers_the_line_with_either(
    text: str, field: str, values: tuple[object, object], kind: str
) -> None:
    made = draft(text)
    first, second = made.toks
    made.put(field, values[0], first)
    with pytest.raises(Misread) as found:
        made.put(field, values[1], second)
    assert refused(found) == (kind, made.line.words[1])
    assert [line for _, line in found.value.options] == [
        f"/compare {word}" for word in made.line.words
    ]


def test_two_coins_are_one_trade_or_a_hedge() -> None:
    made = draft("/compare short btc eth")
    made.put("side", Side.SHORT, made.toks[0])
    made.put_symbol(made.toks[1])
    with pytest.raises(Misread) as found:
        made.put_symbol(made.toks[2])
    assert refused(found) == ("two_symbols", "eth")
    assert [line for _, line in found.value.options] == [
        "/compare short btc 10x",
        "/hedge long btc short eth 10x",
    ]


def test_the_note_of_a_spelling_is_made_once() -> None:
    made = draft("/compare pepe pepe")
    for tok in made.toks:
        made.put_symbol(tok)
    assert [note.code for note in made.notes] == ["thousand_contract"]
    assert made.values["symbol"] == "1000PEPEUSDT"


@pytest.mark.parametrize(
    ("coin", "amount", "kept"),
    [("btc", "0.5", "0.5"), ("pepe", "5000", "5"), ("1000pepe", "5", "5")],
)
def test_coins_are_counted_in_the_contracts_own_unit(coin: str, amount: str, kept: str) -> None:
    made = draft(f"/compare {coin}")
    made.put_quantity(D(amount), made.toks[0], made.toks[0])
    assert made.values["size"] == TypedSize(SizeKind.QUANTITY, D(kept))


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("0.01", True), ("100", True), ("0", False), ("-5", False), ("100.1", False)],
)
def test_a_share_is_above_nothing_and_at_most_all(typed: str, fits: bool) -> None:
    tok = TOK._replace(number=D(typed))
    if fits:
        assert draft("/compare x").share(tok) == D(typed)
        return
    with pytest.raises(Misread, match="percent_out_of_range"):
        draft("/compare x").share(tok)


def test_a_number_of_nothing_has_no_cure() -> None:
    made = draft("/compare 0")
    with pytest.raises(Misread) as found:
        made.positive(made.toks[0])
    assert (found.value.kind, found.value.suggestion) == ("not_positive", "")
