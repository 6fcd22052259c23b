"""Guess the liquidation price: everybody sees the same trade and says where it ends.

    error   |guess - price| / |entry - price|
    points  100 x (1 - error / 0.25), to a whole number, a half upward; never below 0

A guess on the other side of the entry is worth nothing. Where the trade is never liquidated,
"never" is worth 100 and any price 0; where it is, "never" is worth 0. One change is allowed and
costs 10. The fastest whose error is at most 0.02 gets 10 more: by their own clock at their last
answer, and of two at the same millisecond whoever answered first.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from core.lessons.game.asking import Asking, AskingKind
from core.lessons.game.asks import Ask, Given
from core.lessons.game.cards import Card, drawn_card
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Option, Step, Table
from core.lessons.game.late import LATE
from core.lessons.game.rounds import Rule, announced, taken
from core.lessons.game.standing import Standing, placed
from core.lessons.game.typed import read_price
from core.money import ONE, ZERO, D, Rate

NEVER = "never"

LIMIT = timedelta(seconds=45)

FULL = 100
"""Points of a guess that is exactly right."""

WORTHLESS = Rate(D("0.25"))
"""The error from which on a guess is worth nothing."""

SHARP = Rate(D("0.02"))
"""The error up to which one may be the fastest."""

EXTRA = 10
"""Points for the fastest, and what a change costs."""

MISSED = Rate(ONE)
"""What no answer and a wrong "never" count as an error; a wild guess counts no more."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """What a player's last guess on a card is worth.

    `error` is a ratio, `after` in milliseconds. `hint` is "side" for a guess beyond the entry,
    "never" where the trade is never liquidated, "ends" where it is and "never" was said, else "".
    """

    player: int
    value: str
    after: int
    changes: int
    error: Rate
    points: int
    fastest: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess(Asking):
    """A game under way: card n belongs to item n."""

    limit: ClassVar[timedelta] = LIMIT

    cards: tuple[Card, ...] = ()

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        count = KIND.items(table.game)
        rule = Rule(rounds=count, limit=LIMIT, answers=2, read=read, holds=True)
        turn = taken(self.rounds, what, table.game, rule)
        play = replace(self, rounds=turn.rounds)
        if len(turn.rounds.asks) > len(self.cards):
            play = play.dealt(table)
        return Step(play=play, posts=turn.posts, said=turn.said, over=turn.over)

    def dealt(self, table: Table) -> "Guess":
        """Return it with the card of its last item."""
        number = self.rounds.last.number
        place = self.rounds.place(number)
        card = drawn_card(table.game.seed, table.ground, number, place)
        return replace(self, cards=(*self.cards, card))

    def guessed(self, number: int) -> tuple[Guessed, ...]:
        """Return what was guessed on a card and what it is worth, best first."""
        ask, card = self.rounds.asks[number - 1], self.cards[number - 1]
        found = [_worth(card, given) for given in ask.answers.values()]
        sharp = [one for one in found if one.error <= SHARP]
        first = min(sharp, key=lambda one: one.after, default=None)
        return tuple(
            sorted(
                (_fastest(one) if one is first else one for one in found),
                key=lambda one: (-one.points, one.error, one.after),
            )
        )

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """By points, then smaller total error, fewer changes, and less time in all (seconds).

        Who did not answer has the whole time on their clock. Who has left has no place.
        """
        rounds = [
            {one.player: one for one in self.guessed(ask.number)}
            for ask in self.rounds.asks
            if ask.counts
        ]
        return placed(
            Standing(
                player.number,
                _figures([each.get(player.number) for each in rounds]),
                listed=player.left is None,
            )
            for player in table.game.players
        )

    @property
    def hardest(self) -> int | None:
        """The item on which the mean error was the largest, the first of several; None of none."""
        errors = {ask.number: self._mean_error(ask) for ask in self.rounds.asks if ask.counts}
        answered = {number: error for number, error in errors.items() if error is not None}
        return max(answered, key=lambda number: answered[number], default=None)

    def _mean_error(self, ask: Ask) -> Decimal | None:
        errors = [one.error for one in self.guessed(ask.number)]
        return sum(errors, ZERO) / len(errors) if errors else None

    def moved(self, by: timedelta) -> "Guess":
        """Return it with what is still to come later."""
        return replace(self, rounds=self.rounds.later(by))


def read(text: str) -> str:
    """Return a guess in its one spelling: "never" or a price. Raises `BadAnswer`."""
    return NEVER if text.casefold() == NEVER else read_price(text)


def error_of(card: Card, value: str) -> Rate:
    """Return how far off a guess is, in parts of the way from the entry to the price; 1 at most."""
    if card.truth is None or value == NEVER:
        return Rate(ZERO) if card.truth is None and value == NEVER else MISSED
    way = abs(card.entry - card.truth)
    return Rate(min(MISSED, abs(D(value) - card.truth) / way))


def points_of(error: Rate) -> int:
    """Return the points for an error, without extras: 100 at 0, 0 from 0.25 on, a half upward."""
    worth = max(ZERO, FULL * (ONE - error / WORTHLESS))
    return int(worth.to_integral_value(rounding=ROUND_HALF_UP))


def _worth(card: Card, answers: tuple[Given, ...]) -> Guessed:
    last, changes = answers[-1], len(answers) - 1
    error = error_of(card, last.value)
    return Guessed(
        player=last.player,
        value=last.value,
        after=last.after,
        changes=changes,
        error=error,
        points=max(0, points_of(error) - EXTRA * changes),
        hint=_hint(card, last.value),
    )


def _hint(card: Card, value: str) -> str:
    """What was misunderstood, as a code."""
    if card.truth is None:
        return "" if value == NEVER else "never"
    if value == NEVER:
        return "ends"
    beyond = (D(value) - card.entry) * (card.truth - card.entry) < ZERO
    return "side" if beyond else ""


def _fastest(one: Guessed) -> Guessed:
    return replace(one, points=one.points + EXTRA, fastest=True)


def _figures(guesses: list[Guessed | None]) -> tuple[Decimal, ...]:
    """What a player's place is told by, higher is better."""
    made = [one for one in guesses if one is not None]
    missed = len(guesses) - len(made)
    error = sum((one.error for one in made), missed * MISSED)
    time = sum((one.after for one in made), missed * int(LIMIT.total_seconds()) * 1000)
    return (
        Decimal(sum(one.points for one in made)),
        -error,
        Decimal(-sum(one.changes for one in made)),
        Decimal(-time) / 1000,
    )


class GuessTheLiquidation(AskingKind):
    """The kind."""

    name: ClassVar[str] = "guess"
    order: ClassVar[int] = 2
    counted: ClassVar[str] = "rounds"
    play: ClassVar[type[Asking]] = Guess
    options: ClassVar[tuple[Option, ...]] = (Option("rounds", ("5", "10")), LATE)

    def begin(self, table: Table, at: datetime) -> Step:
        """Post the first card."""
        del at
        return Step(play=Guess().dealt(table), posts=(announced(1),))


KIND = GuessTheLiquidation()
