"""Every mistake that leads to a wrong choice is said in words."""

import pytest

from bot.chat.games.quiz_slips import slip_text
from bot.chat.i18n import english
from tests.builders import exact
from tests.chat.games.items import kinds, slips

__all__ = ["exact"]

NONE = {"survives", "sudden"}
"""Kinds whose wrong choices come from no mistake of their own, or that have none."""


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind not in NONE])
def test_every_mistake_of_a_kind_has_words_of_its_own(kind: str) -> None:
    found = slips(kind)
    assert len(found) >= 3
    said = [slip_text(kind, slip, english) for slip in found]
    assert len(set(said)) == len(said)
    assert all(len(each) <= 60 and each[-1] not in ".?" for each in said)


@pytest.mark.parametrize("kind", sorted(NONE))
def test_some_kinds_have_none(kind: str) -> None:
    assert slips(kind) == frozenset()


def test_a_mistake_nobody_knows_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        slip_text("pnl", "moon", english)
