"""One trade at every leverage."""

from core.money import D
from tests.commands.shown import numbers, short_of
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


def test_one_sentence_says_the_lowest_a_middle_and_the_highest_rung(home: Home) -> None:
    assert short_of(home.say("/ladder long btc @60000")) == (
        "LONG 0.333 BTC from 60,000.0: isolated is liquidated after -49.8% at 2x, -4.6% at 20x, "
        "-0.4% at 125x; cross with a wallet of 10,000 at 30,120.5 at any leverage."
    )


def test_the_sentence_says_that_a_deep_wallet_is_never_reached(home: Home) -> None:
    sentence = short_of(home.say("/ladder long btc 1x"))
    assert sentence.endswith("cross with a wallet of 10,000 at no leverage.")


def test_a_size_without_rungs_leaves_the_cross_price_alone(home: Home) -> None:
    reply = home.say("/ladder long btc 1x 24000btc wallet 2000m")
    assert "x " not in shown(reply).split("away")[1].split("Cross")[0]
    assert short_of(reply).startswith("Cross with a wallet of 2,000,000,000")
