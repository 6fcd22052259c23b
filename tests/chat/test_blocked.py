"""What stands in the way is named in full, not only by its number."""

from tests.commands.trades import opened
from tests.walk.house import Home, shown


def test_positions_and_orders_in_the_way_are_described() -> None:
    home = Home()
    opened(home, "BTC", "0.073")
    opened(home, "BTC", "0.01", price=60000)
    opened(home, "ETH", "1")
    reply = home.say("/mode cross btc")
    assert reply.outcome == "mode_blocked"
    text = shown(reply)
    assert "#1 LONG 0.073 BTC, 10x isolated (opened " in text
    assert "#2 LONG 0.01 BTC at 60,000.0, 10x isolated" in text
    assert "ETH" not in text


def test_an_account_that_is_not_flat_shows_everything_it_holds() -> None:
    home = Home()
    opened(home, "BTC", "0.073")
    opened(home, "ETH", "1", price=1500)
    text = shown(home.say("/posmode hedge"))
    assert "#1 LONG 0.073 BTC" in text
    assert "#2 LONG 1 ETH at 1,500.00" in text
