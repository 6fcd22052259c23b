"""What is resting."""

from tests.commands.shown import button
from tests.commands.trades import opened
from tests.walk.house import Home, shown


def test_with_nothing_resting_it_shows_how_to_make_one(home: Home) -> None:
    reply = home.say("/orders")
    assert "No order is resting;" in shown(reply)
    (choice,) = reply.choices[0]
    asked = home.say(choice.say, button=True, kept=True)
    assert shown(asked).startswith("Place LONG BTCUSDT 10x isolated")


def test_each_has_a_line_and_a_button(home: Home) -> None:
    opened(home, "BTC", "0.01", price=60000)
    opened(home, "ETH", "1", price=1500, cross=True)
    reply = home.say("/orders")
    text = shown(reply)
    assert text.startswith("Resting orders: 2.")
    assert "#1 LONG 0.01 BTC at 60,000.0, 10x isolated" in text
    assert "#2 LONG 1 ETH at 1,500.00, 10x cross" in text
    assert button(reply, "Cancel #2").say == "/cancel #2"
    assert button(reply, "Cancel all").kept


def test_a_coin_narrows_the_list(home: Home) -> None:
    opened(home, "BTC", "0.01", price=60000)
    opened(home, "ETH", "1", price=1500)
    text = shown(home.say("/orders eth"))
    assert "ETH" in text
    assert "BTC" not in text
