"""Two things measured against each other: interleaved round by round, so that drift hits both.

A round runs one after the other, in an order that alternates, with the garbage collector off. The
ratio is the median of the rounds' own ratios; a slow moment of the machine spoils one round, not
the result.
"""

import gc
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Paired:
    """Medians of either side (in the unit of the rounds) and the median of the paired ratios."""

    ours: float
    baseline: float
    ratio: float
    low: float
    high: float
    rounds: int

    @classmethod
    def of(cls, rounds: list[tuple[float, float]]) -> "Paired":
        """Sum up rounds of (ours, baseline); `low` and `high` are the quartiles of the ratio."""
        ratios = sorted(ours / baseline for ours, baseline in rounds)
        return cls(
            ours=median(ours for ours, _ in rounds),
            baseline=median(baseline for _, baseline in rounds),
            ratio=median(ratios),
            low=ratios[len(ratios) // 4],
            high=ratios[(len(ratios) * 3) // 4],
            rounds=len(rounds),
        )

    @classmethod
    def best(cls, rounds: list[tuple[float, float]]) -> "Paired":
        """Sum up rounds by the best of either side: for whole programs, which are seldom run."""
        all_of_them = cls.of(rounds)
        ours, baseline = min(ours for ours, _ in rounds), min(base for _, base in rounds)
        return replace(all_of_them, ours=ours, baseline=baseline, ratio=ours / baseline)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the garbage collector out of a timed part; it runs once before."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(work: Work, times: int) -> float:
    """Return what one call costs over `times` calls in a row, in seconds of this thread's own time.

    Whatever else the machine does meanwhile is not in it.
    """
    repeat = range(times)
    started = time.thread_time()
    for _ in repeat:
        work()
    return (time.thread_time() - started) / times


def calls_in(work: Work, slice_seconds: float) -> int:
    """Return how many calls of `work` fill a slice of time; at least one."""
    times = 1
    while (spent := seconds(work, times) * times) < slice_seconds / 4:
        times *= 2
    return max(1, round(times * slice_seconds / spent))


def paired(ours: Work, baseline: Work, rounds: int, slice_seconds: float = 0.005) -> Paired:
    """Measure two things in turns; times in seconds a call."""
    many, few = calls_in(baseline, slice_seconds), calls_in(ours, slice_seconds)
    found = []
    with undisturbed():
        for turn in range(rounds):
            if turn % 2:
                here, there = seconds(ours, few), seconds(baseline, many)
            else:
                there, here = seconds(baseline, many), seconds(ours, few)
            found.append((here, there))
    return Paired.of(found)


async def paired_waits(
    ours: Callable[[], Awaitable[float]], baseline: Callable[[], Awaitable[float]], rounds: int
) -> Paired:
    """Measure two things that say themselves how long they took, in turns."""
    found = []
    with undisturbed():
        for turn in range(rounds):
            if turn % 2:
                here = await ours()
                there = await baseline()
            else:
                there = await baseline()
                here = await ours()
            found.append((here, there))
    return Paired.of(found)
