"""One liquidation price at a time."""

import pytest

from core.money import D
from tests.commands.shown import button, line_of, numbers
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
