"""The next funding: when, at which rate, and what it means for what is held."""

import re

import pytest

from core.money import D
from tests.commands.shown import line_of, numbers, short_of
from tests.commands.trades import opened
from tests.walk.house import Home, shown


def test_without_positions_all_rates_are_shown(home: Home) -> None:
    text = shown(home.say("/funding"))
    assert text.startswith("Next funding: 2026-12-01 16:00 UTC.")
    assert all(coin in text for coin in ("BTC", "ETH", "DOGE"))
    assert "Yours" not in text


def test_with_positions_only_what_is_held(home: Home) -> None:
    opened(home, "ETH", "1")
    text = shown(home.say("/funding"))
    assert "DOGE" not in text
    assert "Yours at the present mark" in text


def test_a_long_and_a_short_are_on_opposite_sides(home: Home) -> None:
    opened(home, "BTC", "0.1", "1")
    opened(home, "BTC", "0.1", "2", short=True)
    (long,) = numbers(home.say("/funding", "1"), "#1 LONG BTC")
    (short,) = numbers(home.say("/funding", "2"), "#1 SHORT BTC")
    (rate,) = numbers(home.say("/funding btc", "1"), "BTC")
    assert long * short < 0
    assert (rate > 0) == (long < 0)


def test_a_named_coin_needs_no_position(home: Home) -> None:
    assert "%" in line_of(home.say("/funding doge"), "DOGE")


def test_a_coin_without_a_price_is_refused(home: Home) -> None:
    assert home.say("/funding ton").outcome in {"no_price", "unknown_symbol"}


@pytest.mark.parametrize(
    ("coin", "payer", "other"), [("btc", "long", "short"), ("eth", "short", "long")]
)
def test_one_sentence_says_what_a_position_of_ten_thousand_pays(
    home: Home, coin: str, payer: str, other: str
) -> None:
    reply = home.say(f"/funding {coin}")
    (rate,) = numbers(reply, coin.upper())
    sentence = short_of(reply)
    assert sentence.startswith(f"Next funding 2026-12-01 16:00 UTC: at {rate:+}% a {payer} of")
    assert f"{payer} of 10,000 USDT in {coin.upper()} pays" in sentence
    assert sentence.endswith(f", a {other} receives it.")
    (paid,) = re.findall(r"pays ([\d.]+)", sentence)
    assert abs(D(paid) - abs(rate) * 100) <= D("0.01")


def test_of_several_coins_one_sentence_says_the_lowest_and_the_highest_rate(home: Home) -> None:
    reply = home.say("/funding")
    rates = {coin: numbers(reply, coin)[0] for coin in ("BTC", "ETH", "BNB", "SOL", "DOGE")}
    low, high = min(rates, key=rates.__getitem__), max(rates, key=rates.__getitem__)
    assert short_of(reply).endswith(
        f"rates from {rates[low]:+}% ({low}) to {rates[high]:+}% ({high})."
    )
