"""Answers typed in private: which texts may be one, and which price is meant.

In the private chat a short text that is a number, "never" or a letter answers the item that is open
for whoever wrote it. Numbers are read as everywhere; one that lies far from the entry, and near to
it when it is taken a thousand times larger or smaller ("54.000", "54"), could be either.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.chat.numbers import read_number, write_number
from bot.chat.request import Place, Request
from core.lessons.challenges.guess import NEVER
from core.lessons.game.errors import BadAnswer
from core.money import ZERO
from core.paper.records import Identity
from core.services.questions import Questions

COMMAND = "answer"
"""The command that takes an answer."""

LONGEST = 24
"""Characters of a text that may be an answer."""

MEANT = "!"
"""Behind a number: it is meant as it stands."""

NEAR, FAR = Decimal("0.02"), Decimal(5)
"""No price that is asked for lies beyond these parts of the entry."""

_THOUSAND = Decimal(1000)

_ANSWER = re.compile(r"never|[a-d]|[$€£]?[0-9][0-9.,_' ]*(?:k|m)?[$€£]?!?", re.IGNORECASE)


def may_answer(request: Request) -> bool:
    """Whether a request is a text in the private chat that may answer something."""
    if request.chat.place is not Place.PRIVATE or request.command or request.button:
        return False
    text = request.text.strip()
    return len(text) <= LONGEST and _ANSWER.fullmatch(text) is not None


def as_answer(request: Request, questions: Questions) -> Request:
    """Return a text that may answer something as an answer, where something is open for them."""
    if not may_answer(request):
        return request
    who = Identity(request.who.platform, request.who.id)
    if not questions.open_to(who):
        return request
    return replace(request, text=f"/{COMMAND} {request.text.strip()}")


@dataclass(frozen=True, slots=True)
class Meant:
    """An answer in its one spelling, and what it may mean `instead`."""

    value: str
    instead: str = ""


def meant(text: str, entry: Decimal) -> Meant:
    """Return which price, or "never", a text means beside an entry price. Raises `BadAnswer`."""
    if text.casefold() == NEVER:
        return Meant(NEVER)
    number = read_number(text.removesuffix(MEANT))
    if number is None or number <= ZERO:
        raise BadAnswer(text)
    value = write_number(number)
    if text.endswith(MEANT) or _is_near(number, entry):
        return Meant(value)
    for other in (number * _THOUSAND, number / _THOUSAND):
        if _is_near(other, entry):
            return Meant(value, write_number(other))
    return Meant(value)


def _is_near(price: Decimal, entry: Decimal) -> bool:
    return NEAR * entry <= price <= FAR * entry
