"""Names on a board are short, readable, and nobody else's."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.names import (
    LONGEST,
    LONGEST_REASON,
    RESERVED,
    cleaned,
    said,
    says_something,
    shown_as,
)

texts = st.text(max_size=40)


@given(texts)
def test_nothing_of_a_name_can_hide_turn_or_link(name: str) -> None:
    found = cleaned(name)
    assert len(found) <= LONGEST
    assert found == found.strip()
    assert not {unicodedata.category(letter) for letter in found} & {"Cc", "Cf", "Co", "Cs", "Cn"}
    assert not set(found) & set('@<>[]()`*_~|#:/\\"')


@given(texts)
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    found = cleaned(name)
    assert cleaned(found) in {found, ""}


@given(texts, st.lists(texts, max_size=5))
def test_the_name_shown_is_there_short_and_nobody_elses(name: str, others: list[str]) -> None:
    taken: list[str] = []
    for number, other in enumerate([*others, name], 1):
        found = shown_as(other, number, taken)
        assert 0 < len(found) <= LONGEST
        assert found.casefold() not in {each.casefold() for each in taken}
        taken.append(found)


# --- what stays


@pytest.mark.parametrize(
    "name",
    ["Ayşe Gülçağ", "İstanbul", "محمّد علي", "山田太郎", "김민수", "Ольга", "सिंह", "हिंदी", "ที่รัก"],
)
def test_names_of_many_scripts_stay_readable(name: str) -> None:
    assert cleaned(name) == unicodedata.normalize("NFKC", name)


def test_an_emoji_may_stand_beside_a_name() -> None:
    assert cleaned("🚀 Moon") == "🚀 Moon"


def test_wide_and_styled_letters_become_plain_ones() -> None:
    assert cleaned("Ｍｉｒａ") == "Mira"
    assert cleaned("𝓜𝓲𝓻𝓪") == "Mira"


# --- what goes


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("\u202emira", "mira"),
        ("mi\u200bra", "mira"),
        ("mi\u2066ra\u2069", "mira"),
        ("mi\x00ra\n", "mira"),
        ("mira\ue000", "mira"),
        ("\u3164mi\u115fra\ufe0f", "mira"),
        ("  mi \t ra ", "mi ra"),
    ],
    ids=["turned", "zero width", "isolated", "control", "private", "fillers", "spaces"],
)
def test_what_cannot_be_seen_goes(name: str, left: str) -> None:
    assert cleaned(name) == left


def test_a_letter_carries_one_accent_and_no_pile_of_them() -> None:
    assert cleaned("Z" + "\u0335" * 9 + "a" + "\u0363\u0364\u0365") == "Z\u0335a\u0363"


def test_a_letter_carries_two_marks_of_its_own_script_and_no_third() -> None:
    assert cleaned("ि".join("कक") + "िंं") == "किकिं"


def test_a_mark_needs_a_letter_to_stand_on() -> None:
    assert cleaned("\u0301mira \u0301x @\u0301") == "mira x"


def test_at_and_markup_go() -> None:
    assert cleaned("@mira *bold* [x](y) #2") == "mira bold xy"


@pytest.mark.parametrize("name", ["https://evil.example", "www.evil.example", "WWW.x"])
def test_a_link_leaves_no_name(name: str) -> None:
    assert cleaned(name) == ""


def test_what_a_platform_would_make_a_link_of_is_taken_apart() -> None:
    assert cleaned("evil.com") == "evil com"
    assert cleaned("evil。com") == "evil com"
    assert cleaned("evil.\u200bcom") == "evil com"
    assert cleaned("evil.\u0301com") == "evil com"
    assert cleaned("Mira B.") == "Mira B."


def test_a_long_name_is_cut_before_a_letter_that_would_lose_its_marks() -> None:
    assert cleaned("abcdefghijklmnop") == "abcdefghijkl"
    assert cleaned("abcdefghijkकि") == "abcdefghijk"
    assert cleaned("a b c d e f g h") == "a b c d e f"


# --- who is shown how


@pytest.mark.parametrize("name", ["", "\u200b", "@@@", "...", "🚀"])
def test_who_is_left_without_a_letter_is_a_number(name: str) -> None:
    assert shown_as(name, 7, ()) == "player #7"


@pytest.mark.parametrize("name", ["Admin", "a.d.m.i.n", "Ⓜⓞⓓ", "The Official", "BOT", "[bot]"])
def test_nobody_is_called_like_somebody_in_charge(name: str) -> None:
    assert shown_as(name, 3, ()) == "player #3"


def test_a_name_that_only_holds_such_a_word_is_fine() -> None:
    assert shown_as("Abbott", 3, ()) == "Abbott"
    assert shown_as("Modesta", 3, ()) == "Modesta"


def test_the_second_of_a_name_is_told_apart() -> None:
    assert shown_as("Mira", 2, ["mira"]) == "Mira #2"
    assert shown_as("Mira", 3, ["mira", "Mira #2"]) == "Mira #3"


def test_room_is_made_for_the_number() -> None:
    found = shown_as("abcdefghijkl", 2, ["abcdefghijkl"])
    assert found == "abcdefghi #2"
    assert shown_as("abcdefghकिjkl", 2, ["abcdefghकिjk"]) == "abcdefgh #2"


def test_the_reserved_names_are_written_as_they_are_compared() -> None:
    assert all(name == name.casefold() and name.isalnum() for name in RESERVED)


def test_a_longer_name_is_kept_where_it_may_be() -> None:
    assert cleaned("Marketing North", 100) == "Marketing North"
    assert cleaned("Marketing North") == "Marketing No"


def test_a_name_says_something_by_a_letter_or_a_digit() -> None:
    assert says_something("7")
    assert not says_something("-!")


# --- what hosts say of a decision


@given(st.text(max_size=200))
def test_nothing_that_a_host_says_can_hide_turn_or_link(text: str) -> None:
    found = said(text)
    assert len(found) <= LONGEST_REASON
    assert found == found.strip()
    assert not {unicodedata.category(letter) for letter in found} & {"Cc", "Cf", "Co", "Cs", "Cn"}
    assert not set(found) & set('@<>[]()`*_~|#:/\\"')


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("too many absent", "too many absent"),
        ("the *feed* was\nlate, see https://e.vil/x", "the feed was late, see"),
        ("ask @Mira or www.evil.com or t.me/evil", "ask Mira or or"),
        ("mail.ru and/or 3.5 times late", "mail ru and or 3.5 times late"),
        ("http://e.vil", ""),
        ("a" * 99, "a" * 80),
    ],
)
def test_of_what_a_host_says_the_words_stay(typed: str, printed: str) -> None:
    assert said(typed) == printed
