"""One liquidation price at a time."""

import pytest

from core.money import D
from tests.commands.shown import button, line_of, numbers, short_of
from tests.walk.house import Home, shown


def test_isolated_unless_cross_is_named(home: Home) -> None:
    assert "isolated" in line_of(home.say("/liq 10x long btc"), "Mode")
    cross = home.say("/liq 10x long btc cross")
    assert numbers(cross, "Liquidation price") == [D("34349.1")]
    assert numbers(cross, "Can lose") == [D("9990.01")]


def test_added_margin_moves_the_price_by_the_margin_over_the_size(home: Home) -> None:
    reply = home.say("/liq long btc 10x 1000 iso +200")
    (price,) = numbers(reply, "Liquidation price")
    moved = D("61829.0") - D(200) / (D("0.146") * (1 - D("0.004")))
    assert abs(price - moved) <= D("0.1")
    assert "Without the change the liquidation price is 61,829.0." in shown(reply)


def test_its_buttons_show_the_other_mode_and_both(home: Home) -> None:
    reply = home.say("/liq 10x long btc")
    other = home.say(button(reply, "As cross").say, button=True)
    both = home.say(button(reply, "Both modes").say, button=True)
    assert numbers(both, "Liq. price") == [
        *numbers(reply, "Liquidation price"),
        *numbers(other, "Liquidation price"),
    ]


def test_its_buttons_keep_added_margin(home: Home) -> None:
    reply = home.say("/liq long btc 10x 1000 iso +200")
    cross = home.say(button(reply, "As cross").say, button=True)
    assert numbers(cross, "Can lose") == [D("9995.01") + 200]
    back = home.say(button(cross, "As isolated").say, button=True)
    assert shown(back).splitlines()[:7] == shown(reply).splitlines()[:7]


def test_a_button_takes_added_margin_back(home: Home) -> None:
    reply = home.say("/liq long btc 10x 1000 cross -50")
    plain = home.say(button(reply, "Without the change").say, button=True)
    assert numbers(plain, "Liquidation price") == numbers(
        home.say("/liq long btc 10x 1000 cross"), "Liquidation price"
    )


@pytest.mark.parametrize("line", ["/liq long btc 10x -5000", "/liq long btc 10x cross -10000"])
def test_margin_that_the_position_needs_is_not_taken_out(home: Home, line: str) -> None:
    reply = home.say(line)
    assert reply.outcome == "margin_locked"
    (most,) = numbers(reply, "Taking that out would liquidate the position at once: less than")
    mode = "cross" if "cross" in line else "iso"
    assert home.say(f"/liq long btc 10x {mode} -{most + 1}").outcome == "margin_locked"
    assert home.say(f"/liq long btc 10x {mode} -{most - 1}").outcome == "ok"


def test_a_pocket_takes_no_more_than_the_wallet_holds(home: Home) -> None:
    assert home.say("/liq long btc 10x 1000 iso +8997").outcome == "exceeds_wallet"
    assert home.say("/liq long btc 10x 1000 iso +8996").outcome == "ok"


def test_what_plays_no_part_is_said(home: Home) -> None:
    assert '"sl 60000" plays no part here.' in shown(home.say("/liq 10x long btc sl 60000"))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "/liq 10x long BTC at 60000",
            "LONG BTC 10x isolated from 60,000.0 is liquidated at 54,216.9, 9.64% below.",
        ),
        (
            "/liq 25x short ETH",
            "SHORT ETH 25x isolated from 1,986.00 is liquidated at 2,057.21, 3.59% above.",
        ),
        (
            "/liq 1x long BTC",
            "LONG BTC 1x isolated from 68,424.0 is not liquidated at any price above zero.",
        ),
        (
            "/liq 10x long BTC cross",
            (
                "LONG 0.292 BTC 10x cross from 68,424.0 with a wallet of 10,000 is liquidated at "
                "34,349.1, 49.80% below."
            ),
        ),
        (
            "/liq long btc 10x 1000 iso +200",
            (
                "LONG 0.146 BTC 10x isolated from 68,424.0 with +200.00 of margin is liquidated at "
                "60,453.6, 11.65% below."
            ),
        ),
    ],
)
def test_one_sentence_says_where_it_ends_and_how_far_that_is(
    home: Home, line: str, sentence: str
) -> None:
    assert short_of(home.say(line)) == sentence


def test_what_is_added_to_cross_is_wallet_money_in_the_sentence_too(home: Home) -> None:
    reply = home.say("/liq 10x long btc cross -500")
    assert "with a wallet of 9,500 is liquidated at" in short_of(reply)
