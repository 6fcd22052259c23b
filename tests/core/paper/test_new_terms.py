"""What new terms do to a position: what it needs, where it ends, and whether it falls at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.market import BracketTable, Instrument, Listing, Marks
from core.money import D
from core.paper.account import PaperAccount
from core.paper.new_terms import Between, Effect, priced
from tests.builders import BTC, ETH, NOON, ladder, marks, rate
from tests.core.paper.builders import CROSS, SHORT, do, fresh, only, put, scene, venue, wish

LATER = NOON + timedelta(minutes=1)
AT = scene(btc=60_000, eth=2_000)
DEARER = ladder((0, 150, "0.006"), (300_000, 100, "0.008"), end=800_000)


def terms(table: BracketTable = DEARER, on: str = "binance") -> Listing:
    """A venue with another ladder for bitcoin."""
    old = venue(on).instrument(BTC)
    return put(venue(on), replace(old, brackets=table))


def effect(account: PaperAccount, new: Listing, at: Marks | None = None, number: int = 1) -> Effect:
    found, stood_in = priced(account, at or marks(btc=60_000, eth=2_000), LATER)
    between = Between(venue(account.venue), new, found, stood_in)
    return between.effect(account, account.position(number))


def test_a_dearer_tier_needs_more_and_ends_nearer() -> None:
    account = do(fresh(), wish(1), AT)
    found = effect(account, terms())
    assert found.needed == (D(240), D(360))  # 0.4 % and 0.6 % of 60,000
    # E (1 - 1/10) / (1 - m), placed on the tick, nearer to the mark
    assert found.limit == (D("54216.9"), D("54326.0"))
    assert (found.number, found.mark) == (1, D(60_000))
    assert not found.stood_in
    assert not found.falls
    assert found.leg == only(account).leg


def test_a_short_ends_lower() -> None:
    found = effect(do(fresh(), wish(1, SHORT), AT), terms())
    was, will = found.limit
    assert was is not None
    assert will is not None
    assert will < was


def test_a_cross_position_is_reckoned_with_the_others_as_they_are() -> None:
    account = do(fresh(), wish(1, mode=CROSS), AT)
    alone = effect(account, terms())
    account = do(account, wish(1, SHORT, CROSS, symbol=ETH), AT)
    beside = effect(account, terms())
    assert alone.needed == beside.needed
    assert alone.limit != beside.limit


def test_what_would_fall_at_once_is_said_to() -> None:
    account = do(fresh(), wish(1), AT)
    near = marks(btc=54_300)
    assert effect(account, terms(), near).falls
    assert not effect(account, terms(), marks(btc=54_400)).falls
    assert not effect(account, terms(), marks(btc=54_000)).falls  # it has fallen already


def test_without_an_end_there_is_none_before_and_after() -> None:
    account = do(fresh(100_000), wish(1, leverage=1), AT)
    assert effect(account, terms()).limit[0] is None


@pytest.mark.parametrize("on", ["bybit", "okx"])
def test_each_venue_reckons_its_own_way(on: str) -> None:
    account = do(fresh(venue_id=on), wish("0.1"), scene(on, btc=60_000))
    old = venue(on).instrument(BTC)
    fee: Instrument = replace(
        old,
        taker_fee=rate("0.001"),
        trigger_fee=rate("0.001") if old.trigger_fee else old.trigger_fee,
        bankruptcy_fee=rate("0.001") if old.bankruptcy_fee else old.bankruptcy_fee,
    )
    before, after = effect(account, put(venue(on), fee)).needed
    assert after > before


# --- prices


def test_a_position_without_a_mark_is_reckoned_at_its_entry() -> None:
    account = do(fresh(), wish(1), AT)
    for known in (None, marks(eth=2_000), replace(marks(btc=1), market="binance")):
        found, stood_in = priced(account, known, LATER)
        assert (found.price(BTC), stood_in) == (D(60_000), frozenset({BTC}))
    assert effect(account, terms(), marks(eth=2_000)).stood_in
    zero, stood_in = priced(account, marks(btc=0), LATER)
    assert (zero.price(BTC), stood_in) == (D(60_000), frozenset({BTC}))


def test_prices_are_those_of_the_accounts_own_market() -> None:
    account = do(fresh(), wish(1), AT)
    known, stood_in = priced(account, marks(btc=61_000, eth=1), LATER)
    assert (tuple(known), known.price(BTC), stood_in) == ((BTC,), D(61_000), frozenset())
    assert (known.at, known.market) == (NOON, "test")
    other, _ = priced(account, None, LATER)
    assert (other.at, other.market) == (LATER, "test")


def test_of_a_cross_pool_any_price_that_stood_in_is_said() -> None:
    account = do(fresh(), wish("0.1", mode=CROSS), AT)
    account = do(account, wish(1, SHORT, CROSS, symbol=ETH), AT)
    assert effect(account, terms(), marks(btc=60_000)).stood_in
    isolated = do(do(fresh(), wish("0.1"), AT), wish(1, SHORT, symbol=ETH), AT)
    assert not effect(isolated, terms(), marks(btc=60_000)).stood_in
