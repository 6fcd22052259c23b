"""Survive the crash: a recorded event under other names, and a book that has to come through it.

Everybody holds the same positions and chooses in private, tick by tick: hold, reduce, add margin,
hedge, move free money; who chooses nothing holds. A tick's time begins when its message is there.
When it is over all choices are carried out at the tick's open and its candle is passed. Who joins
late has held so far, who leaves holds on. What the event was is told at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from core.lessons.game import inputs as i
from core.lessons.game.crash_acts import HOLD, done
from core.lessons.game.errors import NoSeat, NotNow, NotPlaying, TooLate, Unplayable
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Ground, Option, Play, Post, Step, Table, chosen
from core.lessons.game.reel import Reel, shot
from core.lessons.game.sides import Entry, playable
from core.lessons.game.standing import Standing, placed
from core.lessons.game.starting_book import MARGINS, book, film, holding, scene_of
from core.lessons.game.survival import (
    Passage,
    Survivor,
    held,
    passed,
    policies,
    score,
)
from core.lessons.scenario import ScenarioSource
from core.market import Marks, Symbol
from core.money import ZERO, Amount, Rate
from core.paper.events import MarginMoved

GRACE = timedelta(seconds=2)
"""A choice counts so long after the deadline, where the tick has not been passed yet."""

LATEST = 3
"""The last tick in which somebody may still join."""

LEVERAGES: Mapping[str, Rate] = {
    "normal": Rate(Decimal(10)),
    "easy": Rate(Decimal(5)),
    "hard": Rate(Decimal(20)),
}
PACES: Mapping[str, timedelta] = {
    "45s": timedelta(seconds=45),
    "30s": timedelta(seconds=30),
    "60s": timedelta(seconds=60),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """A game under way.

    So many ticks are `passed`; `due` is when the time of the open one is up (None until its message
    is there), `chosen` what has been chosen in it. `policies` is what the fixed ones are worth
    after each tick (quote).
    """

    passed: int = 0
    due: datetime | None = None
    chosen: Mapping[int, str] = field(default_factory=dict)
    survivors: Mapping[int, Survivor] = field(default_factory=dict)
    policies: Mapping[str, tuple[Amount, ...]] = field(default_factory=dict)
    over: bool = False

    purse: ClassVar[int] = 1
    until: ClassVar[None] = None
    span: ClassVar[None] = None
    next_look: ClassVar[None] = None
    judged: ClassVar[None] = None

    def wants(self, table: Table) -> frozenset[Symbol]:
        """No market's."""
        del table
        return frozenset()

    @property
    def ticks(self) -> int:
        """How many there are."""
        return len(self.policies["flat"])

    @property
    def tick(self) -> int:
        """The one that is open, from 1; at the end the last."""
        return min(self.passed + 1, self.ticks)

    @property
    def counted(self) -> int:
        """The ticks that count: those that are over, and all of them at the end."""
        return self.ticks if self.over else self.passed

    @property
    def best(self) -> Amount:
        """What the best policy is worth after the ticks that count, quote."""
        return max(worth[max(0, self.counted - 1)] for worth in self.policies.values())

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        match what:
            case i.Sent(view="tick", number=number, at=at) if self.waits_for(number):
                return Step(play=replace(self, due=at + _pace(table.game)))
            case i.Due(at=at) if self.due is not None and at >= self.due:
                return self._passed(at, table)
            case i.Answered(at=at, player=player, value=value):
                return self._chosen(player, value, at, table)
            case i.Joined(at=at):
                return self._joined(max(p.number for p in table.game.players), at, table)
            case i.Left(player=player):
                return self._left(player, table.game)
            case i.Woke(at=at) if self.due is not None:
                # Nobody could choose while the bot was away: the tick's time begins anew.
                return Step(play=replace(self, due=at + _pace(table.game)))
            case _:
                return Step(play=self)

    def waits_for(self, number: int) -> bool:
        """Whether the message of the open tick has not arrived yet, and this is its number."""
        return number == self.tick and self.due is None and not self.over

    def _chosen(self, player: int, value: str, at: datetime, table: Table) -> Step:
        """Take a choice, `cut50` or `3:cut50`; the last one before the deadline counts.

        It is tried at once, on the same account and prices: what it may not do is said now.
        """
        if table.game.player(player).left is not None:
            raise NotPlaying
        act = self._meant(value)
        if self.survivors[player].out:
            raise NotNow("out")
        if self.due is not None and at > self.due + GRACE:
            raise TooLate(self.due)
        scene = scene_of(self.tick, table.ground, at)
        events = done(table.accounts[player], act, scene)
        said = act
        if act == "cash":
            into = any(isinstance(e, MarginMoved) and e.amount > ZERO for e in events)
            said = "cash_in" if into else "cash_out"
        return Step(play=replace(self, chosen={**self.chosen, player: act}), said=said)

    def _meant(self, value: str) -> str:
        """The choice that was sent; a button names its tick, so that an old one does nothing."""
        number, _, act = value.rpartition(":")
        if number and number != str(self.tick):
            raise NotNow("tick")
        return act

    def _passed(self, at: datetime, table: Table) -> Step:
        """Carry all choices out and pass the candle; then the next tick, or the end."""
        met: dict[tuple[object, ...], Passage] = {}
        deeds, survivors = [], {}
        for player, one in self.survivors.items():
            act = self._act(player, table.game)
            # Who has done the same all along holds the same; those who came late entered later.
            seat = table.game.player(player)
            alike = (one.acts, act, seat.joined if seat.late else None)
            account = table.accounts[player]
            if alike not in met:
                met[alike] = passed(account, act, self.tick, table.ground, at)
            passage = met[alike]
            survivors[player] = one.after(self.tick, act, passage)
            if passage.events:
                deeds.append(Deed(player, account, passage.events, passage.account, at))
        play = replace(self, survivors=survivors, chosen={}, due=None, passed=self.passed + 1)
        return play.gone_on(tuple(deeds))

    def _act(self, player: int, game: Game) -> str:
        """What somebody does in this tick; who has left holds."""
        return HOLD if game.player(player).left is not None else self.chosen.get(player, HOLD)

    def gone_on(self, deeds: tuple[Deed, ...] = ()) -> Step:
        """Return the step to the next tick, or to the end after the last or where all are out."""
        if self.passed == self.ticks or all(one.out for one in self.survivors.values()):
            return replace(self, over=True).ended(deeds)
        return Step(play=self, deeds=deeds, posts=(_announced(self.tick),))

    def ended(self, deeds: tuple[Deed, ...] = ()) -> Step:
        """Return the step that tells what it was."""
        return Step(play=self, deeds=deeds, posts=(Post("end"),), over=True)

    def _joined(self, player: int, at: datetime, table: Table) -> Step:
        """Somebody who comes late has held so far. Raises `NoSeat`."""
        if self.tick > LATEST:
            raise NoSeat("begun")
        deed, one = held(player, entries(table), self.passed, table.ground, at)
        play = replace(self, survivors={**self.survivors, player: one})
        return Step(play=play, deeds=(deed,), said="joined")

    def _left(self, player: int, game: Game) -> Step:
        """Who leaves holds on; where nobody is left there is nobody to go on for."""
        chosen = {number: act for number, act in self.chosen.items() if number != player}
        play = replace(self, chosen=chosen)
        if game.playing:
            return Step(play=play)
        return replace(play, over=True).ended()

    def score(self, player: int) -> Rate:
        """Return somebody's points as things stand; nothing before the first tick is over."""
        if not self.counted:
            return Rate(ZERO)
        return score(self.survivors[player], self.counted, self.best)

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """By points; then more ticks alive, the higher low, fewer actions.

        Whoever has left stands under the line.
        """
        return placed(
            Standing(
                player,
                (self.score(player), Decimal(one.alive), one.low, Decimal(-len(one.acts))),
                listed=table.game.player(player).left is None,
            )
            for player, one in self.survivors.items()
        )

    def moved(self, by: timedelta) -> "Crash":
        """Return it with the end of its tick later."""
        return replace(self, due=None if self.due is None else self.due + by)


class SurviveTheCrash:
    """The kind."""

    name: ClassVar[str] = "crash"
    order: ClassVar[int] = 5
    play: ClassVar[type] = Crash
    options: ClassVar[tuple[Option, ...]] = (
        Option("ticks", ("12", "20", "30")),
        Option("pace", tuple(PACES)),
        Option("level", tuple(LEVERAGES)),
    )
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=10)
    trades: ClassVar[bool] = False

    def pace(self, game: Game) -> int:
        """No market is looked at."""
        del game
        return 1

    def full(self, game: Game) -> bool:
        """Its host begins it."""
        return len(game.playing) >= self.most

    def takes_late(self, game: Game, at: datetime) -> bool:
        """Whoever comes in the first ticks; which one it is the play knows."""
        del game, at
        return True

    def begin(self, table: Table, at: datetime) -> Step:
        """Hand everybody the book, and post the first tick. Raises `Unplayable`."""
        held_by_all, ground = entries(table), table.ground
        deeds = tuple(
            holding(player.number, held_by_all, ground, at) for player in table.game.playing
        )
        play = Crash(
            survivors={deed.player: Survivor.begun(deed, ground) for deed in deeds},
            policies=policies(held_by_all, ground, at),
        )
        return Step(play=play, deeds=deeds, posts=(_announced(1),))

    def reels(self, game: Game, events: ScenarioSource, ground: Ground) -> tuple[Reel, ...]:
        """Return the event that the seed draws."""
        leverage = LEVERAGES[chosen(game, self, "level")]
        try:
            known = playable(ground, leverage, max(MARGINS))
        except Unplayable:
            return ()
        found = shot(events, game.seed, int(chosen(game, self, "ticks")), known)
        return () if found is None else (found,)

    def marks(self, play: Play, ground: Ground, now: datetime) -> Marks | None:
        """Return the marks at the open of the tick that is open."""
        assert isinstance(play, Crash)
        return scene_of(play.tick, ground, now).marks


KIND = SurviveTheCrash()


def entries(table: Table) -> tuple[Entry, ...]:
    """Return the book of a game. Raises `Unplayable`."""
    leverage = LEVERAGES[chosen(table.game, KIND, "level")]
    return book(film(table.ground), table.game.seed, leverage)


def _pace(game: Game) -> timedelta:
    return PACES[chosen(game, KIND, "pace")]


def _announced(number: int) -> Post:
    """The message of a tick: its time begins when it is there."""
    return Post("tick", number, starts=True, live=True)
