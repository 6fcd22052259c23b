"""The ticker and one contract."""

import pytest

from core.money import D
from tests.commands.shown import numbers
from tests.walk.house import Home, shown

COINS = {"BTC": "68424", "ETH": "1986", "BNB": "632.73", "XRP": "1.36"}
COINS |= {"SOL": "85.13", "DOGE": "0.08935", "ADA": "0.2634"}


@pytest.mark.parametrize("coin", COINS)
def test_the_ticker_begins_at_the_recorded_prices(home: Home, coin: str) -> None:
    price, _ = numbers(home.say("/price"), f"{coin} ")
    assert price == D(COINS[coin])


def test_a_change_is_there_from_the_start_and_is_right(home: Home) -> None:
    one = home.say("/price btc")
    (now,), (before,) = numbers(one, "Mark price"), numbers(one, "24 h ago")
    _, change = numbers(home.say("/price"), "BTC ")
    assert abs((now / before - 1) * 100 - change) < D("0.01")


def test_a_dollar_coin_is_worth_itself(home: Home) -> None:
    lines = [line.split() for line in shown(home.say("/price")).splitlines()]
    assert ["USDT", "1.0000", "0.00%"] in lines


def test_refreshing_shows_another_moment_in_the_same_place(home: Home) -> None:
    first = home.say("/price btc")
    refresh = first.choices[0][0]
    home.clock.advance(3600)
    later = home.say(refresh.say, button=True)
    assert refresh.replace
    assert numbers(later, "Mark price") != numbers(first, "Mark price")


def test_a_contract_without_a_recording_says_which_have_one(home: Home) -> None:
    reply = home.say("/price ton")
    assert reply.outcome == "no_price"
    assert "BTC, ETH, BNB, XRP, SOL, DOGE, ADA" in shown(reply)


def test_who_asks_for_a_price_is_not_told_to_bring_one(home: Home) -> None:
    reply = home.say("/price avax")
    assert "entry" not in shown(reply)
    assert [choice.say for choice in reply.choices[0]] == ["/price BTC", "/price ETH", "/price BNB"]
    assert "Add the entry" in shown(home.say("/liq 10x long avax"))
