"""The rules that choose a mode, as a table, and what holds for every possible answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lessons.choosing import FOR_CROSS, Experience, Reason, Situation, suited
from core.margin.pool import MarginMode
from core.money import ONE, D

NEW, SOME, MUCH = Experience.NEW, Experience.SOME, Experience.MUCH
ISOLATED, CROSS = MarginMode.ISOLATED, MarginMode.CROSS


def situation(hedged: bool, positions: int, most_lost: str, experience: Experience) -> Situation:
    """Return four answers."""
    return Situation(
        hedged=hedged, positions=positions, most_lost=D(most_lost), experience=experience
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Any answers there are; a hedge has two positions at least."""
    hedged = draw(st.booleans())
    percent = draw(st.integers(1, 100))
    return Situation(
        hedged=hedged,
        positions=draw(st.integers(2 if hedged else 1, 20)),
        most_lost=D(percent) / 100,
        experience=draw(st.sampled_from(Experience)),
    )


@pytest.mark.parametrize(
    ("hedged", "positions", "most_lost", "experience", "mode", "decided"),
    [
        # 1. Beginners: isolated, whatever else they say.
        (False, 1, "0.05", NEW, ISOLATED, Reason.BEGINNER),
        (False, 5, "1", NEW, ISOLATED, Reason.BEGINNER),
        (True, 2, "1", NEW, ISOLATED, Reason.BEGINNER),
        # 2. Hedged: cross, because one leg carries the other.
        (True, 2, "0.2", SOME, CROSS, Reason.HEDGED),
        (True, 2, "1", SOME, CROSS, Reason.HEDGED),
        (True, 6, "0.05", MUCH, CROSS, Reason.HEDGED),
        # 3. A capped loss: isolated, for experienced people too.
        (False, 1, "0.2", SOME, ISOLATED, Reason.CAPPED),
        (False, 5, "0.5", MUCH, ISOLATED, Reason.CAPPED),
        # 4. Experienced people with a portfolio: cross.
        (False, 2, "1", MUCH, CROSS, Reason.PORTFOLIO),
        # 5. One position, or unrelated ones: isolated.
        (False, 1, "1", MUCH, ISOLATED, Reason.SINGLE),
        (False, 1, "1", SOME, ISOLATED, Reason.SINGLE),
        (False, 4, "1", SOME, ISOLATED, Reason.UNRELATED),
    ],
)
def test_the_first_rule_that_applies_decides(
    hedged: bool,
    positions: int,
    most_lost: str,
    experience: Experience,
    mode: MarginMode,
    decided: Reason,
) -> None:
    advice = suited(situation(hedged, positions, most_lost, experience))
    assert (advice.mode, advice.reasons[0]) == (mode, decided)


def test_everything_else_for_the_mode_is_told_too() -> None:
    advice = suited(situation(False, 3, "0.2", NEW))
    assert advice.reasons == (Reason.BEGINNER, Reason.CAPPED, Reason.UNRELATED)
    assert advice.against == ()


@pytest.mark.parametrize(
    ("hedged", "positions", "most_lost", "experience", "against"),
    [
        (True, 2, "1", NEW, (Reason.HEDGED,)),
        (True, 2, "0.2", SOME, (Reason.CAPPED,)),
        (False, 5, "0.5", MUCH, (Reason.PORTFOLIO,)),
    ],
)
def test_answers_for_the_other_mode_speak_against_this_one(
    hedged: bool,
    positions: int,
    most_lost: str,
    experience: Experience,
    against: tuple[Reason, ...],
) -> None:
    assert suited(situation(hedged, positions, most_lost, experience)).against == against


@given(situations())
def test_a_mode_always_has_reasons_of_its_own_side(one: Situation) -> None:
    advice = suited(one)
    assert advice.reasons
    assert all((reason in FOR_CROSS) is (advice.mode is CROSS) for reason in advice.reasons)
    assert not any((reason in FOR_CROSS) is (advice.mode is CROSS) for reason in advice.against)
    assert len({*advice.reasons, *advice.against}) == len(advice.reasons) + len(advice.against)


@given(situations())
def test_cross_is_for_hedged_books_and_experienced_people_only(one: Situation) -> None:
    if suited(one).mode is CROSS:
        assert one.experience is not NEW
        assert one.positions > 1
        assert one.hedged or (one.experience is MUCH and one.most_lost == ONE)


@given(situations())
def test_only_a_hedge_outweighs_a_cap(one: Situation) -> None:
    if one.most_lost < ONE and not one.hedged:
        assert suited(one).mode is ISOLATED
