"""Everything closed at once, or a share of each: what is asked and what is told."""

import pytest

from tests.commands.shown import button
from tests.walk.house import Home, shown
from tests.walk.trading import confirmed, furnished


@pytest.fixture
def home() -> Home:
    return furnished()


def test_all_is_asked_with_every_position_as_it_is(home: Home) -> None:
    text = shown(home.say("/close all"))
    assert text.startswith("Close all positions: 2?")
    assert "- #1 LONG 0.1 BTC, 10x isolated\n- #2 LONG 1 ETH, 10x cross" in text
    assert shown(home.say("/close all 100%")) == text


def test_a_share_is_asked_with_the_part_of_each(home: Home) -> None:
    text = shown(home.say("/close all 12.5%"))
    assert text.startswith("Close 12.5% of every position: 2?")
    assert "- 0.012 BTC of #1 LONG 0.1 BTC, 10x isolated" in text
    assert "- 0.125 ETH of #2 LONG 1 ETH, 10x cross" in text


def test_one_that_is_too_small_to_be_parted_goes_whole_beside_the_others(home: Home) -> None:
    asked = home.say("/close all 99%")
    assert "- #1 LONG 0.1 BTC, 10x isolated" in shown(asked)
    told = shown(home.say(button(asked, "Confirm").say, button=True))
    assert told.startswith("Closed positions: 2.")


def test_what_was_closed_of_each_is_told_with_its_result(home: Home) -> None:
    text = shown(confirmed(home, "/close all 50%"))
    assert text.startswith("Closed a part of positions: 2.")
    assert "- 0.05 BTC of #1 LONG 0.1 BTC at 68,417.1: -0.69" in text
    whole = shown(confirmed(home, "/close all"))
    assert whole.startswith("Closed positions: 2.")
    assert "- #1 LONG 0.05 BTC at 68,417.1: -0.69" in whole
