"""What isolated and cross would have lived through: a paper account played through a recording.

The engine is the one that judges real accounts; nothing here has a formula of its own. Every candle
is judged in order: first its adverse extreme (for a long the low, for a short the high), then its
close. With several positions each coin is taken at the extreme that hurts its own leg, all at once:
the recording does not tell in which order they came, so this is an estimate on the careful side.
Where an extreme would close something, the way there is walked in small steps, so that a wall falls
near its limit and not only at the end. Recorded funding is settled at the open of its hour.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.lessons.scenario import Bar, Candle, Scenario
from core.margin.pool import Leg, MarginMode
from core.margin.risk import unrealized_pnl
from core.market import MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, Price, Rate
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.apply import applied, apply
from core.paper.events import Event, FundingSettled, PoolLiquidated, Warned
from core.paper.funding import funding_settled
from core.paper.scene import Intent, Scene
from core.paper.sweeping import swept

STEPS = 40
"""Steps of the way to an extreme that closes something."""

WORST = 3
"""Hours of the largest losses that are told."""

RECORDED = "recorded"
"""The market of a played account; no account of anybody's is in it."""


@dataclass(frozen=True, slots=True)
class Met:
    """Something that happened to the account, and the scene it met."""

    event: Event
    scene: Scene


@dataclass(frozen=True, slots=True)
class Moment:
    """The account after one candle.

    `balance` (quote) is its whole margin balance at the close, `low` the least within the candle,
    `prices` the closes (quote per base), `open` how many positions are left.
    """

    at: datetime
    prices: Mapping[Symbol, Price]
    balance: Amount
    low: Amount
    open: int
    met: tuple[Met, ...] = ()

    @property
    def falls(self) -> tuple[Met, ...]:
        """The walls that fell in it."""
        return tuple(each for each in self.met if isinstance(each.event, PoolLiquidated))


@dataclass(frozen=True, slots=True)
class Life:
    """One account's way through a recording; the first moment is its beginning.

    `begun` (quote) is what it was worth before its first trade.
    """

    begun: Amount
    account: PaperAccount
    moments: tuple[Moment, ...]

    @property
    def falls(self) -> tuple[Met, ...]:
        """Every wall that fell, in order."""
        return tuple(fall for moment in self.moments for fall in moment.falls)

    @property
    def funding(self) -> Amount:
        """What funding brought, quote; negative where more was paid than received."""
        events = (met.event for moment in self.moments for met in moment.met)
        settled = (e.from_wallet + e.from_pocket for e in events if isinstance(e, FundingSettled))
        return Amount(sum(settled, ZERO))

    @property
    def lowest(self) -> Amount:
        """The least margin balance, quote."""
        return min(moment.low for moment in self.moments)

    @property
    def left(self) -> Amount:
        """What is left at the end (quote): everything realised, and what open positions show."""
        return self.moments[-1].balance

    @property
    def result(self) -> Amount:
        """What it gained or lost, quote."""
        return Amount(self.left - self.begun)


def began(leg: Leg, mode: MarginMode, wallet: Amount, scene: Scene) -> PaperAccount:
    """Return an account of nobody's that opened a leg at the market. Raises its refusals."""
    account = PaperAccount(
        id=0, market=RECORDED, venue=scene.listing.venue.id, wallet=wallet, account_mode=mode
    )
    intent = Intent(
        symbol=leg.symbol,
        side=leg.side,
        quantity=leg.quantity,
        mode=mode,
        leverage=leg.leverage,
    )
    return applied(account, decide(account, Open(intent), scene), scene.at)


def lived(scenario: Scenario, account: PaperAccount, scene: Scene, begun: Amount) -> Life:
    """Return what a recording does to an account whose coins begin at the scene's marks.

    The coins' way is the recorded one, in parts of those marks, and what is open is held from the
    beginning of it. Raises `NoPrice` for a coin that
    has no mark, `KeyError` for one that the recording has not.
    """
    # In the order of the positions: a set of texts has another order in every process.
    first = {p.leg.symbol: scene.mark(p.leg.symbol) for p in account.positions}
    worth = balance(account, scene.marks)
    moments = [Moment(scene.at, first, worth, worth, len(account.positions))]
    way = _Way(_held_from(account, scenario.heading.first_hour), scene)
    for candle in scenario.played(frozenset(first)):
        rates = scenario.settled_at(candle.at)
        if rates:
            opens = {s: bar.open for s, bar in candle.bars.items()}
            way.settle(_scene(scene, candle, opens, first), rates)
        way.pass_(_at_extremes(way.account, candle, first, scene))
        way.pass_(_scene(scene, candle, {s: bar.close for s, bar in candle.bars.items()}, first))
        moments.append(way.moment(candle))
    return Life(begun, way.account, tuple(moments))


def _held_from(account: PaperAccount, moment: datetime) -> PaperAccount:
    """The account as if all its positions had been opened at a moment."""
    positions = tuple(replace(p, opened_at=moment) for p in account.positions)
    return replace(account, positions=positions)


def balance(account: PaperAccount, marks: Marks) -> Amount:
    """Return all an account is worth (quote): what is realised, and what its positions show."""
    shown = (unrealized_pnl(p.leg, marks.price(p.leg.symbol)) for p in account.positions)
    return Amount(account.wallet_balance + sum(shown, ZERO))


def telling(lives: Sequence[Life]) -> tuple[int, ...]:
    """Return which moments tell the story: the beginning, the worst hours, every fall, the end.

    `lives` went through the same candles. Of moments in one hour the first that tells is enough.
    """
    count = len(lives[0].moments)
    losses = {
        n: sum((life.moments[n].balance - life.moments[n - 1].balance for life in lives), ZERO)
        for n in range(1, count)
    }
    worst = [n for n in sorted(losses, key=losses.__getitem__)[:WORST] if losses[n] < ZERO]
    falls = [n for n in range(count) if any(life.moments[n].falls for life in lives)]
    told = {0, count - 1, *falls}
    hours = {_hour(lives[0], n) for n in falls}
    for n in worst:
        if _hour(lives[0], n) not in hours:
            hours.add(_hour(lives[0], n))
            told.add(n)
    return tuple(sorted(told))


def _hour(life: Life, number: int) -> datetime:
    return life.moments[number].at.replace(minute=0)


@dataclass(slots=True)
class _Way:
    """An account on its way, the scene it has come to, and what this candle did to it."""

    account: PaperAccount
    scene: Scene
    low: Amount | None = None
    met: list[Met] = field(default_factory=list)

    def pass_(self, there: Scene) -> None:
        """Go to a scene: at once if nothing happens there, else in small steps."""
        if self.account.positions and _closes(self.account, there):
            for step in range(1, STEPS):
                self._judge(_between(self.scene, there, step))
        self._judge(there)
        self.scene = there

    def settle(self, there: Scene, rates: Mapping[Symbol, Rate]) -> None:
        """Go to a scene and settle funding there; what is paid may be what a wall falls by."""
        self.pass_(there)
        self._meet(funding_settled(self.account, rates, there), there)
        self._judge(there)

    def _meet(self, events: Iterable[Event], here: Scene) -> None:
        for event in events:
            if not isinstance(event, Warned):  # nobody is there to be warned
                self.account = apply(self.account, event, here.at)
                self.met.append(Met(event, here))

    def _judge(self, here: Scene) -> None:
        self._meet(swept(self.account, here) if self.account.positions else (), here)
        worth = balance(self.account, here.marks)
        self.low = worth if self.low is None else min(self.low, worth)

    def moment(self, candle: Candle) -> Moment:
        """Take down how the candle ended, and be ready for the next."""
        worth, low = balance(self.account, self.scene.marks), self.low
        prices = {symbol: quote.price for symbol, quote in self.scene.marks.prices.items()}
        moment = Moment(
            candle.at,
            prices,
            worth,
            worth if low is None else low,
            len(self.account.positions),
            tuple(self.met),
        )
        self.low, self.met = None, []
        return moment


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
    return _scene(scene, candle, parts, first)


def _hurting(bar: Bar, net: Rate) -> Rate:
    if not net:
        return bar.close
    return bar.low if net > ZERO else bar.high


def _scene(
    scene: Scene, candle: Candle, parts: Mapping[Symbol, Rate], first: Mapping[Symbol, Price]
) -> Scene:
    """The scene at parts of the first marks."""
    at = candle.at
    quotes = {s: MarkPrice(Price(base * parts[s]), at) for s, base in first.items()}
    return replace(scene, marks=Marks(RECORDED, at, quotes), at=at)


def _between(start: Scene, end: Scene, step: int) -> Scene:
    """A scene on the straight way between two, `step` of `STEPS`."""
    part = Rate(ONE * step / STEPS)
    quotes = {}
    for symbol, quote in end.marks.prices.items():
        here = start.mark(symbol)
        quotes[symbol] = replace(quote, price=Price(here + (quote.price - here) * part))
    return replace(end, marks=replace(end.marks, prices=quotes))
