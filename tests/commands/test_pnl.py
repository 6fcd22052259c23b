"""Profit and loss of a trade that is closed somewhere."""

from core.money import D
from tests.commands.shown import numbers
from tests.walk.house import Home


def test_a_short_gains_what_the_price_falls(home: Home) -> None:
    reply = home.say("/pnl short btc 10x 1000 @70000 -> 63000")
    quantity, entry, closed = D("0.142"), D(70000), D(63000)
    gain = quantity * (entry - closed)
    fees = quantity * (entry + closed) * D("0.0005")
    assert numbers(reply, "PnL") == [gain]
    assert numbers(reply, "ROE") == [D(100)]
    (after,) = numbers(reply, "After fees")
    assert abs(after - (gain - fees)) <= D("0.01")


def test_a_long_loses_what_the_price_falls(home: Home) -> None:
    (lost,) = numbers(home.say("/pnl long btc 10x @70000 1000 -> 69000"), "PnL")
    assert lost == D("-142.00")
