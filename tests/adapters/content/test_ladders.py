"""Ladders are whole, rise as they should, and their amounts are the published ones."""

import csv
from collections.abc import Iterator
from decimal import Decimal, localcontext
from itertools import pairwise
from pathlib import Path

import pytest

from bot.adapters.content.instrument_files import load_listings
from core.errors import SizeTooLarge
from core.market import Instrument, Measure, Symbol
from core.money import EXACT, ONE, ZERO, D
from core.venue import OKX
from tests.adapters.content.copies import Edit, bitcoin, change, copy_to

LISTINGS = load_listings()
EVERY = [
    pytest.param(venue, instrument, id=f"{venue} {symbol}")
    for venue, listing in LISTINGS.items()
    for symbol, instrument in listing.instruments.items()
]


def one(venue: str, symbol: str) -> Instrument:
    return LISTINGS[venue].instruments[Symbol(symbol)]


@pytest.mark.parametrize(("venue", "instrument"), EVERY)
def test_a_ladder_is_sorted_and_without_gaps(venue: str, instrument: Instrument) -> None:
    brackets = instrument.brackets.brackets
    assert brackets[0].floor == ZERO
    assert brackets[0].maintenance_amount == ZERO
    for below, above in pairwise(brackets):
        assert below.cap == above.floor > below.floor
        assert above.maintenance_rate > below.maintenance_rate
        assert above.max_leverage <= below.max_leverage
    last = brackets[-1].cap
    assert last is None if venue == "hyperliquid" else last is not None
    assert instrument.brackets.source
    assert instrument.brackets.as_of is not None


@pytest.mark.parametrize(("venue", "instrument"), EVERY)
def test_the_requirement_has_no_jump_where_the_venue_has_amounts(
    venue: str, instrument: Instrument
) -> None:
    table = instrument.brackets
    assert table.continuous == (venue != "okx")
    assert table.measure is (Measure.QUANTITY if venue == "okx" else Measure.NOTIONAL)
    if venue == "okx":
        assert set(table.amounts) == {ZERO}
        return
    with localcontext(EXACT):
        for below, above in pairwise(table.brackets):
            under = above.floor * below.maintenance_rate - below.maintenance_amount
            over = above.floor * above.maintenance_rate - above.maintenance_amount
            assert abs(under - over) <= D("1e-24") * over


def published() -> Iterator[tuple[str, str, list[Decimal]]]:
    with Path(__file__).with_name("published_amounts.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["venue"], row["symbol"], [D(text) for text in row["amounts"].split()]


def test_amounts_are_those_the_venues_publish() -> None:
    seen = 0
    for venue, symbol, amounts in published():
        ours = one(venue, symbol).brackets.amounts
        printed = [a.quantize(p, context=EXACT) for a, p in zip(ours, amounts, strict=True)]
        assert printed == amounts, f"{venue} {symbol}"
        seen += 1
    assert seen == 40


@pytest.mark.parametrize(
    ("venue", "symbol", "tier", "floor", "cap", "leverage", "rate", "amount"),
    [
        ("binance", "BTCUSDT", 1, "0", "300000", "150", "0.004", "0"),
        ("binance", "BTCUSDT", 2, "300000", "800000", "100", "0.005", "300"),
        ("binance", "BTCUSDT", 12, "1200000000", "1800000000", "1", "0.5", "421482000"),
        ("bybit", "BTCUSDT", 35, "800000000", "1200000000", "1", "0.6", "226382000"),
        ("bybit", "ETHUSDT", 34, "400000000", "600000000", "1.28", "0.5", "78018220"),
        ("okx", "BTCUSDT", 1, "0", "10", "100", "0.004", "0"),
        ("okx", "BTCUSDT", 5, "400", "600", "33.33", "0.0175", "0"),
        ("okx", "BTCUSDT", 66, "12600", "12800", "2.98", "0.3225", "0"),
        ("okx", "ETHUSDT", 55, "130000", "132500", "3.57", "0.2675", "0"),
        ("okx", "SOLUSDT", 13, "200000", "220000", "10", "0.065", "0"),
        ("okx", "XRPUSDT", 52, "49000000", "50000000", "3.38", "0.26", "0"),
        ("okx", "DOGEUSDT", 51, "288000000", "294000000", "3.44", "0.255", "0"),
        ("hyperliquid", "BTCUSDT", 2, "150000000", None, "20", "0.025", "1875000"),
        ("hyperliquid", "SOLUSDT", 1, "0", "70000000", "20", "0.025", "0"),
    ],
)
def test_a_tier_is_the_published_one(
    venue: str,
    symbol: str,
    tier: int,
    floor: str,
    cap: str | None,
    leverage: str,
    rate: str,
    amount: str,
) -> None:
    bracket = one(venue, symbol).brackets.brackets[tier - 1]
    assert (bracket.floor, bracket.cap) == (D(floor), None if cap is None else D(cap))
    assert bracket.max_leverage == D(leverage)
    assert (bracket.maintenance_rate, bracket.maintenance_amount) == (D(rate), D(amount))


def test_a_third_is_kept_to_34_digits() -> None:
    first, second = one("hyperliquid", "ETHUSDT").brackets.brackets
    assert (first.maintenance_rate, second.maintenance_rate) == (D("0.02"), D(f"0.0{'3' * 34}"))
    assert one("hyperliquid", "ETHUSDT").significant == 5


@pytest.mark.parametrize(
    ("symbol", "rows"),
    [("BTCUSDT", 66), ("ETHUSDT", 55), ("SOLUSDT", 13), ("XRPUSDT", 52), ("DOGEUSDT", 51)],
)
def test_a_ladder_of_contracts_ends_at_the_last_row_read(symbol: str, rows: int) -> None:
    assert len(one("okx", symbol).brackets.brackets) == rows


def test_a_size_beyond_the_last_row_read_is_refused() -> None:
    bitcoin = one("okx", "BTCUSDT")
    bitcoin.check_size(D(12800), D(12800) * 60000, OKX)
    with pytest.raises(SizeTooLarge) as refused:
        bitcoin.check_size(D("12800.0001"), D("12800.0001") * 60000, OKX)
    assert refused.value.cap == D(12800) * 60000


@pytest.mark.parametrize(("venue", "instrument"), EVERY)
def test_figures_carry_no_needless_zeros(venue: str, instrument: Instrument) -> None:
    for figure in (instrument.step, instrument.min_quantity, *instrument.brackets.floors):
        assert "E+" not in str(figure)
        assert figure == figure.to_integral_value() or str(figure) == str(figure.normalize())
    assert one("okx", "XRPUSDT").step.as_tuple() == ONE.as_tuple()


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        pytest.param(
            bitcoin(tiers=[["9", "0.1", "5"], ["9", "0.2", "4"], ["10", "0.3", "3"]]),
            "gap or disorder at 9",
            id="an empty tier",
        ),
        pytest.param(
            bitcoin(tiers=[["9", "0.1", "5"], ["8", "0.2", "4"]]),
            "a tier ends where it starts",
            id="a last tier turned round",
        ),
        pytest.param(
            bitcoin(tiers=[["9", "0.2", "5"], ["10", "0.1", "4"]]),
            "the rate does not rise at 9",
            id="a falling rate",
        ),
        pytest.param(
            bitcoin(tiers=[["9", "0.1", "5"], ["10", "0.2", "6"]]),
            "the leverage rises at 9",
            id="a rising leverage",
        ),
        pytest.param(
            bitcoin(tiers=[["9", "0.4", "150"], ["10", "40", "100"]]),
            "out of range at 9",
            id="a percentage for a rate",
        ),
        pytest.param(
            bitcoin(tiers=[[None, "0.1", "5"], ["10", "0.2", "4"]]),
            "gap or disorder",
            id="an endless tier in the middle",
        ),
    ],
)
def test_a_ladder_that_cannot_be_is_told_with_file_and_symbol(
    tmp_path: Path, edit: Edit, complaint: str
) -> None:
    change(copy_to(tmp_path), "binance", edit)
    with pytest.raises(ValueError, match=complaint) as mistake:
        load_listings(tmp_path)
    assert str(mistake.value).startswith("binance.json: BTCUSDT: ")
