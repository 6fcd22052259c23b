"""Telegram's sizes are counted in UTF-16 code units, and nothing unseen gets into a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.limits import pieces, scrub, shortened, units, visible

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("abc", 3), ("é", 1), ("🟢", 2), ("a🟢b", 4)]
)
def test_a_character_beyond_the_basic_plane_counts_as_two(text: str, length: int) -> None:
    assert units(text) == length


@given(TEXT)
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(TEXT, st.integers(2, 80))
def test_pieces_fit_and_lose_nothing(text: str, limit: int) -> None:
    cut = list(pieces(text, limit))
    assert "".join(cut) == text
    assert all(units(piece) <= limit for piece in cut)


def test_a_text_breaks_at_a_space_that_stands_late_enough() -> None:
    assert list(pieces("one two three", 9)) == ["one two ", "three"]
    assert list(pieces("a bcdefghijkl", 9)) == ["a bcdefgh", "ijkl"]


@given(TEXT, st.integers(3, 80))
def test_a_shortened_text_fits_and_shows_that_something_is_missing(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert units(short) <= limit
    assert short == text or short.endswith("…")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("a\nb\tc", "a b c"),
        ("a\x00b\x1bc", "abc"),
        ("\u202eevil\u202c", "evil"),
        ("half \ud83d", "half "),
        ("é 🟢", "é 🟢"),
    ],
)
def test_what_has_no_place_in_a_line_is_taken_out(text: str, kept: str) -> None:
    assert scrub(text) == kept


@pytest.mark.parametrize(
    ("text", "seen"), [("a", True), ("🟢", True), ("", False), (" \u200b\u0301", False)]
)
def test_a_reader_sees_something_or_nothing(text: str, seen: bool) -> None:
    assert visible(text) is seen
