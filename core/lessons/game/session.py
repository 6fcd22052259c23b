"""Some time of trading: from a beginning to an end, with notes on every account taken each minute.

A session knows no kind: what may be ordered, and what counts, is the kind's to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.lessons.game.kind import Deed, Ground
from core.lessons.game.trading import (
    Noted,
    Waiting,
    check_order,
    closing_value,
    is_known,
    judged,
    minute_of,
)
from core.lessons.way import equity
from core.market import Marks, Symbol
from core.money import Amount, Rate
from core.paper.account import PaperAccount
from core.paper.actions import Action, Cancel, CloseAll, Open

MINUTE = timedelta(minutes=1)

Accounts = Mapping[int, PaperAccount]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a host added to a player's account (quote, negative: took); `by` as in a ruling."""

    player: int
    amount: Amount
    by: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Trading from `began` until `ends`.

    `sampled` is the minute of the last look at equities, `judged` the moment of the last marks that
    changed anything: whoever goes on after a stop goes on from there. Whoever has no account, or
    holds what has no mark, is not looked at, and stays as they were noted last.
    """

    began: datetime
    ends: datetime
    notes: Mapping[int, Noted] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    sampled: datetime | None = None
    judged: datetime | None = None
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def next_look(self) -> datetime:
        """From when on marks matter in any case: for an order, the next minute, the end."""
        minute = self.began if self.sampled is None else self.sampled + MINUTE
        return min(self.ends, minute, *(order.at for order in self.waiting))

    def counts(self, marks: Marks) -> bool:
        """Whether marks count: after the beginning, and no extremes from beyond the end."""
        return marks.at > self.began and (marks.at <= self.ends or marks.exact)

    def ends_with(self, marks: Marks) -> bool:
        """Whether marks are the last: seen at the end or after it, or a missed minute's own end."""
        return marks.at >= self.ends and marks.exact

    def symbols(self, accounts: Accounts) -> frozenset[Symbol]:
        """Return the contracts of all accounts, and of the orders that wait."""
        held = (account.symbols for account in accounts.values())
        asked = (w.action.intent.symbol for w in self.waiting if isinstance(w.action, Open))
        return frozenset(asked).union(*held)

    def told(self, deeds: Iterable[Deed], marks: Marks) -> "Session":
        """Return it with what was done at marks beside orders, and what is left after it."""
        notes = dict(self.notes)
        for deed in deeds:
            told = notes[deed.player].told(deed.events, marks.at).traded(deed)
            notes[deed.player] = told.seen(equity(deed.after, marks))
        return replace(self, notes=notes, judged=marks.at)

    def entered(self, deeds: Iterable[Deed], start: Amount) -> "Session":
        """Return it with new accounts that began with `start` (quote)."""
        fresh = {deed.player: Noted.begun(start) for deed in deeds}
        return replace(self, notes={**self.notes, **fresh})

    def adjusted(self, by_host: Adjustment) -> "Session":
        """Return it with what a host put right on a player's account."""
        own = self.notes[by_host.player].adjusted(by_host.amount)
        notes = {**self.notes, by_host.player: own}
        return replace(self, notes=notes, adjustments=(*self.adjustments, by_host))

    def ordered(
        self, player: int, action: Action, at: datetime, account: PaperAccount
    ) -> "Session":
        """Return it with an order that waits for the next mark. Raises `HeldTooShort`."""
        check_order(account, action, at)
        return self.waited(Waiting(at, player, action))

    def waited(self, order: Waiting) -> "Session":
        """Return it with an order that is taken as it is."""
        return replace(self, waiting=(*self.waiting, order))

    def leaving(self, player: int, account: PaperAccount, at: datetime) -> "Session":
        """Return it with all that somebody who goes holds closed at the next mark.

        Their orders go, one by one: one that is filled until then cannot be cancelled any more.
        """
        left = tuple(order for order in self.waiting if order.player != player)
        actions: list[Action] = [CloseAll()]
        actions += [Cancel((order.number,)) for order in account.orders]
        going = tuple(Waiting(at, player, action) for action in actions)
        return replace(self, waiting=(*left, *going))

    def ticked(
        self, accounts: Accounts, ground: Ground, marks: Marks
    ) -> tuple["Session", tuple[Deed, ...], Accounts]:
        """Return what marks make of it, what happened, and the accounts after that.

        It is the very same object where nothing happened and no minute has passed.
        """
        found = judged(accounts, self.notes, self.waiting, ground, marks)
        after = {**accounts, **{deed.player: deed.after for deed in found.deeds}}
        new = self
        if found.deeds or found.waiting != self.waiting:
            new = replace(self, notes=found.notes, waiting=found.waiting, judged=marks.at)
        if self.sampled is None or minute_of(marks.at) > self.sampled:
            new = new.seen(after, marks)
        return new, found.deeds, after

    def seen(self, accounts: Accounts, marks: Marks) -> "Session":
        """Return it with everybody's equity noted."""
        notes = {
            player: own.seen(equity(account, marks)) if account else own
            for player, own, account in _valuable(self.notes, accounts, marks)
        }
        return replace(self, notes=notes, sampled=minute_of(marks.at), judged=marks.at)

    def valued(self, accounts: Accounts, ground: Ground, marks: Marks) -> "Session":
        """Return it at its end: open positions at the marks, less the fee of closing them."""
        last = self.seen(accounts, marks)
        notes = {
            player: own
            if account is None
            else replace(own, equity=closing_value(account, marks, ground), refused="")
            for player, own, account in _valuable(last.notes, accounts, marks)
        }
        return replace(last, notes=notes, waiting=())

    def without_broke(self, share: Rate, at: datetime) -> "Session":
        """Return it with everybody out who was liquidated and has less than a share of the start.

        Their orders are gone with them.
        """
        broke = {
            player: replace(notes, out=at)
            for player, notes in self.notes.items()
            if notes.out is None and notes.liquidations and notes.equity < share * notes.start
        }
        if not broke:
            return self
        waiting = tuple(order for order in self.waiting if order.player not in broke)
        return replace(self, notes={**self.notes, **broke}, waiting=waiting)

    def later(self, by: timedelta) -> "Session":
        """Return it with its end moved."""
        return replace(self, ends=self.ends + by)


def _valuable(
    notes: Mapping[int, Noted], accounts: Accounts, marks: Marks
) -> Iterator[tuple[int, Noted, PaperAccount | None]]:
    """Everybody with their notes, and their account where the marks tell what it is worth."""
    for player, own in notes.items():
        account = accounts.get(player)
        yield player, own, account if account is not None and is_known(account, marks) else None
