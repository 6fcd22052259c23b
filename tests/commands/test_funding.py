"""The next funding: when, at which rate, and what it means for what is held."""

from tests.commands.shown import line_of, numbers
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
