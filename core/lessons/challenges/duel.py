"""Mode duel: the same trade behind two walls, one player isolated, the other cross.

A coin decides who is isolated first; every round they change places, on another pair. Best of
three. What counts is what the whole wallet gained or lost, not the position. Halves of a group play
it alike: what counts is the mean of their members. It is played on the market, or each round on
another recorded crash under a false name, of which an hour passes in a ninetieth of the round.
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
from core.lessons.game.kind import Deed, Ground, Option, Play, Post, Span, Step, Table, chosen
from core.lessons.game.match import MARGIN, ROUNDS, WALLET, Match, Round
from core.lessons.game.recorded_bout import STEPS, entered, marks_of, stepped
from core.lessons.game.reel import Reel
from core.lessons.game.reels import reels
from core.lessons.game.sides import playable
from core.lessons.scenario import ScenarioSource
from core.margin.pool import Side
from core.market import Marks, Symbol
from core.money import Rate

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

MARKET, CRASH = "market", "crash"
"""What it is played on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duel(Match):
    """A match under way. `due` is when its next round begins, or the next recorded step is over."""

    due: datetime | None = None
    until: ClassVar[None] = None

    @property
    def purse(self) -> int:
        """Every round has accounts of its own."""
        return self.round.number

    @property
    def span(self) -> Span | None:
        """The round that is played, where a market can keep it waiting."""
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
        """The pair of the round; no market's on recorded events."""
        del table
        bout = self.round.bout
        return frozenset((bout.symbol,)) if bout.passed is None else frozenset()

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        bout = self.round.bout
        match what:
            case i.Sent(view="round", number=number, at=at):
                if bout.session is not None or number != self.round.number:
                    return Step(play=self)
                return self._begun(at, table)
            case i.Ticked() if bout.on and bout.passed is None:
                return self._ticked(what, table)
            case i.Due(at=at):
                return self._came(at, table)
            case i.Woke(at=at) if self.due is not None and bout.on:
                # Nobody could do anything while the bot was away: the step's time begins anew.
                return Step(play=self.paced(at + pace_of(table.game), self.due))
            case i.Answered(at=at, player=player, value=act):
                if act not in ACTS:
                    raise BadOption("action", act, tuple(ACTS))
                return Step(play=self.with_bout(bout.asked(player, act, at, table)), said=act)
            case i.Left(at=at, player=player):
                return self.with_bout(bout.deserted(player, at, table)).deserted(at, table)
            case i.Returned(at=at) if self.due is not None and bout.over:
                return Step(play=replace(self, due=min(self.due, at + REST)))
            case _:
                return Step(play=self)

    def _begun(self, at: datetime, table: Table) -> Step:
        """Let the time of the round run; on a recorded event everybody enters at once."""
        bout, length = self.round.bout, LENGTHS[chosen(table.game, KIND, "length")]
        step = self.with_bout(bout.begun(at, length)).deserted(at, table)
        if bout.passed is None or step.posts:
            return step
        try:
            new, deeds = entered(bout, self.reel(table.ground), length, table, at)
        except Unplayable:
            return Step(play=self, void="unplayable")
        return Step(play=replace(self.with_bout(new), due=at + pace_of(table.game)), deeds=deeds)

    def _ticked(self, what: i.Ticked, table: Table) -> Step:
        """Let marks come to the round; what cannot be entered cannot be played."""
        bout = self.round.bout
        try:
            new, deeds = bout.ticked(what.marks, table)
        except Unplayable:
            return Step(play=self, void="unplayable")
        if new.over:
            return self.with_bout(new).ended(what.at, deeds)
        return Step(play=self if new is bout else self.with_bout(new), deeds=deeds)

    def reel(self, ground: Ground) -> Reel:
        """Return the recorded event of the round."""
        return ground.reels[self.round.number - 1]

    def _came(self, at: datetime, table: Table) -> Step:
        """Go on to the next round; on a recorded event let a step pass.

        The next step is over a step's time after this one was due, or from now where that is past.
        """
        if self.round.bout.over:
            return self._next(at, table)
        if self.due is None or at < self.due:
            return Step(play=self)
        new, deeds = stepped(self.round.bout, self.reel(table.ground), table, at)
        if new.over:
            return self.with_bout(new).ended(at, deeds)
        pace = pace_of(table.game)
        planned = self.due + pace
        late = planned if planned > at else at + pace
        return Step(play=self.with_bout(new).paced(late, planned), deeds=deeds)

    def paced(self, due: datetime, planned: datetime) -> "Duel":
        """Return it with its next step over then, and its end later by what that is late."""
        return replace(self.with_bout(self.round.bout.later(due - planned)), due=due)

    def ended(self, at: datetime, deeds: tuple[Deed, ...]) -> Step:
        """Return the step after a round whose time is up."""
        return self.counted().rested(at, deeds)

    def rested(self, at: datetime, deeds: tuple[Deed, ...] = ()) -> Step:
        """Return the step to the next round after a rest, or to the end of the match."""
        post = Post("result", self.round.number)
        if self.decided:
            return Step(play=self, deeds=deeds, posts=(post, Post("end")), over=True)
        return Step(play=replace(self, due=at + REST), deeds=deeds, posts=(post,))

    def _next(self, at: datetime, table: Table) -> Step:
        """Post the next round; a team that is away for too long has lost the match."""
        away = self.away(table)
        if away is not None:
            team, back = away[0], away[1] + AWAY
            if at < back:
                return Step(play=replace(self, due=back))
            return Step(
                play=replace(self.given_up(team), due=None), posts=(Post("end"),), over=True
            )
        fresh = self.drawn_up(self.round.number + 1, 1 - self.round.isolated)
        play = replace(self, past=self.rounds, round=fresh, due=None)
        return Step(play=play, posts=(_announced(fresh.number),))

    def deserted(self, at: datetime, table: Table) -> Step:
        """Return the step after a look at who is left; a team of nobody has lost the round."""
        away = self.away(table)
        if away is None or not self.round.bout.on:
            return Step(play=self)
        return replace(self, round=self.round.lost_by(away[0])).rested(at)

    def moved(self, by: timedelta) -> "Duel":
        """Return it with the end of its round later."""
        return replace(self.with_bout(self.round.bout.later(by)), due=self.due and self.due + by)


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
        Option("on", (MARKET, CRASH)),
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
        """Draw the teams, the coin and the pairs, and post the first round. Raises `Unplayable`."""
        del at
        game, seed, ground = table.game, table.game.seed, table.ground
        mixed = shuffled(seed, [p.number for p in game.playing], "teams")
        half = (len(mixed) + 1) // 2
        teams, coin = (mixed[:half], mixed[half:]), drawn(seed, 2, "coin")
        leverage = Rate(Decimal(chosen(game, self, "leverage")))
        passed = 0 if self.is_recorded(game) else None
        if passed is None:
            pairs = shuffled(seed, playable(ground, leverage, MARGIN), "pairs")[:ROUNDS]
        elif not (pairs := ground.symbols if ground.reels else ()):
            raise Unplayable("recording")
        side = Side(chosen(game, self, "side"))
        terms = Terms(side=side, leverage=leverage, margin=MARGIN, wallet=WALLET)
        members = frozenset(teams[coin])
        bout = Bout(symbol=pairs[0], terms=terms, isolated=members, passed=passed)
        play = Duel(teams=teams, round=Round(1, coin, bout), pairs=pairs)
        return Step(play=play, posts=(_announced(1),))

    def is_recorded(self, game: Game) -> bool:
        """Whether a game is played on recorded events."""
        return chosen(game, self, "on") == CRASH

    def reels(self, game: Game, events: ScenarioSource, ground: Ground) -> tuple[Reel, ...] | None:
        """Return the events of the rounds, as the seed draws them; None on a market."""
        if not self.is_recorded(game):
            return None
        leverage = Rate(Decimal(chosen(game, self, "leverage")))
        try:
            known = playable(ground, leverage, MARGIN)
        except Unplayable:
            return ()
        return reels(events, game.seed, STEPS, known)

    def marks(self, play: Play, ground: Ground, now: datetime) -> Marks | None:
        """Return the marks at which the last recorded step closed; None on a market."""
        assert isinstance(play, Duel)
        bout = play.round.bout
        return None if bout.passed is None else marks_of(bout, play.reel(ground), ground, now)


KIND = ModeDuel()


def pace_of(game: Game) -> timedelta:
    """Return how long a recorded step takes."""
    return LENGTHS[chosen(game, KIND, "length")] / STEPS


def _announced(number: int) -> Post:
    """The message of a round: its time begins when it is there, and it shows how it goes."""
    return Post("round", number, starts=True, live=True)
