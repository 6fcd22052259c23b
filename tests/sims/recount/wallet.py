"""A player's account in a game, in straight arithmetic: fills, fees, pockets, walls.

The rules are Binance's, as the audit file has its contracts. What somebody pays is rounded up to
1e-8, what they receive down; a fill is half the spread worse than the mark, on the tick.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from tests.sims.recount.told import Contract, Json, Look, Mark, ceil, floor

ZERO, ONE = Decimal(0), Decimal(1)
MOST = Decimal(200_000)
"""Notional of one order."""

MINUTE = timedelta(minutes=1)
Marks = Mapping[str, Decimal]


class Refused(Exception):
    """An order that cannot be done; nothing happens."""


@dataclass(frozen=True)
class Held:
    """A position; `pocket` is None behind the cross wall."""

    number: int
    symbol: str
    sign: int
    quantity: Decimal
    cost: Decimal
    leverage: Decimal
    pocket: Decimal | None
    since: datetime

    def gain(self, marks: Marks) -> Decimal:
        return self.sign * (self.quantity * marks[self.symbol] - self.cost)


@dataclass
class Trade:
    """A position from its opening to its end, and what it brought: results less fees of fills."""

    number: int
    symbol: str
    sign: int
    opened: datetime
    closed: datetime | None = None
    gained: Decimal = ZERO


@dataclass(frozen=True)
class House:
    """The contracts, and how much worse than the mark a fill is."""

    contracts: Mapping[str, Contract]
    spread: Decimal

    def fill(self, symbol: str, sign: int, marks: Marks) -> Decimal:
        tick = self.contracts[symbol].tick
        raw = marks[symbol] * (1 + sign * self.spread)
        return ceil(raw, tick) if sign > 0 else max(floor(raw, tick), tick)

    def need(self, held: Held, marks: Marks) -> Decimal:
        return self.contracts[held.symbol].need(held.quantity, marks[held.symbol])


@dataclass
class Wallet:
    """The money of one account, what it holds, and what is noted of it."""

    house: House
    money: Decimal
    hedged: bool = False
    held: list[Held] = field(default_factory=list)
    numbers: int = 0
    entries: int = 0
    changed: datetime | None = None
    start: Decimal = ZERO
    equity: Decimal = ZERO
    peak: Decimal = ZERO
    low: Decimal = ZERO
    fall: Decimal = ZERO
    liquidations: int = 0
    trades: dict[int, Trade] = field(default_factory=dict)
    touched: datetime | None = None

    def __post_init__(self) -> None:
        self.start = self.equity = self.peak = self.low = self.money

    # --- what it is worth

    def worth(self, marks: Marks) -> Decimal:
        return self.money + sum((h.pocket or ZERO) + h.gain(marks) for h in self.held)

    def closing(self, marks: Marks) -> Decimal:
        """What would be left after closing everything at the marks."""
        fees = (
            ceil(h.quantity * marks[h.symbol] * self.house.contracts[h.symbol].fee)
            for h in self.held
        )
        return self.worth(marks) - sum(fees, ZERO)

    def is_told(self, marks: Marks) -> bool:
        """Whether all it holds has a mark."""
        return all(h.symbol in marks for h in self.held)

    def seen(self, marks: Marks) -> None:
        """Note what it is worth."""
        if not self.is_told(marks):
            return
        self.equity = self.worth(marks)
        self.peak, self.low = max(self.peak, self.equity), min(self.low, self.equity)
        if self.peak > 0:
            self.fall = max(self.fall, ONE - self.equity / self.peak)

    def adjust(self, amount: Decimal, at: datetime) -> None:
        """Take what a host gave or took: the fall from the peak stays what it was."""
        now = self.equity + amount
        peak = floor(self.peak * now / self.equity) if self.equity > 0 else now
        self.money += amount
        self.equity, self.peak, self.low = now, max(peak, now), self.low + amount
        self.changed = at if self.changed is None else max(at, self.changed)

    def free(self, marks: Marks) -> Decimal:
        """What may still be posted."""
        cross = [h for h in self.held if h.pocket is None]
        balance = self.money + sum(h.gain(marks) for h in cross)
        used = sum((h.quantity * marks[h.symbol] / h.leverage for h in cross), ZERO)
        return max(ZERO, floor(min(max(ZERO, balance - used), self.money)))

    # --- walls

    def judged(self, look: Look) -> bool:
        """Let walls fall that are reached; whether any did."""
        marks = self._faced(look)
        fell = False
        while self._wall(marks):
            self.liquidations += 1
            self.changed = look.at
            fell = True
        self._ended(look.at)
        return fell

    def would_fall(self, marks: Marks) -> bool:
        """Whether a wall is gone at marks."""
        pools = [[h] for h in self.held if h.pocket is not None]
        cross = [h for h in self.held if h.pocket is None]
        behind = [own[0].pocket or ZERO for own in pools]
        for own, money in zip([*pools, cross], [*behind, self.money], strict=True):
            needed = sum((self.house.need(h, marks) for h in own), ZERO)
            if needed and money + sum(h.gain(marks) for h in own) <= needed:
                return True
        return False

    def _ended(self, at: datetime) -> None:
        """Trades of which nothing is left are over."""
        left = {held.number for held in self.held}
        for trade in self.trades.values():
            if trade.closed is None and trade.number not in left:
                trade.closed = at

    def _faced(self, look: Look) -> dict[str, Decimal]:
        """Of a minute that nobody saw the worst price, unless it began before the last change."""
        early = self.changed is not None and look.at - MINUTE < self.changed
        found = {}
        for symbol, mark in look.marks.items():
            net = sum((h.sign * h.quantity for h in self.held if h.symbol == symbol), ZERO)
            found[symbol] = mark.price if early else _worst(mark, net)
        return found

    def _wall(self, marks: Marks) -> bool:
        """Let the first wall fall whose cushion is gone; whether one did."""
        for held in self.held:
            if held.pocket is not None and held.symbol in marks:
                left = held.pocket + held.gain(marks) - self.house.need(held, marks)
                if left <= 0:
                    self._fall([held], held.pocket, marks)
                    return True
        cross = [h for h in self.held if h.pocket is None]
        if cross and all(h.symbol in marks for h in cross):
            needed = sum(self.house.need(h, marks) for h in cross)
            if needed and self.money + sum(h.gain(marks) for h in cross) <= needed:
                self._fall(cross, self.money, marks)
                return True
        return False

    def _fall(self, inside: list[Held], behind: Decimal, marks: Marks) -> None:
        """Close parts, tier by tier, until the cushion is back; else everything is gone."""
        kept = self._in_parts(inside, behind, marks)
        others = [h for h in self.held if h not in inside]
        if kept is None:
            for held in inside:
                self.trades[held.number].gained += floor(held.gain(marks))
            if inside[0].pocket is None:
                self.money = ZERO
            self.held = others
            return
        rest, left = kept
        if inside[0].pocket is None:
            self.money = left
        else:
            rest = [replace(h, pocket=left) for h in rest]
        by_number = {h.number: h for h in rest}
        self.held = [
            by_number.get(h.number, h) for h in self.held if h in others or h.number in by_number
        ]

    def _in_parts(
        self, inside: list[Held], behind: Decimal, marks: Marks
    ) -> tuple[list[Held], Decimal] | None:
        legs, left, taken = list(inside), behind, list[tuple[int, Decimal]]()
        while True:
            balance = left + sum(h.gain(marks) for h in legs)
            if balance <= 0 or left < 0:
                return None
            if balance > sum(self.house.need(h, marks) for h in legs):
                for number, gained in taken:
                    self.trades[number].gained += gained
                return legs, left
            step = self._step(legs, marks)
            if step is None:
                return None
            held, part = step
            cost = floor(held.cost * part / held.quantity)
            worth = part * marks[held.symbol]
            gained = floor(held.sign * (worth - cost))
            rate = self.house.contracts[held.symbol].clearance
            fee = min(ceil(min(rate * worth, balance)), floor(balance))
            smaller = replace(held, quantity=held.quantity - part, cost=held.cost - cost)
            legs = [smaller if h is held else h for h in legs]
            left += gained - fee
            taken.append((held.number, gained))

    def _step(self, legs: list[Held], marks: Marks) -> tuple[Held, Decimal] | None:
        """The leg that needs most and may be made smaller, and by how much."""
        for held in sorted(legs, key=lambda h: self.house.need(h, marks), reverse=True):
            contract, mark = self.house.contracts[held.symbol], marks[held.symbol]
            tier = contract.tier(held.quantity * mark)
            if tier == 0:
                continue
            left = floor(contract.tiers[tier][0] / mark, contract.step)
            if contract.tier(left * mark) >= tier and left:
                left -= contract.step
            if 0 < held.quantity - left < held.quantity:
                return held, held.quantity - left
        return None

    # --- funding

    def funded(self, rates: Marks, marks: Marks, at: datetime) -> None:
        """Pay or take what is due on what was held then; nothing goes below zero by it."""
        for held in list(self.held):
            if held.symbol not in rates or held.symbol not in marks or held.since > at:
                continue
            worth = held.quantity * marks[held.symbol]
            due = floor(-held.sign * worth * rates[held.symbol])
            if held.pocket is None:
                self.money += max(due, -max(self.money, ZERO))
            else:
                pocket = held.pocket + max(due, -max(held.pocket, ZERO))
                self._put(replace(held, pocket=pocket))
            self.changed = at if self.changed is None else max(at, self.changed)

    # --- orders

    def order(self, action: Json, look: Look) -> bool:
        """Do what was ordered at marks that were seen; whether anything was done."""
        marks = {symbol: mark.price for symbol, mark in look.marks.items()}
        trades = {number: replace(trade) for number, trade in self.trades.items()}
        before = vars(self) | {"held": list(self.held), "trades": trades}
        if action["is"] == "CloseAll" and not self.held:
            return False
        try:
            self._do(action, marks, look.at)
        except (Refused, KeyError):
            vars(self).update(before)
            return False
        self.changed = look.at
        self._ended(look.at)
        return True

    def _do(self, action: Json, marks: Marks, at: datetime) -> None:
        match action["is"]:
            case "Open":
                self._open(action["intent"], marks, at)
            case "Close":
                held = self._named(action["number"])
                self._close(held, min(Decimal(action["quantity"]), held.quantity), marks)
            case "CloseAll":
                percent = Decimal(action.get("percent", 100))
                for held in sorted(self.held, key=lambda h: h.gain(marks), reverse=True):
                    self._close(held, self._part(held, percent, marks), marks)
            case "MoveMargin":
                self._post(self._named(action["number"]), Decimal(action["amount"]), marks)
            case other:
                raise NotImplementedError(other)

    def _named(self, number: int) -> Held:
        for held in self.held:
            if held.number == number:
                return held
        raise Refused

    def _open(self, intent: Json, marks: Marks, at: datetime) -> None:
        if intent.get("price") or intent.get("reduce_only"):
            raise NotImplementedError
        symbol, sign = intent["symbol"], 1 if intent["side"] == "long" else -1
        quantity, leverage = Decimal(intent["quantity"]), Decimal(intent["leverage"])
        if intent.get("capped", True) and quantity * marks[symbol] > MOST:
            raise Refused
        price = self.house.fill(symbol, sign, marks)
        for held in [h for h in self.held if h.symbol == symbol and h.sign == -sign]:
            if not self.hedged:
                part = min(quantity, held.quantity)
                self._close(held, part, marks)
                quantity -= part
        if quantity > 0:
            how = leverage, intent["mode"] == "isolated", at
            self.enter((symbol, sign), quantity, price, how, marks)

    def enter(
        self,
        what: tuple[str, int],
        quantity: Decimal,
        price: Decimal,
        how: tuple[Decimal, bool, datetime],
        marks: Marks,
    ) -> None:
        """Open a position, or add to one. Raises `Refused`."""
        (symbol, sign), (leverage, isolated, at) = what, how
        contract = self.house.contracts[symbol]
        same = [h for h in self.held if h.symbol == symbol]
        if any((h.pocket is not None) != isolated or h.leverage != leverage for h in same):
            raise Refused
        held = next((h for h in same if h.sign == sign), None)
        whole = quantity + (held.quantity if held else ZERO)
        if whole * price > contract.cap(leverage) or (contract.isolated_only and not isolated):
            raise Refused
        cost = quantity * price
        margin, fee = ceil(cost / leverage), ceil(cost * contract.fee)
        if margin + fee > self.free(marks):
            raise Refused
        self.money -= fee + (margin if isolated else 0)
        pocket = margin if isolated else None
        if held is None:
            self.numbers += 1
            self.trades[self.numbers] = Trade(self.numbers, symbol, sign, at)
            new = Held(self.numbers, symbol, sign, quantity, cost, leverage, pocket, at)
            self.held.append(new)
        else:
            more = (held.pocket or ZERO) + margin if isolated else None
            self._put(replace(held, quantity=whole, cost=held.cost + cost, pocket=more))
        self.trades[self.numbers if held is None else held.number].gained -= fee
        self.entries += 1

    def _close(self, held: Held, part: Decimal, marks: Marks) -> None:
        price = self.house.fill(held.symbol, -held.sign, marks)
        whole = part == held.quantity
        cost = held.cost if whole else floor(held.cost * part / held.quantity)
        pocket = held.pocket or ZERO
        margin = pocket if whole else floor(pocket * part / held.quantity)
        gained = floor(held.sign * (part * price - cost))
        gained -= ceil(part * price * self.house.contracts[held.symbol].fee)
        if self.money + margin + gained < 0 or (held.pocket is not None and margin + gained < 0):
            raise Refused
        self.money += margin + gained
        self.trades[held.number].gained += gained
        if whole:
            self.held = [h for h in self.held if h is not held]
        else:
            left = None if held.pocket is None else pocket - margin
            self._put(
                replace(held, quantity=held.quantity - part, cost=held.cost - cost, pocket=left)
            )

    def _part(self, held: Held, percent: Decimal, marks: Marks) -> Decimal:
        """So much of a position, on the step; a rest that is too small goes with it."""
        contract = self.house.contracts[held.symbol]
        part = max(contract.step, floor(held.quantity * percent / 100, contract.step))
        rest = held.quantity - part
        small = rest < contract.least or rest * marks[held.symbol] < contract.smallest
        return held.quantity if small else part

    def spare(self, held: Held, marks: Marks) -> Decimal:
        """What may leave a pocket."""
        inside = (held.pocket or ZERO) + min(ZERO, held.gain(marks))
        return max(ZERO, floor(inside - held.quantity * marks[held.symbol] / held.leverage))

    def _post(self, held: Held, amount: Decimal, marks: Marks) -> None:
        if held.pocket is None:
            raise Refused
        if amount > 0:
            if amount > self.free(marks):
                raise Refused
        elif -amount > self.spare(held, marks):
            raise Refused
        self.money -= amount
        self._put(replace(held, pocket=held.pocket + amount))

    def _put(self, new: Held) -> None:
        self.held = [new if h.number == new.number else h for h in self.held]


def _worst(mark: Mark, net: Decimal) -> Decimal:
    worst = mark.low if net > 0 else mark.high if net < 0 else None
    return mark.price if worst is None else worst


def looked(marks: Marks, at: datetime) -> Look:
    """Prices of a moment that were seen."""
    return Look(at, {symbol: Mark(price) for symbol, price in marks.items()})
