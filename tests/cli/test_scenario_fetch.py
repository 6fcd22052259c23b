"""`marginbot scenarios fetch`: what is fetched from an exchange on loopback, and what it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.content.scenario_files import ScenarioFiles
from bot.adapters.prices import history
from bot.cli import main, scenario_fetch
from core.lessons.scenario import PriceKind
from tests.builders import BTC, ETH
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.elsewhere import Elsewhere
from tests.fakes.exchange.history import HOUR, Past, at

OWN = Path("data/scenarios")
BEGINS = at("2022-11-05T00:00")
DIP = ("october-dip", "--from", "2022-10-01T00:00Z", "--hours", "72", "--coins", "btc,ETHUSDT")
REBUILD = ("ftx", "--coins", "BTC,ETH")


@pytest.fixture
def venue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    with Elsewhere() as exchange:
        monkeypatch.setenv("PRICES_BASE_URL", exchange.base)
        october = at("2022-10-01T00:00")
        exchange.history = Past(october, october + 2_000 * HOUR, BEGINS + 90 * HOUR)
        exchange.history.rates = {october + n * HOUR: "0.0001" for n in range(0, 2_000, 8)}
        yield exchange


class Program:
    """The program's verb, and what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        self._capsys.readouterr()
        status = main(["scenarios", *arguments])
        self.out, self.err = self._capsys.readouterr()
        return status

    def refused(self, *arguments: str) -> str:
        """What was said to bad usage; argparse ends the program itself."""
        with pytest.raises(SystemExit) as ended:
            self(*arguments)
        assert ended.value.code == 2
        return self._capsys.readouterr().err


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


# --- fetch: an event there is ---------------------------------------------------------------------


def test_a_stored_event_is_taken_anew_and_compared(venue: Exchange, program: Program) -> None:
    assert program("fetch", *REBUILD) == 0
    lines = program.out.splitlines()
    assert lines[0].split() == [
        "2022-11-08", "FTX", "collapse", "2022-11-05T00:00Z", "216", "h", "BTC", "ETH",
    ]  # fmt: skip
    assert lines[1] == "BTC   mark prices, mark by 5 min, funding"
    assert lines[2].startswith(
        "      differs from stored in 216 of 216 hours, first 2022-11-05T00:00Z, most "
    )
    assert lines[5] == "finer rows of 12 hours from 2022-11-08T14:00Z on"
    assert lines[6] == "Written to data/scenarios/2022-11-08."
    event = ScenarioFiles(OWN / "2022-11-08").scenario("2022-11-08")
    assert event.heading.told.startswith("The venue FTX stopped paying out")
    assert event.heading.coins.keys() == {BTC, ETH}
    assert program("list") == 0
    assert [line[:10] for line in program.out.splitlines() if line.endswith("own")] == [
        "2022-11-08"
    ]


def test_the_same_again_changes_nothing(venue: Exchange, program: Program) -> None:
    assert program("fetch", *REBUILD) == 0
    before = (OWN / "2022-11-08").stat().st_ino
    assert program("fetch", *REBUILD) == 0
    lines = program.out.splitlines()
    assert lines[2] == "      as stored in 216 hours"
    assert lines[-1] == "Nothing was written: data/scenarios/2022-11-08 holds just this."
    assert (OWN / "2022-11-08").stat().st_ino == before


def test_a_dry_run_writes_nothing(venue: Exchange, program: Program) -> None:
    assert program("fetch", *REBUILD, "--dry-run") == 0
    assert program.out.splitlines()[-1] == "Nothing was written: a dry run."
    assert not OWN.exists()


def test_another_kind_of_price_is_told(venue: Exchange, program: Program) -> None:
    assert venue.history is not None
    venue.history.unlisted = {"mark"}
    venue.history.rates.clear()
    assert program("fetch", *REBUILD) == 0
    lines = program.out.splitlines()
    assert lines[1] == "BTC   last prices, last by 5 min, no funding"
    assert lines[2].startswith("      differs from stored mark prices in 216 of 216 hours, first")


def test_a_coin_of_which_the_venue_has_nothing_is_said_to_be_kept(
    venue: Exchange, program: Program
) -> None:
    assert venue.history is not None
    venue.history.late = {"ETH"}
    assert program("fetch", *REBUILD) == 0
    assert program.out.splitlines()[3] == (
        "ETH   the venue has none of these hours; kept as stored"
    )


def test_an_event_is_extended(venue: Exchange, program: Program) -> None:
    assert program("fetch", *REBUILD, "--hours", "240", "--fine", "1m") == 0
    event = ScenarioFiles(OWN / "2022-11-08").scenario("2022-11-08")
    assert (event.heading.hours, len(event.finer[86])) == (240, 60)
    lines = program.out.splitlines()
    assert lines[1] == "BTC   mark prices, mark by 1 min, funding"
    assert lines[2].startswith("      differs from stored in 216 of 216 hours")


def test_finer_rows_with_holes_are_said_to_be_none(venue: Exchange, program: Program) -> None:
    assert venue.history is not None
    hole = BEGINS + 90 * HOUR + HOUR // 4
    venue.history.holes = {("mark", hole), ("last", hole)}
    assert program("fetch", *REBUILD) == 0
    lines = program.out.splitlines()
    assert lines[1] == "BTC   mark prices, no finer rows, funding"
    assert not any("finer rows of" in line for line in lines)


# --- fetch: a new event ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["binance", "bybit", "okx"])
def test_a_new_event_is_made_and_played(venue: Exchange, program: Program, name: str) -> None:
    if name == "bybit":
        venue.second = venue.quotes
    assert program("fetch", *DIP, "--venue", name) == 0
    lines = program.out.splitlines()
    assert lines[0].split() == [
        "2022-10-01", "October", "dip", "2022-10-01T00:00Z", "72", "h", "BTC", "ETH",
    ]  # fmt: skip
    assert lines[1] == "BTC   mark prices, mark by 5 min, funding"
    assert lines[-1] == "Written to data/scenarios/2022-10-01."
    event = ScenarioFiles(OWN / "2022-10-01").scenario("2022-10-01")
    assert event.heading.coins[BTC].price is PriceKind.MARK
    for word in ("2022-10-01", "october", "dip"):
        assert main(["ask", f"/replay {word} 3x long BTC"]) == 0
    assert program("list") == 0


def test_a_new_event_stands_in_the_list_of_replays(
    venue: Exchange, program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program("fetch", *DIP[:-1], "ETH") == 0
    assert main(["ask", "/replay"]) == 0
    assert "2022-10-01 October dip" in capsys.readouterr().out
    assert main(["ask", "/replay dip"]) == 0
    told = capsys.readouterr().out
    assert "[1] 10x long ETH" in told
    assert main(["ask", "/replay dip 10x long ETH"]) == 0
    assert "funding included, at the rates recorded then" in capsys.readouterr().out


def test_another_folder_is_written_to_where_that_is_wanted(
    venue: Exchange, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program("fetch", *DIP, "--to", "elsewhere") == 0
    assert program.out.splitlines()[-1] == "Written to elsewhere/2022-10-01."
    assert program("list") == 0
    assert "dip" not in program.out
    monkeypatch.setenv("SCENARIOS_DIR", "elsewhere")
    assert program("list") == 0
    assert "October dip" in program.out


# --- what fails -----------------------------------------------------------------------------------


def test_missing_hours_are_named_and_nothing_is_written(venue: Exchange, program: Program) -> None:
    assert venue.history is not None
    hole = BEGINS + 5 * HOUR
    venue.history.holes = {("mark", hole), ("last", hole)}
    assert program("fetch", *REBUILD) == 1
    assert program.out == ""
    assert program.err.startswith(
        "marginbot: BTCUSDT: Binance USD-M perpetual lacks 1 of 216 hours: 2022-11-05T05:00Z;"
    )
    assert not OWN.exists()


def test_a_venue_that_says_not_now_is_waited_for(
    venue: Exchange, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(_: float) -> None: ...

    monkeypatch.setattr(scenario_fetch, "_wait", at_once)
    assert venue.history is not None
    venue.history.mishaps = [(429, {"Retry-After": "9"}), (503, {})]
    assert program("fetch", *REBUILD) == 0
    venue.history.mishaps = [(503, {})] * 99
    assert program("fetch", *REBUILD) == 1
    assert program.err == (
        "marginbot: Binance USD-M perpetual does not answer (ExchangeNotAvailable); "
        "nothing was written, try again later\n"
    )


async def test_waiting_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    await scenario_fetch._wait(0)
    assert capsys.readouterr().err == "the venue says not now: asking again in 0 s\n"


def test_without_the_library_it_is_told_what_to_install(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "find_spec", lambda _: None)
    assert program("fetch", *REBUILD) == 1
    assert program.err == (
        "marginbot: a venue's past is read through ccxt, which is not installed: "
        "install marginbot[live]\n"
    )


def test_a_folder_that_cannot_be_written_to_is_named(venue: Exchange, program: Program) -> None:
    Path("taken").write_text("a file", encoding="utf-8")
    assert program("fetch", *REBUILD, "--to", "taken") == 1
    assert program.err == "marginbot: taken: File exists; nothing was written\n"


def test_what_is_unclear_is_told_with_its_cure(program: Program) -> None:
    assert program("fetch", "tulips") == 2
    assert program.err == (
        "marginbot: there is no recorded event called tulips; for a new one say its hours: "
        "--from 2026-10-01T00:00Z --hours 72\n"
    )
