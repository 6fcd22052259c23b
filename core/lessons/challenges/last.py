"""Last trader standing: everybody keeps one position open, at a leverage that rises step by step.

You choose pair, side and mode, within five minutes, and may choose anew or close; without a
position for two minutes, or liquidated, you are out. At every step all positions are struck anew at
the higher leverage with half of what the wallet holds as margin, as far as an order and the
contract's tiers allow. The last one standing wins; after three steps at the top the higher equity
does. Cross lives longer, and the board says what that cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

from core.lessons.game import inputs as i
from core.lessons.game.errors import HeldTooShort, NotNow, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Ground, Option, Post, Step, Table, chosen
from core.lessons.game.ladder import (
    AT_THE_TOP,
    COMPANY,
    FIRST,
    FLAT,
    FOREVER,
    LADDER,
    PLAYED,
    START,
    STEPS,
    figures,
    later,
    ready,
    strike,
)
from core.lessons.game.picks import CLOSE, OPEN, pairs, read
from core.lessons.game.session import Accounts, Session
from core.lessons.game.sides import Pick, new_account
from core.lessons.game.standing import Standing, placed
from core.lessons.game.trading import HOLDING
from core.market import Marks, Symbol
from core.money import Rate
from core.paper.account import PaperAccount
from core.paper.actions import CloseAll


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """A game under way.

    `picks` is what each has chosen, `wishes` what they are about to choose; `fresh` is who is to be
    struck at the next mark after a moment; `flat` until when somebody may be without a position,
    `out` when somebody went out.
    """

    session: Session | None = None
    step: int = 0
    turns: datetime | None = None
    picks: Mapping[int, Pick] = field(default_factory=dict)
    wishes: Mapping[int, Pick] = field(default_factory=dict)
    fresh: Mapping[int, datetime] = field(default_factory=dict)
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
        flat = [until for player, until in self.flat.items() if player not in self.out]
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
                return self._left(self.session, player, at, table)
            case _:
                return Step(play=self)

    def _started(self, at: datetime, table: Table) -> Step:
        session = Session(began=at, ends=at + FOREVER)
        deeds = tuple(new_account(p.number, START, table.ground, at) for p in table.game.playing)
        play = replace(
            self,
            session=session.entered(deeds, START),
            turns=at + STEPS[chosen(table.game, KIND, "step")],
            flat={deed.player: at + FIRST for deed in deeds},
        )
        return Step(play=play, deeds=deeds)

    def _left(self, session: Session, player: int, at: datetime, table: Table) -> Step:
        """Who goes is out at that time; what they hold is closed at the next mark."""
        if player not in session.notes:
            return Step(play=self)
        if table.accounts[player].positions:
            session = session.leaving(player, table.accounts[player], at)
        return replace(self, session=session, out={player: at, **self.out}).ended_if()

    def _picked(self, player: int, value: str, at: datetime, table: Table) -> Step:
        """Take a choice, `btc long cross` or a part of one; what counts is struck at the next mark.

        Raises `NotPlaying`, `NotNow`, `HeldTooShort`, `BadOption`.
        """
        if table.game.player(player).left is not None:
            raise NotPlaying
        session = self.session
        if session is None or self.over:
            raise NotNow("between")
        if player in self.out or player not in session.notes:
            raise NotNow("out")
        if value.strip() == CLOSE:
            return self._closed(session, player, at, table)
        old = self.wishes.get(player, self.picks.get(player))
        pick, counts = read(value, old, pairs(table.ground, LADDER[-1]))
        said = f"{pick.symbol} {pick.side.value} {pick.mode.value}"
        if not counts:
            return Step(play=replace(self, wishes={**self.wishes, player: pick}), said=said)
        positions = table.accounts[player].positions
        opened = max((position.opened_at for position in positions), default=None)
        if opened is not None and at < opened + HOLDING:
            raise HeldTooShort(opened + HOLDING)
        wishes = {number: wish for number, wish in self.wishes.items() if number != player}
        picks, fresh = {**self.picks, player: pick}, {**self.fresh, player: at}
        play = replace(self, picks=picks, fresh=fresh, wishes=wishes)
        return Step(play=play, said=f"{OPEN} {said}")

    def _closed(self, session: Session, player: int, at: datetime, table: Table) -> Step:
        """Close at the next mark; the choice stays a wish. Raises `NotNow`, `HeldTooShort`."""
        account = table.accounts[player]
        if not account.positions:
            raise NotNow("flat")
        picks, fresh = dict(self.picks), dict(self.fresh)
        fresh.pop(player, None)
        wishes = {player: picks.pop(player), **self.wishes} if player in picks else self.wishes
        session = session.ordered(player, CloseAll(), at, account)
        play = replace(self, session=session, picks=picks, fresh=fresh, wishes=wishes)
        return Step(play=play, said=CLOSE)

    def _ticked(self, session: Session, marks: Marks, table: Table) -> Step:
        """Walls first; then choices and the next step; then who has been without for too long."""
        if not session.counts(marks):
            return Step(play=self)
        new, deeds, accounts = session.ticked(table.accounts, table.ground, marks)
        play = replace(self, session=new) if new is not session else self
        play = play.without_fallen(new, marks)
        if marks.estimated:
            return Step(play=play, deeds=deeds)
        posts: tuple[Post, ...] = ()
        if play.turns is not None and marks.at >= play.turns:
            length = STEPS[chosen(table.game, KIND, "step")]
            fresh = {**dict.fromkeys(play.picks, session.began), **play.fresh}
            play = replace(play, step=play.step + 1, turns=play.turns + length, fresh=fresh)
            posts = (Post("step", play.step + 1, live=True),)
        due = ready(play.fresh, play.picks, marks)
        picks = {player: play.picks[player] for player in due - play.out.keys()}
        struck = strike(picks, play.leverage, marks, replace(table, accounts=accounts))
        accounts = {**accounts, **{deed.player: deed.after for deed in struck}}
        play = play.counted(accounts, marks, due, struck)
        return play.ended_if((*deeds, *struck), posts, (accounts, table.ground, marks))

    def without_fallen(self, session: Session, marks: Marks) -> "Last":
        """Return it with everybody out who was liquidated."""
        fallen = {
            player: marks.at
            for player, notes in session.notes.items()
            if notes.liquidations and player not in self.out
        }
        return replace(self, out={**self.out, **fallen}) if fallen else self

    def counted(
        self,
        accounts: Mapping[int, PaperAccount],
        marks: Marks,
        due: frozenset[int],
        struck: tuple[Deed, ...],
    ) -> "Last":
        """Return it with who is without a position, and who has been for too long."""
        flat = {
            player: self.flat.get(player, marks.at + FLAT)
            for player, account in accounts.items()
            if not account.positions and player not in self.out
        }
        late = {player: marks.at for player, until in flat.items() if marks.at >= until}
        session = self.session
        if session is not None and struck:
            notes = dict(session.notes)
            for deed in struck:
                notes[deed.player] = notes[deed.player].told(deed.events, marks.at)
            session = replace(session, notes=notes, judged=marks.at)
        fresh = {p: at for p, at in self.fresh.items() if p not in due and p not in self.out}
        if (flat, late, fresh, session) == (self.flat, {}, self.fresh, self.session):
            return self
        return replace(self, flat=flat, out={**self.out, **late}, fresh=fresh, session=session)

    def ended_if(
        self,
        deeds: tuple[Deed, ...] = (),
        posts: tuple[Post, ...] = (),
        there: tuple[Accounts, Ground, Marks] | None = None,
    ) -> Step:
        """Return the step to the end where at most one is left, or the top was held for long.

        What is open counts at the last marks, less the fee of closing it.
        """
        session = self.session
        assert session is not None
        alive = [player for player in session.notes if player not in self.out]
        if len(alive) > 1 and self.step < len(LADDER) - 1 + AT_THE_TOP:
            return Step(play=self, deeds=deeds, posts=posts)
        last = session if there is None else session.valued(*there)
        play = replace(self, session=last, over=True)
        return Step(play=play, deeds=deeds, posts=(Post("end"),), over=True)

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """Those who stand by their equity, then the others by the time they lasted."""
        del table
        if (session := self.session) is None:
            return ()
        return placed(
            Standing(player, figures(own, self.out.get(player), session.began))
            for player, own in session.notes.items()
        )

    @property
    def friendly(self) -> bool:
        """Whether too few began for it to count in a season."""
        return self.session is None or len(self.session.notes) < COMPANY

    def moved(self, by: timedelta) -> "Last":
        """Return it with the end of its step later, and everybody's time without a position."""
        return replace(
            self,
            turns=None if self.turns is None else self.turns + by,
            flat=later(self.flat, by),
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
        return PLAYED // STEPS[chosen(game, self, "step")]

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
