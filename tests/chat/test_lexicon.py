"""The words that mean something: none means two things, and slips are mended only in long ones."""

import pytest

from bot.chat.lexicon import (
    ENDINGS,
    FILLERS,
    HINTS,
    LENIENT,
    LEXICON,
    MENDABLE,
    SHORT_SLOTS,
    SLOTS,
    Kind,
)
from bot.chat.words import FIELDS, VENUE_NAMES


@pytest.mark.parametrize("word", sorted(LEXICON))
def test_a_word_is_written_as_the_lexer_meets_it(word: str) -> None:
    assert word == word.lower().strip()
    assert len(word.split()) == 1


def test_no_slot_word_is_a_filler() -> None:
    assert not FILLERS & SLOTS.keys()
    assert {word for word, sense in LEXICON.items() if sense.kind is Kind.FILLER} == FILLERS


def test_slot_words_keep_their_slots_in_the_dictionary() -> None:
    assert all(LEXICON[word].name == slot for word, slot in SLOTS.items())
    assert set(SHORT_SLOTS.values()) <= set(SLOTS.values())
    assert not set(SHORT_SLOTS) & set(LEXICON)


def test_lenient_words_are_slot_words() -> None:
    assert SLOTS.keys() >= LENIENT


def test_names_are_those_of_the_fields() -> None:
    for kind, name in ((Kind.SIDE, "side"), (Kind.MODE, "mode"), (Kind.VENUE, "venue")):
        named = {sense.name for sense in LEXICON.values() if sense.kind is kind}
        assert named == set(FIELDS[name].choices)
    assert set(VENUE_NAMES) <= set(LEXICON)


def test_coloured_signs_are_sides() -> None:
    assert set(HINTS.values()) == {"long", "short"}


@pytest.mark.parametrize(
    ("ending", "factor", "kind"),
    [
        ("", 1, Kind.NUMBER),
        ("k", 1000, Kind.NUMBER),
        ("k$", 1000, Kind.DOLLARS),
        ("usdt", 1, Kind.MONEY),
        ("musd", 10**6, Kind.MONEY),
        ("x", 1, Kind.LEVERAGE),
        ("%", 1, Kind.PERCENT),
    ],
)
def test_an_ending_has_a_factor_and_a_kind(ending: str, factor: int, kind: Kind) -> None:
    assert (int(ENDINGS[ending][0]), ENDINGS[ending][1]) == (factor, kind)


def test_only_words_of_letters_that_are_no_tickers_are_mended() -> None:
    assert all(len(word) > 3 and word.isalpha() for word in MENDABLE)
    assert {"long", "short", "cross", "bybit"} <= set(MENDABLE)
    assert not {"buy", "btc", "all", "nan"} & set(MENDABLE)
