"""Taking the course: its lessons in the asker's language, and which of them somebody has passed."""

from functools import lru_cache

from core.lessons.course import CourseSource, Lesson
from core.ports import Units

_LANGUAGES = 16
"""Languages whose lessons are kept; people's devices may name any, so it has an end."""


class Course:
    """The lessons, and everybody's way through them."""

    def __init__(self, units: Units, source: CourseSource) -> None:
        """Take the units of work, and the source; each language is read once, when first asked."""
        self._units = units
        self._lessons = lru_cache(maxsize=_LANGUAGES)(source.lessons)

    def lessons(self, locale: str = "en") -> tuple[Lesson, ...]:
        """Return all lessons in order."""
        return self._lessons(locale)

    def passed(self, platform: str, person: str) -> frozenset[str]:
        """Return the ids of the lessons a person has passed, of those there are today."""
        with self._units.reading() as books:
            return self._known(books.learning.lessons(platform, person))

    def pass_(self, platform: str, person: str, lesson: str) -> frozenset[str]:
        """Keep that a person passed a lesson; return all passed. Repeating it changes nothing."""
        with self._units.writing() as books:
            passed = books.learning.lessons(platform, person) | {lesson}
            books.learning.set_lessons(platform, person, passed)
        return self._known(passed)

    def restart(self, platform: str, person: str) -> None:
        """Let a person begin again with no lesson passed. Repeating it changes nothing."""
        with self._units.writing() as books:
            books.learning.set_lessons(platform, person, frozenset())

    def _known(self, passed: frozenset[str]) -> frozenset[str]:
        """Leave out lessons that an earlier release had."""
        return passed & {lesson.id for lesson in self._lessons("en")}
