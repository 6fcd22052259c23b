"""Arena: everybody trades for some time from the same start; who does best without falling far?

    score = ROI % - half of the largest drawdown %

both of the equity as it is looked at each minute. ROI is on the fixed start, into which nothing can
be paid. Whoever falls below a hundredth of it is out, below all who live, by the time they lasted.
To be listed one must have closed five trades, on two pairs, on two days where it lasts a week; of a
single trade that made more than six tenths of the profit the excess does not count. Two players who
traded against each other share the lower one's place until a host decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from core.lessons.game import allowed
from core.lessons.game import inputs as i
from core.lessons.game.adjusting import adjusted, adjusters, printed
from core.lessons.game.errors import NotNow, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Option, Post, Span, Step, Table, chosen
from core.lessons.game.late import LATE, may_come_late
from core.lessons.game.pairs import NONE, Pairs, mirrored
from core.lessons.game.session import Adjustment, Session
from core.lessons.game.sides import new_account
from core.lessons.game.standing import Standing, placed, unlisted
from core.lessons.game.trades import Trade
from core.lessons.game.trading import Noted
from core.market import Marks, Symbol
from core.money import ONE, ZERO, Amount, Rate
from core.paper.actions import Action

START = Amount(Decimal(10_000))
"""What everybody begins with, quote."""

HUNDRED = Decimal(100)
OUT = Rate(Decimal("0.01"))
LARGEST_SHARE = Rate(Decimal("0.6"))
TRADES, PAIRS, DAYS = 5, 2, 2
"""What it takes to be listed; days only where it lasts a week."""

WEEK = timedelta(days=7)
LENGTHS: Mapping[str, timedelta] = {
    "1h": timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": WEEK,
    "30d": timedelta(days=30),
}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arena:
    """A contest under way; `gone` are those who left, whose positions are closed."""

    session: Session | None = None
    gone: frozenset[int] = frozenset()
    pairs: Pairs = NONE
    over: bool = False
    due: datetime | None = None

    purse: ClassVar[int] = 1
    until: ClassVar[None] = None

    @property
    def span(self) -> Span | None:
        """From the first board to the end."""
        session = self.session
        return None if session is None or self.over else (session.began, session.ends)

    @property
    def next_look(self) -> datetime | None:
        """As the session has it."""
        return None if self.session is None or self.over else self.session.next_look

    @property
    def judged(self) -> datetime | None:
        """As the session has it."""
        return None if self.session is None else self.session.judged or self.session.began

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """As the session has them."""
        return () if self.session is None else self.session.adjustments

    def wants(self, table: Table) -> frozenset[Symbol]:
        """The contracts of all accounts, and of the orders that wait."""
        return frozenset() if self.session is None else self.session.symbols(table.accounts)

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        match what:
            case i.Sent(view="board", at=at) if self.session is None:
                return self._started(at, table)
            case i.Joined(at=at) if self.session is not None:
                return self._joined(max(p.number for p in table.game.players), at, table)
            case i.Ordered(at=at, player=player, action=action):
                return self._ordered(player, action, at, table)
            case i.Ticked(marks=marks) if self.session is not None and not self.over:
                return self._ticked(self.session, marks, table)
            case i.Ruled(what="adjust") if self.session is not None and not self.over:
                session, deed = adjusted(self.session, what, table)
                return printed(replace(self, session=session), session, deed)
            case i.Ruled(what="pair", about=about, by=by) if self.over:
                pairs = self.pairs.ruled(about, by)
                post = Post("ruling", len(pairs.rulings))
                return Step(play=replace(self, pairs=pairs), posts=(post,), said="ruled")
            case i.Left(player=player, at=at):
                return self._left(player, at, table)
            case i.Returned(player=player, at=at) if self.session is not None:
                return self._returned(player, at, table)
            case _:
                return Step(play=self)

    def _started(self, at: datetime, table: Table) -> Step:
        """Everybody gets their money when the board is there."""
        session = Session(began=at, ends=at + LENGTHS[chosen(table.game, KIND, "length")])
        deeds = tuple(new_account(p.number, START, table.ground, at) for p in table.game.playing)
        session = session.entered(deeds, START)
        return Step(play=replace(self, session=session), deeds=deeds)

    def _joined(self, player: int, at: datetime, table: Table) -> Step:
        """Somebody who comes late begins with the same money and has less time."""
        assert self.session is not None
        deed = new_account(player, START, table.ground, at)
        play = replace(self, session=self.session.entered((deed,), START))
        return Step(play=play, deeds=(deed,), said="joined")

    def _ordered(self, player: int, action: Action, at: datetime, table: Table) -> Step:
        """Take an order; it is filled at the next mark. Raises what forbids it."""
        session, account = self.session, table.accounts.get(player)
        if table.game.player(player).left is not None or player in self.gone:
            raise NotPlaying
        if session is None or account is None or self.over:
            raise NotNow("between")
        if at >= session.ends or session.notes[player].out is not None:
            raise NotNow("out")
        allowed.check_allowed(action, table.game, KIND, table.ground)
        session = session.ordered(player, action, at, account)
        return Step(play=replace(self, session=session), said="ordered")

    def _left(self, player: int, at: datetime, table: Table) -> Step:
        """Close what they hold at the next mark; their result stands under the line."""
        if self.session is None or self.over:
            return Step(play=self)
        session = self.session.leaving(player, table.accounts[player], at)
        return Step(play=replace(self, session=session, gone=self.gone | {player}))

    def _returned(self, player: int, at: datetime, table: Table) -> Step:
        """Whoever was away when it began begins now; a result that was given up stays so."""
        return Step(play=self) if player in table.accounts else self._joined(player, at, table)

    def _ticked(self, session: Session, marks: Marks, table: Table) -> Step:
        if not session.counts(marks):
            return Step(play=self)
        new, deeds, accounts = session.ticked(table.accounts, table.ground, marks)
        if session.ends_with(marks):
            last = new.valued(accounts, table.ground, marks)
            trades = {player: notes.trades for player, notes in last.notes.items()}
            pairs = Pairs(mirrored(trades, marks.at))
            play = replace(self, session=last, pairs=pairs, over=True)
            return Step(play=play, deeds=deeds, posts=(Post("end"),), over=True)
        if new is session:
            return Step(play=self)
        return Step(play=replace(self, session=new.without_broke(OUT, marks.at)), deeds=deeds)

    # --- the board --------------------------------------------------------------------------------

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """By score; then the smaller drawdown, fewer liquidations, fewer trades, the earlier end.

        The first figure tells who lives from who is out; the second is the score.
        """
        session = self.session
        if session is None:
            return ()
        week = session.ends - session.began >= WEEK
        left = {p.number for p in table.game.players if p.left is not None} | self.gone
        earned = (
            Standing(player, figures(notes, session), listed(notes, week=week, left=player in left))
            for player, notes in session.notes.items()
        )
        return placed(unlisted(self.pairs.shared(earned), adjusters(self)))

    def moved(self, by: timedelta) -> "Arena":
        """Return it with its end later."""
        return replace(self, session=None if self.session is None else self.session.later(by))


def score(notes: Noted) -> Rate:
    """ROI in percent less half of the largest drawdown in percent, without a lucky trade's excess.

    The excess is what one trade made beyond six tenths of the whole profit.
    """
    best = max((trade.gained for trade in closed(notes)), default=ZERO)
    excess = max(ZERO, best - LARGEST_SHARE * notes.change) if notes.change > ZERO else ZERO
    roi = (notes.change - excess) / notes.start * HUNDRED
    return Rate(roi - notes.drawdown * HUNDRED / 2)


def figures(notes: Noted, session: Session) -> tuple[Decimal, ...]:
    """Return what a player is told by, the most important first; higher is better."""
    if notes.out is not None:
        return (ZERO, _seconds(notes.out - session.began))
    holds = any(trade.closed is None for trade in notes.trades)
    final = session.ends if holds or notes.touched is None else notes.touched
    return (
        ONE,
        score(notes),
        -notes.drawdown,
        Decimal(-notes.liquidations),
        Decimal(-len(closed(notes))),
        -_seconds(final - session.began),
    )


def listed(notes: Noted, *, week: bool, left: bool) -> bool:
    """Whether a player has traded enough to be listed; who is out is listed below."""
    if left:
        return False
    if notes.out is not None:
        return True
    trades = closed(notes)
    days = {trade.closed.date() for trade in trades if trade.closed}
    pairs = {trade.symbol for trade in trades}
    return len(trades) >= TRADES and len(pairs) >= PAIRS and (not week or len(days) >= DAYS)


def closed(notes: Noted) -> tuple[Trade, ...]:
    """Return the trades of which nothing is open any more."""
    return tuple(trade for trade in notes.trades if trade.closed is not None)


def _seconds(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(seconds=1))


class TradingArena:
    """The kind."""

    name: ClassVar[str] = "arena"
    order: ClassVar[int] = 4
    play: ClassVar[type] = Arena
    options: ClassVar[tuple[Option, ...]] = (
        Option("length", tuple(LENGTHS)),
        allowed.LEVERAGE,
        allowed.MODES,
        allowed.PAIRS,
        LATE,
    )
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=30)
    trades: ClassVar[bool] = True

    def pace(self, game: Game) -> int:
        """An hour plays a day; anything longer is played as it comes."""
        return max(1, DAY // LENGTHS[chosen(game, self, "length")])

    def full(self, game: Game) -> bool:
        """Its host begins it."""
        return len(game.playing) >= self.most

    def takes_late(self, game: Game, at: datetime) -> bool:
        """As its host chose: nobody, in the first quarter, or until the end."""
        return may_come_late(game, self, at, LENGTHS[chosen(game, self, "length")])

    def begin(self, table: Table, at: datetime) -> Step:
        """Post the board; the time begins when it is there."""
        del table, at
        return Step(play=Arena(), posts=(Post("board", starts=True, live=True),))


KIND = TradingArena()
