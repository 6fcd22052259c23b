"""Quiz files: their format, the complaints about faulty ones, and what the shipped one says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.quiz_files import QuizFiles
from core.lessons.game.question import CATEGORIES, LEVELS, Question

QUESTION = """
[[question]]
id = "first"
category = "modes"
level = "easy"
text = "Which?"
right = "This."
wrong = ["That.", "Both.", "None."]
topic = "w"
why = "This it is."
"""

SHIPPED = QuizFiles().questions("en")
ENTRIES = {entry.id: entry for entry in FaqFiles().entries("en")}


def written(folder: Path, text: str, language: str = "en") -> QuizFiles:
    """Write questions beside a knowledge base of one topic."""
    for name in ("quiz", "faq/en"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "faq" / "en" / "w.md").touch()
    (folder / "quiz" / f"{language}.toml").write_text(text, encoding="utf-8")
    return QuizFiles(folder)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (read,) = written(tmp_path, QUESTION).questions("en")
    assert read == Question(
        id="first",
        category="modes",
        level="easy",
        text="Which?",
        choices=("This.", "That.", "Both.", "None."),
        right=0,
        source="w",
        explanation="This it is.",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "first"', "", "question 1: a question has id, category"),
        ('id = "first"', 'id = ""', "id must be of type str, and say something"),
        ('id = "first"', 'id = "The first"', "The first is no id"),
        ('id = "first"', 'id = "first"\nlong = 5', "a question has id, category"),
        ('category = "modes"', 'category = "cats"', "question 1: no category cats"),
        ('level = "easy"', 'level = "mad"', "no level mad"),
        ('topic = "w"', 'topic = "lost"', "no topic lost"),
        ('text = "Which?"', "text = 5", "text must be of type str"),
        ('["That.", "Both.", "None."]', '"That."', "wrong must be of type list"),
        ('["That.", "Both.", "None."]', "[1, 2, 3]", "wrong must hold texts"),
        ('["That.", "Both.", "None."]', '["That."]', "not 4 different answers"),
        ('"That."', '"THIS."', "not 4 different answers"),
        (QUESTION, "question = [1]", "question 1: a question has id"),
        (QUESTION, "question = 1", "a file holds questions and nothing else"),
        (QUESTION, f"title = 'x'\n{QUESTION}", "a file holds questions and nothing else"),
        (QUESTION, QUESTION * 2, "two questions have the same id"),
        (QUESTION, "[[question", "en.toml: "),
    ],
)
def test_a_faulty_file_is_refused_by_its_name(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    files = written(tmp_path, QUESTION.replace(old, new))
    with pytest.raises(ValueError, match=r"en\.toml: ") as refused:
        files.questions("en")
    assert fault in str(refused.value)


def test_a_language_without_questions_has_the_english_ones(tmp_path: Path) -> None:
    files = written(tmp_path, QUESTION)
    for locale in ("de", "pt_BR", "../en", "EN-us", ""):
        assert [each.id for each in files.questions(locale)] == ["first"]
    written(tmp_path, QUESTION.replace("first", "erste"), "de")
    assert [each.id for each in files.questions("de_DE")] == ["erste"]


# --- the shipped questions ------------------------------------------------------------------------


def test_there_are_enough_of_every_category_and_level() -> None:
    assert len(SHIPPED) >= 100
    categories = Counter(question.category for question in SHIPPED)
    levels = Counter(question.level for question in SHIPPED)
    assert categories.keys() == set(CATEGORIES)
    assert min(categories.values()) >= 5
    assert levels.keys() == set(LEVELS)
    assert min(levels.values()) >= 20


def test_no_question_is_asked_in_the_words_of_another() -> None:
    assert len({question.text.casefold() for question in SHIPPED}) == len(SHIPPED)


def test_what_is_right_stands_in_the_knowledge_base_word_for_word() -> None:
    missing = []
    for question in SHIPPED:
        entry = ENTRIES[question.source]
        told = " ".join((entry.answer, *entry.points))
        if question.explanation not in re.sub(r"\s+", " ", told):
            missing.append(question.id)
    assert missing == []


def test_the_longest_answer_is_seldom_the_right_one() -> None:
    telling = [len(q.choices[0]) > max(map(len, q.choices[1:])) for q in SHIPPED]
    assert sum(telling) < len(telling) / 4  # a quarter is what chance would do
