"""Whose rules are used."""

from dataclasses import replace

import pytest

from core.market import Symbol
from core.paper.actions import Reset
from core.paper.records import Identity
from core.venue import VENUES
from tests.commands.shown import button
from tests.commands.trades import do, opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")


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


# --- with a paper account


def test_a_paper_account_follows_along_by_a_preview(home: Home) -> None:
    do(home, Reset())
    reply = home.say("/venue bybit")
    assert shown(reply).startswith("Let the paper account follow the rules of Bybit?")
    assert home.services.accounts.look(MIRA).venue == "binance"
    assert "Binance" in shown(home.say("/compare 10x long btc")).splitlines()[0]
    home.say(button(reply, "Confirm").say, button=True)
    assert home.services.accounts.look(MIRA).venue == "bybit"
    assert "Bybit" in shown(home.say("/compare 10x long btc")).splitlines()[0]


def test_a_preview_of_the_account_is_for_its_owner_alone(home: Home) -> None:
    do(home, Reset())
    assert home.say("/venue bybit", group=True).private


def test_with_something_open_neither_the_account_nor_the_answers_change(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "BTC", "0.1", price=60000)
    reply = home.say("/venue okx")
    assert reply.outcome == "not_flat"
    assert {"Close #1", "Cancel #2"} <= {c.label for row in reply.choices for c in row}
    assert "Binance" in shown(home.say("/compare 10x long btc")).splitlines()[0]


def test_the_venue_that_the_account_has_is_only_shown(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert shown(home.say("/venue binance")).startswith("From now on")
    assert shown(home.say("/venue")).startswith("Rules of Binance.")


def test_a_first_account_is_made_on_the_venue_that_was_chosen_before(home: Home) -> None:
    home.say("/venue okx")
    opened(home, "BTC", "0.1")
    assert home.services.accounts.look(MIRA).venue == "okx"


def test_of_hundreds_of_contracts_the_first_are_named_and_the_others_counted(home: Home) -> None:
    okx = home.services.prices.listings["okx"]
    contract = next(iter(okx.instruments.values()))
    many = {Symbol(f"C{n}USDT"): replace(contract, symbol=Symbol(f"C{n}USDT")) for n in range(95)}
    gone = replace(contract, delisted=True)
    listing = replace(okx, instruments={**okx.instruments, **many, contract.symbol: gone})
    home.services.prices.listings = {**home.services.prices.listings, "okx": listing}
    text = shown(home.say("/venue okx"))
    coins = next(line for line in text.splitlines() if line.startswith("Coins: "))
    assert coins.endswith(", C31 and 63 more")
    assert "BTC" not in coins
    assert "OKX: 99 contracts" in shown(home.say("/about"))
