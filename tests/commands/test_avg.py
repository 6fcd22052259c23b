"""The average entry of several fills."""

from core.money import D
from tests.commands.shown import numbers, short_of
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


def test_one_sentence_says_entry_quantity_and_liquidation_price(home: Home) -> None:
    assert short_of(home.say("/avg long btc 0.1@60000 0.2@55000")) == (
        "2 fills make LONG 0.3 BTC 10x with an average entry of 56,666.7; isolated liquidation "
        "price 51,204.9, with the first fill alone 54,216.9."
    )


def test_one_fill_is_no_average(home: Home) -> None:
    assert short_of(home.say("/avg long btc 0.1@60000")) == (
        "One fill makes LONG 0.1 BTC 10x with an entry of 60,000.0; isolated liquidation price "
        "54,216.9."
    )
