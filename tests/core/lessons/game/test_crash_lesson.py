"""What a crash taught, counted from what its players did."""

import pytest

from core.lessons.game.crash_lesson import Way, crash_lesson, way_of
from core.lessons.game.survival import Survivor
from core.money import Amount, D
from tests.builders import amount, exact, rate

__all__ = ["exact"]


def survivor(
    *acts: tuple[int, str], pockets: int = 0, crosses: int = 0, out: bool = False
) -> Survivor:
    return Survivor(amount(9_000), amount(8_000), acts, pockets=pockets, crosses=crosses, out=out)


def kept(isolated: int, cross: int, flat: int) -> dict[str, tuple[Amount, ...]]:
    """What each policy ends with."""
    names = {"isolated": isolated, "cross": cross, "flat": flat}
    return {name: (amount(10_000), amount(worth)) for name, worth in names.items()}


def test_who_held_and_who_acted_are_counted_with_their_means() -> None:
    survivors = {1: survivor(), 2: survivor((1, "add")), 3: survivor((2, "cut50"))}
    scores = {1: rate(60), 2: rate(80), 3: rate(91)}
    found = crash_lesson(survivors, scores, kept(1, 2, 3))
    assert (found.held, found.held_mean) == (1, D(60))
    assert (found.acted, found.acted_mean) == (2, D("85.5"))


def test_of_nobody_there_is_no_mean() -> None:
    found = crash_lesson({1: survivor()}, {1: rate(60)}, kept(1, 2, 3))
    assert (found.held_mean, found.acted, found.acted_mean) == (D(60), 0, None)
    found = crash_lesson({1: survivor((1, "add"))}, {1: rate(60)}, kept(1, 2, 3))
    assert (found.held, found.held_mean) == (0, None)


def test_walls_that_fell_are_counted_and_who_lived_on_behind_a_lost_pocket() -> None:
    survivors = {
        1: survivor(pockets=2),
        2: survivor(pockets=1, crosses=1, out=True),
        3: survivor(crosses=1),
        4: survivor(),
    }
    found = crash_lesson(survivors, dict.fromkeys(survivors, rate(1)), kept(1, 2, 3))
    assert (found.pockets, found.crosses, found.spared) == (3, 2, 1)


@pytest.mark.parametrize(
    ("isolated", "cross", "flat", "best"),
    [
        (7_000, 0, 9_900, "flat"),
        (9_900, 0, 9_900, "isolated"),
        (7_000, 12_000, 9_900, "cross"),
        (12_000, 12_000, 9_900, "either"),
        (9_000, 9_000, 9_900, "flat"),
    ],
)
def test_the_best_policy_is_named(isolated: int, cross: int, flat: int, best: str) -> None:
    found = crash_lesson({}, {}, kept(isolated, cross, flat))
    assert found.best == best
    assert found.kept == {"isolated": isolated, "cross": cross, "flat": flat}


@pytest.mark.parametrize(
    ("acts", "way"),
    [
        ((), (Way.HELD, 0)),
        (((2, "cut25"), (5, "cut100")), (Way.CLOSED, 5)),
        (((2, "add"), (5, "cut25"), (6, "cut50")), (Way.REDUCED, 5)),
        (((3, "hedge"), (4, "cash")), (Way.ACTED, 3)),
    ],
)
def test_what_somebody_did_on_the_whole(
    acts: tuple[tuple[int, str], ...], way: tuple[Way, int]
) -> None:
    assert way_of(survivor(*acts)) == way
