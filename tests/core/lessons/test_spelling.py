"""Slips of the finger are mended; words that mean themselves are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.spelling import FARTHEST, Spelling

WORDS = ("liquidation", "liquidated", "leverage", "margin", "isolated", "cross", "position")
SPELLING = Spelling(dict.fromkeys(WORDS, 3) | {"marine": 0, "gross": 0})
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("liquidtion", "liquidation"),
        ("lqiuidation", "liquidation"),
        ("liqiudatoin", "liquidation"),
        ("levrage", "leverage"),
        ("leverege", "leverage"),
        ("margn", "margin"),
        ("isloated", "isolated"),
        ("posision", "position"),
        ("corss", "cross"),
    ],
)
def test_a_slip_is_mended(typed: str, word: str) -> None:
    assert SPELLING.mended(typed) == word


@pytest.mark.parametrize("word", [*WORDS, "marine", "gross", "eth", "60000", "кросс", "weather"])
def test_what_means_itself_stays(word: str) -> None:
    assert SPELLING.mended(word) == word


def test_the_nearest_word_is_meant_and_of_two_the_more_frequent() -> None:
    spelling = Spelling({"closes": 1, "closed": 5})
    assert spelling.mended("closek") == "closed"


def test_an_ordinary_word_is_never_what_a_slip_meant() -> None:
    assert SPELLING.mended("grosss") == "grosss"


def test_a_very_long_word_is_no_word() -> None:
    word = "liquidation" * 3
    assert len(word) > FARTHEST
    assert SPELLING.mended(word) == word


@given(st.sampled_from([w for w in WORDS if len(w) > 7]), st.data())
def test_any_single_slip_in_a_long_word_leads_to_a_word_at_most_as_far(
    word: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    kind = data.draw(st.sampled_from(["without", "wrong", "double"]))
    letter = data.draw(LETTERS)
    changed = {
        "without": word[:place] + word[place + 1 :],
        "wrong": word[:place] + letter + word[place + 1 :],
        "double": word[:place] + letter + word[place:],
    }[kind]
    assert SPELLING.mended(changed) in WORDS
