"""Which liquidation is meant: the newest, the one of a number, or none of the asker's."""

import pytest

from tests.commands.test_receipt import fallen
from tests.commands.trades import opened
from tests.walk.house import Home, shown


@pytest.fixture
def home() -> Home:
    return Home()


def test_the_newest_is_meant_where_no_number_is_typed(home: Home) -> None:
    fallen(home)
    newest = fallen(home)
    assert f"event {newest}," in shown(home.say("/receipt"))


def test_a_number_means_that_one(home: Home) -> None:
    first = fallen(home)
    fallen(home)
    assert f"event {first}," in shown(home.say(f"/receipt #{first}"))


def test_no_other_event_is_a_liquidation(home: Home) -> None:
    opened(home, "BTC", "0.1", cross=False)
    assert home.say("/receipt #2").outcome == "no_receipt"
    assert home.say("/receipt #99999999999999999999").outcome == "no_receipt"
