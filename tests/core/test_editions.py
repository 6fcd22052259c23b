"""Which figures hold when: the files' first, then edition by edition, and what never came to be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.editions import Edition, Listings, Version, in_force
from core.market import Instrument, Listing, Symbol
from core.money import D
from core.venue import BINANCE, BYBIT
from core.venue_changes import delisted
from tests.builders import BTC, BTCUSDT, ETHUSDT, NOON, SOLUSDT, exact, listing
from tests.fakes.ports import FixedClock

__all__ = ["exact"]

HOUR = timedelta(hours=1)
BASE: Mapping[str, Listing] = {
    "binance": listing(BTCUSDT, ETHUSDT),
    "bybit": listing(BTCUSDT, venue=BYBIT),
}


def ticked(tick: int | str, contract: Instrument = BTCUSDT) -> Instrument:
    """A contract that is told from others by its tick."""
    return replace(contract, tick=D(tick))


def edition(
    number: int, *versions: Version, at: datetime = NOON, venue: str = "binance"
) -> Edition:
    return Edition(id=number, venue=venue, source="test", fetched_at=at, versions=versions)


def version(contract: Instrument, after: int = 0) -> Version:
    """A contract that holds so many hours after noon."""
    return Version(contract, NOON + after * HOUR)


class Course:
    """Listings whose clock goes on."""

    def __init__(self, *editions: Edition) -> None:
        self.clock = FixedClock(NOON)
        self.listings = Listings(BASE, self.clock.now)
        self.listings.add(editions)

    def tick(self, hours: int = 0) -> int:
        """Bitcoin's tick on Binance so many hours after noon."""
        at = NOON + hours * HOUR
        return int(self.listings.at("binance", at).instrument(BTC).tick * 10)

    def ticks(self, *hours: int) -> list[int]:
        return [self.tick(hour) for hour in hours]


def test_without_an_edition_the_files_hold() -> None:
    course = Course()
    assert dict(course.listings) == dict(BASE)
    assert (len(course.listings), course.listings.newest) == (2, 0)
    assert course.listings["binance"] is BASE["binance"]
    assert in_force(BASE, "binance", NOON) is BASE["binance"]
    with pytest.raises(KeyError):
        course.listings["mexc"]


def test_a_version_holds_from_its_moment_on() -> None:
    course = Course(edition(1, version(ticked(2), 24)))
    assert course.ticks(-1, 0, 23, 24, 99) == [1, 1, 1, 20, 20]
    assert course.listings["binance"].instrument(BTC).tick == D("0.1")
    course.clock.advance(24 * HOUR)
    assert course.listings["binance"].instrument(BTC).tick == D(2)
    assert in_force(course.listings, "binance", NOON).instrument(BTC).tick == D("0.1")


def test_the_same_listing_is_the_same_object_as_long_as_it_holds() -> None:
    course = Course(edition(1, version(ticked(2), 24)))
    early, late = course.listings["binance"], course.listings.at("binance", NOON + 24 * HOUR)
    course.clock.advance(23 * HOUR)
    assert course.listings["binance"] is early
    course.clock.advance(HOUR)
    assert course.listings["binance"] is late
    course.listings.add([edition(2, version(ticked(3, ETHUSDT)), venue="bybit")])
    assert course.listings["binance"] is late


def test_a_version_that_is_replaced_before_its_time_never_holds() -> None:
    course = Course(
        edition(1, version(ticked(2), 24)),
        edition(2, version(ticked(3), 36), at=NOON + 12 * HOUR),
    )
    assert course.ticks(0, 24, 35, 36) == [1, 1, 1, 30]
    assert [v.instrument.tick for _, v in course.listings.pending("binance")] == [D(3)]


def test_what_was_announced_may_be_taken_back() -> None:
    course = Course(
        edition(1, version(ticked(2), 24)),
        edition(2, version(BTCUSDT, 12), at=NOON + 12 * HOUR),
    )
    assert course.ticks(0, 12, 24, 99) == [1, 1, 1, 1]


def test_a_version_that_holds_goes_on_until_the_next_one_does() -> None:
    course = Course(
        edition(1, version(ticked(2))),
        edition(2, version(ticked(3), 36), at=NOON + 12 * HOUR),
    )
    assert course.ticks(-1, 0, 35, 36) == [1, 20, 20, 30]


def test_a_new_contract_was_never_otherwise() -> None:
    course = Course(edition(1, version(SOLUSDT)), edition(2, version(ticked(2, SOLUSDT), 2)))
    before = course.listings.at("binance", NOON - HOUR)
    assert before.instrument(SOLUSDT.symbol) == SOLUSDT
    assert tuple(before.instruments) == (BTC, ETHUSDT.symbol, SOLUSDT.symbol)


def test_a_contract_that_is_gone_stays_and_is_marked_from_then_on() -> None:
    course = Course(edition(1, version(delisted(BTCUSDT), 1)))
    assert BTC in course.listings.at("binance", NOON).tradable
    assert BTC not in course.listings.at("binance", NOON + HOUR).tradable
    assert BTC in course.listings.at("binance", NOON + HOUR).instruments


def test_each_venue_has_its_own_editions() -> None:
    course = Course(edition(1, version(ticked(2))), edition(2, version(ticked(3)), venue="bybit"))
    assert course.tick() == 20
    assert course.listings["bybit"].instrument(BTC).tick == D(3)
    assert [each.id for each in course.listings.of("bybit")] == [2]
    assert course.listings.newest == 2


def test_editions_that_are_known_change_nothing() -> None:
    course = Course(edition(1, version(ticked(2))))
    held = course.listings["binance"]
    course.listings.add([edition(1, version(ticked(9)))])
    course.listings.add([])
    assert course.listings["binance"] is held


def test_what_was_told_last_is_known_before_it_holds() -> None:
    course = Course(edition(1, version(ticked(2), 24)))
    assert course.listings.latest("binance").instrument(BTC).tick == D(2)
    assert course.listings.latest("bybit") == BASE["bybit"]
    assert len(course.listings.pending("binance")) == 1
    assert course.listings.pending("bybit") == ()
    course.clock.advance(24 * HOUR)
    assert course.listings.pending("binance") == ()


def test_what_had_to_wait_came_due_once() -> None:
    waits, at_once = version(ticked(2), 24), version(ticked(2, ETHUSDT))
    course = Course(edition(1, waits, at_once))
    due = NOON + 24 * HOUR
    assert course.listings.came_due(NOON - HOUR, due - HOUR) == ()
    ((_, came),) = course.listings.came_due(due - HOUR, due)
    assert came is waits
    assert course.listings.came_due(due, due + HOUR) == ()


def test_the_contracts_of_all_venues_are_seen_as_they_are() -> None:
    course = Course()
    seen = course.listings.symbols
    assert (tuple(seen), len(seen)) == ((BTC, ETHUSDT.symbol), 2)
    assert SOLUSDT.symbol not in seen
    course.listings.add([edition(1, version(SOLUSDT), venue="bybit")])
    assert SOLUSDT.symbol in seen
    assert len(seen) == 3


# --- whatever the editions are

STEPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(2, 99)), max_size=6)
"""Hours until an edition is written, until it applies, and its tick."""


@given(steps=STEPS, hour=st.integers(-1, 300))
def test_what_holds_is_the_last_version_that_was_not_replaced_before_its_time(
    steps: list[tuple[int, int, int]], hour: int
) -> None:
    at, told = 0, []
    for wait, notice, tick in steps:
        at += wait
        told.append((at, at + notice, tick))
    valid = [
        (applies, tick)
        for place, (_, applies, tick) in enumerate(told)
        if all(written >= applies for written, _, _ in told[place + 1 :])
    ]
    expected = ([1] + [tick * 10 for applies, tick in valid if applies <= hour])[-1]
    course = Course(
        *(
            edition(number, version(ticked(tick), applies), at=NOON + written * HOUR)
            for number, (written, applies, tick) in enumerate(told, start=1)
        )
    )
    assert course.tick(hour) == expected


def test_the_venue_is_the_one_of_the_base() -> None:
    course = Course(edition(1, version(SOLUSDT)))
    assert course.listings["binance"].venue is BINANCE
    assert isinstance(course.listings["binance"].instruments, Mapping)
    assert Symbol("SOLUSDT") in course.listings["binance"].instruments
