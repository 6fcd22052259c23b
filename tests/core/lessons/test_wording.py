"""Words of a question: one spelling, one root, and no meaning that was not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.wording import MOST_WORDS, Spelling, root, roots, words

SPELLING = Spelling(
    ["switch margin mode while position is open", "safer for beginners", "isolated and cross"]
)
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
LONG_WORDS = st.sampled_from(["switch", "margin", "position", "beginner", "isolated", "cross"])


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


def test_a_very_long_text_is_read_in_part() -> None:
    assert len(words("margin " * 10_000)) == MOST_WORDS


def test_signs_alone_are_no_words() -> None:
    assert words("🤷 ?!… \u202e ___") == ()


@pytest.mark.parametrize(
    "forms",
    [
        "close closes closed closing",
        "switch switches switched switching change changed changing swap swapped",
        "position positions trade trades trading pos",
        "isolated iso isolate isolation",
        "liquidate liquidated liquidation liq",
        "beginner beginners newbie noobs newcomer",
        "difference differences different differ vs versus compare comparing",
        "hedge hedges hedged hedging",
        "loss losses lose losing lost",
    ],
)
def test_forms_of_a_word_and_words_said_for_it_are_one(forms: str) -> None:
    assert len({root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["cross close", "margin mode", "safe risk", "long short", "price prize", "bus bu"]
)
def test_different_words_stay_different(pair: str) -> None:
    first, second = pair.split()
    assert root(first) != root(second)


def test_words_of_every_question_say_nothing() -> None:
    assert roots("what is the and how do i please") == frozenset()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("swich", "switch"),
        ("swittch", "switch"),
        ("swotch", "switch"),
        ("swicth", "switch"),
        ("margn", "margin"),
        ("postion", "position"),
        ("begginers", "beginners"),
        ("isolatd", "isolated"),
        ("noovice", "beginner"),
    ],
)
def test_one_slip_of_the_finger_is_mended(typed: str, meant: str) -> None:
    assert SPELLING.roots(words(typed)) == roots(meant)


def test_a_slip_is_read_as_a_word_of_the_texts_before_one_that_is_said_for_it() -> None:
    assert SPELLING.roots(words("crose")) == {"cross"}
    assert Spelling(["which one do i pick"]).roots(words("crose")) == {"pick"}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("swhcti", "two slips"),
        ("mode", "known"),
        ("moed", "too short"),
        ("nargin", "the first letter"),
        ("charge", "a word of its own, not change"),
        ("martin", "a name, not margin"),
        ("weather", "nothing near it"),
        ("positionpositionpositionpo", "too long"),
    ],
)
def test_other_words_are_left_as_they_are(typed: str, why: str) -> None:
    assert SPELLING.roots(words(typed)) == frozenset({root(typed)}), why


@given(LONG_WORDS, st.data())
def test_any_letter_but_the_first_may_be_missing(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    typed = word[:place] + word[place + 1 :]
    if len(typed) >= 5:
        assert SPELLING.roots(words(typed)) == roots(word)


@given(LONG_WORDS, LETTERS, st.data())
def test_any_letter_but_the_first_may_be_another(
    word: str, letter: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    typed = word[:place] + letter + word[place + 1 :]
    if typed not in {"martin", "marvin", "crops", "crows", "crown"}:
        assert SPELLING.roots(words(typed)) in ({root(word)}, {root(typed)})


@given(st.text())
def test_any_text_has_words_and_no_word_is_empty(text: str) -> None:
    assert all(words(text)) or words(text) == ()
    assert SPELLING.roots(words(text)) >= frozenset()
