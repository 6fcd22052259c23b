"""A trader's desk: the rules an account is kept by, day by day, and what became of it.

    daily limit      equity > balance at the beginning of the day - 5 % of the start
    overall limit    equity > start - 10 % of the start
                     trailing: equity > best balance at the end of a day - 10 % of the start

both on the equity with everything that is open, after fees and funding. It is passed with 8 % in
the balance and nothing open, after four days of trading, the best of which made no more than 40 %
of the profit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.money import ZERO, Amount, D, Rate

DAILY, OVERALL, TIME = "daily", "overall", "time"
"""The rules that can be broken."""

PASSED, FAILED, TRAP = "passed", "failed", "trap"

TARGET = Rate(D("0.08"))
DAILY_LOSS, OVERALL_LOSS = Rate(D("0.05")), Rate(D("0.1"))
WARNED_AT = Rate(D("0.8"))
"""Of a limit, from which on its owner is told."""

BEST_SHARE = Rate(D("0.4"))
TRADED = 4


@dataclass(frozen=True, slots=True)
class Limit:
    """A loss that must not be reached: `allowed` (quote) below `since` (quote)."""

    rule: str
    since: Amount
    allowed: Amount

    @property
    def floor(self) -> Amount:
        """The equity at which it is broken, quote."""
        return Amount(self.since - self.allowed)

    @property
    def warning(self) -> Amount:
        """The equity at which four fifths of it are used, quote."""
        return Amount(self.since - self.allowed * WARNED_AT)

    def used(self, equity: Amount) -> Rate:
        """Return how much of it is used: 1 is broken."""
        return Rate(max(ZERO, self.since - equity) / self.allowed)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an account is worth at a mark (quote): with what is open, and what is realised.

    `flat` says that nothing is open and no order rests.
    """

    equity: Amount
    balance: Amount
    flat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An account under the rules; money in quote.

    `began` is the moment of its own start, `day` the day it is in; `opening` the balance when that
    began, `best_close` the best at the end of any. `best_day` and `worst_day` are results of days;
    `traded` counts the days with a fill that opened something, `last_traded` is the last of them.
    `warned` are the limits its owner was warned of today, `trapped` that tomorrow's was announced.
    `verdict` is "" while it runs; `rule` was broken, by `beyond`, at `ended`. `away` is since when
    its owner is gone.
    """

    start: Amount
    began: datetime
    day: int
    opening: Amount
    best_close: Amount
    best_day: Amount = Amount(ZERO)
    worst_day: Amount = Amount(ZERO)
    traded: int = 0
    last_traded: int | None = None
    warned: frozenset[str] = frozenset()
    trapped: bool = False
    verdict: str = ""
    rule: str = ""
    beyond: Amount = Amount(ZERO)
    ended: datetime | None = None
    away: datetime | None = None

    @classmethod
    def opened(cls, start: Amount, at: datetime, day: int) -> "Desk":
        """Return a new desk."""
        return cls(start=start, began=at, day=day, opening=start, best_close=start)

    # --- days -------------------------------------------------------------------------------------

    def into(self, day: int, balance: Amount) -> "Desk":
        """Return it on another day, which begins with a balance; the same on the same day."""
        if day <= self.day:
            return self
        over = self.summed(balance)
        return replace(
            over,
            day=day,
            opening=balance,
            best_close=Amount(max(self.best_close, balance)),
            warned=frozenset(),
            trapped=False,
        )

    def summed(self, balance: Amount) -> "Desk":
        """Return it with the day's result, at a balance."""
        result = Amount(balance - self.opening)
        return replace(
            self, best_day=max(self.best_day, result), worst_day=min(self.worst_day, result)
        )

    def adjusted(self, amount: Amount) -> "Desk":
        """Return it with what a host put right (quote): no result of the day, and no step nearer.

        What limits are measured from moves with it; the start and the target stay.
        """
        opening = Amount(self.opening + amount)
        return replace(self, opening=opening, best_close=Amount(self.best_close + amount))

    def filled(self) -> "Desk":
        """Return it with something opened today."""
        if self.last_traded == self.day:
            return self
        return replace(self, traded=self.traded + 1, last_traded=self.day)

    # --- limits -----------------------------------------------------------------------------------

    def limits(self, *, trailing: bool) -> tuple[Limit, Limit]:
        """Return the limits of today."""
        since = self.best_close if trailing else self.start
        return (
            Limit(DAILY, self.opening, Amount(self.start * DAILY_LOSS)),
            Limit(OVERALL, since, Amount(self.start * OVERALL_LOSS)),
        )

    def floor(self, *, trailing: bool) -> Amount | None:
        """Return the highest equity (quote) at which something happens; None when it is over."""
        if self.verdict:
            return None
        return max(
            limit.floor if limit.rule in self.warned else limit.warning
            for limit in self.limits(trailing=trailing)
        )

    def broken(self, equity: Amount, at: datetime, *, trailing: bool) -> "Desk":
        """Return it failed where an equity breaks a limit: of two the one that was met first."""
        limit = max(self.limits(trailing=trailing), key=lambda limit: limit.floor)
        if self.verdict or equity > limit.floor:
            return self
        beyond = Amount(limit.floor - equity)
        return replace(self, verdict=FAILED, rule=limit.rule, beyond=beyond, ended=at)

    def near(self, equity: Amount, *, trailing: bool) -> Iterator[Limit]:
        """Yield the limits of which so much is used that their owner must be told."""
        for limit in self.limits(trailing=trailing):
            if equity <= limit.warning and limit.rule not in self.warned:
                yield limit

    def would_break(self, equity: Amount, balance: Amount) -> bool:
        """Whether the next day would begin with a broken limit, if all stayed as it is."""
        return equity <= balance - self.start * DAILY_LOSS

    # --- a look -----------------------------------------------------------------------------------

    def looked(
        self, worth: Worth, at: datetime, *, trailing: bool, last_hour: bool
    ) -> tuple["Desk", tuple[str, ...]]:
        """Return it after a look at a fresh mark, and what its owner is told: codes.

        "failed" or "passed", the rule of a limit that is nearly used up, or "trap" in the last hour
        of a day that leaves too much of an open loss to the next one.
        """
        if self.verdict:
            return self, ()
        failed = self.broken(worth.equity, at, trailing=trailing)
        if failed.verdict:
            return failed.summed(worth.balance), (FAILED,)
        if worth.flat and self.passes(worth.balance):
            return self.summed(worth.balance).over(PASSED, at), (PASSED,)
        near = tuple(limit.rule for limit in self.near(worth.equity, trailing=trailing))
        trap = last_hour and not self.trapped and self.would_break(worth.equity, worth.balance)
        if not near and not trap:
            return self, ()
        told = replace(self, warned=self.warned.union(near), trapped=self.trapped or trap)
        return told, (*near, *((TRAP,) if trap else ()))

    # --- the end ----------------------------------------------------------------------------------

    def passes(self, balance: Amount) -> bool:
        """Whether a balance with nothing open is a pass."""
        return not self.missing(balance)

    def missing(self, balance: Amount) -> tuple[str, ...]:
        """Return what is still missing to a pass, as codes: "target", "days", "best_day"."""
        profit, today = balance - self.start, balance - self.opening
        best = max(self.best_day, today)
        missing = {
            "target": profit < self.start * TARGET,
            "days": self.traded < TRADED,
            "best_day": best > profit * BEST_SHARE,
        }
        return tuple(code for code, lacks in missing.items() if lacks)

    def over(self, verdict: str, at: datetime, rule: str = "") -> "Desk":
        """Return it ended."""
        return replace(self, verdict=verdict, rule=rule, ended=at)

    def lasted(self) -> Decimal:
        """Return the seconds from its start to its verdict; 0 while there is none."""
        if self.ended is None:
            return ZERO
        return Decimal((self.ended - self.began) // timedelta(seconds=1))
