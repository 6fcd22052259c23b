"""The largest position a wallet carries."""

import pytest

from core.money import D
from tests.commands.shown import numbers, short_of
from tests.walk.house import Home, shown


@pytest.mark.parametrize(
    ("coin", "leverage", "wallet", "price", "step"),
    [("btc", 10, 1000, "68424", "0.001"), ("eth", 20, 5000, "1986", "0.001")],
)
def test_one_step_more_would_not_fit(
    home: Home, coin: str, leverage: int, wallet: int, price: str, step: str
) -> None:
    (quantity,) = numbers(home.say(f"/max {coin} {leverage}x wallet {wallet}"), "Quantity")
    each = D(price) * (1 / D(leverage) + D("0.0005"))
    assert quantity * each <= wallet < (quantity + D(step)) * each


def test_the_largest_position_can_be_compared(home: Home) -> None:
    (quantity,) = numbers(home.say("/max btc 10x wallet 1000"), "Quantity")
    assert home.say(f"/compare long btc 10x {quantity}btc wallet 1000").outcome == "ok"
    more = home.say(f"/compare long btc 10x {quantity + D('0.001')}btc wallet 1000")
    assert more.outcome == "exceeds_wallet"


def test_it_says_what_sets_the_limit(home: Home) -> None:
    assert "The wallet sets this limit" in shown(home.say("/max btc 10x wallet 1000"))


def test_one_sentence_says_the_quantity_and_its_value(home: Home) -> None:
    assert short_of(home.say("/max btc 20x wallet 750")) == (
        "A wallet of 750 opens at most 0.217 BTC at 20x on Binance, a position of 14,848.01 at "
        "68,424.0."
    )


def test_the_sentence_says_where_the_tiers_take_no_more(home: Home) -> None:
    sentence = short_of(home.say("/max btc 125x wallet 100m"))
    assert sentence.startswith("At 125x the tiers of Binance take at most 4.384 BTC")
    assert sentence.endswith("the wallet of 100,000,000 would carry more.")
