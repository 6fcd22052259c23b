"""Answers as they were typed or pressed, in their one spelling."""

from decimal import DecimalException

from core.lessons.game.errors import BadAnswer
from core.money import ONE, ZERO, D

LETTERS = "abcd"
"""What choices are called."""

_DIGITS = "1234"

_LONGEST = 24
"""Characters of a price."""

_LOWEST, _HIGHEST = ONE.scaleb(-12), ONE.scaleb(15)


def read_price(text: str) -> str:
    """Return a price above zero in plain digits. Raises `BadAnswer`."""
    try:
        price = D(text) if text.isascii() and len(text) <= _LONGEST else ZERO
    except DecimalException:
        raise BadAnswer(text) from None
    if not price.is_finite() or not _LOWEST < price < _HIGHEST:
        raise BadAnswer(text)
    return f"{price:f}"


def read_choice(text: str) -> str:
    """Return the letter of a choice, told by letter or by number. Raises `BadAnswer`."""
    place = (LETTERS + _DIGITS).find(text.lower()) if len(text) == 1 else -1
    if place < 0:
        raise BadAnswer(text, tuple(LETTERS))
    return LETTERS[place % len(LETTERS)]
