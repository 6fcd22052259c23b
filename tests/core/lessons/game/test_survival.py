"""Coming through a crash: what a tick does, who lives, and what that is worth."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.sides import Entry
from core.lessons.game.starting_book import book, holding
from core.lessons.game.survival import (
    Passage,
    Survivor,
    fingerprint,
    held,
    passed,
    policies,
    score,
)
from core.margin.pool import Side
from core.money import D
from core.paper.events import FundingSettled, MarginMoved, PoolLiquidated, PositionReduced
from tests.builders import amount, exact, rate
from tests.core.lessons.game.builders import CROSS, ISOLATED, at
from tests.core.lessons.game.crashes import A, B, both, on, reel

__all__ = ["exact"]

CALM = reel(both(1, "1.01", "0.99", 1), both(1))
WICK = reel(both(1, 1, "0.85", "0.99"), both("0.99", "1.2", "0.99", "1.2"))
END = reel(both(1, 1, "0.3", "0.3"), both("0.3", "0.3", "0.2", "0.2"))
LONG_BOOK: tuple[Entry, ...] = (
    (A, Side.LONG, rate(10), amount(1_500), ISOLATED),
    (B, Side.LONG, rate(10), amount(1_500), CROSS),
)


def begun(ground: Ground) -> tuple[Deed, Survivor]:
    deed = holding(1, LONG_BOOK, ground, at())
    return deed, Survivor.begun(deed, ground)


def after(ground: Ground, *acts: str) -> tuple[Passage, Survivor]:
    """How the long book has come through so many ticks."""
    deed, one = begun(ground)
    account, passage = deed.after, None
    for number, act in enumerate(acts, 1):
        passage = passed(account, act, number, ground, at(number * 60))
        account, one = passage.account, one.after(number, act, passage)
    assert passage is not None
    return passage, one


def test_a_quiet_tick_changes_nothing() -> None:
    passage, one = after(on(CALM), "hold")
    assert (passage.events, passage.worth, passage.low) == ((), D(10_000), D(10_000) - 300)
    assert (one.alive, one.acts, one.out) == (1, (), False)


def test_a_choice_is_carried_out_at_the_open_before_the_candle_comes() -> None:
    passage, one = after(on(WICK), "cut100")
    assert [type(event) for event in passage.events] == [PositionReduced, PositionReduced]
    assert (passage.worth, passage.low) == (D(10_000), D(10_000))
    assert one.acts == ((1, "cut100"),)


def test_a_pocket_falls_in_a_wick_and_the_cross_wall_lives() -> None:
    passage, one = after(on(WICK), "hold")
    (fall,) = passage.events
    assert isinstance(fall, PoolLiquidated)
    assert (one.pockets, one.crosses, one.lost) == (1, 0, D(1_500))
    assert passage.worth == 10_000 - 1_500 - D(150)
    assert one.low == 10_000 - 1_500 - D(150) * 15
    assert (one.alive, one.out) == (1, False)


def test_all_free_money_saves_the_pocket_and_leaves_the_cross_wall_bare() -> None:
    passage, one = after(on(WICK), "cash", "hold")
    assert (one.pockets, one.crosses, one.lost) == (0, 1, D(1_500))
    assert passage.worth == 10_000 - 1_500 + 150 * D(20)


def test_whoever_is_worth_less_than_a_hundredth_is_out_for_good() -> None:
    _, one = after(on(END), "hold", "hold")
    assert (one.out, one.alive, one.equity) == (True, 0, D(0))
    assert (one.pockets, one.crosses, one.lost) == (1, 1, D(10_000))


def test_who_was_out_stays_out_whatever_comes() -> None:
    deed, one = begun(on(CALM))
    gone = replace(one, out=True, alive=4)
    passage = passed(deed.after, "hold", 1, on(CALM), at(60))
    assert gone.after(1, "hold", passage).alive == 4


def test_funding_is_paid_at_the_open() -> None:
    event = reel(both(1), funding={1: {A: rate("0.001"), B: rate("-0.002")}})
    passage, _ = after(on(event), "hold")
    assert [type(event) for event in passage.events] == [FundingSettled, FundingSettled]
    assert passage.worth == 10_000 - 15 + 30


def test_what_cannot_be_done_is_refused() -> None:
    deed, _ = begun(on(CALM))
    with pytest.raises(Refusal):
        passed(deed.after, "pray", 1, on(CALM), at())


def test_whoever_comes_late_has_held_so_far() -> None:
    ground = on(WICK)
    deed, one = held(7, LONG_BOOK, 2, ground, at(100))
    passage, same = after(ground, "hold", "hold")
    assert one == same
    assert (deed.player, deed.at) == (7, at(100))
    assert (deed.after.wallet, len(deed.after.positions)) == (
        passage.account.wallet,
        len(passage.account.positions),
    )
    assert isinstance(deed.events[-1], PoolLiquidated)
    fresh, newly = held(7, LONG_BOOK, 0, ground, at())
    assert (newly, fresh.after) == (begun(ground)[1], begun(ground)[0].after)


def test_the_fixed_policies_hold_behind_either_wall_or_close_at_once() -> None:
    found = policies(LONG_BOOK, on(WICK, fee="0.0005"), at())
    entered, closed = D(10_000) - 15, D(10_000) - 30
    assert found["flat"] == (closed, closed)
    assert found["isolated"] == (entered - 3_000, entered - 3_000)
    assert found["cross"] == (entered - 300, entered + 6_000)


def test_a_fee_is_paid_for_entering() -> None:
    _, one = begun(on(CALM, fee="0.0005"))
    assert (one.equity, one.low) == (D(9_985), D(9_985))


# --- the score ------------------------------------------------------------------------------------

AT_START = Survivor(amount(10_000), amount(10_000))


@pytest.mark.parametrize(
    ("equity", "alive", "low", "points"),
    [
        (10_000, 20, 10_000, "110"),
        (5_000, 20, 5_000, "85"),
        (20_000, 20, 10_000, "110"),
        (5_000, 10, 1_999, "50"),
        (5_000, 10, 2_000, "60"),
        (0, 4, 0, "10"),
        (-500, 4, -500, "10"),
    ],
)
def test_points_are_for_living_and_for_what_is_left(
    equity: int, alive: int, low: int, points: str
) -> None:
    one = replace(AT_START, equity=amount(equity), alive=alive, low=amount(low))
    assert score(one, 20, amount(10_000)) == D(points)


@given(st.integers(-5_000, 30_000), st.integers(0, 30), st.integers(1, 30), st.integers(1, 40_000))
def test_points_as_the_rules_say_them(equity: int, alive: int, ticks: int, best: int) -> None:
    one = replace(AT_START, equity=amount(equity), alive=min(alive, ticks), low=amount(equity))
    expected = Fraction(50 * min(alive, ticks), ticks)
    expected += max(Fraction(0), min(Fraction(50), Fraction(50 * equity, best)))
    expected += 10 if equity >= 2_000 else 0
    assert abs(Fraction(score(one, ticks, amount(best))) - expected) < Fraction(1, 10**25)


def test_the_same_game_has_the_same_code_and_another_one_another() -> None:
    game = {2: AT_START, 1: replace(AT_START, acts=((3, "add"),))}
    code = fingerprint("5eed", ["12", "45s"], game)
    assert code == fingerprint("5eed", ["12", "45s"], dict(reversed(game.items())))
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    others = {
        fingerprint("5eee", ["12", "45s"], game),
        fingerprint("5eed", ["20", "45s"], game),
        fingerprint("5eed", ["12", "45s"], {**game, 3: AT_START}),
        fingerprint("5eed", ["12", "45s"], {**game, 1: AT_START}),
        fingerprint("5eed", ["12", "45s"], {**game, 2: replace(AT_START, low=amount(1))}),
    }
    assert len(others | {code}) == 6


def test_a_book_that_the_seed_draws_can_be_entered() -> None:
    for n in range(20):
        entries = book(CALM, f"seed {n}", rate(20))
        deed, one = held(1, entries, 1, on(CALM), at())
        assert not any(isinstance(event, MarginMoved) for event in deed.events)
        assert one.alive == 1
