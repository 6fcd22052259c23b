"""Two legs against each other: where cross holds and isolated lets go."""

from core.money import D
from tests.commands.shown import numbers
from tests.walk.house import Home, shown


def test_isolated_legs_have_the_prices_of_their_own(home: Home) -> None:
    pair = home.say("/hedge long btc short eth 10x 1000")
    isolated = [
        numbers(home.say(f"/liq {leg} 10x 1000"), "Liquidation price")[0]
        for leg in ("long btc", "short eth")
    ]
    shown_prices = [
        D(line.split()[1].replace(",", ""))
        for line in shown(pair).splitlines()
        if line.strip().startswith("liq.")
    ]
    assert shown_prices == isolated


def test_a_hedged_pool_outlives_the_leg_that_isolated_closes(home: Home) -> None:
    text = shown(home.say("/hedge long btc short eth 10x 1000"))
    assert "isolated closes the SHORT ETH and 999.95 is gone" in text
    assert "Cross keeps both legs" in text


def test_the_pool_stakes_the_wallet_and_the_walls_their_margins(home: Home) -> None:
    isolated, cross = numbers(home.say("/hedge long btc short eth 10x 1000"), "Can lose")
    assert isolated == D("1998.94")
    assert cross == D("9990.01")
