"""Coins that move together."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import NoPrice
from core.margin.pool import Pool
from core.margin.risk import risk
from core.margin.shock import JointBand, Story, joint_band, moved, shock
from core.market import Listing, MarkPrice, Symbol
from core.money import D
from core.venue import HYPERLIQUID
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    ETHUSDT,
    NOON,
    SOL,
    Number,
    bybit,
    cross,
    flat,
    instrument,
    isolated,
    jumping,
    listing,
    long,
    marks,
    price,
    rate,
    short,
)

SEEN = marks(btc=60_000, eth=2_000, sol=100)


def told(*pools: Pool, rules: Listing | None = None, **moves: Number) -> Story:
    by_symbol = {Symbol(f"{base.upper()}USDT"): rate(move) for base, move in moves.items()}
    return shock(pools, by_symbol, SEEN, rules or listing())


def joint(pool: Pool, rules: Listing | None = None) -> JointBand:
    return joint_band(pool, SEEN, rules or listing())


def near(value: Decimal | None, expected: Decimal) -> bool:
    assert value is not None
    return abs(value - expected) < D("1e-28")


def test_one_leg_alone_moves_jointly_as_far_as_to_its_own_price() -> None:
    found = joint(isolated(long(1, 60_000)))
    assert near(found.fall, D(54_000) / D("0.996") / 60_000 - 1)
    assert found.rise is None


def test_two_longs_together_fall_less_far_than_either_alone() -> None:
    rules = listing(instrument(BTC, flat("0.01")), instrument(ETH, flat("0.02")))
    pool = cross(3_000, long("0.1", 60_000), long(2, 2_000, symbol=ETH))
    found = joint(pool, rules)
    # 3,000 + 10,000*x - 60*(1+x) - 80*(1+x) = 0
    assert near(found.fall, -D(2_860) / 9_860)


def test_a_common_move_re_picks_the_tier_of_every_leg() -> None:
    pool = cross(3_600_000, long(200, 60_000, symbol=BTC))
    found = joint(pool)
    price_alone = (D(3_600_000) + 12_000 - 12_000_000) / (200 * (D("0.01") - 1))
    assert near(found.fall, price_alone / 60_000 - 1)


def test_opposite_legs_can_be_hurt_both_ways() -> None:
    rules = listing(instrument(BTC, flat("0.1")), instrument(ETH, flat("0.1")))
    short_heavy = cross(2_000, long("0.1", 60_000), short(4, 2_000, symbol=ETH))
    assert near(joint(short_heavy, rules).rise, D(600) / 3_400)
    assert joint(short_heavy, rules).fall is None


def test_a_pool_under_water_has_no_way_to_go_on_the_side_it_came_from() -> None:
    found = joint(isolated(long(1, 70_000)))
    assert (found.fall, found.rise) == (rate(0), None)
    found = joint(isolated(short(1, 50_000)))
    assert (found.fall, found.rise) == (None, rate(0))


def test_a_pool_that_no_common_move_saves_has_none_to_make() -> None:
    found = joint(cross(-100, long(1, 60_000), short(1, 60_000)))
    assert (found.fall, found.rise) == (rate(0), rate(0))


def test_an_empty_pool_stands_any_move() -> None:
    assert joint(cross(1_000)) == JointBand(None, None)
    assert joint(cross(0)) == JointBand(None, None)


def test_on_bybit_the_fees_of_closing_narrow_the_joint_band() -> None:
    rules = listing(bybit(BTCUSDT), bybit(ETHUSDT))
    pool = cross(3_000, long("0.1", 60_000), long(2, 2_000, symbol=ETH))
    fees = D("0.00055") * (5_400 + 3_600)
    assert joint(pool, rules) == joint(pool.with_collateral(-fees))


def test_moves_go_straight_and_all_at_the_same_pace() -> None:
    half = moved(SEEN, {BTC: rate("-0.2"), ETH: rate("0.1")}, D("0.5"))
    assert [half.price(s) for s in (BTC, ETH, SOL)] == [54_000, 2_100, 100]
    assert moved(SEEN, {}, D(1)).prices == SEEN.prices


def test_a_move_needs_a_mark() -> None:
    with pytest.raises(NoPrice):
        moved(marks(btc=1), {ETH: rate("0.1")}, D(1))


def test_a_moved_mark_keeps_its_time_and_drops_what_no_longer_holds() -> None:
    funded = MarkPrice(price(60_000), NOON, day_ago=price(61_000), funding=rate("0.0001"))
    there = moved(replace(SEEN, prices={BTC: funded}), {BTC: rate("-0.5")}, D(1))
    assert there.mark(BTC) == MarkPrice(price(30_000), NOON)


def test_pools_fall_in_the_order_in_which_the_move_reaches_them() -> None:
    slow, fast = isolated(long(1, 60_000, 5)), isolated(long(1, 2_000, 20, symbol=ETH))
    story = told(slow, fast, btc="-0.5", eth="-0.2")
    assert [fall.pool for fall in story.falls] == [fast, slow]
    assert [fall.after for fall in story.falls] == sorted(fall.after for fall in story.falls)
    assert near(story.falls[0].after, (1 - D("0.95") / D("0.996")) / D("0.2"))
    assert story.survivors == ()
    assert story.left == 0


def test_at_its_fall_a_pool_has_no_cushion_left() -> None:
    pool = cross(2_000, long("0.1", 60_000), long(2, 2_000, symbol=ETH))
    (fall,) = told(pool, btc="-0.2", eth="-0.4").falls
    assert abs(risk(pool, fall.marks, listing()).cushion) < D("1e-26")


def test_a_fall_names_the_legs_by_what_they_ate_the_hungriest_first() -> None:
    btc, eth, sol = long("0.1", 60_000), long(2, 2_000, symbol=ETH), short(10, 100, symbol=SOL)
    (fall,) = told(cross(2_000, sol, btc, eth), btc="-0.2", eth="-0.4", sol="-0.5").falls
    assert [bite.leg for bite in fall.bites] == [eth, btc, sol]
    assert fall.bites[0].change < fall.bites[1].change < 0 < fall.bites[2].change


def test_the_bites_add_up_to_what_the_cushion_lost() -> None:
    pool = cross(2_000, long("0.1", 60_000), long(2, 2_000, symbol=ETH))
    (fall,) = told(pool, btc="-0.2", eth="-0.4").falls
    before = risk(pool, SEEN, listing()).cushion
    assert near(-sum((bite.change for bite in fall.bites), D(0)), before)


def test_a_survivor_stands_with_its_risk_at_the_end() -> None:
    pool = isolated(long(1, 60_000, 5))
    story = told(pool, btc="-0.1")
    (survivor,) = story.survivors
    end = marks(btc=54_000, eth=2_000, sol=100)
    assert survivor.risk == risk(pool, end, listing())
    assert story.marks == end
    assert [bite.change for bite in survivor.bites] == [-6_000 + D("0.004") * 6_000]
    assert story.left == 6_000


def test_what_falls_is_lost_and_what_stands_is_left() -> None:
    falls, stands = isolated(long(1, 60_000, 20)), isolated(short(1, 2_000, 5, symbol=ETH))
    story = told(falls, stands, btc="-0.1", eth="-0.1")
    assert story.falls[0].lost == 3_000
    assert story.left == 400 + 200


def test_where_the_trader_keeps_the_remainder_a_fall_leaves_it() -> None:
    rules = listing(BTCUSDT, venue=HYPERLIQUID)
    pool = isolated(long(1, 60_000, 20))
    story = told(pool, rules=rules, btc="-0.1")
    (fall,) = story.falls
    left = risk(pool, fall.marks, rules).margin_balance
    assert fall.kept == story.left == left > 0
    assert fall.lost == 3_000 - left


def test_nothing_remains_of_a_pool_already_bankrupt() -> None:
    story = told(isolated(long(1, 70_000, 20)), rules=listing(BTCUSDT, venue=HYPERLIQUID))
    (fall,) = story.falls
    assert fall.after == fall.kept == 0
    assert fall.lost == fall.pool.collateral


def test_a_pool_already_under_water_falls_at_once() -> None:
    story = told(isolated(long(1, 70_000)), btc="0.5")
    assert [fall.after for fall in story.falls] == [0]
    assert story.falls[0].marks == SEEN


def test_a_pool_without_legs_survives() -> None:
    story = told(cross(1_000), btc="-0.9")
    assert story.left == 1_000
    assert story.survivors[0].bites == ()


def test_without_moves_nothing_falls() -> None:
    story = told(isolated(long(1, 60_000, 100)))
    assert story.falls == ()
    assert story.marks == SEEN


def test_a_move_that_ends_at_the_limit_liquidates_except_on_hyperliquid() -> None:
    table = flat("0.01")
    pool = isolated(long(1, 100, symbol=SOL), D("50.5"))
    here = listing(instrument(SOL, table))
    there = listing(instrument(SOL, table), venue=HYPERLIQUID)
    assert [fall.after for fall in told(pool, rules=here, sol="-0.5").falls] == [1]
    assert told(pool, rules=there, sol="-0.5").falls == ()
    assert len(told(pool, rules=there, sol="-0.51").falls) == 1


def test_on_hyperliquid_a_cushion_of_zero_falls_with_the_first_move_against_it() -> None:
    rules = listing(instrument(SOL, flat("0.01")), venue=HYPERLIQUID)
    pool = isolated(long(1, 100, symbol=SOL), 1)
    assert [fall.after for fall in told(pool, rules=rules, sol="-0.1").falls] == [0]
    assert told(pool, rules=rules, sol="0.1").falls == ()
    assert told(pool, rules=rules, btc="-0.1").falls == ()


def test_a_requirement_that_jumps_can_fell_a_pool_on_the_way_up() -> None:
    rules = listing(instrument(SOL, jumping((0, 10, "0.1"), (150, 5, "0.2"))))
    pool = isolated(short(1, 100, symbol=SOL), 70)
    (fall,) = told(pool, rules=rules, sol=1).falls
    assert fall.after == D("0.5")
    assert risk(pool, fall.marks, rules).cushion < 0
