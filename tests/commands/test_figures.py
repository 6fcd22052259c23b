"""More figures of the same trade."""

import re

import pytest

from core.money import D
from tests.commands.shown import button, numbers, short_of
from tests.walk.house import Home, shown


def test_bankruptcy_is_where_the_collateral_is_gone(home: Home) -> None:
    isolated, cross = numbers(home.say("/figures 10x long BTC"), "Bankrupt at")
    assert isolated == D("61581.6")
    assert cross == D("34211.7")


def test_maintenance_over_balance_is_the_ratio(home: Home) -> None:
    reply = home.say("/figures 10x long BTC")
    for maintenance, balance, ratio in zip(
        numbers(reply, "Maint. m."), numbers(reply, "Balance"), numbers(reply, "Ratio"), strict=True
    ):
        assert abs(maintenance / balance * 100 - ratio) < D("0.01")


@pytest.mark.parametrize(
    ("venue", "way"),
    [("binance", "rises"), ("bybit", "rises"), ("okx", "falls"), ("hyperliquid", "rises")],
)
def test_each_venue_says_which_way_its_ratio_counts(home: Home, venue: str, way: str) -> None:
    assert f"liquidated when it {way} to 100%" in shown(
        home.say(f"/figures 10x long btc on {venue}")
    )


def test_back_is_the_comparison_it_came_from(home: Home) -> None:
    first = home.say("/compare 10x long BTC")
    figures = home.say(button(first, "More figures").say, button=True)
    back = home.say(button(figures, "Back").say, button=True)
    assert numbers(back, "Liq. price") == numbers(first, "Liq. price")


def test_one_sentence_says_the_four_that_matter_most(home: Home) -> None:
    assert short_of(home.say("/figures 10x long BTC")) == (
        "LONG BTC 10x from 68,424.0: value 19,979.81, margin 1,997.98, maintenance margin 79.92 "
        "(0.4%, tier 1), bankruptcy price isolated 61,581.6, cross 34,211.7."
    )


def test_the_tier_of_the_sentence_is_the_one_of_the_size(home: Home) -> None:
    reply = home.say("/figures 10x long BTC 10btc wallet 1m")
    sentence = short_of(reply)
    ((worth, tier),) = re.findall(r"maintenance margin ([\d,.]+) .*tier (\d)", sentence)
    assert int(tier) > 1
    table = numbers(reply, "Maint. m.")[0]
    assert D(worth.replace(",", "")) == table
