"""A round of a duel reckoned anew from what came in, written from the rules and nothing else.

Straight arithmetic for one contract of one tier: no events, no accounts of ours. Amounts that
somebody pays are rounded up to 1e-8, what they receive down; a fill is half the spread worse than
the mark, on the tick.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WALLET, MARGIN = Decimal(5000), Decimal(1000)
STEP, TICK, QUANTUM = Decimal("0.001"), Decimal("0.1"), Decimal("1e-8")
HOLD = 120
"""Seconds before a position may be closed."""


def floor(value: Decimal, to: Decimal = QUANTUM) -> Decimal:
    return (value / to).to_integral_value(ROUND_FLOOR) * to


def ceil(value: Decimal, to: Decimal = QUANTUM) -> Decimal:
    return (value / to).to_integral_value(ROUND_CEILING) * to


@dataclass(frozen=True)
class Rules:
    """The trade (`sign` is 1 for long), and what trading costs here."""

    sign: int
    leverage: Decimal
    maintenance: Decimal
    fee: Decimal
    spread: Decimal

    def fill(self, mark: Decimal, sign: int) -> Decimal:
        """The price of buying (1) or selling (-1) at a mark."""
        raw = mark * (1 + sign * self.spread)
        return ceil(raw, TICK) if sign > 0 else max(floor(raw, TICK), TICK)


@dataclass
class Held:
    """A position; `pocket` is None behind the cross wall, `since` the second of its fill."""

    sign: int
    quantity: Decimal
    cost: Decimal
    since: Decimal
    pocket: Decimal | None = None

    def gain(self, mark: Decimal) -> Decimal:
        return self.sign * (self.quantity * mark - self.cost)


@dataclass
class Wallet:
    """One player's money, and what they have asked for that waits for a mark."""

    rules: Rules
    isolated: bool
    money: Decimal = WALLET
    held: list[Held] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    falls: int = 0

    def enter(self, mark: Decimal, second: Decimal) -> None:
        price = self.rules.fill(mark, self.rules.sign)
        quantity = floor(MARGIN * self.rules.leverage / price, STEP)
        self.open(self.rules.sign, quantity, price, second)

    def open(self, sign: int, quantity: Decimal, price: Decimal, second: Decimal) -> None:
        cost = quantity * price
        margin, fee = ceil(cost / self.rules.leverage), ceil(cost * self.rules.fee)
        self.money -= fee + (margin if self.isolated else 0)
        pocket = margin if self.isolated else None
        self.held.append(Held(sign, quantity, cost, second, pocket))

    def worth(self, mark: Decimal) -> Decimal:
        return self.money + sum((h.pocket or 0) + h.gain(mark) for h in self.held)

    def free(self, mark: Decimal) -> Decimal:
        """What may still be used behind the cross wall."""
        inside = [] if self.isolated else self.held
        shown = self.money + sum(h.gain(mark) for h in inside)
        used = sum(h.quantity * mark / self.rules.leverage for h in inside)
        return max(Decimal(0), floor(min(max(Decimal(0), shown - used), self.money)))

    # --- marks

    def meet(self, mark: Decimal, second: Decimal) -> None:
        """A wall that is reached falls; then what was asked for is done."""
        self.judge(mark)
        for act in self.asked:
            getattr(self, act)(mark, second)
        self.asked.clear()

    def judge(self, mark: Decimal) -> None:
        needed = sum(h.quantity * mark * self.rules.maintenance for h in self.held)
        behind = self.money if not self.isolated else sum((h.pocket or 0) for h in self.held)
        if self.held and behind + sum(h.gain(mark) for h in self.held) <= needed:
            self.held, self.falls = [], self.falls + 1
            if not self.isolated:
                self.money = Decimal(0)

    def add(self, mark: Decimal, second: Decimal) -> None:
        del second
        for held in self.held:
            more = ceil(held.cost / self.rules.leverage / 2)
            if held.pocket is not None and more <= self.free(mark):
                held.pocket += more
                self.money -= more

    def hedge(self, mark: Decimal, second: Decimal) -> None:
        if not self.held:
            return
        sign, quantity = -self.rules.sign, floor(self.held[0].quantity / 2, STEP)
        price = self.rules.fill(mark, sign)
        cost = quantity * price
        if ceil(cost / self.rules.leverage) + ceil(cost * self.rules.fee) <= self.free(mark):
            self.open(sign, quantity, price, second)

    def close(self, mark: Decimal, second: Decimal) -> None:
        """Gains first, so that they pay losses."""
        del second
        before = self.money, list(self.held)
        for held in sorted(self.held, key=lambda h: h.gain(mark), reverse=True):
            price = self.rules.fill(mark, -held.sign)
            paid = ceil(held.quantity * price * self.rules.fee)
            result = floor(held.gain(price)) - paid
            if self.money + (held.pocket or 0) + result < 0:
                self.money, self.held = before
                return
            self.money += (held.pocket or 0) + result
            self.held = [other for other in self.held if other is not held]

    # --- what may be asked

    def may(self, act: str, second: Decimal, done: Sequence[str]) -> bool:
        """Whether an act is taken now, after those that were done."""
        if not self.held:
            return False
        asked = [*done, *self.asked].count(act)
        if act == "close":
            return asked < 1 and all(second >= held.since + HOLD for held in self.held)
        if act == "add":
            return self.isolated and asked < 2
        return not self.isolated and asked < 1

    def final(self, mark: Decimal) -> Decimal:
        """What the wallet has gained at the end, the fees of closing charged."""
        fees = sum((ceil(h.quantity * mark * self.rules.fee) for h in self.held), Decimal(0))
        return self.worth(mark) - fees - WALLET
