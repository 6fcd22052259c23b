"""A recorded event of an audit file, and an account that passes its candles, counted anew."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tests.sims.recount.told import Json
from tests.sims.recount.wallet import Marks, Wallet, looked

STEPS = 40


@dataclass
class Passing:
    """An account on its way; `low` is the least it was worth within a tick."""

    wallet: Wallet
    low: Decimal = Decimal(0)

    def judge(self, marks: Marks, at: datetime) -> None:
        self.wallet.judged(looked(marks, at))
        self.low = min(self.low, self.wallet.worth(marks))

    def go(self, start: Marks, end: Marks, at: datetime) -> None:
        """Go from prices to prices: at once where no wall falls there, else in small steps."""
        if self.wallet.would_fall(end):
            for step in range(1, STEPS):
                part = Decimal(step) / STEPS
                between = {s: start[s] + (price - start[s]) * part for s, price in end.items()}
                self.judge(between, at)
        self.judge(end, at)


class Film:
    """An event: coins, where each begins, and its ticks."""

    def __init__(self, reel: Json) -> None:
        self.first = {coin: Decimal(price) for coin, price in reel["first"].items()}
        self.ticks: list[Json] = reel["ticks"]
        self.fell = bool(reel.get("fell"))

    def marks(self, number: int, part: str, wallet: Wallet | None = None) -> dict[str, Decimal]:
        """Prices of a tick: its `open` or `close`, or the `extreme` against what is held."""
        found = {}
        for coin, first in self.first.items():
            bar = self.ticks[number - 1]["bars"][coin]
            name = part
            if wallet is not None:
                net = sum(
                    (h.sign * h.quantity for h in wallet.held if h.symbol == coin), Decimal(0)
                )
                name = "low" if net > 0 else "high" if net < 0 else "close"
            found[coin] = first * Decimal(bar[name])
        return found

    def passed(self, one: Passing, number: int, at: datetime) -> dict[str, Decimal]:
        """Let an account pass a tick, funding first, then the extreme; the prices at its close."""
        opens = self.marks(number, "open")
        one.low = one.wallet.worth(opens)
        rates = {s: Decimal(r) for s, r in self.ticks[number - 1]["funding"].items()}
        if rates:
            one.go(opens, opens, at)
            one.wallet.funded(rates, opens, at)
            one.judge(opens, at)
        extremes = self.marks(number, "", one.wallet)
        one.go(opens, extremes, at)
        closes = self.marks(number, "close")
        one.go(extremes, closes, at)
        return closes
