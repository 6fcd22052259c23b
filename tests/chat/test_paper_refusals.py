"""What paper trading refuses, in words: what is wrong, and a cure that is understood."""

import pytest

from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.paper_refusals import paper_refusal_reply, quoted
from bot.chat.reply import Reply
from core.errors import ExceedsWallet, Refusal
from core.money import D
from core.paper.errors import (
    LeverageFixed,
    ModeBlocked,
    NotFlat,
    NothingChanges,
    StopWrongSide,
    UnknownPosition,
)
from tests.chat.paper_samples import PAPER
from tests.commands.shown import button
from tests.walk.house import Home, shown
from tests.walk.trading import furnished

BLOCKED = ModeBlocked("BTCUSDT", "Binance", "isolated", (1,), (3, 4))


def worded(refusal: Refusal) -> Reply:
    reply = paper_refusal_reply(refusal, english)
    assert reply is not None
    return reply


def test_what_is_not_of_paper_trading_is_left_to_others() -> None:
    assert paper_refusal_reply(ExceedsWallet(D(1), D(2)), english) is None


@pytest.mark.parametrize("refusal", PAPER, ids=lambda r: f"{r.code} {r.fields()}")
def test_every_cure_is_understood_and_changes_nothing_unless_kept(refusal: Refusal) -> None:
    for row in worded(refusal).choices:
        for choice in row:
            answer = furnished().say(choice.say, button=True, kept=choice.kept)
            assert answer.outcome not in {"unknown_command", "unknown_token", "fault"}
            if not choice.kept:
                assert answer.outcome == "ok"


@pytest.mark.parametrize("refusal", PAPER, ids=lambda r: f"{r.code} {r.fields()}")
def test_every_refusal_has_a_way_on(refusal: Refusal) -> None:
    assert worded(refusal).choices


def test_a_blocked_mode_names_everything_in_the_way_with_its_button() -> None:
    reply = worded(BLOCKED)
    assert shown(reply).startswith(
        "BTC stays isolated: Binance switches only without a position or open order. "
        "Positions in the way: #1. Orders in the way: #3, #4."
    )
    assert button(reply, "Close #1").kept
    assert button(reply, "Cancel #4").kept
    look = button(reply, "What would change?")
    assert not look.kept
    assert furnished().say(look.say, button=True).outcome == "ok"


def test_a_rule_that_is_ours_is_called_so() -> None:
    text = shown(worded(ModeBlocked("", "Bybit", "isolated", (1, 2), (3,))))
    assert "That is our rule; Bybit may allow it." in text
    assert "That is our rule" not in shown(worded(BLOCKED))


def test_several_things_in_the_way_of_an_account_go_together() -> None:
    reply = worded(NotFlat((1, 2), (3, 4)))
    assert "Positions in the way: #1, #2. Orders in the way: #3, #4." in shown(reply)
    assert "Orders" not in shown(worded(NotFlat((1,), ())))
    assert button(reply, "Close all").say == "/close all"
    assert button(reply, "Cancel all").say == "/cancel all"


@pytest.mark.parametrize(
    ("value", "name"),
    [("one_way", "one-way"), ("okx", "OKX"), ("cross", "cross"), ("20x", "20x")],
)
def test_what_it_is_already_is_named_in_words(value: str, name: str) -> None:
    assert f"It is {name} already" in shown(worded(NothingChanges(value)))


def test_a_stop_and_a_target_are_put_on_their_own_sides() -> None:
    stop = shown(worded(StopWrongSide("stop_loss", D(70000), D("68424.5"))))
    target = shown(worded(StopWrongSide("take_profit", D(60000), D("68424.5"))))
    assert "A stop at 70,000 would trigger at once: the mark is 68,424.5." in stop
    assert "the position loses" in stop
    assert "the position wins" in target


def test_what_is_there_is_named_by_its_numbers() -> None:
    assert "You hold no #7. Open are: #1, #2." in shown(worded(UnknownPosition("7", (1, 2))))
    assert "You hold no BTC: nothing is open." in shown(worded(UnknownPosition("BTC", ())))


def test_leverage_is_a_factor_and_coins_are_short() -> None:
    assert "in BTC stands at 10x." in shown(worded(LeverageFixed("BTCUSDT", D(10))))


@pytest.mark.parametrize(
    ("price", "text"), [("68430.90", "68,430.9"), ("70000", "70,000"), ("0.1230", "0.123")]
)
def test_a_price_has_the_digits_it_needs(price: str, text: str) -> None:
    assert Numerals().figure(quoted(D(price))) == text


def test_the_mode_command_is_blocked_in_these_words() -> None:
    home = Home()
    home.say("/set confirm off")
    home.say("/open long btc 10x 100")
    reply = home.say("/mode cross btc")
    assert reply.outcome == "mode_blocked"
    assert "Positions in the way: #1." in shown(reply)
