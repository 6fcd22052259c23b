"""What answers to a quiz are worth, counted anew from who said what and when.

    right   10, up to 5 more for speed, and one more for each right answer in a row after the first,
            up to 5
    wrong   0, or -2 in hard mode
    speed   5 x (1 - time / limit), to a whole number, a half upward; 0 within the grace

What is struck out breaks no row of right answers; what was not answered does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.lessons.game.asks import MILLISECOND, Ask, Given
from core.lessons.game.items import Item
from core.lessons.game.typed import LETTERS
from core.money import ONE, ZERO, D, Rate

BASE, SPEED, ROW, MINUS = 10, 5, 5, -2
"""Points for a right answer, most for speed, most for a row; for a wrong one in hard mode."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a player's answer is worth; `choice` is its place, `after` in milliseconds."""

    player: int
    choice: int
    after: int
    right: bool
    points: int = 0
    speed: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Marking:
    """How it is marked: the time for a question, and whether wrong answers cost."""

    limit: timedelta
    hard: bool = False

    def speed(self, after: int) -> int:
        """Return the points for having taken so many milliseconds."""
        part = ONE - Decimal(after) / (self.limit // MILLISECOND)
        return int(max(ZERO, SPEED * part).to_integral_value(rounding=ROUND_HALF_UP))

    def marked(self, asks: Sequence[Ask], items: Sequence[Item]) -> Mapping[int, tuple[Mark, ...]]:
        """Return everybody's marks by the number of the question, in the order of the answers.

        Only questions that count and have choices are in it.
        """
        rows: dict[int, int] = {}
        found: dict[int, tuple[Mark, ...]] = {}
        for ask, item in zip(asks, items, strict=True):
            if ask.counts and item.choices:
                marks = tuple(
                    self._mark(answers[0], item, rows.get(player, 0))
                    for player, answers in ask.answers.items()
                )
                rows = {m.player: rows.get(m.player, 0) + 1 for m in marks if m.right}
                found[ask.number] = marks
        return found

    def _mark(self, given: Given, item: Item, row: int) -> Mark:
        """What one answer is worth after so many right ones in a row."""
        choice = LETTERS.index(given.value)
        if choice != item.right:
            points = MINUS if self.hard else 0
            return Mark(given.player, choice, given.after, right=False, points=points)
        speed, row = self.speed(given.after), min(row, ROW)
        return Mark(
            player=given.player,
            choice=choice,
            after=given.after,
            right=True,
            points=BASE + speed + row,
            speed=speed,
            row=row,
        )


def total(marks: Iterable[Mark]) -> tuple[Decimal, Decimal, Decimal]:
    """Return a player's points, right answers, and the mean time of these (seconds, below zero).

    All three are higher for who is ahead; without a right answer the mean is 0.
    """
    points, times = 0, []
    for mark in marks:
        points += mark.points
        if mark.right:
            times.append(mark.after)
    mean = Decimal(sum(times)) / (1000 * len(times)) if times else ZERO
    return Decimal(points), Decimal(len(times)), -mean


@dataclass(frozen=True, slots=True)
class Neared:
    """What a player said to a question for a number: its error, a ratio; `after` milliseconds."""

    player: int
    value: str
    error: Rate
    after: int


def neared(ask: Ask, item: Item) -> tuple[Neared, ...]:
    """Return the answers to a question for a liquidation price, the nearest first.

    The error is |answer - price| / |entry - price|, and 1 at most.
    """
    truth, entry = item.truth, item.numbers["entry"]
    assert truth is not None
    found = []
    for player, (given, *_) in ask.answers.items():
        error = min(ONE, abs(D(given.value) - truth) / abs(entry - truth))
        found.append(Neared(player, given.value, Rate(error), given.after))
    return tuple(sorted(found, key=lambda one: (one.error, one.after)))
