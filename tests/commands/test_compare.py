"""The comparison: what its buttons keep, and the readings that change nothing but themselves."""

import pytest

from bot.chat.reply import Reply
from core.money import D
from tests.commands.shown import button, line_of, numbers
from tests.walk.house import Home, shown

ENTRY, QUANTITY, WALLET, RATE = D(68424), D("0.292"), D(10000), D("0.004")


def press(home: Home, reply: Reply, label: str) -> Reply:
    return home.say(button(reply, label).say, button=True)


def test_two_steps_of_what_if_keep_quantity_and_entry(home: Home) -> None:
    reply = home.say("/compare 10x long BTC")
    for label in ("20x", "Short"):
        home.clock.advance(7200)
        reply = press(home, reply, label)
    assert shown(reply).startswith("SHORT 0.292 BTC, 20x, Binance. DEMO PRICES, not live.")
    assert "worth 19,979.81 USDT at 68,424.0" in shown(reply)


def test_there_and_back_is_the_same_trade(home: Home) -> None:
    first = home.say("/compare 10x long BTC")
    back = press(home, press(home, first, "Short"), "Long")
    figures = ("Can lose", "of wallet", "Liq. price", "away", "-10%", "-50%")
    assert [line_of(back, f) for f in figures] == [line_of(first, f) for f in figures]


def test_leverage_moves_the_isolated_price_and_not_the_cross_price(home: Home) -> None:
    first = home.say("/compare 10x long BTC")
    isolated, cross = numbers(first, "Liq. price")
    higher, same = numbers(press(home, first, "20x"), "Liq. price")
    assert (isolated, cross) == (D("61829.0"), D("34349.1"))
    assert (higher, same) == (D("65263.9"), D("34349.1"))


@pytest.mark.parametrize(("side", "sign"), [("long", 1), ("short", -1)])
def test_both_prices_follow_from_the_formula(home: Home, side: str, sign: int) -> None:
    shown_prices = numbers(home.say(f"/compare 10x {side} BTC"), "Liq. price")
    worth = QUANTITY * ENTRY
    for price, collateral in zip(
        shown_prices, (worth / 10, WALLET - worth * D("0.0005")), strict=True
    ):
        exact = (collateral - sign * worth) / (QUANTITY * (RATE - sign))
        assert 0 <= sign * (price - exact) < D("0.1"), "on the tick, on the careful side"


def test_what_a_pool_can_lose_is_what_its_wall_holds(home: Home) -> None:
    isolated, cross = numbers(home.say("/compare 10x long BTC"), "Can lose")
    assert (isolated, cross) == (D("1997.98"), D("9990.01"))


def test_a_liquidated_position_loses_its_whole_collateral_and_no_more(home: Home) -> None:
    reply = home.say("/compare 10x long BTC")
    assert numbers(reply, "-20%") == [D("-1997.98"), D("-3995.96")]
    assert numbers(reply, "-50%") == [D("-1997.98"), D("-9990.01")]


def test_another_venue_keeps_the_trade_and_changes_the_rules(home: Home) -> None:
    other = press(home, home.say("/compare 10x long BTC"), "Other venue")
    assert shown(other).startswith("LONG 0.292 BTC, 10x, Bybit.")


def test_why_opens_the_lesson_as_a_new_message(home: Home) -> None:
    why = button(home.say("/compare 10x long BTC"), "Why?")
    assert not why.replace
    assert home.say(why.say, button=True).outcome == "ok"
