"""Simulated groups play every format to its end, whatever goes wrong; and what must hold after.

Scores and accounts are those of an independent count, `verify` agrees, nobody stands twice, nothing
is stuck or lost, and no platform is sent more than it takes.
"""

import pytest

from tests.sims.formats import FORMATS
from tests.sims.plans import PLACES, SIZES, kicks, outages, recorded, sample
from tests.sims.played import played
from tests.sims.sim import BOTH, Plan

SAMPLE, OUTAGES = tuple(sample()), tuple(outages())
KICKS = tuple(plan for plan in kicks() if plan.where == BOTH)


@pytest.mark.parametrize("plan", [pytest.param(plan, id=str(plan)) for plan in SAMPLE])
async def test_a_group_plays_to_the_end(plan: Plan) -> None:
    found = await played(plan)
    assert found.complaints == ()
    assert found.players >= min(2, plan.size)


@pytest.mark.parametrize("plan", [pytest.param(plan, id=str(plan)) for plan in OUTAGES])
async def test_what_prices_did_meanwhile_is_made_good(plan: Plan) -> None:
    found = await played(plan)
    assert found.complaints == ()
    assert (found.inputs["Froze"], found.inputs["Thawed"]) == (1, 1)
    assert found.inputs["estimated"] >= 4


@pytest.mark.parametrize("plan", [pytest.param(plan, id=str(plan)) for plan in KICKS])
async def test_who_is_thrown_out_has_left_after_a_day(plan: Plan) -> None:
    found = await played(plan)
    assert found.complaints == ()
    assert found.inputs["Left"] >= 2


@pytest.mark.parametrize("plan", [pytest.param(plan, id=str(plan)) for plan in recorded()])
async def test_what_is_recorded_goes_on_while_prices_are_away(plan: Plan) -> None:
    found = await played(plan)
    assert found.complaints == ()
    assert found.why == ""
    assert (found.inputs["Froze"], found.inputs["Ticked"], found.inputs["Woke"]) == (0, 0, 1)


def test_every_format_is_played_in_every_size_and_everywhere() -> None:
    for name in FORMATS:
        plans = [plan for plan in SAMPLE if plan.format == name]
        assert sorted(plan.size for plan in plans) == list(SIZES)
        assert sorted(plan.where for plan in plans) == sorted(PLACES)
    assert {plan.format for plan in OUTAGES} == {n for n, each in FORMATS.items() if each.live}
