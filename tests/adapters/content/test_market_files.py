"""The recorded market: anchored, in Binance's ticks, nothing missing and nothing made up."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import as_file
from pathlib import Path

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import FOLDER, load_recording
from core.market import Symbol
from core.money import D

RECORDING = load_recording()
ANCHORS = {
    "BTCUSDT": D("68424"),
    "ETHUSDT": D("1986"),
    "BNBUSDT": D("632.73"),
    "XRPUSDT": D("1.36"),
    "SOLUSDT": D("85.13"),
    "DOGEUSDT": D("0.08935"),
    "ADAUSDT": D("0.2634"),
}


def test_seven_coins_are_recorded_for_1416_hours() -> None:
    assert list(RECORDING.coins) == list(ANCHORS)
    assert (RECORDING.hours, RECORDING.start) == (1416, 24)
    assert RECORDING.first_hour == datetime(2026, 5, 4, tzinfo=UTC)
    assert RECORDING.last_hour == datetime(2026, 7, 1, 23, tzinfo=UTC)
    for tape in RECORDING.coins.values():
        for column in (tape.opens, tape.highs, tape.lows, tape.closes):
            assert len(column) == 1416


@pytest.mark.parametrize(("symbol", "price"), ANCHORS.items())
def test_hour_24_opens_at_its_anchor(symbol: str, price: Decimal) -> None:
    tape = RECORDING.coins[Symbol(symbol)]
    assert tape.opens[24] * tape.tick == price


@pytest.mark.parametrize("symbol", ANCHORS)
def test_prices_are_counted_in_the_ticks_of_binance(symbol: str) -> None:
    binance = load_listings()["binance"]
    assert RECORDING.coins[Symbol(symbol)].tick == binance.instrument(Symbol(symbol)).tick


@pytest.mark.parametrize(
    ("symbol", "hour", "recorded"),
    [
        ("BTCUSDT", 0, ("78531.1", "78533.3", "78225", "78507.1")),
        ("BTCUSDT", 1, ("78507.2", "79855", "78369.4", "79754.9")),
        ("ETHUSDT", 0, ("2321.95", "2321.95", "2308.01", "2317.98")),
        ("BNBUSDT", 0, ("617", "617.2", "615.2", "616.7")),
        ("XRPUSDT", 0, ("1.386", "1.388", "1.382", "1.388")),
        ("SOLUSDT", 0, ("83.87", "83.88", "83.3", "83.75")),
        ("DOGEUSDT", 0, ("0.10822", "0.10901", "0.1076", "0.10894")),
        ("ADAUSDT", 0, ("0.2493", "0.2494", "0.2471", "0.2487")),
    ],
)
def test_an_hour_is_the_recorded_one_times_the_factor(
    symbol: str, hour: int, recorded: tuple[str, ...]
) -> None:
    tape = RECORDING.coins[Symbol(symbol)]
    head = (FOLDER / f"{symbol}.csv").read_text(encoding="utf-8")
    found = re.search(r"^# factor: (\S+)/(\S+)$", head, re.MULTILINE)
    assert found is not None
    assert D(found[1]) == ANCHORS[symbol]
    ours = (tape.opens[hour], tape.highs[hour], tape.lows[hour], tape.closes[hour])
    for ticks, price in zip(ours, recorded, strict=True):
        assert abs(ticks * tape.tick - D(price) * D(found[1]) / D(found[2])) <= tape.tick / 2


def test_funding_is_as_recorded_and_none_is_made_up() -> None:
    rates = {symbol: tape.funding for symbol, tape in RECORDING.coins.items()}
    assert {symbol: len(each) for symbol, each in rates.items()} == {
        **dict.fromkeys(("BTCUSDT", "ETHUSDT", "BNBUSDT", "XRPUSDT", "SOLUSDT"), 177),
        **dict.fromkeys(("DOGEUSDT", "ADAUSDT"), 85),
    }
    assert rates[Symbol("BTCUSDT")][:2] == (D("0.0000804466"), D("-0.0000458047"))
    assert rates[Symbol("ADAUSDT")][0] == D("0.0000165677")
    assert all(abs(rate) < D("0.01") for each in rates.values() for rate in each)


def test_every_file_tells_its_source_and_date_and_all_are_small() -> None:
    with as_file(FOLDER) as folder:
        tables = sorted(folder.glob("*.csv"))
        texts = [file.read_text(encoding="utf-8") for file in tables]
        notice = (folder.parent / "SOURCES.md").read_text(encoding="utf-8")
    assert len(tables) == 8
    assert sum(len(text) for text in texts) < 350_000
    for text in texts:
        assert re.search(r"^# source: OKX ", text, re.MULTILINE)
        assert re.search(r"^# as of: 2026-07-10$", text, re.MULTILINE)
    assert "published by OKX" in notice
    assert "Not affiliated" in notice
    assert RECORDING.source == "OKX USDT swaps, hourly last price"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    with as_file(FOLDER) as folder:
        for file in folder.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def put(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace the first match of a pattern in one file."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        changed, count = re.subn(old, new, text, count=1, flags=re.MULTILINE)
        assert count == 1
        (folder / name).write_text(changed, encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        pytest.param(put("BTCUSDT.csv", "^# tick:", "# tock:"), "tell its tick", id="no tick"),
        pytest.param(put("BTCUSDT.csv", "^# tick: .*", "# tick: 0"), "in ticks", id="tick of zero"),
        pytest.param(put("BTCUSDT.csv", "^open,high", "high,open"), "not a file", id="columns"),
        pytest.param(put("BTCUSDT.csv", ": BTCUSDT", ": XYZUSDT"), "not a file", id="symbol"),
        pytest.param(put("BTCUSDT.csv", r"^\d+,", "1.5,"), "invalid literal", id="no whole ticks"),
        pytest.param(put("BTCUSDT.csv", r"^\d+,", ""), "four figures", id="a short row"),
        pytest.param(put("BTCUSDT.csv", r"^\d+,", "9,"), "hour 0 does not lie", id="outside"),
        pytest.param(put("BTCUSDT.csv", r"close\n(.|\n)*", "close\n"), "no rows", id="no rows"),
        pytest.param(
            put("BTCUSDT.csv", r"close\n.*\n", "close\n"), "same hours", id="an hour less"
        ),
        pytest.param(put("BTCUSDT.csv", "hour: 24", "hour: 25"), "same hours", id="another start"),
        pytest.param(put("funding.csv", ",0.0000804466", ",much"), "BTCUSDT is no", id="no rate"),
        pytest.param(put("funding.csv", ",0.0000804466", ""), "lacks a cell", id="a cell less"),
        pytest.param(put("funding.csv", "^2026-05-04T08", "2027-05-04T08"), "order", id="order"),
    ],
)
def test_a_mistake_is_told(copied: Path, edit: Callable[[Path], None], complaint: str) -> None:
    edit(copied)
    with pytest.raises(ValueError, match=complaint) as mistake:
        load_recording(copied)
    assert complaint == "same hours" or re.match(r"(BTCUSDT|funding)\.csv: ", str(mistake.value))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param("hour: 24", "hour: 23", "a day or more", id="a start without a past"),
        pytest.param(r"00:00Z$", "00:00", "names no zone", id="an hour without a zone"),
    ],
)
def test_a_mistake_in_all_files_is_told(copied: Path, old: str, new: str, complaint: str) -> None:
    for symbol in ANCHORS:
        put(f"{symbol}.csv", old, new)(copied)
    with pytest.raises(ValueError, match=complaint):
        load_recording(copied)
