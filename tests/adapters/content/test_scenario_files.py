"""Files of recorded events: their format, the complaints about faulty ones, and what is shipped."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.content.scenario_files import FOLDER, ScenarioFiles
from core.lessons.scenario import PriceKind
from core.money import D
from tests.builders import BTC, ETH

INDEX = """
[[scenario]]
id = "2020-03-12"
name = "Black Thursday"
told = "It fell."
first_hour = 2020-03-09T00:00:00Z
hours = 2
fine_hour = 1
fine_hours = 1
fine_minutes = 30
coins.BTC = { first = "8000.5", price = "mark", fine = "last", source = "A", read = 2026-08-17 }
coins.ETH = { first = "200", price = "spot", source = "B", read = 2025-11-14 }
""".replace("17 }", '17, funding = "A" }')
HOURS = """hour,coin,open,high,low,close
0,BTC,1000000,1010000,990000,1000000
0,ETH,1000000,1000000,1000000,1000000
1,BTC,1000000,1000000,500000,700000
1,ETH,1000000,1000000,1000000,1000000
"""
RATES = """hour,coin,rate
1,BTC,-0.00012345678901
"""
FINE = """step,coin,open,high,low,close
0,BTC,1000000,1000000,900000,900000
1,BTC,900000,900000,500000,700000
"""


def written(
    folder: Path,
    index: str = INDEX,
    hours: str = HOURS,
    fine: str = FINE,
    rates: str = RATES,
) -> ScenarioFiles:
    """Write one event."""
    (folder / "index.toml").write_text(index, encoding="utf-8")
    (folder / "2020-03-12.csv").write_text(hours, encoding="utf-8")
    (folder / "2020-03-12.fine.csv").write_text(fine, encoding="utf-8")
    (folder / "2020-03-12.funding.csv").write_text(rates, encoding="utf-8")
    return ScenarioFiles(folder)


# --- the format -----------------------------------------------------------------------------------


def test_an_event_is_read_whole(tmp_path: Path) -> None:
    source = written(tmp_path)
    (heading,) = source.headings()
    scenario = source.scenario("2020-03-12")
    assert (heading.name, heading.hours) == ("Black Thursday", 2)
    assert heading.first_hour == datetime(2020, 3, 9, tzinfo=UTC)
    assert (heading.coins[BTC].first, heading.coins[BTC].price) == (D("8000.5"), PriceKind.MARK)
    assert heading.coins[ETH].source == "B"
    assert scenario.candles[1].bars[BTC].low == D("0.5")
    assert [step.at.minute for step in scenario.finer[1]] == [0, 30]
    assert scenario.finer[1][0].bars.keys() == {BTC}
    assert (heading.coins[BTC].fine, heading.coins[ETH].fine) == (PriceKind.LAST, None)
    assert (heading.coins[BTC].funding, heading.coins[ETH].funding) == ("A", "")
    assert scenario.funding == {1: {BTC: D("-0.00012345678901")}}


def test_an_index_is_read_once(tmp_path: Path) -> None:
    source = written(tmp_path)
    before = source.headings()
    (tmp_path / "index.toml").unlink()
    assert source.headings() == before
    assert source.scenario("2020-03-12").heading is before[0]


def test_funding_may_be_missing(tmp_path: Path) -> None:
    source = written(tmp_path, INDEX.replace(', funding = "A"', ""), rates="nonsense")
    assert source.scenario("2020-03-12").funding == {}


def test_a_table_that_is_missing_or_no_text_is_refused_by_name(tmp_path: Path) -> None:
    source = written(tmp_path)
    (tmp_path / "2020-03-12.funding.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match=r"^2020-03-12\.funding\.csv: it is no text"):
        source.scenario("2020-03-12")
    (tmp_path / "2020-03-12.csv").unlink()
    with pytest.raises(ValueError, match=r"^2020-03-12\.csv: No such file"):
        source.scenario("2020-03-12")


@pytest.mark.parametrize(
    ("rates", "fault"),
    [
        ("", "the columns are hour, coin, rate"),
        (RATES.replace("rate", "price"), "the columns are hour, coin, rate"),
        (RATES.replace("1,BTC", "x,BTC"), "is no row"),
        (RATES.replace("1,BTC", "1,BTC,1"), "is no row"),
        (RATES.replace("-0.00012345678901", "much"), "is no row"),
        (RATES.replace("-0.00012345678901", "NaN"), "tells no rate"),
        (RATES.replace("-0.00012345678901", "1"), "tells no rate"),
        (RATES.replace("1,BTC", "0,BTC"), "beyond the ends"),
        (RATES.replace("1,BTC", "2,BTC"), "beyond the ends"),
        (RATES + "1,BTC,0.1\n", "stands twice"),
        (RATES + "1,ETH,0.1\n", "are not those of the index"),
        ("hour,coin,rate\n", "are not those of the index"),
    ],
)
def test_faulty_rates_are_refused_by_name(tmp_path: Path, rates: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"^2020-03-12\.funding\.csv: ") as raised:
        written(tmp_path, rates=rates).scenario("2020-03-12")
    assert fault in str(raised.value)


def test_finer_rows_may_be_missing(tmp_path: Path) -> None:
    index = "\n".join(line for line in INDEX.splitlines() if not line.startswith("fine_"))
    with pytest.raises(ValueError, match="a coin has finer rows, and the event tells of none"):
        written(tmp_path, index).headings()
    index = index.replace('fine = "last", ', "")
    assert written(tmp_path, index).scenario("2020-03-12").finer == {}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "Black Thursday"', "", "2020-03-12: name is missing"),
        ('name = "Black Thursday"', 'name = ""', "name must be of type str"),
        ("hours = 2", 'hours = "2"', "hours must be of type int"),
        ("hours = 2", "hours = 0", "hours is too small"),
        ("hours = 2", "hours = 10001", "hours is too large"),
        ("hours = 2", "hours = 2\nextra = 1", "unknown key extra"),
        ("first_hour = 2020-03-09T00:00:00Z", "first_hour = 2020-03-09T00:00:00", "no zone"),
        ('"8000.5"', '"much"', "a price or its kind cannot be read"),
        ('"8000.5"', '"0"', "the first price is not above zero"),
        ('"8000.5"', '"NaN"', "the first price is not above zero"),
        ('"mark"', '"guess"', "a price or its kind cannot be read"),
        ('"last"', '"guess"', "a price or its kind cannot be read"),
        (', source = "B"', "", "ETH: source is missing"),
        ("coins.ETH = {", "coins.ETH = 5 #", "ETH: is no table"),
        ("fine_minutes = 30", "fine_minutes = 7", "do not fill an hour"),
        ("fine_hours = 1", "fine_hours = 2", "lie outside"),
        ('fine = "last", ', "", "of no coin"),
        (INDEX, INDEX * 2, "an id stands twice"),
        (INDEX, "scenario = [1]", "scenario must hold tables"),
        (INDEX, "scenario = 5", "scenario must be of type list"),
        (INDEX, "[", "index.toml"),
    ],
)
def test_a_faulty_index_is_refused_by_name(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"^index\.toml: ") as raised:
        written(tmp_path, INDEX.replace(old, new)).headings()
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("hour,coin", "coin,hour", "the columns are hour, coin, open"),
        ("0,BTC,1000000,1010000", "0,BTC,1000000,999999", "between its low and its high"),
        ("1,BTC,1000000,1000000,500000", "1,BTC,1000000,1000000,0", "between its low and its high"),
        ("1,BTC,1000000", "1,BTC,1.5", "is no row"),
        ("1,BTC,1000000,1000000", "1,BTC,1000000", "is no row"),
        ("1,BTC", "2,BTC", "beyond the end"),
        ("1,BTC", "0,BTC", "stands twice"),
        ("1,ETH", "1,SOL", "hour 1 has not every coin once"),
        ("1,ETH,1000000,1000000,1000000,1000000\n", "", "hour 1 has not every coin once"),
        ("0,BTC,1000000,1010000", "0,BTC,1000001,1010000", "does not begin at one"),
    ],
)
def test_a_faulty_table_is_refused_by_name(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"^2020-03-12\.csv: ") as raised:
        written(tmp_path, hours=HOURS.replace(old, new)).scenario("2020-03-12")
    assert fault in str(raised.value)


def test_a_faulty_finer_table_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^2020-03-12\.fine\.csv: step 1"):
        written(tmp_path, fine=FINE.replace("1,BTC", "1,ETH")).scenario("2020-03-12")


# --- what is shipped ------------------------------------------------------------------------------

SHIPPED = ScenarioFiles()
HEADINGS = SHIPPED.headings()


def test_there_are_eleven_events_and_each_has_bitcoin() -> None:
    assert len(HEADINGS) == 11
    assert all(BTC in heading.coins for heading in HEADINGS)


@pytest.mark.parametrize("heading", HEADINGS, ids=lambda heading: heading.id)
def test_an_event_happened_within_its_hours(heading: object) -> None:
    heading = next(each for each in HEADINGS if each is heading)
    day = datetime.fromisoformat(f"{heading.id}T00:00:00+00:00")
    assert heading.first_hour <= day < heading.ends
    assert len(heading.name) <= 20
    assert heading.told.endswith(".")


@pytest.mark.parametrize(
    ("id_", "low"),
    [("2020-03-12", "3801.83"), ("2021-05-19", "29563"), ("2025-10-10", "101877")],
)
def test_the_lows_are_the_recorded_ones(id_: str, low: str) -> None:
    scenario = SHIPPED.scenario(id_)
    first = scenario.heading.coins[BTC].first
    lowest = min(candle.bars[BTC].low for candle in scenario.candles) * first
    assert f"{lowest:.2f}".startswith(low)


def test_finer_rows_hold_a_day_at_most() -> None:
    for heading in HEADINGS:
        finer = SHIPPED.scenario(heading.id).finer
        assert len(finer) <= 24
        assert all(hour < heading.hours for hour in finer)
    assert sum(bool(SHIPPED.scenario(heading.id).finer) for heading in HEADINGS) == 8


def test_funding_is_there_for_the_coins_whose_rates_are_all_recorded() -> None:
    for heading in HEADINGS:
        funding = SHIPPED.scenario(heading.id).funding
        for symbol, coin in heading.coins.items():
            hours = [hour for hour, rates in funding.items() if symbol in rates]
            assert hours == (list(range(8, heading.hours, 8)) if coin.funding else [])
        assert heading.coins[BTC].funding
        assert heading.coins[ETH].funding
    crash = SHIPPED.scenario("2020-03-12").funding
    assert crash[4 * 24 + 8][BTC] == D("-0.003")  # the lowest there could be, on 2020-03-13


def test_the_tables_are_small() -> None:
    folder = Path(str(FOLDER))
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_500_000
