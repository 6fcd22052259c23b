"""What `core.lessons.course.CourseSource` promises."""

import pytest

from bot.adapters.content.course_files import CourseFiles
from core.lessons.course import CourseSource, checked
from tests.fakes.course import FixedCourse, lesson


@pytest.fixture(params=["fixed", "files"])
def source(request: pytest.FixtureRequest) -> CourseSource:
    made = FixedCourse(lesson("first"), lesson("second"))
    return made if request.param == "fixed" else CourseFiles()


def test_there_are_lessons_each_with_its_own_id(source: CourseSource) -> None:
    ids = [each.id for each in source.lessons("en")]
    assert len(ids) >= 2
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("locale", ["en", "en-GB", "pt_BR", "xx", "../en", ""])
def test_every_language_has_the_lessons_that_english_has(source: CourseSource, locale: str) -> None:
    wanted = [each.id for each in source.lessons("en")]
    assert [each.id for each in source.lessons(locale)] == wanted


def test_every_lesson_can_be_taught(source: CourseSource) -> None:
    for each in source.lessons("en"):
        assert checked(each, each.topics) is each
        assert each.check.right in each.check.answers
