"""Words of a question: one spelling, standard English words, and no meaning that was not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content.faq_ranking import load_lexicon
from core.lessons.wording import MOST_WORDS, Lexicon, words

SHIPPED = load_lexicon()


def meant(text: str) -> str:
    return " ".join(SHIPPED.meant(words(text)))


def test_words_lose_case_signs_and_apostrophes() -> None:
    assert words("  Can't I SWITCH?! isolated/cross…") == (
        "cant",
        "i",
        "switch",
        "isolated",
        "cross",
    )


def test_wide_and_ligature_letters_are_read_as_plain_ones() -> None:
    assert words("ｃｒｏｓｓ ﬁne") == ("cross", "fine")


def test_a_turkish_capital_is_the_small_letter() -> None:
    assert words("İZOLE") == ("izole",)


def test_a_word_of_devanagari_stays_whole() -> None:
    assert words("मार्जिन क्या है") == ("मार्जिन", "क्या", "है")


def test_chinese_stands_apart_from_latin_letters() -> None:
    assert words("BTC全仓10x") == ("btc", "全仓", "10x")


def test_a_very_long_text_is_read_in_part() -> None:
    assert len(words("margin " * 10_000)) == MOST_WORDS


def test_signs_alone_are_no_words() -> None:
    assert words("🤷 ?!… \u202e ___") == ()


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("got rekt on iso", "got liquidated on isolated"),
        ("tp/sl", "take profit stop loss"),
        ("margen aislado", "isolated margin"),
        ("кросс маржа", "cross margin"),
        ("çapraz", "cross"),
    ],
)
def test_slang_and_other_languages_become_standard_words(text: str, standard: str) -> None:
    assert meant(text) == standard


def test_chinese_is_read_without_spaces() -> None:
    text = meant("什么是逐仓强平")
    assert "isolated" in text
    assert "liquidation" in text


def test_the_longest_phrase_counts_first() -> None:
    lexicon = Lexicon([("stop", "halt"), ("stop loss", "closing price")])
    assert lexicon.meant(words("my stop loss and a stop")) == (
        *("my", "closing", "price", "and", "a", "halt"),
    )


def test_of_two_meanings_the_first_counts() -> None:
    assert Lexicon([("mm", "one"), ("mm", "two")]).meant(("mm",)) == ("one",)


def test_a_phrase_of_signs_means_nothing() -> None:
    assert Lexicon([("?!", "question"), ("mm", "maintenance margin")]).vocabulary == {"mm"}


def test_an_empty_lexicon_changes_nothing() -> None:
    assert Lexicon([]).meant(("cross", "逐仓")) == ("cross",)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(word == word.casefold() for word in words(text))
    SHIPPED.meant(words(text))
