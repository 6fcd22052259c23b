"""The ticker and one contract."""

import pytest

from core.market import MarkPrice
from core.money import D, Price, Rate
from tests.commands.shown import line_of, numbers
from tests.fakes.ports import NOON, FixedMarks
from tests.walk.house import Home, shown
from tests.walk.market import SLOT, live_home, live_marks

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


def quoting(**known: object) -> str:
    """What /price shows of a contract marked at 100 of which this is known besides."""
    source = live_marks()
    source.quote("BTCUSDT", MarkPrice(Price(D(100)), NOON, **known))  # type: ignore[arg-type]  # fields by name
    return shown(live_home(source).say("/price btc"))


def test_a_live_contract_shows_mark_last_and_index() -> None:
    reply = live_home().say("/price btc")
    assert numbers(reply, "Mark price") == [D("85840.4")]
    assert numbers(reply, "Last price") == [D("85960.6")]
    assert numbers(reply, "Index price") == [D("85851.2")]
    assert numbers(reply, "Funding rate") == [D("0.01")]
    assert line_of(reply, "due").strip() == "2026-12-01 16:00 UTC"


@pytest.mark.parametrize(
    ("coin", "distance"),
    [("btc", " (0.14% above it)"), ("eth", " (0.05% below it)"), ("bnb", "")],
)
def test_one_line_says_which_price_liquidates_and_how_far_the_last_trade_is(
    coin: str, distance: str
) -> None:
    assert (
        f"Liquidation goes by the mark, not by the last trade{distance}; the mark follows the "
        "index, an average of spot prices."
    ) in shown(live_home().say(f"/price {coin}")).splitlines()


def test_a_tiny_distance_is_not_shown_as_none() -> None:
    assert "(0.0030% above it)" in quoting(last=Price(D("100.003")))
    assert "above it" not in quoting(last=Price(D("100.00000001")))


def test_what_is_not_known_is_left_out() -> None:
    alone = quoting()
    assert "Mark price               100.0" in alone
    for unknown in ("Last", "Index", "24 h", "Funding", "due", "Liquidation", "-", "none"):
        assert unknown not in alone
    assert quoting(last=Price(D(100))).splitlines()[-3] == (
        "Liquidation goes by the mark, not by the last trade."
    )
    assert quoting(index=Price(D(100))).splitlines()[-3] == (
        "Liquidation goes by the mark, which follows the index, an average of spot prices."
    )


def test_a_rate_whose_time_has_passed_is_not_shown_as_the_next_one() -> None:
    assert "Funding" in quoting(funding=Rate(D("0.0001")), funding_at=SLOT)
    assert "Funding" in quoting(funding=Rate(D("0.0001")))
    assert "Funding" not in quoting(funding=Rate(D("0.0001")), funding_at=NOON)


def test_the_demo_market_knows_its_marks_alone_and_says_so(home: Home) -> None:
    text = shown(home.say("/price btc"))
    assert text.startswith("BTCUSDT. DEMO PRICES, not live.")
    assert "Liquidation" not in text
    assert "mark = recorded last price, 0 s old" in text


def test_the_footer_says_whose_price_it_is_and_how_old_this_very_one_is() -> None:
    source = live_marks()
    home = live_home(source)
    home.clock.advance(9)
    source.move("ETHUSDT", 2001, at=home.clock.now())
    home.clock.advance(2)
    assert "Binance mark price 2 s old" in shown(home.say("/price eth"))
    assert "Binance mark price 11 s old" in shown(home.say("/price btc"))
    assert "Binance mark price 11 s old" in shown(home.say("/price"))


def test_the_ticker_leaves_a_change_blank_that_nobody_knows() -> None:
    reply = live_home(FixedMarks({"BTCUSDT": 60000}, market="binance")).say("/price")
    assert line_of(reply, "BTC").strip() == "60,000.0"


def test_a_market_of_a_name_of_its_own_is_called_by_it() -> None:
    home = Home(source=FixedMarks({"BTCUSDT": 60000}, market="kraken"))
    assert "kraken mark price 0 s old" in shown(home.say("/price btc"))
