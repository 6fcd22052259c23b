"""The average entry of several fills."""

from core.money import D
from tests.commands.shown import numbers
from tests.walk.house import Home


def test_the_average_is_weighted_by_quantity(home: Home) -> None:
    reply = home.say("/avg long btc 0.1@60000 0.2@65000")
    assert numbers(reply, "Average entry") == [D("63333.3")]
    assert numbers(reply, "Position value") == [D(19000)]
    assert numbers(reply, "Margin") == [D(1900)]


def test_adding_below_the_start_brings_the_liquidation_price_down(home: Home) -> None:
    reply = home.say("/avg long btc 0.1@60000 0.2@55000")
    (now,) = numbers(reply, "Liq. isolated")
    (first,) = numbers(reply, "Liq. first fill")
    assert now < first


def test_the_order_of_the_fills_does_not_move_the_average(home: Home) -> None:
    one, other = (
        home.say(f"/avg long btc {fills}")
        for fills in ("0.1@60000 0.2@65000", "0.2@65000 0.1@60000")
    )
    assert numbers(one, "Average entry") == numbers(other, "Average entry")
