"""The lessons as files: `learn/<language>.toml`, all lessons of a language in one, English if none.

A file is a list of `[[lesson]]` tables with their topics and one `[lesson.check]`. Topics are files
of the knowledge base beside it. A file that breaks this is refused with its name and the lesson.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.lessons.course import Answer, Check, Lesson, checked

ENGLISH = "en"

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LESSON: Mapping[str, type] = {"id": str, "title": str, "topics": list, "check": dict}
_CHECK: Mapping[str, type] = {"question": str, "answers": list}
_ANSWER: Mapping[str, type] = {"text": str, "why": str}
_RIGHT: Mapping[str, type] = {"right": bool}

Table = Mapping[str, object]


class CourseFiles:
    """Reads the lessons of a content folder, by default the one that comes with the program."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Take the folder that holds `learn` and, beside it, `faq`."""
        self._folder = folder or files("bot").joinpath("content")

    def lessons(self, locale: str) -> tuple[Lesson, ...]:
        """Return the lessons in order. Raises `ValueError` with the file and the fault."""
        language = locale.lower().replace("_", "-").partition("-")[0]
        file = self._folder.joinpath("learn", f"{language}.toml")
        if not _LANGUAGE.fullmatch(language) or not file.is_file():
            file = self._folder.joinpath("learn", f"{ENGLISH}.toml")
        try:
            return self._read(tomllib.loads(file.read_text(encoding="utf-8")))
        except ValueError as fault:
            raise ValueError(f"{file.name}: {fault}") from None

    def _read(self, whole: Table) -> tuple[Lesson, ...]:
        """Read all tables of a file."""
        _typed(whole, {"lesson": list}, "")
        topics = self._topics()
        lessons = []
        for number, table in enumerate(_tables(whole, "lesson"), 1):
            try:
                lessons.append(checked(_lesson(table), topics))
            except ValueError as fault:
                raise ValueError(f"lesson {number}: {fault}") from None
        if len({lesson.id for lesson in lessons}) < len(lessons):
            raise ValueError("two lessons have the same id")
        return tuple(lessons)

    def _topics(self) -> frozenset[str]:
        """The ids of the knowledge base."""
        names = (file.name for file in self._folder.joinpath("faq", ENGLISH).iterdir())
        return frozenset(name.removesuffix(".md") for name in names if name.endswith(".md"))


def _lesson(table: Table) -> Lesson:
    """Read one lesson."""
    _typed(table, _LESSON, "")
    check = table["check"]
    assert isinstance(check, dict)
    _typed(check, _CHECK, "check: ")
    return Lesson(
        id=str(table["id"]),
        title=str(table["title"]),
        topics=_texts(table, "topics"),
        check=Check(
            question=str(check["question"]),
            answers=tuple(map(_answer, _tables(check, "answers"))),
        ),
    )


def _answer(table: Table) -> Answer:
    """Read one answer; `right` stands at the right one only."""
    _typed(table, _ANSWER, "answer: ", _RIGHT)
    return Answer(
        text=str(table["text"]), why=str(table["why"]), right=table.get("right", False) is True
    )


def _typed(
    table: Table, wanted: Mapping[str, type], where: str, may_be: Mapping[str, type] | None = None
) -> None:
    """Complain of keys that are missing, unknown, empty or of another type."""
    optional = may_be or {}
    if strange := sorted(table.keys() - wanted.keys() - optional.keys()):
        raise ValueError(f"{where}unknown key {', '.join(strange)}")
    for key, kind in {**optional, **wanted}.items():
        if key not in table and key in wanted:
            raise ValueError(f"{where}{key} is missing")
        if key in table and (type(table[key]) is not kind or not table[key]):
            raise ValueError(f"{where}{key} must be of type {kind.__name__}, and say something")


def _texts(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of texts."""
    values = table[key]
    assert isinstance(values, list)
    if not all(isinstance(value, str) and value for value in values):
        raise ValueError(f"{key} must hold texts")
    return tuple(values)


def _tables(table: Table, key: str) -> tuple[Table, ...]:
    """Return a list of tables."""
    values = table[key]
    assert isinstance(values, list)
    if not all(isinstance(value, dict) for value in values):
        raise ValueError(f"{key} must hold tables")
    return tuple(values)
