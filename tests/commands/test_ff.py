"""Fast-forward: a beginner meets a liquidation without losing anything."""

import pytest

from bot.chat.reply import Tone
from core.paper.records import Identity
from tests.commands.trades import opened
from tests.walk.house import Home, shown

ME = Identity("telegram", "1")


def test_a_copy_is_liquidated_and_the_account_is_not(home: Home) -> None:
    opened(home, "BTC", "0.1")
    before = home.services.accounts.look(ME)
    reply = home.say("/ff")
    assert shown(reply).startswith("LIQUIDATED LONG BTC 10x isolated")
    assert "This was a copy. Your account is as it was." in shown(reply)
    assert "prepared move: 10% against the position" in shown(reply)
    assert "entry fee" in shown(reply)
    assert home.services.accounts.look(ME) == before


def test_what_stands_the_move_is_shown_as_it_stands_then(home: Home) -> None:
    opened(home, "BTC", "0.1", cross=True)
    reply = home.say("/ff btc")
    assert shown(reply).startswith("Still open after the move: #1 LONG 0.1 BTC, 10x cross")
    assert "-100." in next(line for line in shown(reply).splitlines() if line.startswith("ROE"))


def test_several_positions_are_asked_about(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", cross=True)
    reply = home.say("/ff")
    assert reply.tone is Tone.ASK
    assert [row[0].say for row in reply.choices] == ["/ff #1", "/ff #2"]
    for line in ("/ff #1", "/ff btc"):
        assert "LONG BTC" in shown(home.say(line))


@pytest.mark.parametrize("line", ["/ff", "/ff eth"])
def test_with_nothing_open_it_shows_where_to_begin(home: Home, line: str) -> None:
    reply = home.say(line)
    assert (reply.tone, reply.outcome) == (Tone.TROUBLE, "no_position")


def test_a_stop_that_saves_the_copy_is_named(home: Home) -> None:
    opened(home, "BTC", "0.1")
    mark = home.services.trading.scene(home.services.accounts.look(ME)).marks.price
    stop = int(mark(home.services.accounts.look(ME).positions[0].leg.symbol)) - 1000
    done = home.say(f"/stop btc sl {stop}")
    if done.choices and done.choices[0][0].label == "Confirm":
        home.say(done.choices[0][0].say, button=True)
    assert "An order closed LONG #1 at" in shown(home.say("/ff"))


def test_an_unknown_number_is_refused(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/ff #9").outcome == "unknown_position"


def test_in_a_group_it_is_for_the_owner_alone(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/ff", group=True, addressed=True).private


def test_a_copy_says_that_its_prices_are_recorded_once(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert shown(home.say("/ff")).count("DEMO PRICES") == 1
    opened(home, "ETH", "1", cross=True)
    assert shown(home.say("/ff eth")).count("DEMO PRICES") == 1
