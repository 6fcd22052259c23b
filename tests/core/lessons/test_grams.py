"""The small pieces of a question."""

from hypothesis import given
from hypothesis import strategies as st

from core.lessons.grams import LONGEST, letters, phrases

WORD = st.text(st.characters(categories=["Ll"]), min_size=1, max_size=12)


def test_runs_of_letters_know_where_a_word_begins_and_ends() -> None:
    assert set(letters(["adl"])) == {
        " a",
        "ad",
        "dl",
        "l ",
        " ad",
        "adl",
        "dl ",
        " adl",
        "adl ",
        " adl ",
    }


def test_a_short_word_is_counted_whole_and_once() -> None:
    assert letters(["i"]) == {" i": 1, "i ": 1, " i ": 1}


def test_words_and_pairs_of_neighbours_are_no_runs_of_letters() -> None:
    assert phrases(["what", "is", "adl"]) == {
        "=what": 1,
        "=is": 1,
        "=adl": 1,
        "=what is": 1,
        "=is adl": 1,
    }


def test_what_stands_twice_counts_twice() -> None:
    assert phrases(["go", "go"])["=go"] == 2


def test_no_word_has_no_piece() -> None:
    assert not letters([])
    assert not phrases([])


@given(st.lists(WORD, max_size=6))
def test_no_run_is_longer_than_said_and_none_leaves_its_word(words: list[str]) -> None:
    for piece in letters(words):
        assert len(piece) <= LONGEST
        assert piece.strip() in " ".join(words)
