"""Slot words: what stands behind one is what it says, and without it a word is plain English."""

import pytest

from bot.chat.lexicon import Kind
from bot.chat.reading import Misread, SizeKind, TypedSize
from bot.chat.slots import read_slot
from core.money import D
from tests.chat.drafts import draft, refused
from tests.chat.lines import read


def slotted(text: str) -> dict[str, object]:
    """Read a line's first token, a slot word."""
    made = draft(text)
    assert made.toks[0].kind is Kind.SLOT
    made.at = 1
    read_slot(made, made.toks[0])
    return made.values


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("/compare leverage 10", "leverage", D(10)),
        ("/compare lev 10x", "leverage", D(10)),
        ("/compare margin 500", "size", TypedSize(SizeKind.MARGIN, D(500))),
        ("/compare size 5k", "size", TypedSize(SizeKind.NOTIONAL, D(5000))),
        ("/compare qty 0.1", "size", TypedSize(SizeKind.QUANTITY, D("0.1"))),
        ("/compare qty 0.1 btc", "size", TypedSize(SizeKind.QUANTITY, D("0.1"))),
        ("/compare margin 25%", "size", TypedSize(SizeKind.WALLET_PERCENT, D(25))),
        ("/compare entry at 60000", "entry", D(60000)),
        ("/compare entry @60000", "entry", D(60000)),
        ("/compare wallet 5k", "wallet", D(5000)),
        ("/pnl exit 70000", "exit", D(70000)),
        ("/pnl exit +5%", "percent", D(5)),
        ("/liq add 50", "add", D(50)),
        ("/liq remove 50", "add", D(-50)),
        ("/target roe 50%", "roe", D(50)),
        ("/close id 3", "id", "3"),
        ("/close id #3", "id", "3"),
        ("/open sl 60000", "sl", D(60000)),
        ("/open sl 5%", "sl", "5%"),
    ],
)
def test_a_slot_word_says_what_its_number_is(text: str, field: str, value: object) -> None:
    assert slotted(text)[field] == value


@pytest.mark.parametrize(
    "text", ["/compare position", "/compare at", "/compare margin btc", "/liq remove"]
)
def test_a_slot_word_without_a_number_may_be_plain_english(text: str) -> None:
    assert slotted(text) == {}


@pytest.mark.parametrize(
    ("text", "kind", "token"),
    [
        ("/compare wallet", "missing_amount", "wallet"),
        ("/compare qty btc", "missing_amount", "qty"),
        ("/compare wallet 5%", "missing_amount", "wallet"),
        ("/compare margin 1,00,0", "bad_number", "1,00,0"),
        ("/compare entry -5", "not_positive", "-5"),
        ("/liq add 0", "not_positive", "0"),
        ("/open sl 150%", "percent_out_of_range", "150%"),
        ("/compare size 500 btc", "ambiguous_number", "size 500"),
    ],
)
def test_a_slot_with_the_wrong_thing_behind_it_is_refused(text: str, kind: str, token: str) -> None:
    with pytest.raises(Misread) as found:
        slotted(text)
    assert refused(found) == (kind, token)


def test_now_behind_an_entry_is_the_mark() -> None:
    assert read("/compare long btc entry now").values["entry"] is None
