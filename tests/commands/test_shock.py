"""A joint move, and its story."""

from core.money import D
from tests.commands.shown import button, numbers
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
