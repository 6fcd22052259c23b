"""The exit that a wanted return needs."""

import pytest

from core.money import D
from tests.commands.shown import line_of, numbers, short_of
from tests.walk.house import Home, shown


def test_half_the_margin_at_ten_times_is_a_twentieth_of_the_price(home: Home) -> None:
    reply = home.say("/target long btc 10x roe 50%")
    (bare,) = numbers(reply, "Exit price")
    (paid,) = numbers(reply, "with both fees")
    assert bare == D("71845.2")
    assert paid > bare


def test_closing_at_the_target_earns_what_was_wanted(home: Home) -> None:
    (bare,) = numbers(home.say("/target long btc 10x roe 50%"), "Exit price")
    (earned,) = numbers(home.say(f"/pnl long btc 10x -> {bare}"), "ROE")
    assert earned == D("50.00")


def test_closing_at_the_paid_target_earns_it_after_both_fees(home: Home) -> None:
    target = home.say("/target long btc 10x roe 50%")
    (paid,) = numbers(target, "with both fees")
    (wanted,) = numbers(target, "PnL")
    (after,) = numbers(home.say(f"/pnl long btc 10x -> {paid}"), "After fees")
    assert D(0) <= after - wanted <= D("0.1")


@pytest.mark.parametrize(
    ("line", "most"),
    [("/target short btc 10x 1100%", "+1,000%"), ("/target long btc 5x -600%", "-500%")],
)
def test_no_price_earns_more_than_the_one_at_zero(home: Home, line: str, most: str) -> None:
    reply = home.say(line)
    assert reply.outcome == "percent_out_of_range"
    assert f"at a price of zero its ROE is {most}." in shown(reply)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "/target long btc 10x 50% @60000",
            (
                "LONG BTC 10x from 60,000.0 reaches a ROE of +50.00% after both fees at 63,061.6, "
                "before fees at 63,000.0."
            ),
        ),
        (
            "/target long btc 10x 0% @60000",
            "LONG BTC 10x from 60,000.0 breaks even at 60,060.1, where both fees are paid.",
        ),
        (
            "/target short btc 10x 999.9% @60000",
            (
                "SHORT BTC 10x from 60,000.0 reaches a ROE of +999.90% at 6.0 before fees, and at "
                "no price above zero after both."
            ),
        ),
    ],
)
def test_one_sentence_says_the_exit_with_both_fees(home: Home, line: str, sentence: str) -> None:
    assert short_of(home.say(line)) == sentence


def test_no_exit_is_below_zero(home: Home) -> None:
    assert "none" in line_of(home.say("/target short btc 10x 999.9% @60000"), "with both fees")
