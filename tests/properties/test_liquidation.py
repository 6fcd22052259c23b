"""What holds for every liquidation price: its definition, its band, its tiers."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from core.margin.liquidation import (
    _of_many,
    _of_one,
    bankruptcy_price,
    printed,
)
from core.margin.pool import MarginMode, Side, cross_pool
from core.margin.risk import closing_fee, leg_risk, maintenance_margin, risk
from core.market import Instrument
from core.money import ONE, ZERO, D, Price
from core.venue import Venue
from tests.builders import BTC
from tests.properties.strategies import (
    Scene,
    continuous_tables,
    cushion_at,
    jumping_tables,
    liquidation_of,
    pockets,
    scale_of,
    scenes,
    shares,
    venues,
)

any_tables = st.one_of(continuous_tables, jumping_tables)


@given(scenes())
def test_at_each_end_of_the_band_the_balance_equals_the_maintenance(scene: Scene) -> None:
    for end in liquidation_of(scene).prices:
        size = max(scale_of(scene), end * max(leg.quantity for leg in scene.pool.legs))
        assert abs(cushion_at(scene, end)) <= D("1e-18") * size


@given(pockets())
def test_bankruptcy_lies_beyond_liquidation_and_liquidation_beyond_the_entry(scene: Scene) -> None:
    leg = scene.pool.legs[0]
    mark = scene.marks.price(BTC)
    needed = leg_risk(leg, mark, scene.contract).maintenance_margin
    assume(scene.pool.collateral > needed)
    found = liquidation_of(scene)
    limit = found.lower if leg.side is Side.LONG else found.upper
    broke = bankruptcy_price(scene.pool, BTC, scene.marks, scene.listing)
    if leg.side is Side.LONG:
        assert found.upper is None
        assert (broke or ZERO) < (limit or Price(D("1e-30"))) < mark
        assert broke is None or limit is not None
    else:
        assert found.lower is None
        assert limit is not None
        assert broke is not None
        assert mark < limit < broke


@given(pockets(any_tables))
def test_isolated_and_cross_alone_are_the_same_formula(scene: Scene) -> None:
    alone = scene.at(cross_pool(scene.pool.collateral, scene.pool.legs))
    assert liquidation_of(scene) == liquidation_of(alone)
    assert risk(scene.pool, scene.marks, scene.listing) == risk(
        alone.pool, alone.marks, alone.listing
    )


@given(pockets())
def test_the_price_is_the_extreme_of_the_prices_of_all_tiers(scene: Scene) -> None:
    """Continuous and convex: highest root of a long, lowest of a short."""
    (leg,), contract = scene.pool.legs, scene.contract
    sign = leg.side.sign
    backing = scene.pool.collateral - closing_fee(leg, contract) - sign * leg.entry_cost
    roots = [
        (backing + bracket.maintenance_amount)
        / (leg.quantity * (bracket.maintenance_rate + contract.trigger_fee - sign))
        for bracket in contract.brackets.brackets
    ]
    extreme = max(roots) if leg.side is Side.LONG else min(roots)
    found = liquidation_of(scene).nearest(scene.marks.price(BTC))
    if extreme <= 0:
        assert found is None
    else:
        assert found is not None
        assert abs(found - extreme) <= D("1e-28") * extreme


@given(pockets())
def test_the_textbook_root_and_the_walk_over_all_pieces_agree(scene: Scene) -> None:
    (leg,), contract = scene.pool.legs, scene.contract
    one = _of_one(scene.pool.collateral, leg, contract)
    many = _of_many(scene.pool.collateral, [leg], contract, scene.marks.price(BTC))
    for ours, theirs in zip(one, many, strict=True):
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            assert abs(ours - theirs) <= D("1e-28") * ours


@given(scenes(tables=any_tables), shares)
def test_the_cushion_is_positive_inside_the_band(scene: Scene, share: Decimal) -> None:
    found, mark = liquidation_of(scene), scene.marks.price(scene.pool.legs[0].symbol)
    assume(cushion_at(scene, mark) > 0)
    low = found.lower if found.lower is not None else ZERO
    high = found.upper if found.upper is not None else mark * 1000
    assert low <= mark <= high
    inside = low + (high - low) * share
    # Nearer to an end than roundings reach, the sign is anybody's guess.
    if min(inside - low, high - inside) > D("1e-20") * scale_of(scene):
        assert cushion_at(scene, inside) > 0


@given(scenes(tables=any_tables))
def test_just_beyond_an_end_the_cushion_is_gone(scene: Scene) -> None:
    found, mark = liquidation_of(scene), scene.marks.price(scene.pool.legs[0].symbol)
    assume(cushion_at(scene, mark) > 0)
    bit = D("1e-12")
    if found.lower is not None:
        assert cushion_at(scene, found.lower * (ONE - bit)) < 0
    if found.upper is not None:
        assert cushion_at(scene, found.upper * (ONE + bit)) < 0


@given(pockets(jumping_tables))
def test_where_the_requirement_jumps_the_price_is_the_first_crossing_from_the_mark(
    scene: Scene,
) -> None:
    """Walk outward over the edges and sample each piece: no stretch in between is unsafe."""
    (leg,), mark = scene.pool.legs, scene.marks.price(BTC)
    assume(cushion_at(scene, mark) > 0)
    found = liquidation_of(scene)
    edges = [floor / leg.quantity for floor in scene.contract.brackets.floors[1:]]
    low, high = found.lower or ZERO, found.upper or max([mark, *edges]) * 2
    between = [edge for edge in edges if low < edge < high]
    stops = sorted({low, mark, high, *between})
    middles = [(a + b) / 2 for a, b in pairwise(stops)]
    tiny = D("1e-18") * mark
    assert all(cushion_at(scene, stop) > 0 for stop in between if high - stop > tiny)
    assert all(
        cushion_at(scene, middle) > 0
        for middle in middles
        if min(middle - low, high - middle) > tiny
    )


@given(scenes(tables=any_tables), venues, st.sampled_from(list(MarginMode)))
def test_printed_prices_stand_on_the_tick_and_never_farther_than_exact(
    scene: Scene, venue: Venue, mode: MarginMode
) -> None:
    exact, tick = liquidation_of(scene), scene.contract.tick
    shown = printed(exact, scene.contract, venue, mode)
    shift = venue.isolated_tick_shift if mode is MarginMode.ISOLATED else 0
    assert (shown.lower is None, shown.upper is None) == (exact.lower is None, exact.upper is None)
    assert all(price % tick == 0 and price > 0 for price in shown.prices)
    if shown.lower is not None and exact.lower is not None:
        assert shift * tick <= shown.lower - exact.lower < (shift + 1) * tick
    if shown.upper is not None and exact.upper is not None and exact.upper >= (shift + 1) * tick:
        assert shift * tick <= exact.upper - shown.upper < (shift + 1) * tick


@given(scenes())
def test_the_requirement_is_continuous_and_rises_with_the_mark(scene: Scene) -> None:
    for leg in scene.pool.legs:
        contract: Instrument = scene.listing.instrument(leg.symbol)
        for floor in contract.brackets.floors[1:]:
            edge = floor / leg.quantity
            below, at = (
                maintenance_margin(leg, Price(p), contract) for p in (edge * (1 - D("1e-20")), edge)
            )
            assert below <= at + D("1e-20")
            assert at - below <= floor * D("1e-19")
