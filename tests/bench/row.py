"""A line of the table: what was measured, against what, and whether that is as it should be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.bench.measure import Paired

Show = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One result. `met` is None where a figure is only reported."""

    what: str
    ours: str
    baseline: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """The verdict in a word."""
        return {True: "met", False: "missed", None: "reported"}[self.met]

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells in the order of `HEAD`."""
        return self.what, self.ours, self.baseline, self.ratio, self.goal, self.verdict


HEAD = ("what", "ours", "baseline", "ratio", "goal", "verdict")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: rounds of short things, and the share of the long ones."""

    rounds: int
    starts: int
    pools: int


FULL = Effort(rounds=101, starts=7, pools=100_000)
QUICK = Effort(rounds=9, starts=1, pools=500)

Bench = Callable[[Effort], Iterable[Row]]


def against(what: str, found: Paired, show: Show, goal: float | None = None) -> Row:
    """Make a row of a paired measurement; `goal` is the largest ratio allowed, unrounded."""
    return Row(
        what,
        show(found.ours),
        show(found.baseline),
        f"{found.ratio:.2f} ({found.low:.2f} to {found.high:.2f})",
        "" if goal is None else f"at most {goal:g}",
        None if goal is None else found.ratio <= goal,
    )


def at_least(what: str, found: Paired, show: Show, goal: float) -> Row:
    """Make a row of a paired measurement of speeds; `goal` is the smallest ratio allowed."""
    return Row(
        what,
        show(found.ours),
        show(found.baseline),
        f"{found.ratio:.2f} ({found.low:.2f} to {found.high:.2f})",
        f"at least {goal:g}",
        found.ratio >= goal,
    )


def micros(value: float) -> str:
    """Show seconds as microseconds."""
    return f"{value * 1e6:.2f} µs" if value < 1e-5 else f"{value * 1e6:.1f} µs"


def millis(value: float) -> str:
    """Show seconds as milliseconds."""
    return f"{value * 1e3:.2f} ms" if value < 0.1 else f"{value * 1e3:.0f} ms"


def mebibytes(value: float) -> str:
    """Show bytes as MiB."""
    return f"{value / 2**20:.1f} MiB"
