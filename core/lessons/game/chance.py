"""Chance that can be checked: every draw is a hash of a secret seed and of what is drawn.

The seed's own hash is printed at the start and the seed at the end, so that anybody can see that
nothing was chosen afterwards. Source: commitment by hash (HMAC-SHA-256, RFC 2104).
"""

import hashlib
import hmac
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from core.money import ONE, Rate

Thing = TypeVar("Thing")

_SHOWN = 32
"""Hexadecimal digits of a commitment: 128 bits, which nobody can search."""


def commitment(seed: str) -> str:
    """Return what is printed at the start: the first 32 digits of the seed's SHA-256."""
    return hashlib.sha256(seed.encode()).hexdigest()[:_SHOWN]


def drawn(seed: str, below: int, *what: object) -> int:
    """Return a whole number from 0 to `below` - 1 for what is drawn. The same always again."""
    text = "/".join(str(each) for each in what)
    digest = hmac.new(seed.encode(), text.encode(), hashlib.sha256).digest()
    # Of 256 bits taken by so small a number, what is left over favours nobody that could be seen.
    return int.from_bytes(digest, "big") % below


def picked(seed: str, things: Sequence[Thing], *what: object) -> Thing:
    """Return one of some things."""
    return things[drawn(seed, len(things), *what)]


def shuffled(seed: str, things: Sequence[Thing], *what: object) -> tuple[Thing, ...]:
    """Return the things in an order of chance."""
    left, mixed = list(things), []
    while left:
        mixed.append(left.pop(drawn(seed, len(left), *what, len(left))))
    return tuple(mixed)


def scaled(seed: str, spread: int, *what: object) -> Rate:
    """Return a factor between 1/spread and spread, in steps of a thousandth."""
    steps = drawn(seed, (spread - 1) * 1000 + 1, *what, "size")
    factor = ONE + Decimal(steps) / 1000
    return Rate(factor if drawn(seed, 2, *what, "way") else ONE / factor)
