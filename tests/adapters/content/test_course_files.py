"""Lesson files: their format, the complaints about faulty ones, and what the shipped one says."""

import re
from pathlib import Path

import pytest

from bot.adapters.content.course_files import CourseFiles
from bot.adapters.content.faq_files import FaqFiles
from core.lessons.course import Answer, Check, Lesson

CHECK = """
[lesson.check]
question = "Which?"

[[lesson.check.answers]]
text = "This."
why = "Not this."

[[lesson.check.answers]]
text = "That."
why = "That it is."
right = true

[[lesson.check.answers]]
text = "Neither."
why = "One it is."
"""
TOPICS = 'topics = ["w", "x", "y", "z"]'
LESSON = f"""
[[lesson]]
id = "first"
title = "The first"
{TOPICS}
{CHECK}"""

SHIPPED = CourseFiles().lessons("en")
ENTRIES = {entry.id: entry for entry in FaqFiles().entries("en")}


def written(folder: Path, text: str, language: str = "en") -> CourseFiles:
    """Write lessons beside a knowledge base of four topics."""
    for name in ("learn", "faq/en"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for topic in "wxyz":
        (folder / "faq" / "en" / f"{topic}.md").touch()
    (folder / "learn" / f"{language}.toml").write_text(text, encoding="utf-8")
    return CourseFiles(folder)


# --- the format -----------------------------------------------------------------------------------


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    answers = (
        Answer(text="This.", why="Not this."),
        Answer(text="That.", why="That it is.", right=True),
        Answer(text="Neither.", why="One it is."),
    )
    check = Check(question="Which?", answers=answers)
    (read,) = written(tmp_path, LESSON).lessons("en")
    assert read == Lesson(id="first", title="The first", topics=("w", "x", "y", "z"), check=check)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "first"', "", "id is missing"),
        ('id = "first"', 'id = ""', "id must be of type str"),
        ('id = "first"', 'id = "first"\nlong = 5', "unknown key long"),
        (TOPICS, 'topics = "w"', "topics must be of type list"),
        (TOPICS, "topics = [1, 2, 3, 4]", "topics must hold texts"),
        (TOPICS, 'topics = ["w", "x", "y", "lost"]', "no topic lost"),
        (TOPICS, 'topics = ["w"]', "1 topics, not 4 to 6"),
        ('question = "Which?"', "", "check: question is missing"),
        ('why = "One it is."', "", "answer: why is missing"),
        ("right = true", "", "0 right answers, not one"),
        ("right = true", 'right = "yes"', "answer: right must be of type bool"),
        ('why = "Not this."', 'why = "Not this."\nright = true', "2 right answers, not one"),
        (CHECK, "[lesson.check]\nquestion = 'Which?'\nanswers = [1]", "answers must hold tables"),
        (LESSON, LESSON * 2, "two lessons have the same id"),
        (LESSON, "lesson = 5", "lesson must be of type list"),
        (LESSON, "lesson = [", "en.toml"),
    ],
)
def test_a_faulty_file_is_refused_by_name(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"^en\.toml: ") as raised:
        written(tmp_path, LESSON.replace(old, new)).lessons("en")
    assert fault in str(raised.value)


def test_a_language_of_its_own_is_preferred(tmp_path: Path) -> None:
    written(tmp_path, LESSON)
    files = written(tmp_path, LESSON.replace("The first", "Erstens"), "de")
    assert [one.title for one in files.lessons("de-AT")] == ["Erstens"]
    assert [one.title for one in files.lessons("fr")] == ["The first"]


# --- what is shipped ------------------------------------------------------------------------------


def test_there_are_six_lessons_on_the_six_subjects() -> None:
    ids = [one.id for one in SHIPPED]
    assert ids == ["modes", "liquidation", "leverage", "cross", "funding", "risk"]


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_a_lesson_takes_about_five_minutes(one: Lesson) -> None:
    entries = [ENTRIES[topic] for topic in one.topics]
    words = sum(len(" ".join((e.question, e.answer, *e.points)).split()) for e in entries)
    assert 250 <= words <= 1000  # at 100 to 200 words a minute, read with care


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_a_lesson_can_be_looked_at_with_numbers(one: Lesson) -> None:
    assert any(ENTRIES[topic].live for topic in one.topics)


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_no_figure_is_typed_into_a_question(one: Lesson) -> None:
    said = [one.check.question, *(x for a in one.check.answers for x in (a.text, a.why))]
    assert [text for text in said if re.search(r"\d", text)] == []


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_titles_and_answers_are_short_enough_for_a_phone(one: Lesson) -> None:
    assert len(one.title) <= 25
    assert all(len(answer.text) <= 60 for answer in one.check.answers)
    assert all(len(answer.why) <= 160 for answer in one.check.answers)


def test_no_topic_is_read_twice() -> None:
    topics = [topic for one in SHIPPED for topic in one.topics]
    assert len(topics) == len(set(topics))


def test_the_right_answer_does_not_always_stand_in_the_same_place() -> None:
    places = [one.check.answers.index(one.check.right) for one in SHIPPED]
    assert set(places) == {0, 1, 2}
