"""A crash reckoned anew from prices and choices, written from the rules and nothing else.

Straight arithmetic for contracts of one tier without fees: no events, no accounts of ours. What
somebody receives is rounded down to 1e-8, what they pay up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WALLET, QUANTUM, STEPS = Decimal(10_000), Decimal("1e-8"), 40

Prices = Mapping[str, Decimal]


@dataclass(frozen=True)
class Candle:
    """One coin's tick, in prices."""

    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal


def floor(value: Decimal) -> Decimal:
    return (value / QUANTUM).to_integral_value(ROUND_FLOOR) * QUANTUM


def ceil(value: Decimal) -> Decimal:
    return (value / QUANTUM).to_integral_value(ROUND_CEILING) * QUANTUM


@dataclass
class Held:
    """A position; `pocket` is None behind the cross wall."""

    coin: str
    sign: int
    quantity: Decimal
    cost: Decimal
    pocket: Decimal | None

    def gain(self, price: Decimal) -> Decimal:
        return self.sign * (self.quantity * price - self.cost)


@dataclass
class Book:
    """One player's money and positions at one leverage and maintenance rate."""

    leverage: Decimal
    maintenance: Decimal
    wallet: Decimal = WALLET
    held: list[Held] = field(default_factory=list)
    low: Decimal = WALLET
    alive: int = 0
    out: bool = False
    actions: int = 0

    def open(
        self, coin: str, sign: int, margin: Decimal, price: Decimal, *, isolated: bool
    ) -> None:
        quantity = margin * self.leverage / price
        self.held.append(Held(coin, sign, quantity, quantity * price, margin if isolated else None))
        self.wallet -= margin if isolated else 0

    # --- what it is worth -------------------------------------------------------------------------

    def worth(self, prices: Prices) -> Decimal:
        pockets = sum((each.pocket or Decimal(0) for each in self.held), Decimal(0))
        return self.wallet + pockets + sum((h.gain(prices[h.coin]) for h in self.held), Decimal(0))

    def needs(self, each: Held, prices: Prices) -> Decimal:
        return each.quantity * prices[each.coin] * self.maintenance

    def cross(self) -> list[Held]:
        return [each for each in self.held if each.pocket is None]

    def free(self, prices: Prices) -> Decimal:
        """What may leave the wallet."""
        gains = sum((each.gain(prices[each.coin]) for each in self.cross()), Decimal(0))
        posted = sum(
            (h.quantity * prices[h.coin] / self.leverage for h in self.cross()), Decimal(0)
        )
        return max(Decimal(0), floor(min(self.wallet + gains - posted, self.wallet)))

    def spare(self, each: Held, prices: Prices) -> Decimal:
        """What may leave a pocket."""
        assert each.pocket is not None
        price = prices[each.coin]
        rest = (
            each.pocket + min(Decimal(0), each.gain(price)) - each.quantity * price / self.leverage
        )
        return max(Decimal(0), floor(rest))

    # --- what is done -----------------------------------------------------------------------------

    def do(self, act: str, prices: Prices) -> bool:
        """Carry a choice out; False where it cannot be."""
        if act == "hold":
            return True
        if not self.held:
            return False
        if act.startswith("cut"):
            return self._cut(Decimal(act.removeprefix("cut")), prices)
        return {"add": self._add, "hedge": self._hedge, "cash": self._switch}[act](prices)

    def _cut(self, percent: Decimal, prices: Prices) -> bool:
        wallet, kept = self.wallet, list[Held]()
        for each in sorted(self.held, key=lambda h: h.gain(prices[h.coin]), reverse=True):
            part = each.quantity * percent / 100
            whole = part == each.quantity
            cost = each.cost if whole else floor(each.cost * part / each.quantity)
            pocket = each.pocket
            given = Decimal(0)
            if pocket is not None:
                given = pocket if whole else floor(pocket * part / each.quantity)
            gain = floor(each.sign * (part * prices[each.coin] - cost))
            wallet += given + gain
            if wallet < 0 or (pocket is not None and given + gain < 0):
                return False
            if not whole:
                rest = None if pocket is None else pocket - given
                kept.append(
                    Held(each.coin, each.sign, each.quantity - part, each.cost - cost, rest)
                )
        order = [(h.coin, h.sign) for h in self.held]
        self.wallet = wallet
        self.held = sorted(kept, key=lambda h: order.index((h.coin, h.sign)))
        return True

    def _weakest(self, prices: Prices) -> Held | None:
        found, worst = None, Decimal(0)
        for each in self.held:
            if each.pocket is not None:
                left = each.pocket + each.gain(prices[each.coin])
                ratio = self.needs(each, prices) / left if left > 0 else Decimal("Infinity")
                if found is None or ratio > worst:
                    found, worst = each, ratio
        return found

    def _add(self, prices: Prices) -> bool:
        each = self._weakest(prices)
        if each is None or each.pocket is None:
            return False
        more = ceil(each.cost / self.leverage / 2)
        if more > self.free(prices):
            return False
        each.pocket, self.wallet = each.pocket + more, self.wallet - more
        return True

    def _hedge(self, prices: Prices) -> bool:
        nets: dict[str, Decimal] = {}
        for each in self.cross():
            nets[each.coin] = nets.get(each.coin, Decimal(0)) + each.sign * each.quantity
        if not any(nets.values()):
            return False
        coin = max(nets, key=lambda name: abs(nets[name]) * prices[name])
        sign, part = -1 if nets[coin] > 0 else 1, abs(nets[coin]) / 2
        if part * prices[coin] / self.leverage > self.free(prices):
            return False
        for each in self.cross():
            if (each.coin, each.sign) == (coin, sign):
                each.quantity, each.cost = each.quantity + part, each.cost + part * prices[coin]
                return True
        self.held.append(Held(coin, sign, part, part * prices[coin], None))
        return True

    def _switch(self, prices: Prices) -> bool:
        pockets = [each for each in self.held if each.pocket is not None]
        weakest, free = self._weakest(prices), self.free(prices)
        spare = [self.spare(each, prices) for each in pockets]
        if weakest is None or (not free and not any(spare)):
            return False
        if free >= sum(spare):
            assert weakest.pocket is not None
            weakest.pocket, self.wallet = weakest.pocket + free, self.wallet - free
            return True
        for each, back in zip(pockets, spare, strict=True):
            assert each.pocket is not None
            each.pocket, self.wallet = each.pocket - back, self.wallet + back
        return True

    # --- what a tick does -------------------------------------------------------------------------

    def pass_(self, candles: Mapping[str, Candle]) -> None:
        """The worst of each coin for what is held in it, then the close."""
        here = {coin: candle.open for coin, candle in candles.items()}
        self.low = min(self.low, self.worth(here))
        ends = {coin: candle.close for coin, candle in candles.items()}
        for there in ({coin: self._worst(coin, c) for coin, c in candles.items()}, ends):
            for prices in self._way(here, there):
                self._judge(prices)
                self.low = min(self.low, self.worth(prices))
            here = there
        self.out = self.out or self.worth(here) < WALLET / 100
        self.alive += not self.out

    def _worst(self, coin: str, candle: Candle) -> Decimal:
        net = sum((h.sign * h.quantity for h in self.held if h.coin == coin), Decimal(0))
        return candle.close if not net else candle.low if net > 0 else candle.high

    def _way(self, here: Prices, there: Prices) -> Iterator[Prices]:
        """At once where all walls stand there, else in small steps."""
        if self._fallen(there):
            for step in range(1, STEPS):
                yield {c: here[c] + (there[c] - here[c]) * step / STEPS for c in there}
        yield there

    def _fallen(self, prices: Prices) -> list[Held]:
        """Everything behind a wall whose cushion is gone."""
        found = []
        for each in self.held:
            left = (each.pocket or Decimal(0)) + each.gain(prices[each.coin])
            if each.pocket is not None and left <= self.needs(each, prices):
                found.append(each)
        cross = self.cross()
        left = self.wallet + sum((each.gain(prices[each.coin]) for each in cross), Decimal(0))
        needs = sum((self.needs(each, prices) for each in cross), Decimal(0))
        return [*found, *(cross if cross and left <= needs else [])]

    def _judge(self, prices: Prices) -> None:
        fallen = self._fallen(prices)
        if any(each.pocket is None for each in fallen):
            self.wallet = Decimal(0)  # what is left of a cross pool goes to the insurance fund
        self.held = [each for each in self.held if all(each is not gone for gone in fallen)]


def best_of(books: Sequence[Book], prices: Prices) -> Decimal:
    return max(book.worth(prices) for book in books)
