"""Refusals of challenges: a code after the class, and nothing but facts."""

import inspect
from datetime import datetime
from decimal import Decimal

import pytest

from core.errors import Facts, Refusal
from core.lessons.game import errors
from tests.core.lessons.game.builders import at

CLASSES = [
    each
    for each in vars(errors).values()
    if inspect.isclass(each) and issubclass(each, Refusal) and each.__module__ == errors.__name__
]

VALUES = {
    str: "x",
    int: 3,
    Decimal: Decimal(7),
    Decimal | None: None,
    datetime: at(),
    tuple[str, ...]: ("a", "b"),
}
"""A value for each type that a fact may have."""


def made(kind: type[Refusal]) -> Refusal:
    """A refusal of a kind."""
    if not issubclass(kind, Facts):
        return kind()
    facts = inspect.signature(kind, eval_str=True).parameters.values()
    return kind(*(VALUES[fact.annotation] for fact in facts))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.code)
def test_a_refusal_tells_its_facts_by_name(kind: type[Refusal]) -> None:
    refusal = made(kind)
    own = list(inspect.signature(kind).parameters) if isinstance(refusal, Facts) else []
    assert list(refusal.fields()) == own
    assert all(getattr(refusal, name) == value for name, value in refusal.fields().items())


def test_every_refusal_names_its_code_after_its_class() -> None:
    codes = [kind.code for kind in CLASSES]
    assert {"no_seat", "held_too_short", "bad_option"} <= set(codes)
    assert len(set(codes)) == len(codes)


def test_what_nobody_can_put_right_is_no_refusal() -> None:
    assert not issubclass(errors.Unplayable, Refusal)
