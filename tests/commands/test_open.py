"""Opening: shown first, done once, at the price that is there then."""

import pytest

from bot.chat.reply import Tone
from core.margin.pool import MarginMode, Side
from core.money import D
from core.paper.account import PaperAccount
from core.paper.records import Identity
from tests.commands.shown import button, line_of, numbers
from tests.walk.house import Home, shown
from tests.walk.trading import confirmed

ME = Identity("telegram", "1")


def account(home: Home) -> PaperAccount:
    return home.services.accounts.look(ME)


def test_it_is_asked_with_figures_before_anything_happens(home: Home) -> None:
    reply = home.say("/open long btc 10x 500")
    assert reply.tone is Tone.ASK
    assert shown(reply).startswith("Open LONG BTCUSDT 10x isolated, margin 499.55, at the market?")
    assert numbers(reply, "size") == [D("0.073")]
    assert numbers(reply, "price") == [D("68430.9")]
    assert numbers(reply, "fee") == [D("2.50")]
    assert numbers(reply, "stays free") == [D("9497.96")]
    assert [c.label for c in reply.choices[0]] == ["Confirm", "Cancel"]
    assert account(home).positions == ()


def test_the_fill_says_why_it_is_not_the_price_that_was_seen(home: Home) -> None:
    text = shown(confirmed(home, "/open long btc 10x 500"))
    assert text.startswith("Opened #1 LONG 0.073 BTC, 10x isolated.")
    assert "first mark after Confirm, 68,424.0, plus half the spread, 0.01%" in text
    assert "the preview showed 68,430.9." in text
    (position,) = account(home).positions
    assert (position.leg.side, position.leg.quantity) == (Side.LONG, D("0.073"))


def test_a_second_press_is_told_the_first_result_and_trades_once(home: Home) -> None:
    press = button(home.say("/open long btc 10x 500"), "Confirm")
    first = shown(home.say(press.say, button=True))
    home.clock.advance(3600)
    assert shown(home.say(press.say, button=True)) == first
    assert account(home).positions[0].leg.quantity == D("0.073")


@pytest.mark.parametrize(
    ("size", "quantity"),
    [
        ("500", "0.073"),
        ("size 5000", "0.073"),
        ("0.05btc", "0.05"),
        ("10%", "0.145"),
        ("max", "1.446"),
    ],
)
def test_every_kind_of_size_is_understood(home: Home, size: str, quantity: str) -> None:
    confirmed(home, f"/open long btc 10x {size}")
    assert account(home).positions[0].leg.quantity == D(quantity)


def test_a_price_makes_a_limit_order_on_the_tick(home: Home) -> None:
    asked = home.say("/open long btc 10x 500 @60000.07")
    assert "Place LONG BTCUSDT 10x isolated, 0.083 BTC at 60,000.0?" in shown(asked)
    assert numbers(asked, "kept aside") == [D("500.49")]
    text = shown(home.say(button(asked, "Confirm").say, button=True))
    assert text.startswith("Limit order #1: LONG 0.083 BTC at 60,000.0, 10x isolated.")
    assert account(home).orders[0].price == 60000


def test_a_limit_that_the_market_meets_is_filled_at_once_at_the_market(home: Home) -> None:
    asked = home.say("/open long btc 10x 500 @90000")
    assert "The market meets your limit of 90,000.0 already, so it is filled" in shown(asked)
    assert numbers(asked, "price") == [D("68430.9")]
    assert numbers(asked, "size") == [D("0.073")]
    short = confirmed(home, "/open short btc 10x 500 @50000")
    assert numbers(short, "price") == [D("68417.1")]
    assert account(home).orders == ()


def test_a_limit_just_within_the_spread_waits_for_the_next_tick(home: Home) -> None:
    asked = home.say("/open long btc 10x 500 @68425")
    assert "The mark is there already, so it is filled at the next tick." in shown(asked)


def test_stops_are_prices_or_moves(home: Home) -> None:
    asked = home.say("/open long btc 10x 500 sl 5% tp 80000")
    assert numbers(asked, "stop loss") == [D("65002.8")]
    assert numbers(asked, "target") == [D("80000.0")]


def test_adding_keeps_leverage_and_mode_of_what_is_held(home: Home) -> None:
    confirmed(home, "/open long btc 20x 100 cross")
    text = shown(home.say("/open long btc 100"))
    assert text.startswith("Add 0.029 BTC to #1 LONG BTCUSDT 20x cross, at the market?")


def test_going_against_a_position_says_what_it_closes(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    less = shown(home.say("/open short btc 100"))
    assert "this only reduces #1 LONG 0.073 BTC." in less
    turned = shown(home.say("/open short btc 1000"))
    assert "closes #1 LONG 0.073 BTC first and opens SHORT 0.073 BTC" in turned
    text = shown(confirmed(home, "/open short btc 1000"))
    assert text.startswith("Closed #1, opened #2 SHORT 0.073 BTC, 10x isolated.")


def test_selling_what_is_held_may_mean_closing_so_it_is_asked(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    reply = home.say("/sell btc 100")
    assert reply.outcome == "close_or_open"
    assert button(reply, "Close #1").kept
    against = button(reply, "Trade short")
    assert "reduces #1" in shown(home.say(against.say, button=True, kept=True))
    assert home.say("/buy btc 100").outcome == "ok"


def test_without_confirm_it_is_done_at_once_and_once_per_request(home: Home) -> None:
    home.say("/set confirm off")
    text = shown(home.say("/short eth 5x 250"))
    assert text.startswith("Opened #1 SHORT 0.629 ETH, 5x isolated.")
    assert "Sold at the mark 1,986.00 less half the spread, 0.01%." in text


def test_too_much_is_refused_with_all_that_is_free(home: Home) -> None:
    reply = home.say("/open long btc 10x 20000")
    assert reply.outcome == "insufficient"
    cure = button(reply, "All that is free")
    assert cure.kept
    assert home.say(cure.say, button=True, kept=True).outcome == "ok"


def test_another_leverage_than_the_open_one_is_cured_by_a_button(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    reply = home.say("/open long btc 5x 100")
    assert reply.outcome == "leverage_fixed"
    again = home.say(button(reply, "10x").say, button=True, kept=True)
    assert shown(again).startswith("Add ")


def test_another_mode_than_the_open_one_is_cured_by_a_button(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500 isolated")
    reply = home.say("/open long btc 10x 100 cross")
    assert reply.outcome == "mode_fixed"
    again = home.say(button(reply, "Open it isolated").say, button=True, kept=True)
    assert shown(again).startswith("Add ")


def test_a_leverage_the_venue_never_gives_is_cured_by_the_highest(home: Home) -> None:
    reply = home.say("/open long doge 125x 50")
    assert reply.outcome == "leverage_too_high"
    assert home.say(button(reply, "75x").say, button=True, kept=True).outcome == "ok"


def test_another_venue_than_the_accounts_is_chosen_first(home: Home) -> None:
    reply = home.say("/open long btc 10x 100 on okx")
    assert reply.outcome == "other_venue"
    assert "rules of Binance. Choose OKX first" in shown(reply)
    assert button(reply, "OKX").say == "/venue okx"


def test_a_wallet_that_is_typed_is_left_aside_and_said_so(home: Home) -> None:
    text = shown(home.say("/open long btc 10x 100 wallet 99999"))
    assert "a paper account has its own" in text
    assert line_of(home.say("/open long btc 10x 100"), "stays free").strip() == "9,903.72"


def test_a_chosen_mode_is_used_and_a_typed_one_wins(home: Home) -> None:
    confirmed(home, "/mode cross btc")
    assert "10x cross" in shown(home.say("/open long btc 10x 100")).splitlines()[0]
    assert "10x isolated" in shown(home.say("/open long btc 10x 100 isolated")).splitlines()[0]
    confirmed(home, "/open long btc 10x 100")
    assert account(home).positions[0].mode is MarginMode.CROSS


def test_in_a_group_only_the_person_sees_it_and_can_confirm_it(home: Home) -> None:
    asked = home.say("/open long btc 10x 100", group=True)
    assert asked.private
    press = button(asked, "Confirm").say
    assert home.say(press, "2", group=True, button=True).outcome == "not_yours"
    assert home.say(press, "1", button=True).outcome == "ok"


def test_a_line_delivered_twice_trades_once(home: Home) -> None:
    home.say("/set confirm off")
    first = home.say("/open long btc 10x max")
    home._count -= 1
    assert shown(home.say("/open long btc 10x max")) == shown(first)
    assert len(account(home).positions) == 1


def test_a_stop_beyond_the_liquidation_price_is_allowed_and_said(home: Home) -> None:
    text = shown(home.say("/open long btc 10x 500 sl 50000"))
    assert "Liquidation at 61,835.2 comes before this stop" in text
    assert "comes before" not in shown(home.say("/open long btc 10x 500 sl 62000"))
    assert "comes before" not in shown(home.say("/open long btc 10x 500 sl 50000 cross"))
    assert "Liquidation at 54" in shown(home.say("/open long btc 10x 500 @60000 sl 50000"))
    assert "comes before" in shown(confirmed(home, "/open long btc 10x 500 sl 50000"))
    assert account(home).positions[0].stops.loss == 50000


def test_a_reducing_order_rests_and_says_what_it_is(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    asked = home.say("/open short btc 0.1btc @75000 reduce")
    assert shown(asked).startswith("Place SHORT BTCUSDT reduce-only, 0.073 BTC at 75,000.0?")
    assert "closes at most what is held then, and never opens a position." in shown(asked)
    assert numbers(asked, "kept aside") == [D(0)]
    done = shown(home.say(button(asked, "Confirm").say, button=True))
    assert done.startswith("Reduce-only order #2: SHORT 0.073 BTC at 75,000.0.")
    (order,) = account(home).orders
    assert order.reduce_only
    assert "#2 SHORT 0.073 BTC at 75,000.0, reduce-only" in shown(home.say("/orders"))
    assert "reduce-only order #2 placed" in shown(home.say("/history"))


def test_a_reducing_order_that_is_met_closes_at_once_and_asks_nothing_else(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    for line in ("/sell btc 0.02btc reduce-only", "/open short btc 0.02btc @50000 reduce"):
        text = shown(home.say(line))
        assert text.startswith("Close 0.02 BTC of #1 LONG 0.073 BTC, 10x isolated?")
        assert "One position per contract" not in text
    confirmed(home, "/open short btc 5btc reduce")
    assert account(home).positions == ()


def test_side_by_side_a_reducing_order_closes_the_other_leg(home: Home) -> None:
    confirmed(home, "/posmode hedge")
    confirmed(home, "/open long btc 10x 500")
    confirmed(home, "/open short btc 10x 300")
    confirmed(home, "/open short btc half reduce")
    assert [p.leg.quantity for p in account(home).positions] == [D("0.037"), D("0.043")]


def test_nothing_to_reduce_is_refused_with_the_order_that_would_open(home: Home) -> None:
    reply = home.say("/open short btc 10x 100 @75000 reduce")
    assert reply.outcome == "nothing_to_reduce"
    cure = button(reply, "Without reduce-only")
    assert cure.kept
    asked = home.say(cure.say, button=True, kept=True)
    assert shown(asked).startswith("Place SHORT BTCUSDT 10x isolated")


def test_stops_of_an_order_that_opens_nothing_are_left_aside(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    asked = home.say("/open short btc 100 @75000 reduce sl 80000")
    assert "Stops are left aside" in shown(asked)
    home.say(button(asked, "Confirm").say, button=True)
    assert not account(home).orders[0].stops.any


def test_another_leverage_of_a_reducing_order_is_cured_and_stays_reducing(home: Home) -> None:
    confirmed(home, "/open long btc 10x 500")
    reply = home.say("/open short btc 5x 100 @75000 reduce")
    again = home.say(button(reply, "10x").say, button=True, kept=True)
    assert "reduce-only" in shown(again)
