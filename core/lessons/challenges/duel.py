"""Mode duel: the same trade behind two walls, one player isolated, the other cross.

A coin decides who is isolated first; every round they change places, on another pair. Best of
three. What counts is what the whole wallet gained or lost, not the position; two results that
differ by no more than a thousandth of the wallet are a draw. Halves of a group play it alike: what
counts is the mean of their members.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from core.lessons.game import inputs as i
from core.lessons.game.bout import ACTS, Bout, Terms
from core.lessons.game.chance import drawn, shuffled
from core.lessons.game.errors import BadOption, Unplayable
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Option, Post, Span, Step, Table, chosen
from core.lessons.game.sides import playable
from core.lessons.game.standing import Standing, placed
from core.margin.pool import Side
from core.market import Symbol
from core.money import ZERO, Amount, D, Rate

WALLET = Amount(Decimal(5000))
MARGIN = Amount(Decimal(1000))
"""What everybody begins a round with, and what is put on the trade (quote)."""

ROUNDS = 3
DRAW = Rate(Decimal("0.001"))
"""The part of the wallet up to which two results are the same."""

REST = timedelta(seconds=30)
"""Between two rounds."""

AWAY = timedelta(minutes=10)
"""Who is away for longer loses the match, not only the round."""

DAY = timedelta(days=1)

LENGTHS: Mapping[str, timedelta] = {
    "15m": timedelta(minutes=15),
    "1h": timedelta(hours=1),
    "4h": timedelta(hours=4),
    "24h": timedelta(hours=24),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Duel:
    """A match under way."""

    teams: tuple[tuple[int, ...], tuple[int, ...]]
    round: Round
    past: tuple[Round, ...] = ()
    pairs: tuple[Symbol, ...] = ()
    due: datetime | None = None
    until: ClassVar[None] = None

    @property
    def purse(self) -> int:
        """Every round has accounts of its own."""
        return self.round.number

    @property
    def span(self) -> Span | None:
        """The round that is played."""
        return self.round.bout.span

    @property
    def next_look(self) -> datetime | None:
        """As the round that is played has it."""
        return self.round.bout.next_look

    @property
    def judged(self) -> datetime | None:
        """As the round that is played has it."""
        return self.round.bout.judged

    def wants(self, table: Table) -> frozenset[Symbol]:
        """The pair of the round."""
        del table
        return frozenset((self.round.bout.symbol,))

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All rounds that are over, in order."""
        return (*self.past, *((self.round,) if self.round.bout.over else ()))

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        bout = self.round.bout
        match what:
            case i.Sent(view="round", number=number, at=at):
                if bout.session is not None or number != self.round.number:
                    return Step(play=self)
                length = LENGTHS[chosen(table.game, KIND, "length")]
                return self._with(bout.begun(at, length)).deserted(at, table)
            case i.Ticked() if bout.on:
                return self._ticked(what, table)
            case i.Due(at=at) if bout.over:
                return self._next(at, table)
            case i.Answered(at=at, player=player, value=act):
                if act not in ACTS:
                    raise BadOption("action", act, tuple(ACTS))
                return Step(play=self._with(bout.asked(player, act, at, table)), said=act)
            case i.Left(at=at, player=player):
                return self._with(bout.deserted(player, at, table)).deserted(at, table)
            case i.Returned(at=at) if self.due is not None:
                return Step(play=replace(self, due=min(self.due, at + REST)))
            case _:
                return Step(play=self)

    def _ticked(self, what: i.Ticked, table: Table) -> Step:
        """Let marks come to the round; what cannot be entered cannot be played."""
        bout = self.round.bout
        try:
            new, deeds = bout.ticked(what.marks, table)
        except Unplayable:
            return Step(play=self, void="unplayable")
        if new.over:
            return self._with(new).ended(what.at, deeds)
        return Step(play=self if new is bout else self._with(new), deeds=deeds)

    def _with(self, bout: Bout) -> "Duel":
        return replace(self, round=replace(self.round, bout=bout))

    def ended(self, at: datetime, deeds: tuple[Deed, ...]) -> Step:
        """Return the step after a round whose time is up."""
        gained = tuple(_mean(self.round.bout, members) for members in self.teams)
        winner = None
        if abs(gained[0] - gained[1]) > DRAW * WALLET:
            winner = 0 if gained[0] > gained[1] else 1
        play = replace(self, round=replace(self.round, gained=gained, winner=winner))
        return play.rested(at, deeds)

    def rested(self, at: datetime, deeds: tuple[Deed, ...] = ()) -> Step:
        """Return the step to the next round after a rest, or to the end of the match."""
        post = Post("result", self.round.number)
        if self.decided:
            return Step(play=self, deeds=deeds, posts=(post, Post("end")), over=True)
        return Step(play=replace(self, due=at + REST), deeds=deeds, posts=(post,))

    @property
    def wins(self) -> tuple[int, int]:
        """Rounds won by each team."""
        won = [r.winner for r in self.rounds]
        return won.count(0), won.count(1)

    @property
    def decided(self) -> bool:
        """Whether no further round is played."""
        return max(self.wins) * 2 > ROUNDS or len(self.rounds) >= ROUNDS

    def _next(self, at: datetime, table: Table) -> Step:
        """Post the next round; a team that is away for too long has lost the match."""
        away = self._away(table)
        if away is not None:
            team, back = away[0], away[1] + AWAY
            return self._given_up(team) if at >= back else Step(play=replace(self, due=back))
        fresh = self.drawn_up(self.round.number + 1, 1 - self.round.isolated)
        play = replace(self, past=self.rounds, round=fresh, due=None)
        return Step(play=play, posts=(_announced(fresh.number),))

    def drawn_up(self, number: int, isolated: int) -> Round:
        """Return a round that is to be played, with one team behind isolated walls."""
        symbol = self.pairs[(number - 1) % len(self.pairs)]
        members = frozenset(self.teams[isolated])
        terms = self.round.bout.terms
        return Round(number, isolated, Bout(symbol=symbol, terms=terms, isolated=members))

    def _given_up(self, team: int) -> Step:
        """The others have won every round that is left."""
        left = range(self.round.number + 1, ROUNDS + 1)
        lost = tuple(_lost(self.drawn_up(number, team), team) for number in left)
        play = replace(self, past=(*self.rounds, *lost[:-1]), round=lost[-1], due=None)
        return Step(play=play, posts=(Post("end"),), over=True)

    def _away(self, table: Table) -> tuple[int, datetime] | None:
        """The team of which nobody is left, and since when; of two the one that went first."""
        found = []
        for team, members in enumerate(self.teams):
            left = [table.game.player(player).left for player in members]
            gone = [moment for moment in left if moment is not None]
            if len(gone) == len(left):
                found.append((max(gone), team))
        since, team = min(found, default=(None, 0))
        return None if since is None else (team, since)

    def deserted(self, at: datetime, table: Table) -> Step:
        """Return the step after a look at who is left; a team of nobody has lost the round."""
        away = self._away(table)
        if away is None or not self.round.bout.on:
            return Step(play=self)
        return replace(self, round=_lost(self.round, away[0])).rested(at)

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

    def moved(self, by: timedelta) -> "Duel":
        """Return it with the end of its round later."""
        return replace(self._with(self.round.bout.later(by)), due=self.due and self.due + by)


class ModeDuel:
    """The kind."""

    name: ClassVar[str] = "duel"
    order: ClassVar[int] = 1
    play: ClassVar[type] = Duel
    options: ClassVar[tuple[Option, ...]] = (
        Option("teams", ("two", "halves")),
        Option("leverage", ("20", "10", "50")),
        Option("side", ("long", "short")),
        Option("length", tuple(LENGTHS)),
    )
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=5)
    trades: ClassVar[bool] = True

    def pace(self, game: Game) -> int:
        """A round plays a day."""
        return DAY // LENGTHS[chosen(game, self, "length")]

    def full(self, game: Game) -> bool:
        """Two against each other begin at once; halves wait for their host."""
        return chosen(game, self, "teams") == "two" and len(game.playing) == 2

    def takes_late(self, game: Game, at: datetime) -> bool:
        """Nobody: both sides play the same match."""
        del game, at
        return False

    def begin(self, table: Table, at: datetime) -> Step:
        """Draw the teams, the coin and the pairs, and post the first round."""
        del at
        game, seed = table.game, table.game.seed
        mixed = shuffled(seed, [p.number for p in game.playing], "teams")
        half = (len(mixed) + 1) // 2
        teams, coin = (mixed[:half], mixed[half:]), drawn(seed, 2, "coin")
        leverage = Rate(Decimal(chosen(game, self, "leverage")))
        pairs = shuffled(seed, playable(table.ground, leverage, MARGIN), "pairs")[:ROUNDS]
        side = Side(chosen(game, self, "side"))
        terms = Terms(side=side, leverage=leverage, margin=MARGIN, wallet=WALLET)
        bout = Bout(symbol=pairs[0], terms=terms, isolated=frozenset(teams[coin]))
        play = Duel(teams=teams, round=Round(1, coin, bout), pairs=pairs)
        return Step(play=play, posts=(_announced(1),))


KIND = ModeDuel()


def _announced(number: int) -> Post:
    """The message of a round: its time begins when it is there, and it shows how it goes."""
    return Post("round", number, starts=True, live=True)


def _lost(round_: Round, team: int) -> Round:
    """A round that a team has forfeited."""
    return replace(round_, bout=round_.bout.given_up(), winner=1 - team)


def _mean(bout: Bout, members: tuple[int, ...]) -> Amount:
    """The mean change of a team's wallets, quote; members who never entered do not count."""
    changes = [bout.notes[player].change for player in members if player in bout.notes]
    return Amount(sum(changes, ZERO) / len(changes)) if changes else Amount(ZERO)
