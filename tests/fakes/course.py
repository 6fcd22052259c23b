"""A course of made-up lessons, held in memory."""

from core.lessons.course import Answer, Check, Lesson


def lesson(lesson_id: str, *topics: str, right: str = "b") -> Lesson:
    """Return a lesson about which a test says no more than it needs."""
    answers = tuple(Answer(text=x, why=f"why {x}", right=x == right) for x in ("a", "b", "c"))
    check = Check(question="Which?", answers=answers)
    title = f"About {lesson_id}"
    return Lesson(id=lesson_id, title=title, topics=topics or ("w", "x", "y", "z"), check=check)


class FixedCourse:
    """The lessons it was given, the same in every language; counts how often it was read."""

    def __init__(self, *lessons: Lesson) -> None:
        self._lessons = lessons
        self.reads: list[str] = []

    def lessons(self, locale: str) -> tuple[Lesson, ...]:
        self.reads.append(locale)
        return self._lessons
