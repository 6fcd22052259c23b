"""Taking the course: what is kept of whom."""

from core.services.course import Course
from tests.fakes.course import FixedCourse, lesson
from tests.fakes.ports import MemoryUnits


def course(*ids: str) -> Course:
    """Return a course of lessons with these ids."""
    return Course(MemoryUnits(), FixedCourse(*map(lesson, ids)))


def test_a_stranger_has_passed_nothing() -> None:
    assert course("a", "b").passed("telegram", "1") == frozenset()


def test_lessons_are_passed_one_by_one() -> None:
    taken = course("a", "b")
    assert taken.pass_("telegram", "1", "a") == {"a"}
    assert taken.pass_("telegram", "1", "b") == {"a", "b"}
    assert taken.pass_("telegram", "1", "b") == {"a", "b"}
    assert taken.passed("telegram", "1") == {"a", "b"}


def test_people_learn_for_themselves() -> None:
    taken = course("a")
    taken.pass_("telegram", "1", "a")
    assert taken.passed("telegram", "2") == frozenset()
    assert taken.passed("discord", "1") == frozenset()


def test_beginning_again_leaves_nothing_passed() -> None:
    taken = course("a")
    taken.pass_("telegram", "1", "a")
    taken.restart("telegram", "1")
    assert taken.passed("telegram", "1") == frozenset()


def test_a_lesson_that_is_no_more_does_not_count() -> None:
    units = MemoryUnits()
    Course(units, FixedCourse(lesson("old"))).pass_("telegram", "1", "old")
    assert Course(units, FixedCourse(lesson("new"))).passed("telegram", "1") == frozenset()


def test_whoever_is_forgotten_begins_again() -> None:
    units = MemoryUnits()
    taken = Course(units, FixedCourse(lesson("a")))
    taken.pass_("telegram", "1", "a")
    with units.writing() as books:
        books.forget("telegram", "1")
    assert taken.passed("telegram", "1") == frozenset()


def test_each_language_is_read_once() -> None:
    source = FixedCourse(lesson("a"))
    taken = Course(MemoryUnits(), source)
    assert taken.lessons("de") == taken.lessons("de")
    assert source.reads == ["de"]
