"""docs/replay.md shows what the program says when it fetches from the exchange on loopback."""

import shlex
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.content.scenario_files import ScenarioFiles
from bot.cli import main
from docs.generate import between
from tests.builders import BTC
from tests.docs.pages import page
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.elsewhere import Elsewhere
from tests.fakes.exchange.history import HOUR, Past, at

LINES = (
    "marginbot scenarios fetch 2020-03-12 --coins BTC --dry-run",
    "marginbot scenarios fetch autumn --from 2022-10-01T00:00Z --hours 72 --coins BTC,ETH",
    "marginbot scenarios list",
)
OFF = "3790.5"
"""A low of the venue that is not the stored one."""


@pytest.fixture
def venue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Exchange]:
    monkeypatch.chdir(tmp_path)
    with Elsewhere() as exchange:
        monkeypatch.setenv("PRICES_BASE_URL", exchange.base)
        begins = at("2020-03-09T00:00")
        exchange.history = Past(begins, at("2022-11-01T00:00"), at("2022-10-02T05:00"))
        exchange.history.bad = stored()
        exchange.history.rates = {begins + n * HOUR: "0.0001" for n in range(0, 24_000, 8)}
        yield exchange


def stored() -> dict[tuple[str, int], tuple[str, str, str, str]]:
    """The hours of 2020-03-12 as the venue tells them: the stored ones, but for one low."""
    scenario = ScenarioFiles().scenario("2020-03-12")
    first, found = scenario.heading.coins[BTC].first, {}
    for candle in scenario.candles:
        bar = candle.bars[BTC]
        open_, high, low, close = (f"{p * first}" for p in (bar.open, bar.high, bar.low, bar.close))
        crash = candle.at == scenario.heading.first_hour + timedelta(hours=98)
        when = int(candle.at.timestamp() * 1000)
        found["mark", when] = (open_, high, OFF if crash else low, close)
    return found


def test_what_the_program_says_when_it_fetches_stands_on_the_page(
    venue: Exchange, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for line in LINES:
        assert main(shlex.split(line)[1:]) == 0
        out = capsys.readouterr().out.rstrip("\n").splitlines()
        told = [each for each in out if each.endswith("own")] if line.endswith("list") else out
        said.append("\n".join((f"$ {line}", *told)))
    block = "```text\n" + "\n\n".join(said) + "\n```\n"
    whole = page("docs/replay.md").text
    assert between(whole, "fetch", block) == whole, block
