"""Margin quiz: four choices, twenty seconds, the first answer counts.

What an answer is worth stands in `core.lessons.game.marking`. More points win, then more right
answers, then the faster mean of these. Where several are first and equal in all three, one more
question is theirs alone: a number, and the nearest wins, of two equally near ones the faster.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from core.lessons.game.asking import Asking, AskingKind
from core.lessons.game.drawing import ALL, SOURCES, Wish, drawn_item, sudden_item
from core.lessons.game.figures import Dice
from core.lessons.game.inputs import Input
from core.lessons.game.items import Item
from core.lessons.game.kind import Option, Step, Table, chosen
from core.lessons.game.late import LATE
from core.lessons.game.marking import Mark, Marking, Neared, neared, total
from core.lessons.game.question import CATEGORIES, LEVELS
from core.lessons.game.rounds import Rule, announced, taken
from core.lessons.game.standing import Standing, placed
from core.lessons.game.typed import read_choice, read_price
from core.money import ZERO

LIMIT = timedelta(seconds=20)

USED = "used"
"""Under which name a game's setup holds the ids that its chat was asked of late, with spaces."""

Figures = tuple[Decimal, Decimal, Decimal]
"""Points, right answers, and the mean time of these, below zero."""

_ABSENT = (Decimal(-2), ZERO)
"""The figures of who did not answer the last question of all: worse than any answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz(Asking):
    """A game under way: question n belongs to item n."""

    limit: ClassVar[timedelta] = LIMIT

    items: tuple[Item, ...] = ()

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        turn = taken(self.rounds, what, table.game, self._rule(table))
        play = replace(self, rounds=turn.rounds)
        if len(turn.rounds.asks) > len(self.items):
            play = play.dealt(table)
        return Step(play=play, posts=turn.posts, said=turn.said, over=turn.over)

    def _rule(self, table: Table) -> Rule:
        """One more round where it is needed, for those alone who are first."""
        count = KIND.items(table.game)
        if not self.items[-1].choices:
            only = frozenset(self.tied(table))
            return Rule(rounds=count + 1, limit=LIMIT, answers=1, read=read_price, only=only)
        resting = self.rounds.last.closed is not None
        more = resting and self.rounds.played >= count and bool(self.tied(table))
        return Rule(rounds=count + more, limit=LIMIT, answers=1, read=read_choice)

    def dealt(self, table: Table) -> "Quiz":
        """Return it with what its last item asks."""
        game, number = table.game, self.rounds.last.number
        dice = Dice(game.seed, ("quiz", number))
        if self.rounds.place(number) > KIND.items(game):
            item = sudden_item(dice, table.ground)
        else:
            wish = Wish(*(chosen(game, KIND, name) for name in ("source", "category", "level")))
            used = {*game.setup.get(USED, "").split(), *self.asked}
            item = drawn_item(dice, table.ground, wish, used)
        return replace(self, items=(*self.items, item))

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of everything that was asked, in order."""
        return tuple(item.id for item in self.items)

    def marks(self, table: Table) -> Mapping[int, tuple[Mark, ...]]:
        """Return what every answer is worth, by the number of its item."""
        marking = Marking(LIMIT, hard=chosen(table.game, KIND, "hard") == "yes")
        return marking.marked(self.rounds.asks, self.items)

    def figures(self, table: Table) -> Mapping[int, Figures]:
        """Return what everybody's place is told by, before any last question of all."""
        by_player: dict[int, list[Mark]] = {player.number: [] for player in table.game.players}
        for marks in self.marks(table).values():
            for mark in marks:
                by_player[mark.player].append(mark)
        return {player: total(marks) for player, marks in by_player.items()}

    def tied(self, table: Table) -> tuple[int, ...]:
        """Return those who are first and cannot be told apart, if anything was right at all."""
        playing = {player.number for player in table.game.playing}
        figures = {p: each for p, each in self.figures(table).items() if p in playing}
        best = max(figures.values(), default=(ZERO, ZERO, ZERO))
        first = tuple(player for player, each in figures.items() if each == best)
        return first if len(first) > 1 and best[1] else ()

    @property
    def last_of_all(self) -> tuple[Neared, ...]:
        """What was said to the question that decides, the nearest first; nothing without one."""
        for ask, item in zip(self.rounds.asks, self.items, strict=True):
            if ask.counts and not item.choices:
                return neared(ask, item)
        return ()

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """By points, right answers, faster mean, then by the last question of all.

        Who has left has no place.
        """
        last = {one.player: (-one.error, Decimal(-one.after)) for one in self.last_of_all}
        figures = self.figures(table)
        return placed(
            Standing(
                player.number,
                (*figures[player.number], *last.get(player.number, _ABSENT)),
                listed=player.left is None,
            )
            for player in table.game.players
        )

    def hardest(self, table: Table) -> int | None:
        """Return the item that the smallest part of those who answered got right, or None."""
        parts = {
            number: Decimal(sum(mark.right for mark in marks)) / len(marks)
            for number, marks in self.marks(table).items()
            if marks
        }
        return min(parts, key=lambda number: parts[number], default=None)

    def moved(self, by: timedelta) -> "Quiz":
        """Return it with what is still to come later."""
        return replace(self, rounds=self.rounds.later(by))


class MarginQuiz(AskingKind):
    """The kind."""

    name: ClassVar[str] = "quiz"
    order: ClassVar[int] = 3
    counted: ClassVar[str] = "questions"
    play: ClassVar[type[Asking]] = Quiz
    options: ClassVar[tuple[Option, ...]] = (
        Option("questions", ("10", "5", "20")),
        Option("source", (ALL, *SOURCES)),
        Option("category", (ALL, *CATEGORIES)),
        Option("level", (ALL, *LEVELS)),
        Option("hard", ("no", "yes")),
        LATE,
    )

    def begin(self, table: Table, at: datetime) -> Step:
        """Post the first question."""
        del at
        return Step(play=Quiz().dealt(table), posts=(announced(1),))


KIND = MarginQuiz()
