"""Profit and loss of a trade that is closed somewhere."""

from core.money import D
from tests.commands.shown import numbers, short_of
from tests.walk.house import Home


def test_a_short_gains_what_the_price_falls(home: Home) -> None:
    reply = home.say("/pnl short btc 10x 1000 @70000 -> 63000")
    quantity, entry, closed = D("0.142"), D(70000), D(63000)
    gain = quantity * (entry - closed)
    fees = quantity * (entry + closed) * D("0.0005")
    assert numbers(reply, "PnL") == [gain]
    assert numbers(reply, "ROE") == [D(100)]
    (after,) = numbers(reply, "After fees")
    assert abs(after - (gain - fees)) <= D("0.01")


def test_a_long_loses_what_the_price_falls(home: Home) -> None:
    (lost,) = numbers(home.say("/pnl long btc 10x @70000 1000 -> 69000"), "PnL")
    assert lost == D("-142.00")


def test_one_sentence_says_money_and_roe_after_fees(home: Home) -> None:
    sentence = short_of(home.say("/pnl long btc 10x 500 @60000 -> 63000"))
    fees = D("0.083") * 123000 * D("0.0005")
    net = D("0.083") * 3000 - fees
    assert sentence == (
        f"LONG 0.083 BTC 10x from 60,000.0 to 63,000.0 makes +{net:.2f} after fees: "
        f"ROE +{net / D('4.98'):.2f}%, before fees +50.00%."
    )


def test_the_sentence_says_that_isolated_does_not_live_to_see_it(home: Home) -> None:
    sentence = short_of(home.say("/pnl long btc 10x 500 @60000 -> 50000"))
    assert "cross makes -834.56 after fees" in sentence
    assert sentence.endswith("isolated is liquidated before, at 54,216.9, and loses 498.00.")


def test_the_sentence_says_that_neither_mode_gets_there(home: Home) -> None:
    assert short_of(home.say("/pnl long btc 10x 500 @60000 wallet 510 -> 50000")) == (
        "LONG 0.083 BTC 10x from 60,000.0 does not reach 50,000.0: isolated is liquidated at "
        "54,216.9 and loses 498.00, cross at 54,101.9 and loses 507.51."
    )
