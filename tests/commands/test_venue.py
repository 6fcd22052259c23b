"""Whose rules are used."""

import pytest

from core.venue import VENUES
from tests.commands.shown import button
from tests.walk.house import Home, shown


@pytest.mark.parametrize("venue", VENUES)
def test_a_chosen_venue_is_used_from_then_on(home: Home, venue: str) -> None:
    home.say(f"/venue {venue}")
    assert VENUES[venue].name in shown(home.say("/compare 10x long btc")).splitlines()[0]


def test_looking_at_the_rules_changes_nothing(home: Home) -> None:
    assert shown(home.say("/venue")).startswith("Rules of Binance.")
    assert "Binance" in shown(home.say("/compare 10x long btc"))


def test_its_buttons_change_something_and_are_kept(home: Home) -> None:
    okx = button(home.say("/venue"), "OKX")
    assert okx.kept
    assert home.say(okx.say, button=True).outcome == "not_allowed"
    assert home.say(okx.say, button=True, kept=True).outcome == "ok"


def test_a_rule_of_our_own_is_called_so(home: Home) -> None:
    assert "That is our rule: the venue's own is not established." in shown(home.say("/venue okx"))


def test_a_venue_that_is_none_is_refused_with_those_there_are(home: Home) -> None:
    reply = home.say("/venue kraken")
    assert reply.outcome == "unknown_venue"
    assert "Binance, Bybit, OKX, Hyperliquid" in shown(reply)
