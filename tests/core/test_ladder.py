"""A ladder from a venue's rows: amounts without a jump, and rows that cannot be."""

from collections.abc import Sequence

import pytest

from core.ladder import Row, ladder_of, leverage_of
from core.market import Measure
from core.money import ONE, ZERO, D, Rate

Told = tuple[str | None, str, str | None]


def rows(*told: Told) -> Sequence[Row]:
    return [
        Row(cap and D(cap), Rate(D(rate)), leverage and D(leverage))  # type: ignore[arg-type]  # None stays None
        for cap, rate, leverage in told
    ]


def test_amounts_follow_from_the_tier_below() -> None:
    table = ladder_of(
        rows(("100", "0.01", "50"), ("300", "0.02", "25"), (None, "0.05", "10")), None, "s", None
    )
    assert table.continuous
    assert table.amounts == (ZERO, ONE, D(10))
    assert [each.floor for each in table.brackets] == [ZERO, D(100), D(300)]
    assert table.end is None


def test_contracts_are_counted_in_coins_and_have_no_amounts() -> None:
    table = ladder_of(rows(("1000", "0.01", "50"), ("3000", "0.02", "25")), D("0.01"), "s", None)
    assert table.measure is Measure.QUANTITY
    assert [each.cap for each in table.brackets] == [D(10), D(30)]
    assert set(table.amounts) == {ZERO}


def test_an_initial_rate_is_cut_to_a_leverage_of_two_decimals() -> None:
    assert (str(leverage_of(D("0.015"))), str(leverage_of(D("0.02")))) == ("66.66", "50")


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ((("1", "0.2", "5"), ("2", "0.2", "4")), "the rate does not rise at 1"),
        ((("1", "0.1", "5"), ("2", "0.2", "6")), "the leverage rises at 1"),
        ((("1", "1", "1"),), "out of range at 0"),
        ((("1", "0.1", "0.5"),), "out of range at 0"),
        ((("1", "0.1", None),), "out of range at 0"),
        ((("0", "0.1", "5"),), "ends where it starts, at 0"),
        ((("2", "0.1", "5"), ("1", "0.2", "4")), "ends where it starts, at 2"),
        (((None, "0.1", "5"), ("1", "0.2", "4")), "gap or disorder"),
        ((), "starts at zero"),
    ],
    ids=[
        "one rate twice", "a rising leverage", "a rate of one", "less than 1x", "no leverage",
        "a first tier of nothing", "a cap that turns back", "no end in the middle", "no tier",
    ],
)  # fmt: skip
def test_a_ladder_that_cannot_be_is_refused(told: tuple[Told, ...], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ladder_of(rows(*told), None, "s", None)
