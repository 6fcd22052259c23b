"""Where a pool is liquidated, where nothing is left, and how that is printed."""

from dataclasses import replace

import pytest

from core.errors import NoPrice, UnknownSymbol
from core.margin.liquidation import (
    NOWHERE,
    LiquidationBand,
    bankruptcy_price,
    liquidation_band,
    printed,
)
from core.margin.pool import Leg, MarginMode, Pool
from core.margin.risk import risk
from core.market import Listing
from core.money import D, Price
from core.venue import BINANCE, HYPERLIQUID, OKX
from tests.builders import (
    BTC,
    BTC_LADDER,
    BTCUSDT,
    ETH,
    OKX_BTC_LADDER,
    SOL,
    Number,
    amount,
    bybit,
    cross,
    flat,
    instrument,
    isolated,
    jumping,
    ladder,
    listing,
    long,
    marks,
    okx,
    price,
    short,
)


def band(pool: Pool, rules: Listing | None = None, **prices: Number) -> LiquidationBand:
    return liquidation_band(pool, BTC, marks(**{"btc": 60_000, **prices}), rules or listing())


def ends(lower: Number | None, upper: Number | None) -> LiquidationBand:
    return LiquidationBand(*(None if end is None else price(end) for end in (lower, upper)))


def to_cents(value: Price | None) -> str:
    assert value is not None
    return f"{value:.2f}"


def test_an_isolated_long_has_a_lower_price_only() -> None:
    found = band(isolated(long(1, 60_000, 10)))
    assert (to_cents(found.lower), found.upper) == ("54216.87", None)


def test_an_isolated_short_has_an_upper_price_only() -> None:
    found = band(isolated(short(1, 60_000, 10)))
    assert (found.lower, to_cents(found.upper)) == (None, "65737.05")


def test_the_tier_is_that_of_the_liquidation_price_and_not_of_the_entry() -> None:
    falls_into_tier_one = band(isolated(long(6, 60_000, 2)))
    assert falls_into_tier_one.lower == D(180_000) / (6 * D("0.996"))
    rises_into_tier_three = band(isolated(short(12, 60_000, 2)))
    assert rises_into_tier_three.upper == (D(1_080_000) + 1500) / (12 * D("1.0065"))


def test_one_step_can_cross_several_tiers() -> None:
    found = band(isolated(short(4, 60_000, 1), 5_000_000))
    assert found.upper == (D(5_240_000) + 12_000) / (4 * D("1.01"))


def test_a_long_that_owes_nothing_is_never_liquidated() -> None:
    assert band(isolated(long(1, 60_000, 1))) == NOWHERE


def test_a_short_is_always_liquidated_somewhere() -> None:
    assert band(isolated(short(1, 60_000, 1))).upper == D(120_000) / D("1.004")


def test_the_other_legs_of_a_cross_pool_count_at_their_marks() -> None:
    pool = cross(10_000, long(1, 60_000), short(10, 2_000, symbol=ETH))
    found = band(pool, eth=1_900)
    others = D(1_000) - D(19_000) * D("0.004")
    assert found.lower == (10_000 + others - 60_000) / (D("0.004") - 1)


def test_in_hedge_mode_both_legs_of_a_symbol_share_their_prices() -> None:
    pool = cross(10_000, long(2, 60_000), short(1, 60_000))
    found = band(pool, listing(instrument(BTC, flat("0.004"))))
    assert found.lower == (D(10_000) - 120_000 + 60_000) / (3 * D("0.004") - 1)
    assert found.upper is None


def test_a_hedge_whose_last_tier_asks_more_than_its_net_gains_also_dies_far_above() -> None:
    found = band(cross(10_000, long(2, 60_000), short(1, 60_000)))
    assert to_cents(found.lower) == "50607.29"
    assert found.upper == (2 * D(421_482_000) - 50_000) / (3 * D("0.5") - 1)


def test_an_even_hedge_dies_far_above_of_the_maintenance_alone() -> None:
    found = band(cross(10_000, long(1, 60_000), short(1, 60_000)))
    # Both legs stand in tier 3 there: 2 * (0.0065*P - 1500) = 10,000.
    assert (found.lower, found.upper) == (None, D(13_000) / D("0.013"))


def test_two_fills_kept_apart_have_tiers_of_their_own() -> None:
    apart = band(cross(100_000, long(5, 60_000), long(5, 60_000)))
    at_once = band(cross(100_000, long(10, 60_000)))
    assert apart.lower is not None
    assert at_once.lower is not None
    assert apart.lower < at_once.lower


def test_a_hedged_pool_can_have_a_price_on_both_sides() -> None:
    rules = listing(instrument(BTC, ladder((0, 10, "0.1"), (3000, 5, "0.5"))))
    pool = cross(900, long(3, 1000), short(2, 1000))
    assert band(pool, rules, btc=1000) == ends(200, D(4600) / 3)


def test_the_requirement_that_jumps_ends_the_band_at_the_edge_first_met() -> None:
    rules = listing(instrument(BTC, jumping((0, 10, "0.1"), (1500, 5, "0.2"), (1600, 2, "0.5"))))
    assert band(isolated(short(1, 1000), 700), rules, btc=1000) == ends(None, 1500)


def test_between_two_safe_stretches_the_one_round_the_mark_counts() -> None:
    rules = listing(instrument(BTC, jumping((0, 10, "0.1"), (1200, 5, "0.3"))))
    pool = isolated(long(1, 1000), 100)
    upper_root = D(9000) / 7
    assert band(pool, rules, btc=1100) == ends(1000, 1200)
    assert band(pool, rules, btc=1300) == ends(upper_root, None)
    assert band(pool, rules, btc=1210) == ends(1000, 1200)
    assert band(pool, rules, btc=1280) == ends(upper_root, None)


def test_a_ladder_of_contracts_keeps_its_tier_at_every_price() -> None:
    rules = listing(okx(instrument(BTC, OKX_BTC_LADDER)), venue=OKX)
    found = band(isolated(long(20, 60_000, 10)), rules)
    assert found.lower == (D(120_000) - 1_200_000) / (20 * (D("0.005") + D("0.0005") - 1))


def test_the_fee_in_the_trigger_brings_the_price_nearer() -> None:
    plain, with_fee = (band(isolated(long(1, 60_000)), listing(c)) for c in (BTCUSDT, okx(BTCUSDT)))
    assert with_fee.lower == D(-54_000) / (D("0.0045") - 1)
    assert plain.lower is not None
    assert plain.lower < with_fee.lower


@pytest.mark.parametrize("leg", [long(1, 60_000), short(1, 60_000)])
def test_on_bybit_the_fee_stands_in_both_margins_and_cancels_in_isolated(leg: Leg) -> None:
    rules = listing(bybit(BTCUSDT))
    fee = D("0.00055") * (D(60_000) - leg.side.sign * 6_000)
    assert band(isolated(leg, 6_000 + fee), rules) == band(isolated(leg))
    assert band(isolated(leg), rules).nearest(price(60_000)) != band(isolated(leg)).nearest(
        price(60_000)
    )


def test_on_bybit_both_legs_of_a_hedge_carry_their_fees() -> None:
    pool = cross(10_000, long(2, 60_000), short(1, 60_000))
    fees = D("0.00055") * (2 * D(54_000) + 66_000)
    assert band(pool, listing(bybit(BTCUSDT))) == band(pool.with_collateral(-fees))


def test_a_pool_under_water_has_the_price_at_which_it_would_not_be() -> None:
    found = band(isolated(long(1, 60_000, 10)), btc=50_000)
    assert to_cents(found.lower) == "54216.87"
    hedged = band(cross(100, long(2, 60_000), short(1, 60_000)), btc=50_000)
    assert hedged.lower is not None
    assert hedged.lower > 50_000


def test_no_price_helps_a_pool_that_is_lost_at_any() -> None:
    assert band(isolated(short(1, 60_000), -70_000)) == NOWHERE
    assert band(cross(-5_000, long(1, 60_000), short(1, 60_000))) == NOWHERE


def test_a_symbol_without_legs_has_no_price() -> None:
    assert band(cross(1_000, long(1, 2_000, symbol=ETH)), eth=2_000) == NOWHERE
    assert band(cross(1_000)) == NOWHERE


def test_others_need_a_mark_and_a_contract() -> None:
    pool = cross(1_000, long(1, 60_000), long(1, 100, symbol=SOL))
    with pytest.raises(NoPrice):
        band(pool)
    with pytest.raises(UnknownSymbol):
        band(pool, listing(BTCUSDT), sol=100)


def test_a_price_within_the_last_digit_of_an_edge_is_found_all_the_same() -> None:
    """Two neighbouring tiers round this root to different sides of their common edge."""
    leg = long("262.124", 1200)
    posted = leg.entry_cost - D("298799.9999999999999999999999999999")
    found = band(isolated(leg, posted))
    assert found.lower is not None
    assert abs(found.lower * leg.quantity - 300_000) < D("1e-24")


def test_a_band_names_its_prices_and_the_nearer_one() -> None:
    both = LiquidationBand(price(200), price(2600))
    assert list(both.prices) == [200, 2600]
    assert [both.nearest(price(1000)), both.nearest(price(2000))] == [200, 2600]
    assert (both.distance(price(1000)), both.distance(price(2000))) == (D("-0.8"), D("0.3"))


def test_a_band_without_prices_has_nothing_near() -> None:
    assert (NOWHERE.prices, NOWHERE.nearest(price(1)), NOWHERE.distance(price(1))) == (
        (),
        None,
        None,
    )


def test_the_bankruptcy_price_of_a_pocket_is_where_nothing_is_left() -> None:
    for leg, expected in ((long(1, 60_000, 10), 54_000), (short(2, 60_000, 10), 66_000)):
        assert bankruptcy_price(isolated(leg), BTC, marks(btc=60_000), listing()) == expected


def test_on_bybit_the_pocket_also_pays_the_fee_of_closing_there() -> None:
    rules = listing(bybit(BTCUSDT))
    for leg, expected in ((long(1, 60_000, 10), 54_000), (short(1, 60_000, 10), 66_000)):
        posted = leg.initial_margin + D("0.00055") * expected
        pool = isolated(leg, posted)
        assert bankruptcy_price(pool, BTC, marks(btc=60_000), rules) == expected


def test_in_cross_the_gains_of_others_move_the_bankruptcy_price() -> None:
    pool = cross(10_000, long(1, 60_000), short(10, 2_000, symbol=ETH))
    seen = marks(btc=60_000, eth=1_900)
    assert bankruptcy_price(pool, BTC, seen, listing()) == 49_000
    assert bankruptcy_price(pool, ETH, seen, listing()) == 3_000


def test_the_net_of_a_hedge_goes_bankrupt() -> None:
    pool = cross(10_000, long(2, 60_000), short(1, 60_000))
    assert bankruptcy_price(pool, BTC, marks(btc=60_000), listing()) == 50_000


def test_some_pools_have_no_bankruptcy_price() -> None:
    even = cross(10_000, long(1, 60_000), short(1, 60_000))
    unlevered = cross(60_000, long(1, 60_000))
    for pool in (even, unlevered, cross(10)):
        assert bankruptcy_price(pool, BTC, marks(btc=60_000), listing()) is None


def test_printed_prices_stand_on_the_tick_on_the_careful_side() -> None:
    exact = LiquidationBand(price("61828.9157"), price("71828.9157"))
    shown = printed(exact, BTCUSDT, BINANCE, MarginMode.ISOLATED)
    assert shown == ends(D("61829.0"), D("71828.9"))


def test_okx_prints_isolated_prices_a_tick_nearer_and_cross_prices_not() -> None:
    exact = LiquidationBand(price("61828.9157"), price("71828.9157"))
    assert printed(exact, BTCUSDT, OKX, MarginMode.ISOLATED) == ends(D("61829.1"), D("71828.8"))
    assert printed(exact, BTCUSDT, OKX, MarginMode.CROSS) == ends(D("61829.0"), D("71828.9"))


def test_a_price_on_the_tick_is_printed_as_it_is() -> None:
    exact = LiquidationBand(price("61829.0"), None)
    assert printed(exact, BTCUSDT, BINANCE, MarginMode.CROSS) == exact
    assert printed(NOWHERE, BTCUSDT, OKX, MarginMode.ISOLATED) == NOWHERE


def test_hyperliquid_prints_five_significant_digits() -> None:
    contract = replace(instrument(ETH, flat("0.01"), tick="0.01"), significant=5)
    exact = LiquidationBand(price("2866.26938"), price("3112.48"))
    shown = printed(exact, contract, HYPERLIQUID, MarginMode.ISOLATED)
    assert shown == ends(D("2866.3"), D("3112.4"))


def test_at_every_price_found_the_cushion_is_gone() -> None:
    rules = listing(instrument(BTC, BTC_LADDER))
    pools = [
        isolated(long(1, 60_000)),
        isolated(short(40, 60_000)),
        cross(amount(9_000_000), long(300, 60_000), short(200, 50_000)),
    ]
    for pool in pools:
        for found in band(pool, rules).prices:
            there = risk(pool, marks(btc=found), rules)
            assert abs(there.cushion) <= D("1e-18") * there.maintenance_margin
