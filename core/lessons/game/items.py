"""What a quiz asks: a code with fields, four choices, one of them right.

The words of a made-up item are no business of the core: it says which kind of question this is and
with which figures, and of every wrong choice which mistake leads to it. An item keeps all that is
shown of it, so a game can be followed and counted anew without anything beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.lessons.game.figures import Dice
from core.lessons.game.question import CHOICES, Question

FAQ = "faq"
"""The kind of an item whose words stand in the content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of four: a number in the item's unit, a code, or a text of the content.

    `slip` names the mistake that leads to it; empty for the right one and in the content.
    """

    number: Decimal | None = None
    code: str = ""
    text: str = ""
    slip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that is asked; `right` is the place of the right choice, from 0.

    `unit` is what numbers to choose from count: "price" (quote per base), "quote", "percent" or
    "leverage". `names` and `numbers` are the figures of the question. An item without choices wants
    a number, and `truth` is the exact one.
    """

    id: str
    kind: str
    category: str
    level: str
    unit: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    text: str = ""
    choices: tuple[Choice, ...] = ()
    right: int = 0
    truth: Decimal | None = None
    source: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A question with its right answer and what mistakes would lead to.

    Answers are numbers as they are shown, or codes.
    """

    kind: str
    unit: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    right: Decimal | str
    slips: tuple[tuple[str, Decimal | str], ...]

    @property
    def id(self) -> str:
        """The same for the same question, and without spaces."""
        facts = [*self.names.values(), *(f"{number:f}" for number in self.numbers.values())]
        return ":".join((self.kind, *facts))


def of_sum(asked: Sum, category: str, level: str, dice: Dice) -> Item | None:
    """Return the item of a sum, None where too few mistakes lead to answers of their own."""
    wrong: dict[Decimal | str, Choice] = {}
    for slip, answer in asked.slips:
        if answer != asked.right:
            wrong.setdefault(answer, _choice(answer, slip))
    if len(wrong) < CHOICES - 1:
        return None
    right = _choice(asked.right)
    slips = dice.order(list(wrong.values()), "slips")[: CHOICES - 1]
    choices = dice.order((right, *slips), "order")
    return Item(
        id=asked.id,
        kind=asked.kind,
        category=category,
        level=level,
        unit=asked.unit,
        names=asked.names,
        numbers=asked.numbers,
        choices=choices,
        right=choices.index(right),
    )


def of_question(question: Question, dice: Dice) -> Item:
    """Return the item of a question of the content, its choices in some order."""
    texts = dice.order(question.choices, "order")
    return Item(
        id=question.id,
        kind=FAQ,
        category=question.category,
        level=question.level,
        text=question.text,
        choices=tuple(Choice(text=text) for text in texts),
        right=texts.index(question.choices[question.right]),
        source=question.source,
        explanation=question.explanation,
    )


def _choice(answer: Decimal | str, slip: str = "") -> Choice:
    if isinstance(answer, str):
        return Choice(code=answer, slip=slip)
    return Choice(number=answer, slip=slip)
