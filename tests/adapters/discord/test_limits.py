"""Nothing is ever too long, and nothing is cut in two that is one character."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.limits import chunks, head, shortened, units

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_character_beyond_the_basic_plane_counts_as_two() -> None:
    assert [units(text) for text in ("abc", "é", "漢", "😀", "a😀")] == [3, 1, 1, 2, 3]


def test_a_face_is_never_cut_in_two() -> None:
    assert head("ab😀", 3) == "ab"
    assert head("ab😀", 4) == "ab😀"


def test_what_fits_stays_as_it_is() -> None:
    assert shortened("exactly", 7) == "exactly"


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert shortened("one word more", 9) == "one word…"


def test_a_text_breaks_at_spaces() -> None:
    assert list(chunks("aaaa bbbb cccc", 9)) == ["aaaa bbbb", "cccc"]


def test_a_word_longer_than_a_page_is_cut() -> None:
    assert list(chunks("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]


@given(TEXT, st.integers(2, 50))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert units(shortened(text, limit)) <= limit


@given(TEXT, st.integers(2, 50))
def test_pieces_fit_and_lose_nothing_but_spaces(text: str, limit: int) -> None:
    pieces = list(chunks(text, limit))
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
