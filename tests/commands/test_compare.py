"""The comparison: what its buttons keep, and the readings that change nothing but themselves."""

import pytest

from bot.chat.reply import Reply
from core.money import D
from core.paper.records import Identity
from tests.commands.shown import button, line_of, numbers, short_of
from tests.commands.trades import opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")
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


# --- the bridge to paper trading


@pytest.mark.parametrize("mode", ["isolated", "cross"])
@pytest.mark.parametrize("side", ["long", "short"])
def test_paper_opens_the_very_trade_in_either_mode(home: Home, side: str, mode: str) -> None:
    paper = button(home.say(f"/compare 20x {side} BTC"), f"Paper: {mode}")
    assert paper.kept
    assert home.say(paper.say, button=True).outcome == "not_allowed"
    preview = home.say(paper.say, button=True, kept=True)
    title = shown(preview).splitlines()[0]
    assert title.startswith(f"Open {side.upper()} BTCUSDT 20x {mode}")
    assert "at the market" in title
    assert line_of(preview, "size").strip() == "0.584 BTC"


def test_paper_of_an_entry_that_the_mark_has_not_reached_is_a_limit_order(home: Home) -> None:
    reply = home.say("/compare 10x long btc 500 @60000")
    preview = home.say(button(reply, "Paper: cross").say, button=True, kept=True)
    assert "0.083 BTC at 60,000.0" in shown(preview).splitlines()[0]


def test_everybody_in_a_group_may_press_paper_and_sees_their_own_preview(home: Home) -> None:
    paper = button(home.say("/compare 10x long BTC", group=True), "Paper: isolated")
    other = home.say(paper.say, "2", group=True, button=True, kept=True)
    assert other.private
    assert shown(other).startswith("Open LONG BTCUSDT 10x isolated")


def test_what_nobody_quotes_cannot_be_opened(home: Home) -> None:
    reply = home.say("/compare 10x long avax @20")
    assert not [c for row in reply.choices for c in row if c.label.startswith("Paper")]


# --- /compare ... mine


def test_mine_uses_ones_own_cross_wallet_and_positions(home: Home) -> None:
    opened(home, "BTC", "0.1")
    alone = home.say("/compare 10x long eth 500 mine")
    wallet = home.services.accounts.look(MIRA).wallet
    assert numbers(alone, "Can lose")[1] == wallet.quantize(D("0.01")) - D("2.50")


def test_own_cross_positions_bring_the_cross_limit_nearer(home: Home) -> None:
    plain = numbers(home.say("/compare 10x long eth 980 mine"), "Liq. price")
    opened(home, "BTC", "1.4", cross=True)
    with_btc = home.say("/compare 10x long eth 980 mine")
    assert "cross positions of yours behind the same wall: 1" in shown(with_btc)
    isolated, cross = numbers(with_btc, "Liq. price")
    assert plain == [isolated], "alone, the wallet covers it and cross has no limit"
    assert cross < isolated


def test_its_buttons_stay_about_ones_own_and_leave_out_what_knows_one_leg(home: Home) -> None:
    opened(home, "BTC", "0.5", cross=True)
    reply = home.say("/compare 10x long eth 500 mine")
    again = press(home, reply, "20x")
    assert "cross positions of yours behind the same wall: 1" in shown(again)
    labels = {c.label for row in reply.choices for c in row}
    assert not {"More figures", "Show the maths"} & labels


def test_a_size_that_nobody_named_is_a_share_of_ones_own_wallet(home: Home) -> None:
    opened(home, "BTC", "0.5")
    wallet = home.services.accounts.look(MIRA).wallet
    (margin, _) = numbers(home.say("/compare 10x long eth mine"), "Can lose")
    assert wallet / 5 - D(2) < margin <= wallet / 5


def test_a_typed_wallet_counts_and_is_called_so(home: Home) -> None:
    opened(home, "ETH", "1", cross=True)
    reply = home.say("/compare 10x long btc 50 w=500 mine")
    assert "the wallet you typed" in shown(reply)
    assert "your cross wallet" not in shown(reply)


def test_positions_of_another_venue_are_left_out_and_said_so(home: Home) -> None:
    opened(home, "ETH", "1", cross=True)
    reply = shown(home.say("/compare 10x long btc on bybit mine"))
    assert "your positions are on Binance and left out" in reply


def test_in_a_group_mine_shows_nothing_of_the_account(home: Home) -> None:
    opened(home, "ETH", "1", cross=True)
    reply = home.say("/compare 10x long btc mine", group=True)
    assert reply.private
    assert "behind the same wall" not in shown(reply)


# --- the one sentence


def test_one_sentence_says_where_each_mode_ends_and_what_it_can_lose(home: Home) -> None:
    assert short_of(home.say("/compare 10x long BTC at 60000")) == (
        "LONG BTC 10x from 60,000.0: isolated is liquidated at 54,216.9 and can lose 1,998.00; "
        "cross at 30,120.5 and can lose 9,990.01."
    )


@pytest.mark.parametrize(
    ("leverage", "said"),
    [
        ("1x", "neither mode has a liquidation price; isolated can lose 1,984.30, cross 9,999.01."),
        ("2x", "cross has no liquidation price and can lose 9,998.02."),
    ],
)
def test_one_sentence_says_where_a_mode_has_no_liquidation_price(
    home: Home, leverage: str, said: str
) -> None:
    assert short_of(home.say(f"/compare {leverage} long BTC")).endswith(said)


def test_own_positions_can_end_a_trade_that_its_own_pocket_never_loses(home: Home) -> None:
    opened(home, "BTC", "1.4", cross=True)
    sentence = short_of(home.say("/compare 1x long eth 9700 mine"))
    assert (
        "isolated has no liquidation price and can lose 9,699.62; cross is liquidated" in sentence
    )
