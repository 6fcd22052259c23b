"""What holds for pools: they add up, move jointly, and leave each other alone."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from core.margin.compare import compare
from core.margin.liquidation import liquidation_band
from core.margin.pool import MarginMode, Pool, isolated_pool
from core.margin.risk import breaches, leg_risk, risk
from core.margin.shock import joint_band, moved, shock
from core.market import Symbol
from core.money import ONE, ZERO, Amount, D, Price, Rate
from core.venue import HYPERLIQUID
from tests.properties.strategies import (
    SYMBOLS,
    Scene,
    continuous_tables,
    decimals,
    jumping_tables,
    pockets,
    scenes,
    shares,
)

any_tables = st.one_of(continuous_tables, jumping_tables)
moves = st.dictionaries(st.sampled_from(SYMBOLS), decimals("-0.90", "2", 2).map(Rate), max_size=3)


def tiny(scene: Scene) -> Decimal:
    """Room for roundings: 1e-20 of all that is in the pool, ten times over."""
    worth = (
        leg.entry_cost + leg.quantity * scene.marks.price(leg.symbol) for leg in scene.pool.legs
    )
    return D("1e-19") * (abs(scene.pool.collateral) + sum(worth, ZERO) + 1)


def known(scene: Scene, drawn: dict[Symbol, Rate]) -> dict[Symbol, Rate]:
    return {symbol: move for symbol, move in drawn.items() if symbol in scene.marks.prices}


def pockets_of(scene: Scene) -> list[Pool]:
    return [isolated_pool(leg) for leg in scene.pool.legs]


@given(scenes(tables=any_tables))
def test_the_risk_of_a_pool_is_the_sum_over_its_legs_and_its_collateral(scene: Scene) -> None:
    whole = risk(scene.pool, scene.marks, scene.listing)
    parts = [
        leg_risk(leg, scene.marks.price(leg.symbol), scene.listing.instrument(leg.symbol))
        for leg in scene.pool.legs
    ]
    balance = scene.pool.collateral + sum((part.margin_balance for part in parts), ZERO)
    assert abs(whole.margin_balance - balance) <= tiny(scene)
    needed = sum((part.maintenance_margin for part in parts), ZERO)
    assert abs(whole.maintenance_margin - needed) <= tiny(scene)
    initial = sum((part.initial_margin for part in parts), ZERO)
    assert abs(whole.initial_margin - initial) <= tiny(scene)
    assert whole.cushion == whole.margin_balance - whole.maintenance_margin


@given(scenes(tables=any_tables))
def test_the_order_of_the_legs_changes_nothing(scene: Scene) -> None:
    turned = scene.at(replace(scene.pool, legs=tuple(reversed(scene.pool.legs))))
    for symbol in scene.pool.symbols:
        ours, theirs = (
            liquidation_band(s.pool, symbol, s.marks, s.listing) for s in (scene, turned)
        )
        for one, other in zip(ours, theirs, strict=True):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                assert abs(one - other) <= D("1e-24") * one


@given(scenes(tables=any_tables))
def test_at_the_joint_move_the_margin_ratio_is_one(scene: Scene) -> None:
    before = risk(scene.pool, scene.marks, scene.listing)
    assume(before.cushion > 0)
    joint = joint_band(scene.pool, scene.marks, scene.listing)
    continuous = all(c.brackets.continuous for c in scene.listing.instruments.values())
    for move in (joint.fall, joint.rise):
        if move is None:
            continue
        there = moved(scene.marks, dict.fromkeys(scene.pool.symbols, move), ONE)
        gone = risk(scene.pool, there, scene.listing)
        room = tiny(scene) * max(ONE, 1 + move)
        # A move to the edge of a tier that jumps may round to either side of it.
        beyond = Rate(move + D("1e-15").copy_sign(move))
        there = moved(scene.marks, dict.fromkeys(scene.pool.symbols, beyond), ONE)
        assert risk(scene.pool, there, scene.listing).cushion <= room
        if continuous:
            assert abs(gone.cushion) <= room
            if gone.margin_balance > 1:
                assert abs(gone.margin_ratio - 1) <= D("1e-9")


@given(scenes(tables=any_tables), shares)
def test_any_smaller_joint_move_leaves_a_cushion(scene: Scene, share: Decimal) -> None:
    assume(risk(scene.pool, scene.marks, scene.listing).cushion > 0)
    joint = joint_band(scene.pool, scene.marks, scene.listing)
    for move in (joint.fall, joint.rise):
        part = ONE if move is None else move * share
        if move is None and joint.rise is not None:
            continue
        there = moved(scene.marks, dict.fromkeys(scene.pool.symbols, Rate(part)), ONE)
        assert risk(scene.pool, there, scene.listing).cushion > -tiny(scene) * max(ONE, 1 + part)


@given(scenes())
def test_with_the_others_at_their_shocked_marks_each_price_is_the_shocked_mark(
    scene: Scene,
) -> None:
    assume(risk(scene.pool, scene.marks, scene.listing).cushion > 0)
    move = joint_band(scene.pool, scene.marks, scene.listing).fall
    assume(move is not None and move > D("-0.99"))
    assert move is not None
    there = moved(scene.marks, dict.fromkeys(scene.pool.symbols, move), ONE)
    for symbol in scene.pool.symbols:
        found = liquidation_band(scene.pool, symbol, there, scene.listing)
        mark = there.price(symbol)
        quantity = sum(leg.quantity for leg in scene.pool.legs if leg.symbol == symbol)
        # The pool's cushion is zero there, so the shocked mark is an end, unless this symbol's
        # own part is flat there (an even hedge): then no end need be near.
        slack = tiny(scene) / quantity * 10_000
        ends = [abs(end - mark) for end in found.prices]
        flat = _is_flat(scene, symbol, mark)
        assert flat or min(ends) <= slack


def _is_flat(scene: Scene, symbol: Symbol, mark: Price) -> bool:
    """Whether this symbol's part of the cushion hardly moves with its mark."""
    contract = scene.listing.instrument(symbol)
    own = [leg for leg in scene.pool.legs if leg.symbol == symbol]
    step = mark * D("1e-6")
    here, beside = (
        sum((leg_risk(leg, Price(p), contract).cushion for leg in own), ZERO)
        for p in (mark, mark - step)
    )
    return abs(here - beside) < step * sum(leg.quantity for leg in own) * D("0.002")


@given(scenes(tables=any_tables), moves, st.booleans())
def test_pools_fall_in_order_and_every_pool_falls_or_stands(
    scene: Scene, drawn: dict[Symbol, Rate], on_hyperliquid: bool
) -> None:
    if on_hyperliquid:
        scene = replace(scene, listing=replace(scene.listing, venue=HYPERLIQUID))
    pools, changes = [scene.pool, *pockets_of(scene)], known(scene, drawn)
    story = shock(pools, changes, scene.marks, scene.listing)
    told = [fall.pool for fall in story.falls] + [s.pool for s in story.survivors]
    assert Counter(told) == Counter(pools)
    times = [fall.after for fall in story.falls]
    assert times == sorted(times)
    assert all(0 <= time <= 1 for time in times)
    assert all(fall.kept >= 0 for fall in story.falls)
    assert all(fall.kept == 0 or on_hyperliquid for fall in story.falls)
    assert all(fall.lost == fall.pool.collateral - fall.kept for fall in story.falls)
    balances = sum((s.risk.margin_balance for s in story.survivors), ZERO)
    kept = sum((fall.kept for fall in story.falls), ZERO)
    assert abs(story.left - balances - kept) <= tiny(scene) * 10


@given(scenes(tables=any_tables), moves)
def test_the_bites_sum_to_the_change_of_the_cushion(
    scene: Scene, drawn: dict[Symbol, Rate]
) -> None:
    story = shock([scene.pool], known(scene, drawn), scene.marks, scene.listing)
    before = risk(scene.pool, scene.marks, scene.listing).cushion
    ends = [(fall.bites, fall.marks) for fall in story.falls]
    ends += [(survivor.bites, story.marks) for survivor in story.survivors]
    for bites, there in ends:
        after = risk(scene.pool, there, scene.listing).cushion
        eaten = sum((bite.change for bite in bites), ZERO)
        assert abs(eaten - (after - before)) <= tiny(scene) * 10
        assert [bite.change for bite in bites] == sorted(bite.change for bite in bites)


@given(scenes(tables=any_tables), moves, shares)
def test_a_fall_is_where_the_cushion_ends_and_not_before(
    scene: Scene, drawn: dict[Symbol, Rate], share: Decimal
) -> None:
    changes = known(scene, drawn)
    assume(risk(scene.pool, scene.marks, scene.listing).cushion > 0)
    story = shock([scene.pool], changes, scene.marks, scene.listing)
    end = story.falls[0].after if story.falls else ONE
    earlier = moved(scene.marks, changes, end * share)
    assert risk(scene.pool, earlier, scene.listing).cushion > -tiny(scene) * 10
    if story.falls:
        later = moved(scene.marks, changes, end + D("1e-15"))
        assert risk(scene.pool, later, scene.listing).cushion < tiny(scene) * 10


@given(scenes(tables=any_tables), moves)
def test_the_fall_of_one_pocket_leaves_every_other_number_unchanged(
    scene: Scene, drawn: dict[Symbol, Rate]
) -> None:
    first, *rest = pockets_of(scene)
    others = [*rest, scene.pool]
    changes = known(scene, drawn)
    together = shock([first, *others], changes, scene.marks, scene.listing)
    apart = shock(others, changes, scene.marks, scene.listing)
    assert [s for s in together.survivors if s.pool is not first] == list(apart.survivors)
    assert [f for f in together.falls if f.pool is not first] == list(apart.falls)


@given(scenes(tables=any_tables))
def test_breaches_are_the_pools_whose_cushion_is_gone(scene: Scene) -> None:
    pools = [scene.pool, *pockets_of(scene)]
    gone = breaches(pools, scene.marks, scene.listing)
    for pool in pools:
        cushion = risk(pool, scene.marks, scene.listing).cushion
        assert (pool in gone) == (cushion <= 0)


@given(scenes(tables=any_tables))
def test_the_riskier_pool_is_the_one_with_the_higher_ratio(scene: Scene) -> None:
    risks = [risk(pool, scene.marks, scene.listing) for pool in (scene.pool, *pockets_of(scene))]
    for one in risks:
        for other in risks:
            first, second = one.margin_ratio, other.margin_ratio
            if first == second or max(first, second) > min(first, second) * (1 + D("1e-25")):
                assert one.riskier_than(other) == (first > second)
            assert not (one.riskier_than(other) and other.riskier_than(one))


@given(pockets(), st.integers(1, 20))
def test_no_result_of_a_comparison_is_worse_than_its_wall(scene: Scene, times: int) -> None:
    (leg,), contract = scene.pool.legs, scene.contract
    wallet = Amount(leg.entry_cost * (1 + times) * 2)
    found = compare(leg, wallet, scene.marks, scene.listing)
    for moment in found.moments:
        for mode, result, gone in (
            (MarginMode.ISOLATED, moment.isolated, moment.isolated_gone),
            (MarginMode.CROSS, moment.cross, moment.cross_gone),
        ):
            assert result >= -found.of(mode).max_loss
            if gone:
                assert result == -found.of(mode).closed_loss
    assert contract.symbol == leg.symbol
    assert found.isolated.max_loss <= found.cross.max_loss
    assert found.cross.max_loss == wallet - found.fee
