"""What `core.lessons.scenario.ScenarioSource` promises."""

from pathlib import Path

import pytest

from bot.adapters.content.scenario_files import ScenarioFiles
from bot.adapters.content.scenario_shelf import ScenarioShelf
from bot.adapters.content.scenario_writer import store
from core.lessons.scenario import ScenarioSource
from core.money import ONE
from tests.builders import BTC, ETH
from tests.fakes.scenarios import FixedScenarios, flat


@pytest.fixture(params=["fixed", "files", "shelf"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> ScenarioSource:
    first = {BTC: 8_000, ETH: 200}
    made = (flat(3, first), flat(2, first, "2021-05-19"))
    if request.param == "fixed":
        return FixedScenarios(*made)
    if request.param == "files":
        return ScenarioFiles()
    for each in made:
        store(each, tmp_path)
    return ScenarioShelf(tmp_path)


def test_the_oldest_event_comes_first_and_none_twice(source: ScenarioSource) -> None:
    headings = source.headings()
    assert len(headings) >= 2
    assert [each.id for each in headings] == sorted({each.id for each in headings})


def test_an_event_has_its_heading_and_every_hour_in_order(source: ScenarioSource) -> None:
    for heading in source.headings():
        scenario = source.scenario(heading.id)
        assert scenario.heading == heading
        assert len(scenario.candles) == heading.hours
        times = [candle.at for candle in scenario.candles]
        assert times == sorted(set(times))
        assert (times[0], times[-1]) < (heading.ends, heading.ends)


def test_every_coin_begins_at_one_and_has_every_hour(source: ScenarioSource) -> None:
    for heading in source.headings():
        candles = source.scenario(heading.id).candles
        assert all(candle.bars.keys() == heading.coins.keys() for candle in candles)
        assert all(bar.sound for candle in candles for bar in candle.bars.values())
        assert {bar.open for bar in candles[0].bars.values()} == {ONE}


def test_headings_are_the_same_while_nothing_has_changed(source: ScenarioSource) -> None:
    first, second = source.headings(), source.headings()
    assert all(a is b for a, b in zip(first, second, strict=True))


def test_funding_is_of_coins_that_say_so_and_never_of_the_very_beginning(
    source: ScenarioSource,
) -> None:
    for heading in source.headings():
        funding = source.scenario(heading.id).funding
        assert all(0 < hour < heading.hours for hour in funding)
        told = {symbol for rates in funding.values() for symbol in rates}
        assert told == {coin.symbol for coin in heading.coins.values() if coin.funding}


def test_an_event_nobody_recorded_is_not_there(source: ScenarioSource) -> None:
    with pytest.raises(LookupError):
        source.scenario("1929-10-29")
