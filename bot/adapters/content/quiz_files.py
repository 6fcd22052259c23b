"""Quiz questions as files: `quiz/<language>.toml`, English where a language has none.

A file is a list of `[[question]]` tables: the right answer, three wrong ones, the topic of the
knowledge base that it belongs to and, from that topic, why. A file that breaks this is refused with
its name and the question.
"""

import re
import tomllib
from collections.abc import Container, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.lessons.game.question import Question, checked

ENGLISH = "en"

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_QUESTION: Mapping[str, type] = {
    "id": str,
    "category": str,
    "level": str,
    "text": str,
    "right": str,
    "wrong": list,
    "topic": str,
    "why": str,
}

Table = Mapping[str, object]


class QuizFiles:
    """Reads the questions of a content folder, by default the one that comes with the program."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Take the folder that holds `quiz` and, beside it, `faq`."""
        self._folder = folder or files("bot").joinpath("content")

    def questions(self, locale: str) -> tuple[Question, ...]:
        """Return the questions in order. Raises `ValueError` with the file and the fault."""
        language = locale.lower().replace("_", "-").partition("-")[0]
        file = self._folder.joinpath("quiz", f"{language}.toml")
        if not _LANGUAGE.fullmatch(language) or not file.is_file():
            file = self._folder.joinpath("quiz", f"{ENGLISH}.toml")
        try:
            return self._read(tomllib.loads(file.read_text(encoding="utf-8")))
        except ValueError as fault:
            raise ValueError(f"{file.name}: {fault}") from None

    def _read(self, whole: Table) -> tuple[Question, ...]:
        """Read all tables of a file."""
        tables = whole.get("question")
        if not isinstance(tables, list) or len(whole) != 1:
            raise ValueError("a file holds questions and nothing else")
        topics, found = self._topics(), []
        for number, table in enumerate(tables, 1):
            try:
                found.append(_question(table, topics))
            except ValueError as fault:
                raise ValueError(f"question {number}: {fault}") from None
        if len({question.id for question in found}) < len(found):
            raise ValueError("two questions have the same id")
        return tuple(found)

    def _topics(self) -> frozenset[str]:
        """The ids of the knowledge base."""
        names = (file.name for file in self._folder.joinpath("faq", ENGLISH).iterdir())
        return frozenset(name.removesuffix(".md") for name in names if name.endswith(".md"))


def _question(table: object, topics: Container[str]) -> Question:
    """Read one question; the right answer stands first."""
    if not isinstance(table, dict) or table.keys() != _QUESTION.keys():
        raise ValueError(f"a question has {', '.join(_QUESTION)}")
    for key, kind in _QUESTION.items():
        if type(table[key]) is not kind or not table[key]:
            raise ValueError(f"{key} must be of type {kind.__name__}, and say something")
    if not all(isinstance(choice, str) and choice for choice in table["wrong"]):
        raise ValueError("wrong must hold texts")
    if not re.fullmatch(r"[a-z0-9-]+", table["id"]):
        raise ValueError(f"{table['id']} is no id")
    question = Question(
        id=table["id"],
        category=table["category"],
        level=table["level"],
        text=table["text"],
        choices=(table["right"], *table["wrong"]),
        right=0,
        source=table["topic"],
        explanation=table["why"],
    )
    return checked(question, topics)
