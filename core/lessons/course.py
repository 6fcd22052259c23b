"""The course as values: six lessons, each a way through topics with one question at its end.

A lesson names topics of the knowledge base and repeats none of their words. Its question is about
what they mean; whatever must be reckoned stands in the topics' own worked examples.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

ANSWERS = 3
"""Answers to choose from."""

FEWEST_TOPICS, MOST_TOPICS = 4, 6
"""Steps of a lesson of about five minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to choose; `why` says in a sentence what is right or wrong about it."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The question at the end of a lesson, and its answers; exactly one is right."""

    question: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> Answer:
        """The right answer."""
        return next(answer for answer in self.answers if answer.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Topics in the order in which one reads them, each one step, and what is asked after them."""

    id: str
    title: str
    topics: tuple[str, ...]
    check: Check


class CourseSource(Protocol):
    """Where the lessons come from."""

    def lessons(self, locale: str) -> tuple[Lesson, ...]:
        """Return the lessons in a language, in order; in English where it has none."""


def checked(lesson: Lesson, topics: Iterable[str]) -> Lesson:
    """Return the lesson if it can be taught with these topics. Raises `ValueError`."""
    if lost := [topic for topic in lesson.topics if topic not in set(topics)]:
        raise ValueError(f"no topic {', '.join(lost)}")
    if not FEWEST_TOPICS <= len(lesson.topics) <= MOST_TOPICS:
        raise ValueError(f"{len(lesson.topics)} topics, not {FEWEST_TOPICS} to {MOST_TOPICS}")
    if len(set(lesson.topics)) < len(lesson.topics):
        raise ValueError("a topic stands twice")
    if len(lesson.check.answers) != ANSWERS:
        raise ValueError(f"{len(lesson.check.answers)} answers, not {ANSWERS}")
    right = sum(answer.right for answer in lesson.check.answers)
    if right != 1:
        raise ValueError(f"{right} right answers, not one")
    return lesson


def named(lessons: tuple[Lesson, ...], word: str) -> Lesson | None:
    """Return the lesson a word means: its id, its number, or a word of one title only."""
    for number, lesson in enumerate(lessons, 1):
        if word in {lesson.id, str(number)}:
            return lesson
    titled = [lesson for lesson in lessons if word in lesson.title.lower().replace(",", "").split()]
    return titled[0] if len(titled) == 1 else None


def following(
    lessons: tuple[Lesson, ...], passed: frozenset[str], after: str = ""
) -> Lesson | None:
    """Return the next lesson that is not passed, looking on from one and then from the start."""
    ids = [lesson.id for lesson in lessons]
    at = ids.index(after) + 1 if after in ids else 0
    return next((one for one in (*lessons[at:], *lessons[:at]) if one.id not in passed), None)
