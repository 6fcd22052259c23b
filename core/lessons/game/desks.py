"""All desks of a game, day by day: what marks, days and their own time make of them.

Everybody has a beginning of their own and as many days as everybody else; whoever goes away may
come back within a week. Estimated marks turn days, and break no rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.errors import Refusal
from core.lessons.game.days import Days
from core.lessons.game.desk import FAILED, PASSED, TIME, Desk, Worth
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.trading import Noted, is_known
from core.lessons.way import equity
from core.market import Marks
from core.money import ZERO, Amount
from core.paper.account import PaperAccount
from core.paper.actions import Cancel, CloseAll, decide
from core.paper.apply import applied
from core.paper.events import Event, PositionIncreased
from core.paper.scene import Scene

Accounts = Mapping[int, PaperAccount]

LONGEST = 90
"""Days after which a game is over, whatever is still under way."""

RESUMED = 7
"""Days within which somebody who left may go on."""

ORDER: Mapping[str, Decimal] = {PASSED: Decimal(2), "": Decimal(1), FAILED: ZERO}
"""Who has passed comes first, who has failed last."""

_MOMENT = timedelta(microseconds=1)

Told = tuple[int, str]
"""A player, and what they are told, as a code."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a look led to: the desks, accounts that were closed, what is said to whom."""

    desks: "Desks"
    deeds: tuple[Deed, ...]
    said: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """Desks by player. `today` is the day it is, `announced` the last one whose end was announced.

    `trailing` says which overall limit holds; `limit` is how many days each has. `next_look` is
    when a day or its last hour begins, or a time is up; it is reckoned when any of that changes
    (None: not yet).
    """

    days: Days
    today: int
    trailing: bool
    limit: int
    announced: int = -1
    known: Mapping[int, Desk] = field(default_factory=dict)
    next_look: datetime | None = None

    def opened(self, players: Iterable[int], start: Amount, at: datetime) -> "Desks":
        """Return them with new ones."""
        new = {player: Desk.opened(start, at, self.today) for player in players}
        return replace(self, known={**self.known, **new}).timed()

    def having(self, player: int, desk: Desk) -> "Desks":
        """Return them with one changed."""
        return replace(self, known={**self.known, player: desk}).timed()

    def floor(self, player: int) -> Amount | None:
        """Return the equity at which a limit is broken, or its owner is told."""
        desk = self.known.get(player)
        return None if desk is None else desk.floor(trailing=self.trailing)

    def ends(self, desk: Desk) -> datetime:
        """Return when a desk's time is up: its own days, or a week after its owner went."""
        own = self.days.after(desk.began, self.limit)
        return own if desk.away is None else min(own, self.days.after(desk.away, RESUMED))

    def timed(self) -> "Desks":
        """Return them with the moment of their next look."""
        moments = [self.days.begins(self.today + 1)]
        moments += [] if self.announced >= self.today else [self.days.last_hour(self.today)]
        moments += [self.ends(desk) for desk in self.known.values() if not desk.verdict]
        return replace(self, next_look=min(moments))

    def are_done(self, at: datetime) -> bool:
        """Whether nobody has anything to do any more."""
        return all(desk.verdict or at >= self.ends(desk) for desk in self.known.values())

    # --- marks ------------------------------------------------------------------------------------

    def turned(self, marks: Marks, accounts: Accounts) -> "Desks":
        """Return them on the day of marks; a minute that ends with a day belongs to it."""
        day = self.days.number(marks.at - _MOMENT if marks.estimated else marks.at)
        if day <= self.today:
            return self
        known = {
            player: desk.into(day, accounts[player].wallet_balance)
            for player, desk in self.known.items()
        }
        return replace(self, known=known, today=day).timed()

    def filled(self, deeds: Iterable[Deed]) -> "Desks":
        """Return them with what happened: whoever opened something has traded today."""
        desks = self
        for deed in deeds:
            if any(isinstance(event, PositionIncreased) for event in deed.events):
                desks = desks.having(deed.player, desks.known[deed.player].filled())
        return desks

    def ruled(
        self, accounts: Accounts, ground: Ground, marks: Marks, *, minute: bool = True
    ) -> Ruled:
        """Look at every desk that seen marks can value; a verdict closes what is open.

        What the next day will not bear is looked for at the beginning of the last hour, and at
        every `minute` of it: not at whatever marks a process looks at that has just begun.
        """
        desks, trap = self, marks.at >= self.days.last_hour(self.today)
        if trap and self.announced < self.today:
            desks = replace(self, announced=self.today).timed()
        else:
            trap = trap and minute
        deeds: list[Deed] = []
        said: list[Told] = []
        for player, desk in self.known.items():
            account = accounts[player]
            if desk.verdict or not is_known(account, marks):
                continue
            new, codes = self._looked(desk, account, marks, trap=trap)
            said += ((player, code) for code in codes)
            if new is not desk:
                desks = desks.having(player, new)
            if new.verdict:
                deeds += closed_out(player, account, ground, marks)
        return Ruled(desks, tuple(deeds), tuple(said))

    def _looked(
        self, desk: Desk, account: PaperAccount, marks: Marks, *, trap: bool
    ) -> tuple[Desk, tuple[str, ...]]:
        """One desk; who is there when their days are over has failed by that."""
        flat = not account.positions and not account.orders
        worth = Worth(equity(account, marks), account.wallet_balance, flat)
        new, codes = desk.looked(worth, marks.at, trailing=self.trailing, last_hour=trap)
        is_limited = self.limit < LONGEST and desk.away is None
        if not new.verdict and is_limited and marks.at >= self.ends(desk):
            return new.summed(worth.balance).over(FAILED, marks.at, TIME), (FAILED,)
        return new, codes

    # --- how they stand ---------------------------------------------------------------------------

    def is_listed(self, player: int) -> bool:
        """Whether somebody has a verdict, or is there and has traded."""
        desk = self.known[player]
        return bool(desk.verdict) or (desk.away is None and desk.traded > 0)

    def figures(self, player: int, notes: Noted) -> tuple[Decimal, ...]:
        """Return what a player is told by: how it stands, days, the fall, the worst day, walls.

        Fewer days are better; of those who failed, whoever lasted longer comes first.
        """
        desk = self.known[player]
        days = desk.lasted() if desk.verdict == FAILED else Decimal(-self.used(desk))
        falls = Decimal(-notes.liquidations)
        return ORDER[desk.verdict], days, -notes.drawdown, desk.worst_day, falls

    def used(self, desk: Desk) -> int:
        """Return how many days a desk has had, the present one with them."""
        last = self.today if desk.ended is None else self.days.number(desk.ended)
        return last - self.days.number(desk.began) + 1


def closed_out(player: int, account: PaperAccount, ground: Ground, marks: Marks) -> Iterator[Deed]:
    """Yield how everything is closed and every order cancelled, of what can be."""
    scene = Scene(ground.listing, marks, marks.at, ground.rules)
    events: tuple[Event, ...] = ()
    with suppress(Refusal):
        events = decide(account, CloseAll(), scene)
    events += decide(account, Cancel(tuple(order.number for order in account.orders)), scene)
    if events:
        yield Deed(player, account, events, applied(account, events, marks.at), marks.at)
