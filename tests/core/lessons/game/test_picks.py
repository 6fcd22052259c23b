"""Choosing a contract, a side and a wall: part by part, or in one go."""

from dataclasses import replace

import pytest

from core.lessons.game.errors import BadOption
from core.lessons.game.picks import pairs, read
from core.lessons.game.sides import Pick
from core.margin.pool import Side
from core.market import Symbol
from tests.builders import BTC, ETH, SOL, exact, rate
from tests.core.lessons.game.builders import CROSS, ISOLATED, ground, plain

__all__ = ["exact"]

ADA = Symbol("ADAUSDT")
KNOWN = (ADA, BTC, ETH)
FIRST = Pick(BTC, Side.LONG, ISOLATED)


@pytest.mark.parametrize(
    ("value", "pick", "counts"),
    [
        ("eth", replace(FIRST, symbol=ETH), False),
        ("ETHUSDT", replace(FIRST, symbol=ETH), False),
        ("short", replace(FIRST, side=Side.SHORT), False),
        ("cross", replace(FIRST, mode=CROSS), False),
        ("short cross", Pick(BTC, Side.SHORT, CROSS), False),
        ("open", FIRST, True),
        ("eth open", replace(FIRST, symbol=ETH), True),
        ("cross ada short", Pick(ADA, Side.SHORT, CROSS), True),
        ("", FIRST, False),
    ],
)
def test_words_change_a_part_each_and_a_whole_choice_counts(
    value: str,
    pick: Pick,
    counts: bool,
) -> None:
    assert read(value, None, KNOWN) == (pick, counts)


def test_what_was_chosen_before_stays() -> None:
    old = Pick(ADA, Side.SHORT, CROSS)
    assert read("eth", old, KNOWN) == (replace(old, symbol=ETH), False)


def test_without_bitcoin_it_begins_with_the_first() -> None:
    assert read("open", None, (ADA, ETH))[0].symbol == ADA


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    with pytest.raises(BadOption) as refusal:
        read("doge long cross", None, KNOWN)
    assert refusal.value.value == "doge"
    assert refusal.value.allowed == (*KNOWN, "long", "short", "isolated", "cross", "open", "close")
    many = tuple(Symbol(f"C{n}USDT") for n in range(30))
    with pytest.raises(BadOption) as refusal:
        read("doge", None, many)
    assert len(refusal.value.allowed) == 8 + 6


def test_only_contracts_that_take_the_leverage_behind_either_wall_are_offered() -> None:
    alone = replace(plain(ETH), isolated_only=True)
    on = ground(plain(BTC), alone)
    assert pairs(replace(on, symbols=(ETH, SOL, BTC)), rate(50)) == (BTC,)
    assert pairs(on, rate(126)) == ()
