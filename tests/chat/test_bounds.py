"""Prices and sums that cannot be meant are asked about; with `!` they are."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.bounds import FAR
from core.money import D
from tests.chat.lines import CONTEXT, misread, read

MARK = CONTEXT.marks["BTCUSDT"]
UNMARKED = replace(CONTEXT, marks={})


@given(st.decimals(D("0.51"), D("1.49"), places=4))
def test_a_price_near_the_mark_is_believed(factor: Decimal) -> None:
    price = MARK * factor
    assert read(f"/compare long btc @{price:f}").values["entry"] == price


@given(st.one_of(st.decimals(D("0.01"), D("0.49"), places=4), st.decimals(D("1.51"), 50, places=4)))
def test_a_price_far_from_it_is_doubted_and_with_a_mark_is_not(factor: Decimal) -> None:
    price = MARK * factor
    assert misread(f"/compare long btc @{price:f}").kind == "price_far"
    assert read(f"/compare long btc @{price:f}!").values["entry"] == price


def test_half_and_half_more_are_the_bounds() -> None:
    for price in (MARK - MARK * FAR, MARK + MARK * FAR):
        assert read(f"/compare long btc @{price:f}").values["entry"] == price


@pytest.mark.parametrize("typed", ["65.000", "64,21", "64210000"])
def test_a_slip_of_a_thousand_is_offered_first_and_what_was_typed_second(typed: str) -> None:
    (first, likely), (_, kept) = misread(f"/compare long btc @{typed}").options
    assert abs(D(first) - MARK) <= FAR * MARK
    assert read(likely).values["entry"] == D(first)
    assert f"{read(kept).values['entry']}" != first


def test_a_price_far_from_everything_can_only_be_kept() -> None:
    (option,) = misread("/compare long btc @7").options
    assert read(option[1]).values["entry"] == 7


def test_without_a_mark_nothing_is_doubted() -> None:
    assert read("/compare long btc @7", UNMARKED).values["entry"] == 7


@pytest.mark.parametrize(
    ("line", "kind", "hint"),
    [
        ("/open long btc 100 sl 70k", "sl_wrong_side", "below"),
        ("/open long btc 100 tp 60k", "tp_wrong_side", "above"),
        ("/open short btc 100 sl 60k", "sl_wrong_side", "above"),
        ("/open short btc 100 tp 70k", "tp_wrong_side", "below"),
        ("/open long btc 100 @60000 sl 60000", "sl_wrong_side", "below"),
    ],
)
def test_a_stop_and_a_target_have_their_side(line: str, kind: str, hint: str) -> None:
    found = misread(line)
    assert (found.kind, found.hint) == (kind, hint)
    assert read(found.suggestion).command == "open"


@pytest.mark.parametrize("line", ["sl 60k tp 70k", "sl 5% tp 5%", "@66000 sl 65000"])
def test_a_stop_and_a_target_on_their_side_are_taken(line: str) -> None:
    assert read(f"/open long btc 100 {line}").command == "open"


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ("margin 5000", True),
        ("margin 5001", False),
        ("size 50000", True),
        ("size 50001", False),
        ("qty 0.77", True),
        ("qty 0.78", False),
        ("100%", True),
    ],
)
def test_no_more_is_put_up_than_the_wallet_of_the_line(size: str, fits: bool) -> None:
    line = f"/compare long btc 10x {size} wallet 5000"
    if fits:
        assert read(line).values["wallet"] == 5000
    else:
        found = misread(line)
        assert (found.kind, found.hint) == ("exceeds_wallet", "5000")


def test_coins_without_a_price_are_not_reckoned() -> None:
    line = "/compare long btc 10x qty 9 wallet 5000"
    assert misread(line).kind == "exceeds_wallet"
    assert read(line, UNMARKED).values["wallet"] == 5000
