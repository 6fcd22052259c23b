"""The next funding: when, at which rate, and what it means for what is held."""

import re
from datetime import timedelta

import pytest

from bot.chat.render import COLUMNS
from core.market import MarkPrice, Symbol
from core.money import D, Price, Rate
from tests.commands.shown import line_of, numbers, short_of
from tests.commands.trades import opened
from tests.fakes.ports import NOON, FixedMarks
from tests.walk.house import Home, shown
from tests.walk.market import SLOT, SOONER, live_home, live_marks


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


def rated(price: str, rate: str | None, due: object = SLOT) -> MarkPrice:
    """A mark with a rate, in percent."""
    known = None if rate is None else Rate(D(rate) / 100)
    return MarkPrice(Price(D(price)), NOON, funding=known, funding_at=due)  # type: ignore[arg-type]  # a moment or None


def test_times_that_differ_stand_beside_their_contracts() -> None:
    source = live_marks()
    source.quote("SOLUSDT", rated("90.1", "-0.008", SOONER))
    reply = live_home(source).say("/funding")
    assert shown(reply).startswith("Next funding: 2026-12-01 13:00 UTC.")
    assert line_of(reply, "SOL").split() == ["-0.0080%", "Tue", "13:00"]
    assert line_of(reply, "BTC").split() == ["+0.0100%", "Tue", "16:00"]
    assert "Next funding 2026-12-01 13:00 UTC" in short_of(reply)
    assert "paper accounts settle at 00, 08 and 16 UTC only" in shown(reply)
    assert "settle at" not in shown(live_home().say("/funding"))


def test_a_rate_without_its_time_has_none_beside_it() -> None:
    source = live_marks()
    source.quote("SOLUSDT", rated("90.1", "-0.008", None))
    assert line_of(live_home(source).say("/funding"), "SOL").split() == ["-0.0080%"]
    reply = live_home(source).say("/funding sol")
    assert shown(reply).startswith("Funding.")
    assert short_of(reply).startswith("Next funding: at -0.0080% a short of 10,000 USDT")


def test_of_five_hundred_contracts_the_ticker_and_the_extremes_are_told() -> None:
    source, names = live_marks(), [f"C{i}" for i in range(500)]
    for i, name in enumerate(names):
        due = NOON + timedelta(hours=(1, 4, 8)[i % 3])
        source.quote(f"{name}USDT", rated("1", str(D(i - 250) / 1000), due))
    source.quote("C7USDT", rated("1", "-1.5", SOONER))
    source.quote("C9USDT", rated("1", "2.25", SLOT))
    lines = shown(live_home(source, names).say("/funding")).splitlines()
    told = [line.split()[0] for line in lines[2:-2]]
    assert told == ["BTC", "ETH", "BNB", "XRP", "SOL", "DOGE", "ADA", "Extremes", "C7", "C9"]
    assert "Extremes of 509 contracts" in lines
    assert all(len(line) <= COLUMNS for line in lines[1:-2])


@pytest.mark.parametrize("due", [SLOT, SOONER])
def test_where_no_main_coin_has_a_rate_the_others_need_no_heading(due: object) -> None:
    source = FixedMarks({"BTCUSDT": 60000}, market="binance")
    source.quote("WIFUSDT", rated("0.5", "0.1"))
    source.quote("AVAXUSDT", rated("14", "0.2", due))
    lines = shown(live_home(source).say("/funding")).splitlines()
    rates = [line.split()[0] for line in lines if "%" in line]
    assert rates == ["WIF", "AVAX"]
    assert "Extremes" not in " ".join(lines)


def test_one_rate_alone_is_told_once() -> None:
    source = FixedMarks({"BTCUSDT": 60000}, market="binance")
    source.quote("WIFUSDT", rated("0.5", "0.1"))
    assert shown(live_home(source).say("/funding")).count("WIF") == 1


def test_only_contracts_of_the_accounts_venue_are_told(home: Home) -> None:
    home.say("/venue okx")
    home.say("/yes")
    reply = home.say("/funding")
    assert reply.outcome == "ok"
    assert "ADA" not in shown(reply)


def test_a_held_contract_without_a_rate_is_said_to_have_none() -> None:
    source = live_marks()
    home = live_home(source)
    opened(home, "BTC", "0.1")
    opened(home, "AVAX", "10")
    source.quote("AVAXUSDT", rated("14.2", None))
    reply = home.say("/funding")
    assert numbers(reply, "#1 LONG BTC") == [D("-0.86")]
    assert "No rate is known for AVAX." in shown(reply)
    assert "#2" not in shown(reply)
    assert "Extremes" not in shown(reply)


def test_a_rate_whose_time_has_passed_is_not_told_as_the_next_one() -> None:
    source = live_marks()
    source.quote("BTCUSDT", rated("85840.4", "0.01", NOON))
    reply = live_home(source).say("/funding btc")
    assert "No rate is known for BTC." in shown(reply)
    assert short_of(reply) == "No funding rate is known."


def test_a_market_that_announces_nothing_says_so() -> None:
    reply = live_home(FixedMarks({"BTCUSDT": 60000}, market="binance")).say("/funding")
    assert "No funding rate is known." in shown(reply).splitlines()


def test_the_footer_says_whose_marks_these_are_and_how_old_the_oldest_is() -> None:
    source = live_marks()
    home = live_home(source)
    home.clock.advance(9)
    source.move("ETHUSDT", 2001, at=home.clock.now())
    assert "Binance mark price 9 s old" in shown(home.say("/funding"))
    assert Symbol("ETHUSDT") in source.marks().prices
