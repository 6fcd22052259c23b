"""A coin's leverage."""

import pytest

from core.money import D
from core.paper.records import Identity
from tests.commands.shown import button, line_of, numbers
from tests.commands.trades import opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")


def test_leverage_for_what_comes_is_kept_for_the_coin(home: Home) -> None:
    home.say("/set confirm off")
    home.say("/lev 20 sol")
    assert home.services.accounts.look(MIRA).leverages == {"SOLUSDT": D(20)}
    assert "20x" in shown(home.say("/open long sol 100")).splitlines()[0]


def test_a_higher_one_leaves_an_isolated_wall_where_it_is(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/lev 20x btc")
    assert line_of(reply, "leverage").split() == ["10x", "20x"]
    assert len(set(numbers(reply, "Liq. price"))) == 1
    home.say(button(reply, "Confirm").say, button=True)
    assert home.services.accounts.look(MIRA).positions[0].leg.leverage == D(20)


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("/lev 5 btc", "leverage_locked"),
        ("/lev 10 btc", "nothing_changes"),
        ("/lev 125 sol", "leverage_too_high"),
        ("/lev 500 btc", "leverage_out_of_range"),
        ("/lev btc", "missing_amount"),
    ],
)
def test_what_cannot_be_is_refused(home: Home, line: str, outcome: str) -> None:
    opened(home, "BTC", "0.1")
    assert home.say(line).outcome == outcome


def test_the_coin_is_never_guessed(home: Home) -> None:
    opened(home, "ETH", "1")
    asked = home.say("/lev 20")
    assert [c.label for row in asked.choices for c in row] == ["ETH", "BTC", "SOL"]
    assert button(asked, "ETH").say == "/lev 20x eth"
    assert button(asked, "ETH").kept
