"""The receipt again, and the same trade behind the other wall."""

from decimal import localcontext

from core.market import Symbol
from core.money import EXACT, D, Price
from core.paper.events import PoolLiquidated
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.services.sweep import Sweep
from tests.commands.shown import button
from tests.commands.trades import opened
from tests.walk.house import LISTINGS, Home, shown

ME = Identity("telegram", "1")
BTC = Symbol("BTCUSDT")


def fallen(home: Home, *, cross: bool = False, quantity: str = "0.1", factor: str = "0.89") -> int:
    """Let a position be liquidated; return the event's number."""
    opened(home, "BTC", quantity, cross=cross)
    with localcontext(EXACT):
        marks = home.services.trading.scene(home.services.accounts.look(ME)).marks
        there = marks.with_price(BTC, Price(marks.price(BTC) * D(factor)))
        sweep = Sweep(home.units, home.clock, LISTINGS, "demo", PaperRules())
        assert sweep(there) == 1
    history = home.services.accounts.history(ME)
    return max(each.id for each in history if isinstance(each.event, PoolLiquidated))


def test_the_newest_liquidation_is_shown_again(home: Home) -> None:
    number = fallen(home)
    reply = home.say("/receipt")
    assert shown(reply).startswith("LIQUIDATED LONG BTC 10x isolated")
    assert f"event {number}," in shown(reply)
    assert home.say(f"/receipt #{number}").blocks == reply.blocks


def test_a_cross_liquidation_is_shown_first_as_it_was(home: Home) -> None:
    number = fallen(home, cross=True, quantity="1", factor="0.85")
    reply = home.say("/receipt")
    assert shown(reply).startswith("LIQUIDATED LONG BTC 10x cross")
    assert button(reply, "Replay it as isolated").say == f"/receipt #{number} isolated"


def test_the_replay_stands_both_modes_side_by_side(home: Home) -> None:
    number = fallen(home)
    replay = button(home.say("/receipt"), "Replay it as cross")
    assert replay.say == f"/receipt #{number} cross"
    reply = home.say(replay.say, button=True)
    lines = [line.split() for line in shown(reply).splitlines()]
    assert ["Isolated", "Cross"] in lines
    assert "Cross would be open, down" in shown(reply)
    assert button(reply, "Receipt").say == f"/receipt #{number}"


def test_the_mode_it_had_is_the_receipt_itself(home: Home) -> None:
    number = fallen(home)
    assert home.say(f"/receipt #{number} isolated").blocks == home.say("/receipt").blocks


def test_a_cross_liquidation_is_replayed_as_isolated(home: Home) -> None:
    number = fallen(home, cross=True, quantity="1", factor="0.85")
    reply = home.say(f"/receipt #{number} isolated")
    assert "Isolated would have ended at" in shown(reply)


def test_other_numbers_are_nobodys_receipt(home: Home) -> None:
    reply = home.say("/receipt")
    assert reply.outcome == "no_receipt"
    assert "Nothing of yours was liquidated yet." in shown(reply)
    number = fallen(home)
    for line in ("/receipt #99999", "/receipt #1"):
        assert home.say(line).outcome == "no_receipt"
    assert home.say(f"/receipt #{number}", "2").outcome == "no_receipt"
