"""From tokens to fields: any order, one slip mended, and every kind of token has its reader."""

from itertools import permutations

import pytest

from bot.chat.lexicon import Kind
from bot.chat.readers import _READERS, gather
from bot.chat.reading import Misread, SizeKind, TypedSize
from core.margin.pool import Side
from core.money import D
from tests.chat.drafts import draft, refused

PLACELESS = {Kind.FILLER}
"""Kinds that the lexer drops."""


def gathered(text: str) -> dict[str, object]:
    made = draft(text)
    gather(made)
    return made.values


def test_every_kind_of_token_has_a_reader() -> None:
    assert set(_READERS) == set(Kind) - PLACELESS


def test_words_stand_in_any_order() -> None:
    words = ("long", "btc", "10x", "500usdt", "bybit")
    found = [gathered(" ".join(("/compare", *order))) for order in permutations(words)]
    expected = {
        "side": Side.LONG,
        "symbol": "BTCUSDT",
        "leverage": D(10),
        "size": TypedSize(SizeKind.MARGIN, D(500)),
        "venue": "bybit",
    }
    assert all(values == expected for values in found)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("/liq cross", "mode", "cross"),
        ("/compare on hl", "venue", "hyperliquid"),
        ("/compare on mexc", "venue", "mexc"),
        ("/compare mine", "mine", True),
        ("/close all", "all", True),
        ("/open reduce", "reduce", True),
        ("/open reduce-only", "reduce", True),
        ("/open reduce only", "reduce", True),
        ("/open ReduceOnly", "reduce", True),
        ("/close #3", "id", "3"),
        ("/compare all", "size", TypedSize(SizeKind.WALLET_PERCENT, D(100))),
    ],
)
def test_a_word_fills_the_field_of_its_kind(text: str, field: str, value: object) -> None:
    assert gathered(text)[field] == value


@pytest.mark.parametrize("text", ["/compare now", "/compare market", "/help mine"])
def test_the_mark_and_a_flag_of_other_commands_say_nothing(text: str) -> None:
    assert gathered(text) == {}


def test_reduce_is_a_word_like_any_other_where_nothing_can_be_reduced() -> None:
    made = draft("/compare reduce btc")
    gather(made)
    assert [tok.name for tok in made.unknown] == ["reduce"]


def test_a_coloured_sign_waits_for_a_word() -> None:
    made = draft("/compare 🟢 btc 📉")
    gather(made)
    assert "side" not in made.values
    assert made.hint is not None
    assert made.hint.name == "long"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("/compare lnog btc", "side", Side.LONG),
        ("/compare shrot btc", "side", Side.SHORT),
        ("/liq long btc crosss", "mode", "cross"),
        ("/compare long btc bybitt", "venue", "bybit"),
        ("/compare long btc walet 5000", "wallet", D(5000)),
    ],
)
def test_one_slip_is_mended_with_a_note(text: str, field: str, value: object) -> None:
    made = draft(text)
    gather(made)
    assert made.values[field] == value
    assert [note.code for note in made.notes] == ["typo"]


def test_where_something_would_change_a_slip_is_asked_about() -> None:
    with pytest.raises(Misread) as found:
        gathered("/open lnog btc 100")
    assert refused(found) == ("typo_confirm", "lnog")
    assert found.value.suggestion == "/open long btc 100"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/compare long lon", "lon"),  # may be the coin that is missing
        ("/compare long shirt btc", "shirt"),  # a side is said already
        ("/compare btc lo", "lo"),  # too short
        ("/compare btc l0ng", "l0ng"),  # no letters
        ("/compare btc gnol", "gnol"),  # more than one slip
    ],
)
def test_what_may_be_something_else_is_left_for_the_end(text: str, word: str) -> None:
    made = draft(text)
    gather(made)
    assert [tok.name for tok in made.unknown] == [word]
    assert made.notes == []
