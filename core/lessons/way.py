"""One account on its way through candles: what each of them does to it, in order.

Funding that was settled when a candle began comes first, at its open. Then the candle's adverse
extreme (for a long the low, for a short the high), then its close. With several positions each coin
is taken at the extreme that hurts its own leg, all at once: nobody recorded in which order they
came, so this is an estimate on the careful side. Where an extreme would close something, the way
there is walked in small steps, so that a wall falls near its limit and not only at the end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.lessons.scenario import Bar, Candle
from core.margin.risk import unrealized_pnl
from core.market import MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, Price, Rate
from core.paper.account import PaperAccount
from core.paper.apply import apply
from core.paper.events import Event, Warned
from core.paper.funding import funding_settled
from core.paper.scene import Scene
from core.paper.sweeping import swept

STEPS = 40
"""Steps of the way to an extreme that closes something."""

RECORDED = "recorded"
"""The market of a played account; no account of anybody's is in it."""

NO_RATES: Mapping[Symbol, Rate] = {}


@dataclass(frozen=True, slots=True)
class Met:
    """Something that happened to the account, and the scene it met."""

    event: Event
    scene: Scene


@dataclass(slots=True)
class Way:
    """An account on its way, and the scene it has come to.

    `met` is what the last candle did to it, `low` the least it was worth within it (quote).
    """

    account: PaperAccount
    scene: Scene
    low: Amount = Amount(ZERO)
    met: list[Met] = field(default_factory=list)

    def take(
        self,
        candle: Candle,
        first: Mapping[Symbol, Price],
        rates: Mapping[Symbol, Rate] = NO_RATES,
    ) -> None:
        """Pass a candle whose bars are parts of `first` (quote per base); `rates` were due then.

        Raises `KeyError` for a coin that the candle has not, `NoPrice` for one held beyond `first`.
        """
        self.met = []
        self.low = equity(self.account, self.scene.marks)
        if rates:
            self._settle(priced(self.scene, candle, opens(candle), first), rates)
        self._pass(_at_extremes(self.account, candle, first, self.scene))
        closes = {symbol: bar.close for symbol, bar in candle.bars.items()}
        self._pass(priced(self.scene, candle, closes, first))

    @property
    def worth(self) -> Amount:
        """What the account is worth where it has come to, quote."""
        return equity(self.account, self.scene.marks)

    def _pass(self, there: Scene) -> None:
        """Go to a scene: at once if nothing happens there, else in small steps."""
        if self.account.positions and _closes(self.account, there):
            for step in range(1, STEPS):
                self._judge(_between(self.scene, there, step))
        self._judge(there)
        self.scene = there

    def _settle(self, there: Scene, rates: Mapping[Symbol, Rate]) -> None:
        """Go to a scene and settle funding there; what is paid may be what a wall falls by."""
        self._pass(there)
        self._meet(funding_settled(self.account, rates, there), there)
        self._judge(there)

    def _meet(self, events: Iterable[Event], here: Scene) -> None:
        for event in events:
            if not isinstance(event, Warned):  # nobody is there to be warned
                self.account = apply(self.account, event, here.at)
                self.met.append(Met(event, here))

    def _judge(self, here: Scene) -> None:
        self._meet(swept(self.account, here) if self.account.positions else (), here)
        self.low = min(self.low, equity(self.account, here.marks))


def equity(account: PaperAccount, marks: Marks) -> Amount:
    """Return what an account is worth (quote): what is realised, and what its positions show.

    Raises `NoPrice`.
    """
    shown = (unrealized_pnl(p.leg, marks.price(p.leg.symbol)) for p in account.positions)
    return Amount(account.wallet_balance + sum(shown, ZERO))


def opens(candle: Candle) -> Mapping[Symbol, Rate]:
    """Return where every coin of a candle begins, in parts of its first price."""
    return {symbol: bar.open for symbol, bar in candle.bars.items()}


def priced(
    scene: Scene, candle: Candle, parts: Mapping[Symbol, Rate], first: Mapping[Symbol, Price]
) -> Scene:
    """Return the scene at a candle's moment, with every coin at a part of its first price."""
    at = candle.at
    quotes = {s: MarkPrice(Price(base * parts[s]), at) for s, base in first.items()}
    return replace(scene, marks=Marks(RECORDED, at, quotes), at=at)


def _closes(account: PaperAccount, scene: Scene) -> bool:
    return any(not isinstance(event, Warned) for event in swept(account, scene))


def _at_extremes(
    account: PaperAccount, candle: Candle, first: Mapping[Symbol, Price], scene: Scene
) -> Scene:
    """The scene with every coin at the extreme that hurts what is held in it."""
    net: dict[Symbol, Rate] = {}
    for position in account.positions:
        leg = position.leg
        net[leg.symbol] = Rate(net.get(leg.symbol, ZERO) + leg.side.sign * leg.quantity)
    parts = {s: _hurting(bar, net.get(s, Rate(ZERO))) for s, bar in candle.bars.items()}
    return priced(scene, candle, parts, first)


def _hurting(bar: Bar, net: Rate) -> Rate:
    if not net:
        return bar.close
    return bar.low if net > ZERO else bar.high


def _between(start: Scene, end: Scene, step: int) -> Scene:
    """A scene on the straight way between two, `step` of `STEPS`."""
    part = Rate(ONE * step / STEPS)
    quotes = {}
    for symbol, quote in end.marks.prices.items():
        here = start.mark(symbol)
        quotes[symbol] = replace(quote, price=Price(here + (quote.price - here) * part))
    return replace(end, marks=replace(end.marks, prices=quotes))
