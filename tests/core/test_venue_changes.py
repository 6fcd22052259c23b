"""What differs between two listings: nothing for equals, and whatever differs makes the other."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market import Bracket, BracketTable, Instrument, Listing, Measure, Symbol
from core.money import ZERO, Amount, D, Rate
from core.venue_changes import (
    WEIGHTY,
    Changed,
    Part,
    changed_by,
    changes,
    delisted,
    retiered,
)
from tests.builders import BTC, BTCUSDT, ETHUSDT, SOLUSDT, exact, flat, jumping, ladder, listing

__all__ = ["exact"]

DAY = ETHUSDT.as_of
DEARER = ladder((0, 150, "0.005"), (300_000, 100, "0.006"), end=800_000)


def parts(**changed: object) -> frozenset[Part]:
    """What is said to differ where fields of a contract do."""
    return Changed(BTCUSDT, replace(BTCUSDT, **changed)).parts  # type: ignore[arg-type]  # by name


def test_equal_listings_differ_in_nothing() -> None:
    found = changes(listing(), listing())
    assert not found
    assert found.instruments == ()


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"tick": D("0.5")}, Part.TICK),
        ({"significant": 5}, Part.TICK),
        ({"step": D("0.01")}, Part.STEP),
        ({"min_quantity": D("0.01")}, Part.SMALLEST),
        ({"min_notional": D(5)}, Part.SMALLEST),
        ({"taker_fee": D("0.0006")}, Part.FEES),
        ({"liquidation_fee": D("0.01")}, Part.FEES),
        ({"trigger_fee": D("0.0005")}, Part.FEES),
        ({"brackets": DEARER}, Part.TIERS),
        ({"isolated_only": True}, Part.OTHER),
        ({"source": "elsewhere"}, Part.SOURCE),
        ({"assumed": frozenset({"tick"})}, Part.SOURCE),
        ({"brackets": replace(BTCUSDT.brackets, source="elsewhere")}, Part.SOURCE),
    ],
    ids=str,
)
def test_each_difference_has_its_name(changed: dict[str, object], part: Part) -> None:
    assert parts(**changed) == {part}
    assert Changed(BTCUSDT, replace(BTCUSDT, **changed)).is_weighty is (part in WEIGHTY)  # type: ignore[arg-type]  # by name


def test_the_day_it_was_read_is_no_difference() -> None:
    newer = replace(BTCUSDT, as_of=DAY, brackets=replace(BTCUSDT.brackets, as_of=DAY))
    assert parts(as_of=DAY) == frozenset()
    assert not changes(listing(BTCUSDT), listing(newer))


def test_figures_that_were_read_elsewhere_are_told_apart_from_others() -> None:
    read = Changed(BTCUSDT, replace(BTCUSDT, source="venue"))
    assert read.is_source_only
    assert not Changed(BTCUSDT, replace(read.new, tick=D(1))).is_source_only


def test_what_is_gone_stays_and_is_marked() -> None:
    before, after = listing(BTCUSDT, ETHUSDT), listing(ETHUSDT, SOLUSDT)
    found = changes(before, after)
    assert (found.new, found.gone, found.changed) == ((SOLUSDT,), (BTCUSDT,), ())
    made = changed_by(before, found)
    assert made.instrument(BTC).delisted
    assert set(made.tradable) == {ETHUSDT.symbol, SOLUSDT.symbol}
    assert not changes(made, after)


def test_what_comes_back_is_listed_again() -> None:
    gone = listing(delisted(BTCUSDT), ETHUSDT)
    (back,) = changes(gone, listing(BTCUSDT, ETHUSDT)).changed
    assert back.symbol == BTC
    assert back.parts == {Part.LISTED}


# --- tiers


def test_a_rate_may_rise_at_one_size_and_fall_at_another() -> None:
    old = ladder((0, 100, "0.01"), (1000, 50, "0.02"), end=2000)
    higher = ladder((0, 100, "0.011"), (1000, 50, "0.02"), end=2000)
    assert (retiered(old, higher).rises, retiered(old, higher).falls) == (True, False)
    assert (retiered(higher, old).rises, retiered(higher, old).falls) == (False, True)
    later = ladder((0, 100, "0.011"), (1500, 50, "0.02"), end=2000)
    assert (retiered(old, later).rises, retiered(old, later).falls) == (True, True)


def test_tiers_that_differ_are_numbered_those_that_are_gone_too() -> None:
    old = jumping((0, 100, "0.01"), (10, 50, "0.02"), (20, 25, "0.03"), end=30)
    new = jumping((0, 100, "0.01"), (15, 50, "0.02"), end=30)
    assert retiered(old, new).tiers == (1, 2, 3)
    assert retiered(old, old).tiers == ()
    assert retiered(new, replace(new, source="elsewhere")).tiers == ()


def test_a_changed_contract_knows_how_its_ladder_changed() -> None:
    changed = Changed(BTCUSDT, replace(BTCUSDT, brackets=DEARER))
    assert changed.retiered == retiered(BTCUSDT.brackets, DEARER)
    assert changed.retiered.rises


def test_a_limit_alone_moves_no_rate() -> None:
    found = retiered(flat("0.01"), jumping((0, 125, "0.01"), end=10))
    assert (found.tiers, found.rises, found.falls) == ((1,), False, False)


def test_ladders_that_count_otherwise_may_go_either_way() -> None:
    found = retiered(flat("0.01"), jumping((0, 125, "0.01"), measure=Measure.QUANTITY))
    assert found.rises
    assert found.falls


# --- whatever the listings are

RATES = st.decimals("0.001", "0.4", places=3)
FIGURES = st.sampled_from([D("0.1"), D("0.5"), D(1)])


@st.composite
def tables(draw: st.DrawFn) -> BracketTable:
    """A ladder of some tiers; whether it could be is of no matter here."""
    edges = sorted(draw(st.sets(st.integers(1, 9), max_size=3)))
    floors = [ZERO, *map(Decimal, edges)]
    caps = [*floors[1:], None]
    return BracketTable(
        tuple(
            Bracket(floor, cap, D(10), Rate(draw(RATES)), Amount(ZERO))
            for floor, cap in zip(floors, caps, strict=True)
        )
    )


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    return replace(
        BTCUSDT,
        symbol=Symbol(f"{draw(st.sampled_from('ABCD'))}USDT"),
        tick=draw(FIGURES),
        step=draw(FIGURES),
        brackets=draw(tables()),
        delisted=draw(st.booleans()),
        source=draw(st.sampled_from(["file", "venue"])),
    )


LISTINGS = st.lists(instruments(), max_size=4).map(
    lambda each: Listing(listing().venue, {one.symbol: one for one in each})
)


def tradable(one: Listing) -> dict[Symbol, Instrument]:
    return {symbol: one.instruments[symbol] for symbol in one.tradable}


@given(one=LISTINGS)
def test_nothing_differs_from_itself(one: Listing) -> None:
    assert not changes(one, one)


@given(old=LISTINGS, new=LISTINGS)
def test_what_differs_makes_the_other(old: Listing, new: Listing) -> None:
    found = changes(old, new)
    made = changed_by(old, found)
    assert tradable(made) == tradable(new)
    assert made.instruments.keys() == old.instruments.keys() | tradable(new).keys()
    assert not changes(made, new)
    assert bool(found) == (tradable(old) != tradable(new))


@given(old=tables(), new=tables())
def test_a_rate_rises_one_way_as_it_falls_the_other(old: BracketTable, new: BracketTable) -> None:
    one, other = retiered(old, new), retiered(new, old)
    assert (one.rises, one.falls) == (other.falls, other.rises)
    assert one.tiers == other.tiers
    assert bool(one.tiers) == (old.brackets != new.brackets)
