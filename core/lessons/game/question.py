"""Questions of the knowledge base, as they stand in the content: one right answer, three wrong.

Every question belongs to a topic of the knowledge base, whose own words explain it.
"""

from collections.abc import Container
from dataclasses import dataclass

CATEGORIES = (
    "modes",
    "liquidation",
    "leverage",
    "margin",
    "fees",
    "funding",
    "risk",
    "switching",
    "prices",
    "venues",
)
"""What a question may be about."""

LEVELS = ("easy", "medium", "hard")

CHOICES = 4

LONGEST_TEXT, LONGEST_CHOICE, LONGEST_WHY = 120, 27, 240
"""Characters: four lines on a phone, one line with its letter, eight lines."""

LINE = 30
"""Characters of a line on a phone: no word is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its answers; `right` is the place of the right one, from 0.

    `source` is the id of its topic, `explanation` says why in the topic's words.
    """

    id: str
    category: str
    level: str
    text: str
    choices: tuple[str, ...]
    right: int
    source: str
    explanation: str


def checked(question: Question, topics: Container[str]) -> Question:
    """Return a question that may be asked where these topics are known. Raises `ValueError`."""
    if question.category not in CATEGORIES:
        raise ValueError(f"no category {question.category}")
    if question.level not in LEVELS:
        raise ValueError(f"no level {question.level}")
    if question.source not in topics:
        raise ValueError(f"no topic {question.source}")
    if len({choice.casefold() for choice in question.choices}) != CHOICES:
        raise ValueError(f"not {CHOICES} different answers")
    _check_length(question.text, LONGEST_TEXT)
    _check_length(question.explanation, LONGEST_WHY)
    for choice in question.choices:
        _check_length(choice, LONGEST_CHOICE)
    return question


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest or any(len(word) > LINE for word in text.split()):
        raise ValueError(f"too long: {text}")
