"""Cancelling: by number, coin, or everything."""

import pytest

from bot.chat.reply import Tone
from core.paper.account import PaperAccount
from core.paper.records import Identity
from tests.commands.shown import button
from tests.commands.trades import opened
from tests.walk.house import Home, shown
from tests.walk.trading import confirmed


def account(home: Home) -> PaperAccount:
    return home.services.accounts.look(Identity("telegram", "1"))


def resting(home: Home) -> None:
    """Three orders: #1 and #2 in BTC, #3 in ETH."""
    opened(home, "BTC", "0.01", price=60000)
    opened(home, "BTC", "0.02", price=55000)
    opened(home, "ETH", "1", price=1500)


def test_with_nothing_resting_it_says_so(home: Home) -> None:
    assert "No order is resting" in shown(home.say("/cancel"))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("/cancel #2", (1, 3)),
        ("/cancel 3", (1, 2)),
        ("/cancel btc", (3,)),
        ("/cancel all", ()),
    ],
)
def test_what_is_named_goes(home: Home, line: str, left: tuple[int, ...]) -> None:
    resting(home)
    assert shown(confirmed(home, line)).startswith("Cancelled orders: ")
    assert tuple(order.number for order in account(home).orders) == left


def test_a_single_order_needs_no_name(home: Home) -> None:
    opened(home, "BTC", "0.01", price=60000)
    assert shown(home.say("/cancel")).startswith("Cancel #1 LONG 0.01 BTC at 60,000.0?")


def test_of_several_it_is_asked_which(home: Home) -> None:
    resting(home)
    reply = home.say("/cancel")
    assert (reply.tone, reply.outcome) == (Tone.ASK, "which")
    assert button(reply, "Cancel #3").kept
    everything = home.say(button(reply, "Cancel all").say, button=True, kept=True)
    assert shown(everything).startswith("Cancel orders: 3?")


@pytest.mark.parametrize("line", ["/cancel sol", "/cancel #9"])
def test_what_is_not_resting_is_refused_with_what_is(home: Home, line: str) -> None:
    resting(home)
    reply = home.say(line)
    assert reply.outcome == "unknown_position"
    assert "Open are: #1, #2, #3." in shown(reply)
