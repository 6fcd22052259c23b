"""Every venue's file: whole ladders, published figures, sources with dates, clear complaints."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.content.instrument_files import FOLDER, load_listings, newer_differences
from core.errors import UnknownVenue
from core.market import Instrument, Symbol
from core.money import ZERO, D
from core.venue import VENUES
from tests.adapters.content.copies import Edit, bitcoin, change, copy_to

LISTINGS = load_listings()
EVERY = [
    pytest.param(venue, instrument, id=f"{venue} {symbol}")
    for venue, listing in LISTINGS.items()
    for symbol, instrument in listing.instruments.items()
]
MAJORS = "BTCUSDT ETHUSDT SOLUSDT XRPUSDT BNBUSDT DOGEUSDT ADAUSDT"


def one(venue: str, symbol: str) -> Instrument:
    return LISTINGS[venue].instruments[Symbol(symbol)]


def test_every_venue_of_the_core_has_its_contracts() -> None:
    assert list(LISTINGS) == list(VENUES)
    assert {venue: len(listing.instruments) for venue, listing in LISTINGS.items()} == {
        "binance": 30,
        "bybit": 7,
        "okx": 5,
        "hyperliquid": 3,
    }
    assert " ".join(LISTINGS["bybit"].instruments) == MAJORS
    assert " ".join(LISTINGS["okx"].instruments) == "BTCUSDT ETHUSDT SOLUSDT XRPUSDT DOGEUSDT"
    assert " ".join(LISTINGS["hyperliquid"].instruments) == "BTCUSDT ETHUSDT SOLUSDT"
    assert set(MAJORS.split()) <= set(LISTINGS["binance"].instruments)


@pytest.mark.parametrize(
    ("venue", "symbol", "tick", "step", "least", "notional"),
    [
        ("binance", "BTCUSDT", "0.1", "0.001", "0.001", "100"),
        ("binance", "1000PEPEUSDT", "0.0000001", "1", "1", "5"),
        ("bybit", "ETHUSDT", "0.01", "0.01", "0.01", "5"),
        ("bybit", "SOLUSDT", "0.01", "1", "1", "5"),
        ("okx", "BTCUSDT", "0.1", "0.0001", "0.0001", "0"),
        ("okx", "DOGEUSDT", "0.00001", "10", "10", "0"),
        ("hyperliquid", "ETHUSDT", "0.01", "0.0001", "0.0001", "10"),
        ("hyperliquid", "SOLUSDT", "0.0001", "0.01", "0.01", "10"),
    ],
)
def test_orders_are_rounded_as_on_the_venue(
    venue: str, symbol: str, tick: str, step: str, least: str, notional: str
) -> None:
    instrument = one(venue, symbol)
    assert (instrument.tick, instrument.step) == (D(tick), D(step))
    assert (instrument.min_quantity, instrument.min_notional) == (D(least), D(notional))


@pytest.mark.parametrize(("venue", "instrument"), EVERY)
def test_fees_stand_where_the_venue_counts_them(venue: str, instrument: Instrument) -> None:
    assert ZERO < instrument.maker_fee < instrument.taker_fee < D("0.001")
    assert instrument.trigger_fee == (instrument.taker_fee if venue == "okx" else ZERO)
    assert instrument.bankruptcy_fee == (instrument.taker_fee if venue == "bybit" else ZERO)
    assert instrument.quote == VENUES[venue].settle
    assert instrument.symbol == f"{instrument.base}USDT"


def test_a_clearance_fee_that_nobody_found_is_not_made_up() -> None:
    known = {
        symbol: instrument.liquidation_fee
        for symbol, instrument in LISTINGS["binance"].instruments.items()
        if instrument.liquidation_fee is not None
    }
    assert known == {
        "BTCUSDT": D("0.0125"),
        "ETHUSDT": D("0.0125"),
        "XRPUSDT": D("0.0125"),
        "LTCUSDT": D("0.015"),
        "BCHUSDT": D("0.015"),
    }
    assert {i.liquidation_fee for i in LISTINGS["okx"].instruments.values()} == {None}


def test_what_was_taken_from_elsewhere_is_marked() -> None:
    assumed = {s for s, i in LISTINGS["bybit"].instruments.items() if i.assumed}
    assert assumed == {"SOLUSDT", "XRPUSDT", "BNBUSDT", "DOGEUSDT", "ADAUSDT"}
    for symbol in assumed:
        ours, binance = one("bybit", symbol), one("binance", symbol)
        assert ours.assumed == {"tick", "step", "min_quantity"}
        assert (ours.tick, ours.step) == (binance.tick, binance.step)


# --- newer, partial sources -------------------------------------------------------------------


def test_where_bybit_is_known_to_have_changed_the_difference_is_told() -> None:
    found = newer_differences("bybit", Symbol("BTCUSDT"))
    assert [
        (t.newer.floor, t.newer.maintenance_rate, t.newer.maintenance_amount) for t in found
    ] == [
        (D(0), D("0.0033"), D(0)),
        (D(300000), D("0.005"), D(510)),
        (D(2000000), D("0.0056"), D(1710)),
    ]
    assert [t.used.maintenance_amount for t in found] == [D(0), D(0), D(1200)]
    assert [t.newer.max_leverage for t in found] == [D(150), D(100), D(90)]
    assert {t.as_of for t in found} == {"2026-09"}


def test_a_newer_tier_may_be_known_by_its_rate_alone() -> None:
    (tier,) = newer_differences("bybit", Symbol("BNBUSDT"))
    assert (tier.newer.cap, tier.newer.maintenance_rate) == (D(10000), D("0.0067"))
    assert tier.newer.max_leverage == ZERO
    assert tier.used == one("bybit", "BNBUSDT").brackets.brackets[0]
    assert tier.source


@pytest.mark.parametrize(
    ("venue", "symbol"),
    [
        pytest.param("bybit", "SOLUSDT", id="the newer tier agrees"),
        pytest.param("bybit", "ADAUSDT", id="no newer tier is known"),
        pytest.param("binance", "BTCUSDT", id="nothing newer is known on the venue"),
    ],
)
def test_no_difference_is_told_where(venue: str, symbol: str) -> None:
    assert newer_differences(venue, Symbol(symbol)) == ()


def test_differences_of_an_unknown_venue_are_refused() -> None:
    with pytest.raises(UnknownVenue):
        newer_differences("kraken", Symbol("BTCUSDT"))


# --- the files themselves ---------------------------------------------------------------------


def documents() -> Iterator[tuple[str, Any]]:
    for venue in VENUES:
        yield venue, json.loads((FOLDER / f"{venue}.json").read_text(encoding="utf-8"))


def leaves(value: Any) -> Iterator[object]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


def test_every_group_has_a_source_and_a_date() -> None:
    for venue, document in documents():
        groups = document["groups"]
        assert {"tiers", "filters", "fees"} <= set(groups), venue
        has_clearance = any("liquidation_fee" in i for i in document["instruments"].values())
        assert ("liquidation_fee" in groups) == has_clearance, venue
        for group in [*groups.values(), *document.get("newer_known", {}).values()]:
            assert len(group["source"]) > 20
            assert re.fullmatch(r"20\d\d(-\d\d(-\d\d)?)?", group["as_of"])


def test_figures_are_written_as_text() -> None:
    for venue, document in documents():
        assert all(leaf is None or isinstance(leaf, str) for leaf in leaves(document)), venue


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        pytest.param(lambda d: d.update(venue="okx"), "venue is not bybit", id="another venue"),
        pytest.param(lambda d: d.update(venues=[]), "unknown field venues", id="a strange field"),
        pytest.param(lambda d: d.pop("groups"), "groups must be an object", id="no sources"),
        pytest.param(lambda d: d.pop("instruments"), "instruments must be an object", id="nothing"),
        pytest.param(
            lambda d: d["groups"]["tiers"].update(as_of="2026-13-01"),
            "groups: tiers: as_of is no date: 2026-13-01",
            id="no date",
        ),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_name(
    tmp_path: Path, edit: Edit, complaint: str
) -> None:
    change(copy_to(tmp_path), "bybit", edit)
    with pytest.raises(ValueError, match=complaint) as mistake:
        load_listings(tmp_path)
    assert str(mistake.value).startswith("bybit.json: ")


def test_a_newer_tier_needs_a_ladder_beside_it(tmp_path: Path) -> None:
    change(copy_to(tmp_path), "bybit", lambda d: d["instruments"].pop("BNBUSDT"))
    with pytest.raises(ValueError, match=r"bybit\.json: BNBUSDT: no ladder in use"):
        newer_differences("bybit", Symbol("BNBUSDT"), tmp_path)


def test_an_isolated_only_contract_can_be_written(tmp_path: Path) -> None:
    change(copy_to(tmp_path), "hyperliquid", bitcoin(isolated_only=True))
    assert load_listings(tmp_path)["hyperliquid"].instruments[Symbol("BTCUSDT")].isolated_only
    assert not one("hyperliquid", "BTCUSDT").isolated_only
