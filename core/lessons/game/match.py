"""A match of two teams, best of three rounds: who has won what, who is away, who is where.

Every round is a bout of one trade; the teams change walls between rounds. Two results that differ
by no more than a thousandth of the wallet are a draw.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Self

from core.lessons.game.bout import Bout
from core.lessons.game.kind import Table
from core.lessons.game.standing import Standing, placed
from core.market import Symbol
from core.money import ZERO, Amount, D, Rate

WALLET = Amount(Decimal(5000))
MARGIN = Amount(Decimal(1000))
"""What everybody begins a round with, and what is put on the trade (quote)."""

ROUNDS = 3
DRAW = Rate(Decimal("0.001"))
"""The part of the wallet up to which two results are the same."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round that is played or over: its bout, the team that is isolated, and what came of it.

    `gained` is the mean change of each team's wallets (quote); `winner` is a team, or None for a
    draw and while it is played.
    """

    number: int
    isolated: int
    bout: Bout
    gained: tuple[Amount, ...] = ()
    winner: int | None = None

    def lost_by(self, team: int) -> "Round":
        """Return it as a team has forfeited it."""
        return replace(self, bout=self.bout.given_up(), winner=1 - team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two teams, the round that is played or was played last, and those before it."""

    teams: tuple[tuple[int, ...], tuple[int, ...]]
    round: Round
    past: tuple[Round, ...] = ()
    pairs: tuple[Symbol, ...] = ()

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All rounds that are over, in order."""
        return (*self.past, *((self.round,) if self.round.bout.over else ()))

    @property
    def wins(self) -> tuple[int, int]:
        """Rounds won by each team."""
        won = [r.winner for r in self.rounds]
        return won.count(0), won.count(1)

    @property
    def decided(self) -> bool:
        """Whether no further round is played."""
        return max(self.wins) * 2 > ROUNDS or len(self.rounds) >= ROUNDS

    def with_bout(self, bout: Bout) -> Self:
        """Return it with the bout of its round as it has become."""
        return replace(self, round=replace(self.round, bout=bout))

    def counted(self) -> Self:
        """Return it with what came of its round, whose time is up."""
        gained = tuple(_mean(self.round.bout, members) for members in self.teams)
        winner = None
        if abs(gained[0] - gained[1]) > DRAW * WALLET:
            winner = 0 if gained[0] > gained[1] else 1
        return replace(self, round=replace(self.round, gained=gained, winner=winner))

    def drawn_up(self, number: int, isolated: int) -> Round:
        """Return a round that is to be played, with one team behind isolated walls."""
        symbol = self.pairs[(number - 1) % len(self.pairs)]
        members = frozenset(self.teams[isolated])
        return Round(number, isolated, self.round.bout.anew(symbol, members))

    def given_up(self, team: int) -> Self:
        """Return it with every round that is left lost by a team."""
        left = range(self.round.number + 1, ROUNDS + 1)
        lost = tuple(self.drawn_up(number, team).lost_by(team) for number in left)
        return replace(self, past=(*self.rounds, *lost[:-1]), round=lost[-1])

    def away(self, table: Table) -> tuple[int, datetime] | None:
        """Return the team of which nobody is left, and since when; of two the first that went."""
        found = []
        for team, members in enumerate(self.teams):
            left = [table.game.player(player).left for player in members]
            gone = [moment for moment in left if moment is not None]
            if len(gone) == len(left):
                found.append((max(gone), team))
        since, team = min(found, default=(None, 0))
        return None if since is None else (team, since)

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """By rounds won, then fewer liquidations, then the smaller loss at a wallet's worst.

        Of halves the mean of their members counts. Whoever has left stands under the line.
        """
        wins, found = self.wins, []
        rounds = (*self.past, self.round)
        for team, members in enumerate(self.teams):
            notes = [[r.bout.notes[p] for r in rounds if p in r.bout.notes] for p in members]
            falls = sum(each.liquidations for own in notes for each in own)
            worst = sum((max((n.start - n.low for n in own), default=ZERO) for own in notes), ZERO)
            key = (D(wins[team]), D(-falls) / len(members), -worst / len(members))
            found += [
                Standing(player, key, listed=table.game.player(player).left is None)
                for player in members
            ]
        return placed(found)


def _mean(bout: Bout, members: tuple[int, ...]) -> Amount:
    """The mean change of a team's wallets, quote; members who never entered do not count."""
    changes = [bout.notes[player].change for player in members if player in bout.notes]
    return Amount(sum(changes, ZERO) / len(changes)) if changes else Amount(ZERO)
