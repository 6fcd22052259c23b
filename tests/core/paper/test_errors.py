"""Refusals of paper trading: a code after the class, and nothing but facts."""

import inspect

import pytest

from core.errors import Facts, Refusal
from core.paper import errors
from tests.chat.paper_samples import PAPER

CLASSES = [
    each
    for each in vars(errors).values()
    if inspect.isclass(each) and issubclass(each, Refusal) and each.__module__ == errors.__name__
]


@pytest.mark.parametrize("refusal", PAPER, ids=lambda refusal: refusal.code)
def test_the_facts_of_a_refusal_are_its_fields_in_order(refusal: Refusal) -> None:
    own = list(inspect.signature(type(refusal)).parameters) if isinstance(refusal, Facts) else []
    assert list(refusal.fields()) == own


def test_every_refusal_names_its_code_after_its_class() -> None:
    assert {c.code for c in CLASSES} >= {"insufficient", "mode_blocked", "preview_gone"}
    assert len({c.code for c in CLASSES}) == len(CLASSES)


def test_every_one_stands_in_the_drawn_tree() -> None:
    assert errors.__doc__ is not None
    assert [c.__name__ for c in CLASSES if f" {c.__name__} " not in errors.__doc__] == []
