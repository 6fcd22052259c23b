"""The files of the ranking: what was packed comes back, and what is broken is named."""

import zlib
from pathlib import Path

import pytest

from bot.adapters.content.faq_ranking import load_none, load_phrases, load_ranking, pack, unpack
from core.lessons.wording import words
from tests.fakes.faq import faq_entry, ranking_of
from tests.house.weights import PLACE

MADE_UP = ranking_of([faq_entry("a", "What is ADL?"), faq_entry("b", "What is a fee?")]).fitted


def test_what_was_packed_comes_back() -> None:
    again = unpack(pack(MADE_UP))
    assert list(again.topics) == list(MADE_UP.topics)
    assert again.pieces == MADE_UP.pieces
    assert again.weights.tobytes() == MADE_UP.weights.tobytes()
    assert (again.unit, list(again.bias), again.known) == (10_000, [0, 0, 0], MADE_UP.known)


@pytest.mark.parametrize(
    "raw", [b"", b"rubbish", zlib.compress(b"{}\n"), pack(MADE_UP)[:-20]], ids=range(4)
)
def test_weights_that_cannot_be_read_are_named(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "weights.bin").write_bytes(raw)
    with pytest.raises(ValueError, match=r"weights\.bin"):
        load_ranking(tmp_path)


def test_a_phrase_says_one_thing_whatever_the_language() -> None:
    said: dict[tuple[str, ...], str] = {}
    for phrase, meaning in load_phrases(PLACE):
        assert words(phrase)
        assert words(meaning)
        assert said.setdefault(words(phrase), meaning) == meaning


def test_there_are_questions_enough_that_belong_to_no_topic() -> None:
    none = load_none(PLACE)
    assert len(none) >= 150
    assert len(set(none)) == len(none)
