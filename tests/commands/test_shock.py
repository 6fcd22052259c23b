"""A joint move, and its story."""

import pytest

from core.money import D
from tests.commands.shown import button, numbers, short_of
from tests.walk.house import Home, shown


def test_isolated_stops_at_its_wall_and_cross_goes_on(home: Home) -> None:
    reply = home.say("/shock btc -15%")
    assert numbers(reply, "BTC -15%") == [D("-1997.98"), D("-2996.97")]
    assert numbers(reply, "left") == [D("7992.03"), D("6993.04")]


def test_the_story_says_how_far_the_move_had_come(home: Home) -> None:
    text = shown(home.say("/shock btc -60%"))
    assert "BTC falls first, after 16% of the move; 1,997.98 is gone." in text
    assert "the pool falls after 83% of the move; 9,990.01 is gone." in text


def test_a_small_move_takes_nobody(home: Home) -> None:
    reply = home.say("/shock short btc +5%")
    assert "no position is liquidated" in shown(reply)
    isolated, cross = numbers(reply, "left")
    assert isolated == cross


def test_both_modes_lose_alike_until_something_is_liquidated(home: Home) -> None:
    isolated, cross = numbers(home.say("/shock btc -5% eth -5%"), "left")
    assert isolated == cross


def test_its_button_keeps_what_was_typed(home: Home) -> None:
    reply = home.say("/shock btc -15% 20x wallet 500 okx")
    assert button(reply, "As shorts").say == "/shock btc -15% s 20x w=500 okx"
    assert home.say(button(reply, "As shorts").say, button=True).outcome == "ok"


def test_the_usual_margin_is_a_share_of_the_wallet_that_was_typed(home: Home) -> None:
    text = shown(home.say("/shock btc -15% wallet 500"))
    assert "assumed: margin 95.79 in all, of a wallet of 500" in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "/shock btc -15%",
            (
                "LONG 10x, margin 1,997.98 of a wallet of 10,000, BTC -15%: isolated closes BTC "
                "and has 7,992.03 left; cross stands with 6,993.04."
            ),
        ),
        ("/shock btc -15% eth -20%", "isolated closes ETH first and has 7,991.06 left;"),
        ("/shock btc -3%", "isolated keeps every leg and has 9,390.62 left;"),
        ("/shock btc -60%", "cross is liquidated and has 0.00."),
    ],
)
def test_one_sentence_says_who_falls_first_and_what_is_left(
    home: Home, line: str, said: str
) -> None:
    assert said in short_of(home.say(line))
