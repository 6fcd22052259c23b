"""Lessons as values: what can be taught, how one is named, and which comes next."""

from dataclasses import replace

import pytest

from core.lessons.course import Answer, Check, Lesson, checked, following, named
from tests.fakes.course import lesson

TOPICS = ("w", "x", "y", "z")
SOUND = lesson("modes", *TOPICS)
LESSONS = (
    replace(SOUND, title="The two modes"),
    lesson("cross"),
    replace(lesson("funding"), title="Funding, and fees"),
)


def with_right(*right: bool) -> Lesson:
    """Return the lesson with answers that are right or not."""
    answers = tuple(Answer(text=str(n), why="So.", right=each) for n, each in enumerate(right))
    return replace(SOUND, check=Check(question="Which?", answers=answers))


def test_a_sound_lesson_is_returned_as_it_is() -> None:
    assert checked(SOUND, TOPICS) is SOUND
    assert SOUND.check.right.text == "b"


@pytest.mark.parametrize(
    ("faulty", "fault"),
    [
        (replace(SOUND, topics=(*TOPICS, "lost")), "no topic lost"),
        (replace(SOUND, topics=TOPICS[:3]), "3 topics, not 4 to 6"),
        (replace(SOUND, topics=TOPICS * 2), "8 topics, not 4 to 6"),
        (replace(SOUND, topics=(*TOPICS, "w")), "a topic stands twice"),
        (with_right(True, False), "2 answers, not 3"),
        (with_right(True, True, False), "2 right answers, not one"),
        (with_right(False, False, False), "0 right answers, not one"),
    ],
)
def test_a_lesson_that_cannot_be_taught_is_refused(faulty: Lesson, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        checked(faulty, TOPICS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("modes", "modes"),
        ("2", "cross"),
        ("fees", "funding"),
        ("funding", "funding"),
        ("two", "modes"),
    ],
)
def test_a_lesson_has_several_names(word: str, meant: str) -> None:
    found = named(LESSONS, word)
    assert found is not None
    assert found.id == meant


@pytest.mark.parametrize("word", ["", "0", "4", "-1", "Modes", "banana", "²"])
def test_a_word_that_names_none_finds_none(word: str) -> None:
    assert named(LESSONS, word) is None


def test_a_word_of_two_titles_names_neither() -> None:
    assert named((lesson("one"), lesson("two")), "about") is None


@pytest.mark.parametrize(
    ("passed", "after", "comes"),
    [
        ((), "", "modes"),
        (("modes",), "", "cross"),
        (("modes",), "modes", "cross"),
        (("funding",), "funding", "modes"),
        (("cross",), "cross", "funding"),
        (("modes", "cross", "funding"), "cross", None),
    ],
)
def test_the_next_lesson_is_one_that_is_not_passed(
    passed: tuple[str, ...], after: str, comes: str | None
) -> None:
    found = following(LESSONS, frozenset(passed), after)
    assert (found and found.id) == comes
