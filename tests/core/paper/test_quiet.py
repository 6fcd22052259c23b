"""Between the marks of a box nothing happens to an account, whatever it is."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NoPrice
from core.lessons.way import equity
from core.margin.pool import MarginMode, PositionMode, Side
from core.market import MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, Price, Quantity, Rate
from core.paper.account import NO_STOPS, Order, PaperAccount, Position, Stops
from core.paper.quiet import WIDTHS, Box, common, holds, quiet
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.paper.sweeping import swept
from core.venue import VENUES
from tests.builders import BTC, ETH, NOON, OKX_BTC_LADDER, instrument, jumping, price
from tests.core.paper.builders import (
    CROSS,
    LONG,
    SHORT,
    do,
    fresh,
    put,
    scene,
    stops,
    venue,
    wish,
)
from tests.random_pools import Market, random_leg, random_market

seeds = st.integers(0, 10**9).map(Random)


def random_stops(random: Random, mark: Price, side: Side) -> Stops:
    """None, or closing marks on the right sides of the mark, near or far."""
    if random.random() < 0.6:
        return NO_STOPS
    away = mark * Decimal(random.choice((2, 9, 40, 300))) / 1000
    return Stops(
        loss=Price(max(mark - side.sign * away, Decimal("0.01"))),
        profit=Price(max(mark + side.sign * away, Decimal("0.01"))),
    )


def random_position(random: Random, number: int, market: Market) -> Position:
    """A position behind either wall, well or badly covered."""
    leg = random_leg(random, market)
    mark = market.marks.price(leg.symbol)
    leg = replace(leg, entry_cost=Amount(leg.quantity * mark * random.randint(95, 105) / 100))
    mode = random.choice((CROSS, MarginMode.ISOLATED))
    margin = leg.entry_cost * random.randint(1, 60) / 100 if mode is not CROSS else ZERO
    kept = random_stops(random, mark, leg.side)
    return Position(
        number=number, mode=mode, leg=leg, margin=Amount(margin), opened_at=NOON, stops=kept
    )


def random_order(random: Random, number: int, market: Market) -> Order:
    """An order that waits near the mark or far away."""
    symbol = random.choice(list(market.listing.instruments))
    side = random.choice((LONG, SHORT))
    away = ONE - side.sign * Decimal(random.choice((1, 8, 30, 400))) / 1000
    return Order(
        number=number,
        symbol=symbol,
        side=side,
        quantity=Quantity(Decimal(random.randint(1, 500)) / 100),
        price=Price(market.marks.price(symbol) * away),
        mode=random.choice((CROSS, MarginMode.ISOLATED)),
        leverage=Rate(Decimal(random.randint(1, 50))),
        placed_at=NOON,
    )


def random_account(random: Random, market: Market) -> PaperAccount:
    """Up to four positions behind both walls, and up to two orders."""
    positions = tuple(random_position(random, n, market) for n in range(1, random.randint(1, 5)))
    orders = tuple(random_order(random, n, market) for n in range(6, 6 + random.randint(0, 2)))
    worth = sum((p.leg.entry_cost for p in positions), ZERO)
    return replace(
        fresh(),
        wallet=Amount(max(worth * random.randint(1, 80) / 100, Decimal(100))),
        position_mode=PositionMode.HEDGE,
        positions=positions,
        orders=orders,
        last_number=9,
    )


def random_scene(random: Random) -> tuple[Scene, Market]:
    market = random_market(random)
    listing = replace(market.listing, venue=random.choice(list(VENUES.values())))
    return Scene(listing, market.marks, NOON, PaperRules()), market


def at(marks: Marks, prices: dict[Symbol, Price]) -> Marks:
    return replace(marks, prices={s: MarkPrice(p, NOON) for s, p in prices.items()})


def somewhere(random: Random, low: Price, high: Price) -> Price:
    """An end of a stretch, or a mark within it."""
    share = random.choice((ZERO, ONE, Decimal(random.randint(0, 10**6)) / 10**6))
    return Price(low + (high - low) * share)


@given(seeds)
def test_nothing_happens_to_any_account_at_any_marks_within_its_box(random: Random) -> None:
    now, market = random_scene(random)
    account = random_account(random, market)
    box = quiet(account, now)
    if box is None:
        return
    assert box.keys() == account.symbols
    assert swept(account, now) == ()
    for _ in range(12):
        prices = {
            s: somewhere(random, *box[s]) if s in box else p.price
            for s, p in market.marks.prices.items()
        }
        marks = at(market.marks, prices)
        assert holds(box, marks)
        assert swept(account, replace(now, marks=marks, at=NOON + timedelta(days=2))) == ()


@given(seeds)
def test_with_a_floor_the_equity_stays_above_it_anywhere_within_the_box(random: Random) -> None:
    now, market = random_scene(random)
    account = random_account(random, market)
    floor = Amount(equity(account, now.marks) * random.randint(60, 105) / 100)
    box = quiet(account, now, floor)
    if box is None:
        return
    for _ in range(12):
        prices = {
            s: somewhere(random, *box[s]) if s in box else p.price
            for s, p in market.marks.prices.items()
        }
        assert equity(account, at(market.marks, prices)) > floor


def test_a_floor_narrows_the_box_until_there_is_none() -> None:
    now = scene(btc=60_000)
    long = do(fresh(), wish("0.1", mode=CROSS), now)
    worth = equity(long, now.marks)
    wide, narrow = quiet(long, now, Amount(worth - 121)), quiet(long, now, Amount(worth - 119))
    assert wide == quiet(long, now)
    assert narrow is not None
    assert list(narrow[BTC]) == [59_700, 60_300]
    assert quiet(long, now, Amount(worth - 5)) is None
    assert quiet(long, now, worth) is None


def test_most_accounts_that_are_well_covered_have_a_box() -> None:
    random, drawn = Random(7), 0
    for _ in range(300):
        now, market = random_scene(random)
        drawn += quiet(random_account(random, market), now) is not None
    assert 100 < drawn < 250


# --- the box


@pytest.fixture
def here() -> Scene:
    return scene(btc=60000, eth=3000)


def test_the_widest_box_that_is_safe_is_taken(here: Scene) -> None:
    safe = do(fresh(), wish("0.1", leverage=5), here)
    assert quiet(safe, here) == {BTC: (price(58800), price(61200))}
    near = do(fresh(), wish("0.1", leverage=50), here)
    assert quiet(near, here) == {BTC: (price(59700), price(60300))}


def test_an_account_that_no_box_is_safe_for_has_none(here: Scene) -> None:
    narrow = do(fresh(), wish("0.1", leverage=50), here)
    assert quiet(narrow, scene(btc=59060)) is None


def test_two_hedged_legs_move_together_and_are_weighed_together(here: Scene) -> None:
    """Each leg alone would be near its end; together they stand still."""
    account = replace(fresh(150), position_mode=PositionMode.HEDGE)
    account = do(account, wish("0.1", mode=CROSS, leverage=100), here)
    account = do(account, wish("0.1", SHORT, CROSS, leverage=100), here)
    assert quiet(account, here) == {BTC: (price(58800), price(61200))}
    alone = do(fresh(150), wish("0.1", mode=CROSS, leverage=100), here)
    assert quiet(alone, here) == {BTC: (price(59700), price(60300))}


def test_the_corner_that_is_worst_for_all_coins_together_decides(here: Scene) -> None:
    account = do(fresh(500), wish("0.2", mode=CROSS, leverage=100), here)
    account = do(account, wish("4", SHORT, CROSS, symbol=ETH, leverage=100), here)
    box = quiet(account, here)
    assert box == {BTC: (price(59700), price(60300)), ETH: (price(2985), price(3015))}


def test_a_stop_and_an_order_bound_the_box(here: Scene) -> None:
    stopped = do(fresh(), wish("0.1", leverage=2, stops=stops(loss=59000)), here)
    assert quiet(stopped, here) == {BTC: (price(59700), price(60300))}
    gaining = do(fresh(), wish("0.1", leverage=2, stops=stops(profit="60200")), here)
    assert quiet(gaining, here) == {BTC: (price(59940), price(60060))}
    waiting = do(fresh(), wish("0.1", leverage=2, at=59000), here)
    assert quiet(waiting, here) == {BTC: (price(59700), price(60300))}


def test_a_wall_that_would_be_warned_of_within_the_box_bounds_it(here: Scene) -> None:
    account = do(fresh(), wish("0.1", leverage=50), here)
    careful = replace(here, rules=replace(here.rules, warn_at=Rate(Decimal("0.25"))))
    assert quiet(account, here) == {BTC: (price(59700), price(60300))}
    assert quiet(account, careful) == {BTC: (price(59940), price(60060))}


def test_a_ladder_that_jumps_draws_no_box_and_one_that_counts_coins_does() -> None:
    jumps = instrument(BTC, jumping((0, 100, "0.004"), (50_000, 50, "0.02")))
    here = scene(put(venue(), jumps), btc=60000)
    assert quiet(do(fresh(), wish("0.1", leverage=2), here), here) is None
    counts = scene(put(venue(), instrument(BTC, OKX_BTC_LADDER)), btc=60000)
    assert quiet(do(fresh(), wish("0.1", leverage=2), counts), counts) is not None


def test_whoever_holds_nothing_is_quiet_everywhere(here: Scene) -> None:
    assert quiet(fresh(), here) == {}


def test_what_has_no_mark_has_no_box(here: Scene) -> None:
    account = do(fresh(), wish("0.1"), here)
    with pytest.raises(NoPrice):
        quiet(account, scene(eth=3000))


def test_boxes_are_tried_from_the_widest_on() -> None:
    assert list(WIDTHS) == sorted(WIDTHS, reverse=True)


# --- marks within a box

BOX: Box = {BTC: (price(59000), price(61000))}


def candle(low: int, high: int, end: int) -> Marks:
    mark = MarkPrice(price(end), NOON, low=price(low), high=price(high))
    return Marks("test", NOON, {BTC: mark})


def test_a_box_holds_its_own_ends() -> None:
    for mark in (59000, 60000, 61000):
        assert holds(BOX, scene(btc=mark).marks)
    for beyond in ("58999.9", "61000.1"):
        assert not holds(BOX, scene(btc=beyond).marks)


def test_a_minute_lies_in_a_box_with_all_that_it_touched() -> None:
    assert holds(BOX, candle(59000, 61000, 60000))
    assert not holds(BOX, candle(58999, 60000, 60000))
    assert not holds(BOX, candle(60000, 61001, 60000))


def test_marks_that_lack_a_contract_lie_in_no_box_of_it() -> None:
    assert not holds(BOX, scene(eth=3000).marks)
    assert holds({}, scene(eth=3000).marks)


def test_the_common_box_lies_in_all_of_them() -> None:
    other: Box = {BTC: (price(59500), price(62000)), ETH: (price(1), price(2))}
    assert common((BOX, other)) == {BTC: (price(59500), price(61000)), ETH: (price(1), price(2))}
    assert common(()) == {}
