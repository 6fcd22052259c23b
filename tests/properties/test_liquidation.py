"""What holds for every liquidation price."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from core.margin.fees import funding_payment
from core.margin.liquidation import (
    LiquidationBand,
    _of_many,
    _of_one,
    bankruptcy_price,
    liquidation_band,
    printed,
)
from core.margin.pool import Leg, MarginMode, Pool, Side, cross_pool, isolated_pool
from core.margin.risk import closing_fee, leg_risk, maintenance_margin, risk
from core.market import BracketTable, Instrument, Listing, MarkPrice, Marks
from core.money import ONE, ZERO, Amount, D, Price, Quantity, Rate, up
from core.venue import BINANCE, Venue
from tests.builders import BTC, NOON, flat, instrument
from tests.properties.strategies import (
    Scene,
    continuous_tables,
    decimals,
    jumping_tables,
    leverages,
    lowered,
    pockets,
    prices,
    scenes,
    shares,
    venues,
)

any_tables = st.one_of(continuous_tables, jumping_tables)
amounts = decimals("0.01", "1000000", 2).map(Amount)


def band(scene: Scene) -> LiquidationBand:
    return liquidation_band(scene.pool, scene.pool.legs[0].symbol, scene.marks, scene.listing)


def cushion(scene: Scene, mark: Decimal) -> Decimal:
    moved = scene.marks.with_price(scene.pool.legs[0].symbol, Price(mark))
    return risk(scene.pool, moved, scene.listing).cushion


def scale(scene: Scene) -> Decimal:
    """The largest amount the cushion is made of; roundings are relative to it."""
    return max(
        abs(scene.pool.collateral),
        *(abs(leg.entry_cost) for leg in scene.pool.legs),
        *(scene.marks.price(leg.symbol) * leg.quantity for leg in scene.pool.legs),
    )


def nearer_or_same(one: LiquidationBand, other: LiquidationBand) -> bool:
    """Whether `one` lies within `other`."""
    low = one.lower if one.lower is not None else ZERO
    high = one.upper if one.upper is not None else D("Infinity")
    return low >= (other.lower or ZERO) and high <= (other.upper or D("Infinity"))


@given(scenes())
def test_at_each_end_of_the_band_the_balance_equals_the_maintenance(scene: Scene) -> None:
    for end in band(scene).prices:
        size = max(scale(scene), end * max(leg.quantity for leg in scene.pool.legs))
        assert abs(cushion(scene, end)) <= D("1e-18") * size


@given(pockets())
def test_bankruptcy_lies_beyond_liquidation_and_liquidation_beyond_the_entry(scene: Scene) -> None:
    leg = scene.pool.legs[0]
    mark = scene.marks.price(BTC)
    needed = leg_risk(leg, mark, scene.contract).maintenance_margin
    assume(scene.pool.collateral > needed)
    found = band(scene)
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
    assert band(scene) == band(alone)
    assert risk(scene.pool, scene.marks, scene.listing) == risk(
        alone.pool, alone.marks, alone.listing
    )


@given(pockets(any_tables), shares)
def test_alone_cross_is_never_nearer_than_isolated(scene: Scene, share: Decimal) -> None:
    leg, mark = scene.pool.legs[0], scene.marks.price(BTC)
    wallet = Amount(scene.pool.collateral / share)
    behind_all = scene.at(cross_pool(wallet, (leg,)))
    assume(cushion(scene, mark) > 0)
    assert nearer_or_same(band(scene), band(behind_all))


@given(scenes(tables=any_tables), amounts)
def test_more_collateral_never_moves_the_band_nearer(scene: Scene, more: Amount) -> None:
    mark = scene.marks.price(scene.pool.legs[0].symbol)
    assume(cushion(scene, mark) > 0)
    assert nearer_or_same(band(scene), band(scene.at(scene.pool.with_collateral(more))))


@given(pockets(), amounts)
def test_margin_added_moves_the_price_by_the_slope_of_its_tier(scene: Scene, more: Amount) -> None:
    one_tier = Listing(scene.listing.venue, {BTC: replace(scene.contract, brackets=flat("0.01"))})
    before = replace(scene, listing=one_tier)
    after = before.at(scene.pool.with_collateral(more))
    leg = scene.pool.legs[0]
    way = scene.contract.trigger_fee + D("0.01") - leg.side.sign
    for old, new in zip(band(before), band(after), strict=True):
        if old is not None and new is not None:
            assert abs(new - old - more / (leg.quantity * way)) < D("1e-20")


@given(pockets(), st.sampled_from([Rate(D("0.0001")), Rate(D("-0.0003"))]))
def test_funding_received_moves_the_price_away_and_paid_nearer(scene: Scene, rate: Rate) -> None:
    leg, mark = scene.pool.legs[0], scene.marks.price(BTC)
    paid = funding_payment(leg, mark, rate)
    assert (paid < 0) == ((leg.side is Side.LONG) == (rate > 0))
    after = scene.at(scene.pool.with_collateral(paid))
    wider, narrower = (band(after), band(scene)) if paid > 0 else (band(scene), band(after))
    assert nearer_or_same(narrower, wider)
    if narrower.prices and wider.prices:
        assert narrower != wider


@given(pockets())
def test_a_lower_maintenance_rate_moves_the_price_away(scene: Scene) -> None:
    easier = replace(scene, listing=Listing(scene.listing.venue, {BTC: lowered(scene.contract)}))
    assert nearer_or_same(band(scene), band(easier))
    if band(easier).prices:
        assert band(scene) != band(easier)


def scaled_table(table: BracketTable, factor: Decimal) -> BracketTable:
    return BracketTable(
        tuple(
            replace(
                bracket,
                floor=bracket.floor * factor,
                cap=None if bracket.cap is None else bracket.cap * factor,
                maintenance_amount=Amount(bracket.maintenance_amount * factor),
            )
            for bracket in table.brackets
        ),
        table.measure,
    )


@given(scenes(tables=any_tables), st.integers(2, 1000).map(Decimal))
def test_a_world_scaled_as_a_whole_has_the_same_prices(scene: Scene, factor: Decimal) -> None:
    legs = [
        replace(
            leg,
            quantity=Quantity(leg.quantity * factor),
            entry_cost=Amount(leg.entry_cost * factor),
        )
        for leg in scene.pool.legs
    ]
    larger = Scene(
        Pool(scene.pool.mode, Amount(scene.pool.collateral * factor), tuple(legs)),
        Listing(
            scene.listing.venue,
            {
                symbol: replace(contract, brackets=scaled_table(contract.brackets, factor))
                for symbol, contract in scene.listing.instruments.items()
            },
        ),
        scene.marks,
    )
    for ours, theirs in zip(band(scene), band(larger), strict=True):
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            assert abs(ours - theirs) <= D("1e-24") * ours


@given(pockets(), shares)
def test_two_fills_averaged_are_the_leg_opened_at_once(scene: Scene, share: Decimal) -> None:
    leg = scene.pool.legs[0]
    part = Quantity(up(leg.quantity * share, D("0.001")))
    assume(0 < part < leg.quantity)
    first = Leg.at(BTC, leg.side, part, leg.entry_price, leg.leverage)
    rest = replace(
        leg,
        quantity=Quantity(leg.quantity - part),
        entry_cost=Amount(leg.entry_cost - first.entry_cost),
    )
    averaged = scene.at(isolated_pool(first.plus(rest), scene.pool.collateral))
    assert band(averaged) == band(scene)


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
    found = band(scene).nearest(scene.marks.price(BTC))
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
    found, mark = band(scene), scene.marks.price(scene.pool.legs[0].symbol)
    assume(cushion(scene, mark) > 0)
    low = found.lower if found.lower is not None else ZERO
    high = found.upper if found.upper is not None else mark * 1000
    assert low <= mark <= high
    inside = low + (high - low) * share
    # Nearer to an end than roundings reach, the sign is anybody's guess.
    if min(inside - low, high - inside) > D("1e-20") * scale(scene):
        assert cushion(scene, inside) > 0


@given(scenes(tables=any_tables))
def test_just_beyond_an_end_the_cushion_is_gone(scene: Scene) -> None:
    found, mark = band(scene), scene.marks.price(scene.pool.legs[0].symbol)
    assume(cushion(scene, mark) > 0)
    bit = D("1e-12")
    if found.lower is not None:
        assert cushion(scene, found.lower * (ONE - bit)) < 0
    if found.upper is not None:
        assert cushion(scene, found.upper * (ONE + bit)) < 0


@given(pockets(jumping_tables))
def test_where_the_requirement_jumps_the_price_is_the_first_crossing_from_the_mark(
    scene: Scene,
) -> None:
    """Walk outward over the edges and sample each piece: no stretch in between is unsafe."""
    (leg,), mark = scene.pool.legs, scene.marks.price(BTC)
    assume(cushion(scene, mark) > 0)
    found = band(scene)
    edges = [floor / leg.quantity for floor in scene.contract.brackets.floors[1:]]
    low, high = found.lower or ZERO, found.upper or max([mark, *edges]) * 2
    between = [edge for edge in edges if low < edge < high]
    stops = sorted({low, mark, high, *between})
    middles = [(a + b) / 2 for a, b in pairwise(stops)]
    tiny = D("1e-18") * mark
    assert all(cushion(scene, stop) > 0 for stop in between if high - stop > tiny)
    assert all(
        cushion(scene, middle) > 0 for middle in middles if min(middle - low, high - middle) > tiny
    )


@given(scenes(tables=any_tables), venues, st.sampled_from(list(MarginMode)))
def test_printed_prices_stand_on_the_tick_and_never_farther_than_exact(
    scene: Scene, venue: Venue, mode: MarginMode
) -> None:
    exact, tick = band(scene), scene.contract.tick
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


@given(prices, leverages, shares)
def test_leverage_does_not_move_the_cross_price(
    entry: Price, leverage: Rate, share: Decimal
) -> None:

    leg = Leg.at(BTC, Side.LONG, Quantity(D(1)), entry, leverage)
    other = replace(leg, leverage=Rate(D(1)))
    rules = Listing(BINANCE, {BTC: instrument(BTC, flat("0.004"))})
    seen = Marks("drawn", NOON, {BTC: MarkPrice(entry, NOON)})
    first, second = (
        liquidation_band(cross_pool(Amount(entry * share), [each]), BTC, seen, rules)
        for each in (leg, other)
    )
    assert first == second
