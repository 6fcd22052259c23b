"""Isolated or cross: per coin, per account or per order, as the venue has it."""

import pytest

from core.margin.pool import MarginMode
from core.paper.actions import ChooseVenue
from core.paper.records import Identity
from tests.commands.shown import button
from tests.commands.trades import do, opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")
CROSS = MarginMode.CROSS


def press(home: Home, line: str) -> str:
    """Say a line and confirm what it shows."""
    return home.say(button(home.say(line), "Confirm").say, button=True).outcome


@pytest.mark.parametrize("line", ["/mode cross btc", "/cross btc", "/mode btc cross"])
def test_on_binance_it_is_chosen_for_one_coin(home: Home, line: str) -> None:
    assert press(home, line) == "ok"
    account = home.services.accounts.look(MIRA)
    assert (account.modes, account.account_mode) == ({"BTCUSDT": CROSS}, MarginMode.ISOLATED)
    assert "cross" in shown(home.say("/open long btc 10x 100")).splitlines()[0]


@pytest.mark.parametrize("line", ["/mode cross", "/cross", "/mode cross btc"])
def test_on_bybit_it_is_chosen_for_the_whole_account(home: Home, line: str) -> None:
    do(home, ChooseVenue("bybit"))
    assert "the whole account" in shown(home.say(line)).splitlines()[0]
    assert press(home, line) == "ok"
    account = home.services.accounts.look(MIRA)
    assert (account.modes, account.account_mode) == ({}, CROSS)


def test_on_okx_a_position_does_not_stand_in_the_way(home: Home) -> None:
    do(home, ChooseVenue("okx"))
    opened(home, "BTC", "0.1")
    assert press(home, "/mode cross btc") == "ok"
    account = home.services.accounts.look(MIRA)
    assert account.modes == {"BTCUSDT": CROSS}
    assert account.positions[0].isolated


def test_where_it_is_per_coin_the_coin_is_asked_for(home: Home) -> None:
    opened(home, "SOL", "1")
    asked = home.say("/mode cross")
    assert [c.label for row in asked.choices for c in row] == ["SOL", "BTC", "ETH"]
    assert button(asked, "BTC").say == "/mode cross btc"
    assert home.services.accounts.look(MIRA).modes == {}


def test_what_is_in_the_way_is_named_with_what_clears_it(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "BTC", "0.01", price=60000)
    opened(home, "ETH", "1")
    blocked = home.say("/mode cross btc")
    assert blocked.outcome == "mode_blocked"
    assert "#1" in shown(blocked)
    assert "#2" in shown(blocked)
    assert "#3" not in shown(blocked)
    assert button(blocked, "Close #1").kept
    assert button(blocked, "Cancel #2").kept
    look = button(blocked, "What would change?")
    assert not look.kept
    assert shown(home.say(look.say, button=True)).startswith("If BTC were cross.")


def test_bybits_block_is_called_our_own_rule(home: Home) -> None:
    do(home, ChooseVenue("bybit"))
    opened(home, "ETH", "1")
    assert "That is our rule; Bybit may allow it." in shown(home.say("/cross btc"))


@pytest.mark.parametrize(
    ("line", "outcome"),
    [("/isolated eth", "nothing_changes"), ("/mode btc", "missing_mode")],
)
def test_what_changes_nothing_is_said(home: Home, line: str, outcome: str) -> None:
    opened(home, "ETH", "1")
    assert home.say(line).outcome == outcome
