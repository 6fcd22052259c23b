"""Sums: what is right is reckoned again, in fractions, from nothing but what the question tells."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.instrument_files import load_listings
from core.lessons.game.figures import Dice
from core.lessons.game.items import Sum, of_sum
from core.lessons.game.sums import MONEY, drawn_leg, shown
from core.money import D
from tests.builders import BTCUSDT, amount, exact, listing
from tests.fakes.asking import ground

__all__ = ["exact"]

VENUES = load_listings()
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=6)

Reckon = Callable[[Mapping[str, Fraction], int], Fraction]

RIGHT: dict[str, Reckon] = {
    "margin_needed": lambda n, _: n["worth"] / n["leverage"],
    "position_size": lambda n, _: n["margin"] * n["leverage"],
    "fee": lambda n, _: n["worth"] * n["rate"],
    "funding": lambda n, sign: -sign * n["worth"] * n["rate"],
    "pnl": lambda n, sign: sign * n["quantity"] * (n["exit"] - n["entry"]),
    "roe": lambda n, sign: 100 * sign * (n["exit"] / n["entry"] - 1) * n["leverage"],
    "effective": lambda n, _: n["worth"] / n["wallet"],
    "recovery": lambda n, _: 100 * n["loss"] / (100 - n["loss"]),
    "risk_size": lambda n, _: n["risk"] / (n["stop"] / 100),
}
"""The right answer from the figures of the question and the side, +1 or -1."""


def drawn(kind: str, seed: str, venue: str = "binance") -> Sum | None:
    return MONEY[kind].draw(Dice(seed, ("x",)), ground(VENUES[venue]))


def wrong(sum_: Sum, slip: str) -> Fraction:
    return Fraction(dict(sum_.slips)[slip])


@pytest.mark.parametrize("kind", sorted(MONEY))
@settings(max_examples=60)
@given(seed=SEEDS, venue=st.sampled_from(sorted(VENUES)))
def test_the_right_answer_follows_from_the_question(kind: str, seed: str, venue: str) -> None:
    found = drawn(kind, seed, venue)
    if found is None:
        return
    numbers = {name: Fraction(number) for name, number in found.numbers.items()}
    sign = -1 if found.names.get("side") == "short" else 1
    assert abs(Fraction(found.right) - RIGHT[kind](numbers, sign)) <= Fraction(1, 200)


@pytest.mark.parametrize("kind", sorted(MONEY))
@pytest.mark.parametrize("venue", sorted(VENUES))
def test_every_kind_is_asked_on_every_venue(kind: str, venue: str) -> None:
    made = MONEY[kind]
    items = []
    for number in range(40):
        found = drawn(kind, f"{number:x}", venue)
        if found is not None:
            items.append(of_sum(found, made.category, made.level, Dice(f"{number:x}", ())))
    assert sum(item is not None for item in items) > 10


def test_mistakes_are_the_ones_they_are_called_by() -> None:
    pnl = drawn("pnl", "a")
    assert pnl is not None
    right, leverage = Fraction(pnl.right), Fraction(pnl.numbers["leverage"])
    assert wrong(pnl, "wrong_side") == -right
    assert abs(wrong(pnl, "leverage") - right * leverage) < leverage / 100
    margin = drawn("margin_needed", "a")
    assert margin is not None
    worth = Fraction(margin.numbers["worth"])
    assert wrong(margin, "whole") == worth
    assert wrong(margin, "borrowed") + Fraction(margin.right) == worth
    lost = drawn("recovery", "a")
    assert lost is not None
    assert wrong(lost, "same") == Fraction(lost.numbers["loss"])


def test_a_wallet_too_small_for_the_margin_is_not_asked_about() -> None:
    found = [drawn("effective", f"{n:x}") for n in range(60)]
    assert None in found
    assert all(
        each is None or each.numbers["worth"] < each.numbers["wallet"] * each.numbers["leverage"]
        for each in found
    )


def test_what_no_venue_would_take_is_not_asked_about() -> None:
    huge = ground(listing(replace(BTCUSDT, min_notional=amount(10**9))))
    assert drawn_leg(Dice("a", ()), huge) is None
    assert MONEY["pnl"].draw(Dice("a", ()), huge) is None
    assert MONEY["roe"].draw(Dice("a", ()), huge) is None


def test_a_number_is_shown_to_two_places_a_half_to_the_even() -> None:
    assert [shown(D(v)) for v in ("1.005", "1.015", "250.00")] == [D("1.00"), D("1.02"), D(250)]
