"""What all trades come to, resets included."""

from core.paper.actions import Reset
from tests.commands.shown import line_of, numbers
from tests.commands.trades import closed, do, opened
from tests.walk.house import Home, shown


def test_a_stranger_has_no_rate(home: Home) -> None:
    reply = home.say("/stats")
    assert line_of(reply, "closed trades").strip() == "0"
    assert line_of(reply, "win rate").strip() == "-"


def test_a_close_at_once_costs_two_fees_and_the_spread(home: Home) -> None:
    opened(home, "BTC", "0.1")
    closed(home, 1, "0.1")
    reply = home.say("/stats")
    assert line_of(reply, "closed trades").strip() == "1"
    assert line_of(reply, "win rate").strip() == "0%"
    (pnl,), (fees,), (net,) = (numbers(reply, name) for name in ("realised PnL", "fees", "net"))
    assert pnl < 0
    assert fees < 0
    assert abs(pnl + fees - net) < 1


def test_a_half_closed_position_is_no_trade_yet(home: Home) -> None:
    opened(home, "BTC", "0.1")
    closed(home, 1, "0.05")
    assert line_of(home.say("/stats"), "closed trades").strip() == "0"


def test_a_reset_wipes_nothing_out_and_has_its_date(home: Home) -> None:
    opened(home, "BTC", "0.1")
    closed(home, 1, "0.1")
    before = numbers(home.say("/stats"), "net")
    do(home, Reset())
    reply = home.say("/stats")
    assert numbers(reply, "net") == before
    assert line_of(reply, "resets").strip() == "1"
    assert "2026-12-01" in line_of(reply, "last reset")
    assert "a reset wipes nothing out" in shown(reply)
