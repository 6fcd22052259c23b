"""Last trader standing: everybody keeps one position open, at a leverage that rises step by step.

You choose pair, side and mode, and may choose anew; without a position for two minutes, or
liquidated, you are out. At every step all positions are struck anew at the higher leverage with
half of what the wallet holds as margin. The last one standing wins; after three steps at the top
the higher equity does. Cross lives longer, and the board says what that cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from core.lessons.game import inputs as i
from core.lessons.game.errors import BadOption, HeldTooShort, NotNow, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Option, Post, Step, Table, chosen
from core.lessons.game.session import Session
from core.lessons.game.sides import Pick, restruck
from core.lessons.game.standing import Standing, placed
from core.lessons.game.trading import HOLDING, Noted, endowed
from core.margin.pool import MarginMode, Side
from core.market import Marks, Symbol
from core.money import ONE, ZERO, Amount, Rate
from core.paper.account import PaperAccount, bare
from core.paper.apply import applied

START = Amount(Decimal(10_000))
LADDER = tuple(Rate(Decimal(x)) for x in (3, 5, 8, 12, 20, 30, 40, 50))
"""The leverage of each step; the last one stays."""

AT_THE_TOP = 3
"""Steps at the highest leverage after which equity decides."""

FLAT = timedelta(minutes=2)
"""Who has no position for so long is out."""

FOREVER = timedelta(days=30)
STEPS: Mapping[str, timedelta] = {
    "10m": timedelta(minutes=10),
    "1h": timedelta(hours=1),
}
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """A game under way.

    `picks` is what each has chosen, `fresh` whose choice waits for the next mark; `flat` since when
    somebody has no position, `out` when somebody went out.
    """

    session: Session | None = None
    step: int = 0
    turns: datetime | None = None
    picks: Mapping[int, Pick] = field(default_factory=dict)
    fresh: frozenset[int] = frozenset()
    flat: Mapping[int, datetime] = field(default_factory=dict)
    out: Mapping[int, datetime] = field(default_factory=dict)
    over: bool = False
    due: datetime | None = None

    purse: ClassVar[int] = 1
    until: ClassVar[None] = None
    span: ClassVar[None] = None

    @property
    def leverage(self) -> Rate:
        """The leverage of this step."""
        return LADDER[min(self.step, len(LADDER) - 1)]

    @property
    def next_look(self) -> datetime | None:
        """For a choice, the end of a step, somebody without a position, or the next minute."""
        if self.session is None or self.over or self.turns is None:
            return None
        if self.fresh:
            return self.session.judged or self.session.began
        flat = [since + FLAT for player, since in self.flat.items() if player not in self.out]
        return min([self.session.next_look, self.turns, *flat])

    @property
    def judged(self) -> datetime | None:
        """As the session has it."""
        return None if self.session is None else self.session.judged or self.session.began

    def wants(self, table: Table) -> frozenset[Symbol]:
        """The contracts of all accounts and choices."""
        held = [account.symbols for account in table.accounts.values()]
        return frozenset().union(*held, [pick.symbol for pick in self.picks.values()])

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        match what:
            case i.Sent(view="step", number=1, at=at) if self.session is None:
                return self._started(at, table)
            case i.Answered(at=at, player=player, value=value):
                return self._picked(player, value, at, table)
            case i.Ticked(marks=marks) if self.session is not None and not self.over:
                return self._ticked(self.session, marks, table)
            case i.Left(at=at, player=player) if self.session is not None and not self.over:
                return self._ended_if(replace(self, out={**self.out, player: at}), ())
            case _:
                return Step(play=self)

    def _started(self, at: datetime, table: Table) -> Step:
        session = Session(began=at, ends=at + FOREVER)
        deeds = tuple(_endowed(p.number, at, table) for p in table.game.playing)
        play = replace(
            self,
            session=session.entered(deeds, START),
            turns=at + STEPS[chosen(table.game, KIND, "step")],
            flat={deed.player: at for deed in deeds},
        )
        return Step(play=play, deeds=deeds)

    def _picked(self, player: int, value: str, at: datetime, table: Table) -> Step:
        """Take a choice, `BTCUSDT long isolated`; it is struck at the next mark."""
        if table.game.player(player).left is not None:
            raise NotPlaying
        if self.session is None or self.over or player in self.out:
            raise NotNow("out" if player in self.out else "between")
        account = table.accounts[player]
        opened = max((p.opened_at for p in account.positions), default=None)
        if opened is not None and at < opened + HOLDING:
            raise HeldTooShort(opened + HOLDING)
        pick = _read(value, table)
        play = replace(self, picks={**self.picks, player: pick}, fresh=self.fresh | {player})
        return Step(play=play, said="picked")

    # --- marks ------------------------------------------------------------------------------------

    def _ticked(self, session: Session, marks: Marks, table: Table) -> Step:
        """Walls first; then choices and the next step; then who has been without for too long."""
        new, deeds, accounts = session.ticked(table.accounts, table.ground, marks)
        play = replace(self, session=new) if new is not session else self
        if marks.estimated:
            return Step(play=play.without_fallen(new, marks), deeds=deeds)
        play = play.without_fallen(new, marks)
        posts: tuple[Post, ...] = ()
        due = play.fresh
        if play.turns is not None and marks.at >= play.turns:
            length = STEPS[chosen(table.game, KIND, "step")]
            play = replace(play, step=play.step + 1, turns=play.turns + length)
            posts = (Post("step", play.step + 1, live=True),)
            due = frozenset(play.picks)
        struck = play.strike(due - play.out.keys(), marks, replace(table, accounts=accounts))
        deeds += struck
        accounts = {**accounts, **{deed.player: deed.after for deed in struck}}
        play = play.counted(accounts, marks, due, struck)
        return self._ended_if(play, deeds, posts)

    def without_fallen(self, session: Session, marks: Marks) -> "Last":
        """Return it with everybody out who was liquidated."""
        fallen = {
            player: marks.at
            for player, notes in session.notes.items()
            if notes.liquidations and player not in self.out
        }
        return replace(self, out={**self.out, **fallen}) if fallen else self

    def strike(self, players: frozenset[int], marks: Marks, table: Table) -> tuple[Deed, ...]:
        """Return positions struck anew at this step's leverage; who cannot stays without one."""
        deeds = []
        for player in sorted(players):
            account, pick = table.accounts[player], self.picks[player]
            if pick.symbol not in marks.prices:
                continue
            deed = restruck(
                Deed(player, account, (), account, marks.at),
                pick,
                self.leverage,
                (table.ground, marks),
            )
            if deed.events:
                deeds.append(deed)
        return tuple(deeds)

    def counted(
        self,
        accounts: Mapping[int, PaperAccount],
        marks: Marks,
        due: frozenset[int],
        struck: tuple[Deed, ...],
    ) -> "Last":
        """Return it with who is without a position, and who has been for too long."""
        flat = {
            player: self.flat.get(player, marks.at)
            for player, account in accounts.items()
            if not account.positions and player not in self.out
        }
        late = {player: marks.at for player, since in flat.items() if marks.at >= since + FLAT}
        session = self.session
        if session is not None and struck:
            notes = dict(session.notes)
            for deed in struck:
                notes[deed.player] = notes[deed.player].told(deed.events, marks.at)
            session = replace(session, notes=notes, judged=marks.at)
        fresh = self.fresh - due
        if (flat, late, fresh, session) == (self.flat, {}, self.fresh, self.session):
            return self
        return replace(self, flat=flat, out={**self.out, **late}, fresh=fresh, session=session)

    def _ended_if(
        self, play: "Last", deeds: tuple[Deed, ...], posts: tuple[Post, ...] = ()
    ) -> Step:
        """End it when at most one is left, or the top has been held for long enough."""
        session = play.session
        assert session is not None
        alive = [player for player in session.notes if player not in play.out]
        top = play.step >= len(LADDER) - 1 + AT_THE_TOP
        if len(alive) <= 1 or top:
            return Step(play=replace(play, over=True), deeds=deeds, posts=(Post("end"),), over=True)
        return Step(play=play, deeds=deeds, posts=posts)

    # --- who is where -----------------------------------------------------------------------------

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """Those who stand by their equity, then the others by the time they lasted."""
        del table
        if self.session is None:
            return ()
        return placed(
            Standing(player, self.figures(player, notes))
            for player, notes in self.session.notes.items()
        )

    def figures(self, player: int, notes: Noted) -> tuple[Decimal, ...]:
        """Return what a player is told by; higher is better."""
        assert self.session is not None
        fell = self.out.get(player)
        if fell is None:
            return (ONE, notes.equity)
        return (ZERO, Decimal((fell - self.session.began) // timedelta(seconds=1)))

    def moved(self, by: timedelta) -> "Last":
        """Return it with the end of its step later, and everybody's time without a position."""
        return replace(
            self,
            turns=None if self.turns is None else self.turns + by,
            flat={player: since + by for player, since in self.flat.items()},
        )


class LastTrader:
    """The kind."""

    name: ClassVar[str] = "last"
    order: ClassVar[int] = 7
    play: ClassVar[type] = Last
    options: ClassVar[tuple[Option, ...]] = (Option("step", tuple(STEPS)),)
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=30)
    trades: ClassVar[bool] = True

    def pace(self, game: Game) -> int:
        """A step plays six hours of a recorded market."""
        return 6 * HOUR // STEPS[chosen(game, self, "step")]

    def full(self, game: Game) -> bool:
        """Its host begins it."""
        return len(game.playing) >= self.most

    def takes_late(self, game: Game, at: datetime) -> bool:
        """Nobody: the ladder has begun."""
        del game, at
        return False

    def begin(self, table: Table, at: datetime) -> Step:
        """Post the first step; the time begins when it is there."""
        del table, at
        return Step(play=Last(), posts=(Post("step", 1, starts=True, live=True),))


KIND = LastTrader()


def _endowed(player: int, at: datetime, table: Table) -> Deed:
    begun = bare(0, "")
    events = endowed(START, table.ground)
    return Deed(player, begun, events, applied(begun, events, at), at)


def _read(value: str, table: Table) -> Pick:
    """A choice as it is sent. Raises `BadOption` for what there is not."""
    symbol, side, mode = (*value.split(), "", "", "")[:3]
    listed = [s for s in table.ground.symbols if s in table.ground.listing.instruments]
    top = [s for s in listed if table.ground.listing.instrument(s).max_leverage >= LADDER[-1]]
    if symbol not in top:
        raise BadOption("coin", symbol, tuple(top))
    if side not in {each.value for each in Side}:
        raise BadOption("side", side, tuple(each.value for each in Side))
    if mode not in {each.value for each in MarginMode}:
        raise BadOption("mode", mode, tuple(each.value for each in MarginMode))
    return Pick(Symbol(symbol), Side(side), MarginMode(mode))
