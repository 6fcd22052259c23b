"""What moves a liquidation price, in which direction, and what does not move it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from core.margin.fees import funding_payment
from core.margin.liquidation import (
    LiquidationBand,
    liquidation_band,
)
from core.margin.pool import Leg, Pool, Side, cross_pool, isolated_pool
from core.market import BracketTable, Listing, MarkPrice, Marks
from core.money import ZERO, Amount, D, Price, Quantity, Rate, up
from core.venue import BINANCE
from tests.builders import BTC, NOON, flat, instrument
from tests.properties.strategies import (
    Scene,
    continuous_tables,
    cushion_at,
    decimals,
    jumping_tables,
    leverages,
    liquidation_of,
    lowered,
    pockets,
    prices,
    scenes,
    shares,
)

any_tables = st.one_of(continuous_tables, jumping_tables)
amounts = decimals("0.01", "1000000", 2).map(Amount)


def nearer_or_same(one: LiquidationBand, other: LiquidationBand) -> bool:
    """Whether `one` lies within `other`."""
    low = one.lower if one.lower is not None else ZERO
    high = one.upper if one.upper is not None else D("Infinity")
    return low >= (other.lower or ZERO) and high <= (other.upper or D("Infinity"))


@given(pockets(any_tables), shares)
def test_alone_cross_is_never_nearer_than_isolated(scene: Scene, share: Decimal) -> None:
    leg, mark = scene.pool.legs[0], scene.marks.price(BTC)
    wallet = Amount(scene.pool.collateral / share)
    behind_all = scene.at(cross_pool(wallet, (leg,)))
    assume(cushion_at(scene, mark) > 0)
    assert nearer_or_same(liquidation_of(scene), liquidation_of(behind_all))


@given(scenes(tables=any_tables), amounts)
def test_more_collateral_never_moves_the_band_nearer(scene: Scene, more: Amount) -> None:
    mark = scene.marks.price(scene.pool.legs[0].symbol)
    assume(cushion_at(scene, mark) > 0)
    assert nearer_or_same(
        liquidation_of(scene), liquidation_of(scene.at(scene.pool.with_collateral(more)))
    )


@given(pockets(), amounts)
def test_margin_added_moves_the_price_by_the_slope_of_its_tier(scene: Scene, more: Amount) -> None:
    one_tier = Listing(scene.listing.venue, {BTC: replace(scene.contract, brackets=flat("0.01"))})
    before = replace(scene, listing=one_tier)
    after = before.at(scene.pool.with_collateral(more))
    leg = scene.pool.legs[0]
    way = scene.contract.trigger_fee + D("0.01") - leg.side.sign
    for old, new in zip(liquidation_of(before), liquidation_of(after), strict=True):
        if old is not None and new is not None:
            assert abs(new - old - more / (leg.quantity * way)) < D("1e-20")


@given(pockets(), st.sampled_from([Rate(D("0.0001")), Rate(D("-0.0003"))]))
def test_funding_received_moves_the_price_away_and_paid_nearer(scene: Scene, rate: Rate) -> None:
    leg, mark = scene.pool.legs[0], scene.marks.price(BTC)
    paid = funding_payment(leg, mark, rate)
    assert (paid < 0) == ((leg.side is Side.LONG) == (rate > 0))
    after = scene.at(scene.pool.with_collateral(paid))
    wider, narrower = (
        (liquidation_of(after), liquidation_of(scene))
        if paid > 0
        else (liquidation_of(scene), liquidation_of(after))
    )
    assert nearer_or_same(narrower, wider)
    if narrower.prices and wider.prices:
        assert narrower != wider


@given(pockets())
def test_a_lower_maintenance_rate_moves_the_price_away(scene: Scene) -> None:
    easier = replace(scene, listing=Listing(scene.listing.venue, {BTC: lowered(scene.contract)}))
    assert nearer_or_same(liquidation_of(scene), liquidation_of(easier))
    if liquidation_of(easier).prices:
        assert liquidation_of(scene) != liquidation_of(easier)


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
    for ours, theirs in zip(liquidation_of(scene), liquidation_of(larger), strict=True):
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
    assert liquidation_of(averaged) == liquidation_of(scene)


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
