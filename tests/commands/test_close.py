"""Closing: by coin, number, share, coins, or everything."""

import pytest

from bot.chat.reply import Tone
from core.money import D
from core.paper.account import PaperAccount
from core.paper.records import Identity
from tests.commands.shown import button, numbers
from tests.commands.trades import opened
from tests.walk.house import Home, shown
from tests.walk.trading import confirmed


def account(home: Home) -> PaperAccount:
    return home.services.accounts.look(Identity("telegram", "1"))


def test_with_nothing_open_it_says_how_to_begin(home: Home) -> None:
    reply = home.say("/close")
    assert "No position is open" in shown(reply)
    (choice,) = reply.choices[0]
    assert choice.kept
    assert home.say(choice.say, button=True, kept=True).outcome == "ok"


@pytest.mark.parametrize("line", ["/close", "/close btc", "/close #1", "/x btc 100%", "/exit 1"])
def test_the_whole_position_is_closed(home: Home, line: str) -> None:
    opened(home, "BTC", "0.073")
    text = shown(confirmed(home, line))
    assert text.startswith("Closed #1 LONG 0.073 BTC.")
    assert "less half the spread" in text
    assert account(home).positions == ()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("/close btc 50%", "0.037"),
        ("/close half btc", "0.037"),
        ("/close #1 25%", "0.055"),
        ("/close 0.02btc", "0.053"),
        ("/close btc worth 2000", "0.044"),
        ("/close btc margin 200", "0.044"),
        ("/close btc 0.1%", "0.072"),
    ],
)
def test_a_part_is_rounded_down_to_the_step(home: Home, line: str, left: str) -> None:
    opened(home, "BTC", "0.073")
    asked = home.say(line)
    assert "of #1 LONG 0.073 BTC, 10x isolated?" in shown(asked)
    assert numbers(asked, "stays open") == [D(left)]
    done = home.say(button(asked, "Confirm").say, button=True)
    assert "of #1 LONG 0.073 BTC." in shown(done)
    assert account(home).positions[0].leg.quantity == D(left)


def test_a_rest_too_small_to_stand_is_closed_as_well(home: Home) -> None:
    opened(home, "BTC", "0.01")
    assert "Close #1 LONG 0.01 BTC" in shown(home.say("/close btc 95%"))


def test_the_rest_keeps_its_liquidation_price(home: Home) -> None:
    before = numbers(confirmed(home, "/open long btc 10x 500"), "liq. price")
    assert numbers(home.say("/close btc 50%"), "liq. price") == before


def test_of_several_it_is_asked_which(home: Home) -> None:
    opened(home, "BTC", "0.073")
    opened(home, "ETH", "1", short=True)
    reply = home.say("/close 50%")
    assert (reply.tone, reply.outcome) == (Tone.ASK, "which")
    half = button(reply, "Close #2")
    assert "Close 0.5 ETH of #2 SHORT 1 ETH" in shown(home.say(half.say, button=True, kept=True))


def test_of_several_all_can_go(home: Home) -> None:
    opened(home, "BTC", "0.073")
    opened(home, "ETH", "1", short=True)
    asked = home.say(button(home.say("/close"), "Close all").say, button=True, kept=True)
    assert shown(asked).startswith("Close all positions: 2?")
    text = shown(home.say(button(asked, "Confirm").say, button=True))
    assert text.startswith("Closed positions: 2.")
    assert "#2 SHORT 1 ETH at" in text
    assert account(home).positions == ()


def test_all_is_asked_even_of_those_who_want_no_questions(home: Home) -> None:
    home.say("/set confirm off")
    opened(home, "BTC", "0.073")
    assert home.say("/close all").tone is Tone.ASK
    assert shown(home.say("/close btc")).startswith("Closed #1")


@pytest.mark.parametrize("line", ["/close eth", "/close #9"])
def test_what_is_not_open_is_refused_with_what_is(home: Home, line: str) -> None:
    opened(home, "BTC", "0.073")
    reply = home.say(line)
    assert reply.outcome == "unknown_position"
    assert "Open are: #1." in shown(reply)


def test_a_part_of_every_position_goes_in_one_action(home: Home) -> None:
    opened(home, "BTC", "0.073")
    opened(home, "ETH", "1", short=True)
    opened(home, "SOL", "1")
    asked = home.say("/close all 50%")
    text = shown(asked)
    assert text.startswith("Close 50% of every position: 3?")
    assert "0.036 BTC of #1 LONG 0.073 BTC" in text
    assert "0.5 ETH of #2 SHORT 1 ETH" in text
    assert "- #3 LONG 1 SOL" in text  # one step is the least, and here all
    done = shown(home.say(button(asked, "Confirm").say, button=True))
    assert done.startswith("Closed a part of positions: 3.")
    assert "0.5 ETH of #2 SHORT 1 ETH at" in done
    left = {p.number: p.leg.quantity for p in account(home).positions}
    assert left == {1: D("0.037"), 2: D("0.5")}


@pytest.mark.parametrize("line", ["/x all 25%", "/close quarter all", "close all 25%"])
def test_a_part_of_all_is_asked_even_of_those_who_want_no_questions(home: Home, line: str) -> None:
    home.say("/set confirm off")
    opened(home, "BTC", "0.1")
    asked = home.say(line)
    assert asked.tone is Tone.ASK
    text = shown(home.say(button(asked, "Confirm").say, button=True))
    assert text.startswith("Closed 0.025 BTC of #1 LONG 0.1 BTC.")


def test_whoever_named_a_share_is_offered_it_of_each(home: Home) -> None:
    opened(home, "BTC", "0.073")
    opened(home, "ETH", "1", short=True)
    choice = button(home.say("/close 50%"), "Close 50% of each")
    asked = home.say(choice.say, button=True, kept=True)
    assert shown(asked).startswith("Close 50% of every position: 2?")


def test_a_close_button_pressed_twice_is_told_the_first_result(home: Home) -> None:
    home.say("/set confirm off")
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1")
    first = shown(home.say("/close #1", button=True, kept=True))
    assert first.startswith("Closed #1 LONG 0.1 BTC.")
    home.clock.advance(10)
    assert shown(home.say("/close #1", button=True, kept=True)) == first
    assert [p.number for p in account(home).positions] == [2]


def test_only_a_button_that_closed_at_once_is_told_again(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", price=1500)
    confirmed(home, "/close #1")
    assert home.say("/close #1", button=True, kept=True).outcome == "unknown_position"
    home.say("/set confirm off")
    assert home.say("/close #1").outcome == "unknown_position"
    assert home.say("/close #2", button=True, kept=True).outcome == "unknown_position"
    assert home.say("/close #9", button=True, kept=True).outcome == "unknown_position"
