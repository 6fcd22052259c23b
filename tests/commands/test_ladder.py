"""One trade at every leverage."""

from core.money import D
from tests.commands.shown import numbers
from tests.walk.house import Home, shown

LEVERAGES = (2, 3, 5, 10, 20, 25, 50, 75, 100, 125)


def test_each_rung_is_the_comparison_of_that_leverage(home: Home) -> None:
    ladder = home.say("/ladder long btc")
    for leverage in (5, 10, 20):
        margin, price, _ = numbers(ladder, f"{leverage}x ")
        compared = home.say(f"/compare long btc {leverage}x 0.292btc")
        assert numbers(compared, "Can lose")[0] == margin
        assert numbers(compared, "Liq. price")[0] == price


def test_a_higher_rung_takes_less_margin_and_stands_nearer(home: Home) -> None:
    ladder = home.say("/ladder long btc")
    rungs = [numbers(ladder, f"{leverage}x ") for leverage in LEVERAGES]
    assert [r[0] for r in rungs] == sorted((r[0] for r in rungs), reverse=True)
    assert [r[1] for r in rungs] == sorted(r[1] for r in rungs)
    assert all(price < D(68424) for _, price, _ in rungs)


def test_cross_is_one_price_for_all_rungs(home: Home) -> None:
    assert "liquidated at 34,349.1 whatever the leverage" in shown(home.say("/ladder long btc"))
