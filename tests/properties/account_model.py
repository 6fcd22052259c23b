"""A model of one account on Binance's rules, written from the specification and nothing else.

Two contracts of one tier, one-way mode. It knows amounts, not events: what is in the wallet, in the
pockets, in the positions, and what that leaves available. A refusal is a `No`.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

GRANT = Decimal(10_000)
MAINTENANCE = Decimal("0.01")
TAKER, MAKER = Decimal("0.0005"), Decimal("0.0002")
SPREAD = Decimal("0.0001")
QUANTUM, TICK = Decimal("1e-8"), Decimal("0.1")


class No(Exception):
    """It is refused."""


def floor(value: Decimal, to: Decimal = QUANTUM) -> Decimal:
    """Down to a multiple."""
    return (value / to).to_integral_value(ROUND_FLOOR) * to


def ceil(value: Decimal, to: Decimal = QUANTUM) -> Decimal:
    """Up to a multiple."""
    return (value / to).to_integral_value(ROUND_CEILING) * to


@dataclass
class Held:
    """A position; `sign` is 1 for a long one. `pocket` is None behind the cross wall."""

    sign: int
    quantity: Decimal
    cost: Decimal
    leverage: Decimal
    pocket: Decimal | None
    loss: Decimal | None = None
    profit: Decimal | None = None

    def gain(self, mark: Decimal) -> Decimal:
        """What it would bring at a mark."""
        return self.sign * (self.quantity * mark - self.cost)

    def needed(self, mark: Decimal) -> Decimal:
        """What it must have behind it to stay."""
        return self.quantity * mark * MAINTENANCE


@dataclass
class Resting:
    """A limit order."""

    symbol: str
    sign: int
    quantity: Decimal
    price: Decimal
    leverage: Decimal
    isolated: bool

    @property
    def kept(self) -> Decimal:
        """What it keeps aside."""
        cost = self.quantity * self.price
        return ceil(cost / self.leverage + cost * TAKER)


@dataclass
class Model:
    """The account. `marks` are where it stands."""

    marks: dict[str, Decimal]
    wallet: Decimal = GRANT
    held: dict[str, Held] = field(default_factory=dict)
    orders: list[Resting] = field(default_factory=list)
    modes: dict[str, bool] = field(default_factory=dict)
    leverages: dict[str, Decimal] = field(default_factory=dict)
    resets: int = 0

    def all_or_nothing(self, act: Callable[[], None]) -> bool:
        """Do something, or nothing of it where a part is refused; return whether it was done."""
        before = deepcopy(self.__dict__)
        try:
            act()
        except No:
            self.__dict__.update(before)
            return False
        return True

    # --- what there is ----------------------------------------------------------------------------

    @property
    def crossed(self) -> dict[str, Held]:
        """The positions behind the cross wall."""
        return {symbol: each for symbol, each in self.held.items() if each.pocket is None}

    def free(self) -> Decimal:
        """What may still be used."""
        inside = self.crossed.items()
        balance = self.wallet + sum(each.gain(self.marks[s]) for s, each in inside)
        taken = sum(each.quantity * self.marks[s] / each.leverage for s, each in inside)
        kept = sum(order.kept for order in self.orders)
        return max(Decimal(0), floor(min(max(Decimal(0), balance - taken), self.wallet) - kept))

    def pay(self, amount: Decimal) -> None:
        """Take an amount out of the wallet, if it is free."""
        if amount > self.free():
            raise No
        self.wallet -= amount

    def at_market(self, symbol: str, sign: int) -> Decimal:
        """The price of buying or selling now: a little worse than the mark."""
        raw = self.marks[symbol] * (1 + sign * SPREAD)
        return ceil(raw, TICK) if sign > 0 else floor(raw, TICK)

    # --- what is done -----------------------------------------------------------------------------

    def fill(self, wanted: Resting, fee: Decimal) -> None:
        """Buy or sell: what stands against it is closed first."""
        rest, there = wanted.quantity, self.held.get(wanted.symbol)
        if there is not None and there.sign != wanted.sign:
            part = min(rest, there.quantity)
            self.close(wanted.symbol, part, wanted.price, fee)
            rest -= part
        if rest:
            self.add(wanted, rest, fee)

    def add(self, wanted: Resting, quantity: Decimal, rate: Decimal) -> None:
        """Open a position, or add to it."""
        self.fits(wanted)
        cost, there = quantity * wanted.price, self.held.get(wanted.symbol)
        margin, fee = ceil(cost / wanted.leverage), ceil(cost * rate)
        if margin + fee > self.free():
            raise No
        self.wallet -= fee + (margin if wanted.isolated else 0)
        if there is None:
            pocket = margin if wanted.isolated else None
            new = Held(wanted.sign, quantity, cost, wanted.leverage, pocket)
            self.held[wanted.symbol] = new
            return
        there.quantity += quantity
        there.cost += cost
        if there.pocket is not None:
            there.pocket += margin

    def fits(self, wanted: Resting) -> None:
        """One mode for a symbol's position and orders, one leverage for its position."""
        there = self.held.get(wanted.symbol)
        modes = {order.isolated for order in self.orders if order.symbol == wanted.symbol}
        if there is not None:
            modes.add(there.pocket is not None)
            if there.leverage != wanted.leverage:
                raise No
        if modes - {wanted.isolated}:
            raise No

    def close(self, symbol: str, part: Decimal, price: Decimal, rate: Decimal) -> None:
        """Close a part; its share of the pocket comes back with the result."""
        there = self.held[symbol]
        whole = part == there.quantity
        cost = there.cost if whole else floor(there.cost * part / there.quantity)
        pocket = there.pocket or Decimal(0)
        margin = pocket if whole else floor(pocket * part / there.quantity)
        result = floor(there.sign * (part * price - cost)) - ceil(part * price * rate)
        if self.wallet + margin + result < 0 or (there.pocket is not None and margin + result < 0):
            raise No
        self.wallet += margin + result
        there.quantity -= part
        there.cost -= cost
        if there.pocket is not None:
            there.pocket -= margin
        if whole:
            del self.held[symbol]

    def there(self, symbol: str) -> Held:
        """The position; a wall may have fallen since somebody looked."""
        if symbol not in self.held:
            raise No
        return self.held[symbol]

    def close_at_market(self, symbol: str, part: Decimal | None = None) -> None:
        """Close a part or all of a position now."""
        there = self.there(symbol)
        part = min(part or there.quantity, there.quantity)
        self.close(symbol, part, self.at_market(symbol, -there.sign), TAKER)

    def close_all(self, *, crossed_only: bool = False) -> None:
        """Close everything, gains first."""
        inside = self.crossed if crossed_only else self.held
        gains = {symbol: each.gain(self.marks[symbol]) for symbol, each in inside.items()}
        for symbol in sorted(gains, key=lambda symbol: gains[symbol], reverse=True):
            self.close_at_market(symbol)

    def place(self, order: Resting) -> None:
        """Let an order rest; one that the market meets already is filled there."""
        now = self.at_market(order.symbol, order.sign)
        if (order.price - now) * order.sign >= 0:
            self.fill(replace(order, price=now), TAKER)
            return
        self.fits(order)
        if order.kept > self.free():
            raise No
        self.orders.append(order)

    def cancel(self, order: Resting) -> None:
        """Take an order away."""
        if order not in self.orders:
            raise No
        self.orders.remove(order)

    def move(self, symbol: str, amount: Decimal) -> None:
        """Put margin into a pocket, or take it out."""
        there, mark = self.there(symbol), self.marks[symbol]
        if there.pocket is None:
            raise No
        worth = there.pocket + min(Decimal(0), there.gain(mark))
        most = max(Decimal(0), floor(worth - there.quantity * mark / there.leverage))
        if -amount > most:
            raise No
        if amount > 0:
            self.pay(amount)
        else:
            self.wallet -= amount
        there.pocket += amount

    def lever(self, symbol: str, leverage: Decimal) -> None:
        """Another leverage; never a lower one in isolated."""
        there = self.held.get(symbol)
        if leverage == (there.leverage if there else self.leverages.get(symbol)):
            raise No
        self.leverages[symbol] = leverage
        if there is None:
            return
        if there.pocket is not None:
            if leverage < there.leverage:
                raise No
            more = ceil(there.cost / leverage) - there.pocket
            if more > 0:
                self.pay(more)
                there.pocket += more
            there.leverage = leverage
            return
        lower = leverage < there.leverage
        there.leverage = leverage
        balance = self.wallet + sum(e.gain(self.marks[s]) for s, e in self.crossed.items())
        taken = sum(e.quantity * self.marks[s] / e.leverage for s, e in self.crossed.items())
        if lower and taken + sum(order.kept for order in self.orders) > balance:
            raise No

    def choose(self, symbol: str, *, isolated: bool) -> None:
        """Another mode, only where nothing is held or ordered."""
        ordered = any(order.symbol == symbol for order in self.orders)
        if self.modes.get(symbol) is isolated or symbol in self.held or ordered:
            raise No
        self.modes[symbol] = isolated

    def stop(self, symbol: str, loss: Decimal | None, profit: Decimal | None) -> None:
        """Marks at which a position is closed by itself; not such as are passed already."""
        there, mark = self.there(symbol), self.marks[symbol]
        if loss is not None and (mark - loss) * there.sign <= 0:
            raise No
        if profit is not None and (profit - mark) * there.sign <= 0:
            raise No
        there.loss, there.profit = loss, profit

    def reset(self) -> None:
        """Begin anew."""
        fresh = Model(self.marks, resets=self.resets + 1)
        self.__dict__.update(fresh.__dict__)

    def fund(self, rate: Decimal) -> None:
        """Longs pay shorts; nobody pays more than there is."""
        for symbol, each in self.held.items():
            due = floor(-each.sign * each.quantity * self.marks[symbol] * rate)
            if each.pocket is None:
                self.wallet += max(due, -self.wallet)
            else:
                each.pocket += max(due, -each.pocket)

    # --- what a tick does -------------------------------------------------------------------------

    def settle(self) -> None:
        """Walls, then stops, then orders, again and again until nothing happens."""
        while self._walls() or self._stops() or self._orders():
            pass

    def _walls(self) -> bool:
        for symbol, each in self.held.items():
            mark = self.marks[symbol]
            if each.pocket is not None and each.pocket + each.gain(mark) <= each.needed(mark):
                del self.held[symbol]
                self.orders = [order for order in self.orders if order.symbol != symbol]
                return True
        inside = self.crossed.items()
        balance = self.wallet + sum(each.gain(self.marks[s]) for s, each in inside)
        if not inside or balance > sum(each.needed(self.marks[s]) for s, each in inside):
            return False
        self.wallet = Decimal(0)
        self.held = {s: each for s, each in self.held.items() if each.pocket is not None}
        self.orders = [order for order in self.orders if order.isolated]
        return True

    def _stops(self) -> bool:
        for symbol, each in list(self.held.items()):
            mark = self.marks[symbol]
            lost = each.loss is not None and (mark - each.loss) * each.sign <= 0
            won = each.profit is not None and (mark - each.profit) * each.sign >= 0
            if not (lost or won):
                continue
            if self.all_or_nothing(partial(self.close_at_market, symbol)):
                return True
            if each.pocket is None and self.all_or_nothing(
                lambda: self.close_all(crossed_only=True)
            ):
                return True
        return False

    def _orders(self) -> bool:
        for order in self.orders:
            if (order.price - self.marks[order.symbol]) * order.sign >= 0:
                self.orders = [each for each in self.orders if each is not order]
                self.all_or_nothing(partial(self.fill, order, MAKER))
                return True
        return False
