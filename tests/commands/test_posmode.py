"""One position per coin, or one on each side."""

import pytest

from core.margin.pool import PositionMode
from core.paper.actions import ChooseVenue
from core.paper.records import Identity
from tests.commands.shown import button
from tests.commands.trades import do, opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")


@pytest.mark.parametrize("word", ["hedge", "Hedge mode", "HEDGED"])
def test_hedge_lets_a_long_and_a_short_stand_side_by_side(home: Home, word: str) -> None:
    home.say("/set confirm off")
    home.say(f"/posmode {word}")
    opened(home, "BTC", "0.1")
    opened(home, "BTC", "0.1", short=True)
    account = home.services.accounts.look(MIRA)
    assert account.position_mode is PositionMode.HEDGE
    assert len(account.positions) == 2


@pytest.mark.parametrize("word", ["one-way", "oneway", "One way", "one_way mode"])
def test_one_way_has_several_spellings(home: Home, word: str) -> None:
    assert home.say(f"/posmode {word}").outcome == "nothing_changes"


def test_alone_it_shows_what_is_chosen_and_both_ways(home: Home) -> None:
    reply = home.say("/posmode")
    assert shown(reply).startswith("Position mode: one-way.")
    assert button(reply, "Hedge").kept
    home.say("/set confirm off")
    home.say(button(reply, "Hedge").say, button=True, kept=True)
    assert shown(home.say("/posmode")).startswith("Position mode: hedge.")


def test_it_waits_for_an_account_without_positions(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/posmode hedge").outcome == "not_flat"


def test_a_venue_with_one_position_per_coin_says_so(home: Home) -> None:
    do(home, ChooseVenue("hyperliquid"))
    assert home.say("/posmode hedge").outcome == "no_hedge_mode"


def test_a_word_that_is_neither_is_asked_again(home: Home) -> None:
    assert shown(home.say("/posmode sideways")).startswith("Position mode: one-way.")
    assert home.services.accounts.look(MIRA).id == 0
