"""One trade behind two walls: some players isolated, the others cross, until the time is up.

Everybody enters at the first fresh mark with the same quantity. Isolated may add margin twice;
cross may open one hedge of at most half the size; both may close. What counts is the whole wallet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from core.errors import Refusal
from core.lessons.game.errors import ActUsed, NotNow, NotPlaying, OtherWall, TooLate, Unplayable
from core.lessons.game.kind import Deed, Ground, Span, Table
from core.lessons.game.session import Session
from core.lessons.game.sides import entered, hedge_of, more_margin
from core.lessons.game.trading import Noted, Waiting, check_order
from core.margin.pool import MarginMode, Side
from core.market import Marks, Symbol
from core.money import Amount, Price, Rate
from core.paper.account import PaperAccount
from core.paper.actions import Action, CloseAll, MoveMargin, Open
from core.paper.events import Event, MarginMoved, PositionIncreased, PositionReduced

ACTS: Mapping[str, tuple[MarginMode | None, int]] = {
    "add": (MarginMode.ISOLATED, 2),
    "hedge": (MarginMode.CROSS, 1),
    "close": (None, 1),
}
"""What may be done: behind which wall, and how often."""

_ASKED: Mapping[type[Action], str] = {MoveMargin: "add", Open: "hedge", CloseAll: "close"}
_DONE: Mapping[type[Event], str] = {
    MarginMoved: "add",
    PositionIncreased: "hedge",
    PositionReduced: "close",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The trade: side, leverage, margin and wallet (quote)."""

    side: Side
    leverage: Rate
    margin: Amount
    wallet: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """Who stands behind which wall, and how it goes.

    `opened` and `closed` are the marks between which it was played (quote per base); `acts` is what
    was done by whom, in order: what could not be done may be asked again. It is `over` when its
    time was up, or when it was `forfeit`. `passed` are the steps of a recorded event that are over;
    None where it is played on a market.
    """

    symbol: Symbol
    terms: Terms
    isolated: frozenset[int]
    session: Session | None = None
    opened: Price | None = None
    closed: Price | None = None
    acts: tuple[tuple[int, str], ...] = ()
    over: bool = False
    forfeit: bool = False
    passed: int | None = None

    @property
    def notes(self) -> Mapping[int, Noted]:
        """What is noted of each player; nobody before the entry."""
        return {} if self.session is None else self.session.notes

    @property
    def on(self) -> bool:
        """Whether it is being played."""
        return self.session is not None and not self.over

    @property
    def span(self) -> Span | None:
        """From the entry to the end, while it is played on a market."""
        session = self.session
        if session is None or self.opened is None or self.over or self.passed is not None:
            return None
        return session.began, session.ends

    @property
    def next_look(self) -> datetime | None:
        """From when on marks matter in any case: for an entry or an order, each minute, the end.

        None before its time, after it, and on a recorded event: no market's do.
        """
        session = self.session
        if session is None or self.over or self.passed is not None:
            return None
        return session.began if self.opened is None else session.next_look

    @property
    def judged(self) -> datetime | None:
        """From which moment on marks are new to it."""
        session = self.session
        return None if session is None else session.judged or session.began

    def mode(self, player: int) -> MarginMode:
        """Return the wall a player stands behind."""
        return MarginMode.ISOLATED if player in self.isolated else MarginMode.CROSS

    def anew(self, symbol: Symbol, isolated: frozenset[int]) -> "Bout":
        """Return another one of the same terms, which has not begun."""
        passed = None if self.passed is None else 0
        return Bout(symbol=symbol, terms=self.terms, isolated=isolated, passed=passed)

    def begun(self, at: datetime, length: timedelta) -> Self:
        """Return it with its time running."""
        return replace(self, session=Session(began=at, ends=at + length))

    def ticked(self, marks: Marks, table: Table) -> tuple[Self, tuple[Deed, ...]]:
        """Return what marks make of it: the entry, a look, or its end; itself where nothing.

        Open positions count at the last marks, less the fee of closing them. A minute that nobody
        saw ends it at its own end, and the extremes of one that goes beyond the end do not count.
        Raises `Unplayable` where the trade cannot be entered.
        """
        session, mark = self.session, marks.get(self.symbol)
        if session is None or self.over or mark is None:
            return self, ()
        if not session.counts(marks):
            return self, ()
        if self.opened is None:
            return (self, ()) if marks.estimated else self.entered(marks, table)
        new, deeds, accounts = session.ticked(table.accounts, table.ground, marks)
        bout = self if new is session else self.done(new, deeds)
        if not session.ends_with(marks):
            return bout, deeds
        return bout.ended(accounts, table.ground, marks), deeds

    def entered(self, marks: Marks, table: Table) -> tuple[Self, tuple[Deed, ...]]:
        """Return it with everybody in at the marks; its time begins with that.

        Raises `Unplayable`.
        """
        session, terms, deeds = self.session, self.terms, []
        assert session is not None
        for player in (p.number for p in table.game.playing):
            entry = (self.symbol, terms.side, terms.leverage, terms.margin, self.mode(player))
            try:
                deeds.append(entered(player, entry, terms.wallet, table.ground, marks))
            except Refusal as refusal:
                raise Unplayable(refusal.code) from refusal
        after = {deed.player: deed.after for deed in deeds}
        session = replace(session, began=marks.at, ends=marks.at + (session.ends - session.began))
        session = session.entered(deeds, terms.wallet).seen(after, marks)
        return replace(self, session=session, opened=marks.price(self.symbol)), tuple(deeds)

    def ended(self, accounts: Mapping[int, PaperAccount], ground: Ground, marks: Marks) -> Self:
        """Return it with its time up: what is open counts at the marks, less the fee of closing."""
        assert self.session is not None
        last = self.session.valued(accounts, ground, marks)
        return replace(self, session=last, closed=marks.price(self.symbol), over=True)

    def done(self, session: Session, deeds: tuple[Deed, ...]) -> Self:
        """Return it after deeds, of which those that were asked for are counted."""
        acts = list(self.acts)
        for deed in deeds:
            names = [_DONE[type(event)] for event in deed.events if type(event) in _DONE]
            # To close both sides is one wish.
            names = [name for name in names if name != "close"] + ["close"] * ("close" in names)
            acts += [(deed.player, name) for name in names]
        return replace(self, session=session, acts=tuple(acts))

    def asked(self, player: int, act: str, at: datetime, table: Table) -> Self:
        """Return it with a wish that is done at the next mark.

        Raises `NotNow`, `NotPlaying`, `OtherWall`, `ActUsed`, `HeldTooShort`, `TooLate`.
        """
        session, account = self.session, table.accounts.get(player)
        if table.game.player(player).left is not None:
            raise NotPlaying
        if session is None or account is None or self.over or not account.positions:
            raise NotNow("between")
        if at >= session.ends:
            raise TooLate(session.ends)
        wall, times = ACTS[act]
        if wall is not None and wall is not self.mode(player):
            raise OtherWall(act, wall.value)
        waits = [_ASKED[type(w.action)] for w in session.waiting if w.player == player]
        if self.acts.count((player, act)) + waits.count(act) >= times:
            raise ActUsed(act, times)
        first, action = account.positions[0], _action(act, account, table.ground)
        if act == "close":
            check_order(account, action, at)
        return replace(self, session=session.waited(Waiting(at, player, action, first.number)))

    def deserted(self, player: int, at: datetime, table: Table) -> Self:
        """Return it after somebody went: what they hold is closed at the next mark."""
        session, account = self.session, table.accounts.get(player)
        if session is None or self.over or account is None or not account.positions:
            return self
        return replace(self, session=session.waited(Waiting(at, player, CloseAll())))

    def given_up(self) -> Self:
        """Return it ended before its time."""
        return replace(self, over=True, forfeit=True)

    def later(self, by: timedelta) -> Self:
        """Return it with its end moved, where it has one: that is known from the entry on."""
        if self.session is None or self.opened is None or self.over:
            return self
        return replace(self, session=self.session.later(by))


def _action(act: str, account: PaperAccount, ground: Ground) -> Action:
    """What a wish means for an account that holds a position."""
    first = account.positions[0]
    if act == "add":
        return more_margin(first)
    return hedge_of(first, ground) if act == "hedge" else CloseAll()
