"""Two legs against each other: where cross holds and isolated lets go."""

import pytest

from core.money import D
from tests.commands.shown import numbers, short_of
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


def test_two_legs_that_fall_together_are_both_gone(home: Home) -> None:
    reply = home.say("/hedge long btc long btc 10x 1000")
    isolated, _ = numbers(reply, "Can lose")
    assert f"isolated closes both legs and {isolated:,} is gone" in shown(reply)
    assert "Cross keeps both legs" in shown(reply)


def test_a_pool_that_goes_with_its_pockets_is_not_said_to_stand(home: Home) -> None:
    # Two legs of 0.1 BTC at 68,424: 1,368.48 of margin and 6.8424 of fees, and nothing besides.
    text = shown(home.say("/hedge long 0.1btc long 0.1btc 10x wallet 1375.3224"))
    assert "Cross is liquidated by then, and 0.00 is left." in text


def test_how_far_a_pool_may_fall_has_no_second_minus(home: Home) -> None:
    assert "may fall 49.8% before" in shown(home.say("/hedge long btc long btc 10x 1000"))


def test_a_third_leg_is_refused_with_pairs_to_choose_from(home: Home) -> None:
    reply = home.say("/hedge long btc short eth long sol 10x 500")
    assert "a hedge has two" in shown(reply)
    for choice in reply.choices[0]:
        assert home.say(choice.say, button=True).outcome == "ok"


def test_the_usual_margin_is_a_share_of_the_wallet_that_was_typed(home: Home) -> None:
    isolated, _ = numbers(home.say("/hedge long btc short eth wallet 500"), "Can lose")
    assert 80 < isolated <= 100


def test_a_price_that_nobody_meets_is_none(home: Home) -> None:
    text = shown(home.say("/hedge long btc short btc"))
    assert text.count("none") == 2


def test_one_sentence_says_what_isolated_closes_and_cross_keeps(home: Home) -> None:
    assert short_of(home.say("/hedge long btc at 60000 short eth at 2000 10x 1000")) == (
        "LONG 0.166 BTC 10x + SHORT 5 ETH 10x: if all move +9.6%, isolated closes SHORT ETH and "
        "has 9,942.37 left; cross keeps both and has 9,986.20."
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("long btc long btc 10x 1000", "isolated closes both legs and has 7,992.03 left"),
        (
            "long 0.1btc long 0.1btc 10x wallet 1375.3224",
            "cross is liquidated by then and has 0.00.",
        ),
        (
            "long btc long eth 1x 1000",
            "no common move liquidates a leg in isolated, nor the pool in cross.",
        ),
    ],
)
def test_the_sentence_knows_other_ends(home: Home, line: str, said: str) -> None:
    assert said in short_of(home.say(f"/hedge {line}"))


# --- entries


def test_a_leg_enters_where_it_is_typed(home: Home) -> None:
    pair = shown(home.say("/hedge long btc at 60000 short eth at 2000 10x 1000"))
    for leg in ("long btc 10x 1000 at 60000", "short eth 10x 1000 at 2000"):
        (price,) = numbers(home.say(f"/liq {leg}"), "Liquidation price")
        assert f"{price:,}" in pair
    assert "the entry you typed stands for the mark" in pair


def test_a_coin_that_nobody_quotes_can_be_hedged_at_an_entry(home: Home) -> None:
    assert home.say("/hedge long avax short btc 10x").outcome == "no_price"
    assert home.say("/hedge long avax at 20 short btc 10x").outcome == "ok"


def test_one_entry_holds_for_both_legs_of_its_coin(home: Home) -> None:
    either = [
        short_of(home.say(f"/hedge {legs} 10x 1000"))
        for legs in ("long btc at 60000 short btc", "long btc short btc at 60000")
    ]
    assert either[0] == either[1]
    assert either[0].startswith("LONG 0.166 BTC 10x + SHORT 0.166 BTC 10x")


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("long btc at 60000 short btc at 65000", "long btc short btc"),
        ("@60000 long btc short eth", "long btc short eth"),
    ],
)
def test_entries_that_exclude_each_other_give_way_to_the_mark(
    home: Home, line: str, plain: str
) -> None:
    reply = home.say(f"/hedge {line} 10x 1000")
    assert "the entries you typed exclude each other; each leg enters at the mark" in shown(reply)
    assert short_of(reply) == short_of(home.say(f"/hedge {plain} 10x 1000"))
