"""What `InstrumentBooks` keep: editions of venues' contracts, every figure as it was."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import localcontext

import pytest

from bot.adapters.content.instrument_files import load_listings
from core.editions import Edition, InstrumentBooks, Version
from core.market import Instrument
from core.money import EXACT
from core.ports import Units
from core.venue_changes import delisted
from tests.builders import exact
from tests.contracts.conftest import Doors
from tests.contracts.samples import NOW

__all__ = ["exact"]

DAY = timedelta(days=1)
with localcontext(EXACT):
    EVERY = [each for listing in load_listings().values() for each in listing.instruments.values()]
BTC, ETH, *_ = EVERY


def edition(*contracts: Instrument, venue: str = "bybit") -> Edition:
    versions = tuple(Version(each, NOW + DAY) for each in contracts)
    return Edition(venue=venue, source="GET /v5 \N{BULLET}", fetched_at=NOW, versions=versions)


def keep(units: Units, *editions: Edition) -> list[Edition]:
    with units.writing() as books:
        return [books.instruments.keep(each) for each in editions]


def kept(units: Units, after: int = 0) -> tuple[Edition, ...]:
    with units.reading() as books:
        return books.instruments.editions(after)


def test_nothing_is_kept_before_the_first_edition(units: Units) -> None:
    assert kept(units) == ()


def test_an_edition_comes_back_as_it_was(doors: Doors) -> None:
    (made,) = keep(doors(), edition(ETH, BTC))
    assert made.id
    assert kept(doors()) == (made,)
    assert [each.symbol for each in made.versions] == ["BTCUSDT", "ETHUSDT"]
    assert made == replace(edition(BTC, ETH), id=made.id)


@pytest.mark.parametrize("contract", EVERY, ids=lambda each: f"{each.source[:3]}{each.symbol}")
def test_every_figure_of_every_contract_of_ours_comes_back(
    units: Units, contract: Instrument
) -> None:
    told = replace(contract, assumed=frozenset({"fees", "tick"}), as_of=date(2026, 11, 29))
    keep(units, edition(told), edition(delisted(told)))
    first, second = (each.versions[0].instrument for each in kept(units))
    assert first == told
    assert first.brackets == told.brackets
    assert first.brackets.amounts == told.brackets.amounts
    assert first.brackets.continuous == told.brackets.continuous
    assert (first.long_lift, first.delisted, second.delisted) == (told.long_lift, False, True)


def test_editions_come_in_their_order_after_the_one_that_is_known(units: Units) -> None:
    first, second, third = keep(units, edition(BTC), edition(ETH, venue="okx"), edition(BTC))
    assert kept(units) == (first, second, third)
    assert kept(units, first.id) == (second, third)
    assert kept(units, third.id) == ()
    assert first.id < second.id < third.id


def test_an_edition_without_contracts_is_one(units: Units) -> None:
    (made,) = keep(units, edition())
    assert kept(units) == (made,)


def test_a_reading_unit_keeps_none(units: Units) -> None:
    with units.reading() as books, pytest.raises(RuntimeError):
        books.instruments.keep(edition(BTC))


def test_a_unit_that_fails_leaves_none(units: Units) -> None:
    def fail() -> None:
        with units.writing() as books:
            held: InstrumentBooks = books.instruments
            held.keep(edition(BTC))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert kept(units) == ()
