"""What isolated and cross would have lived through: a paper account played through a recording.

The engine is the one that judges real accounts; nothing here has a formula of its own. How a candle
is passed is told in `core.lessons.way`. Recorded funding is settled at the open of its hour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.lessons.scenario import Candle, Scenario
from core.lessons.way import RECORDED, Met, Way, equity
from core.margin.pool import Leg, MarginMode
from core.market import Symbol
from core.money import ZERO, Amount, Price
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.apply import applied
from core.paper.events import FundingSettled, PoolLiquidated
from core.paper.scene import Intent, Scene

WORST = 3
"""Hours of the largest losses that are told."""


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
    beginning of it. Raises `NoPrice` for a coin that has no mark, `KeyError` for one that the
    recording has not.
    """
    # In the order of the positions: a set of texts has another order in every process.
    first = {p.leg.symbol: scene.mark(p.leg.symbol) for p in account.positions}
    worth = equity(account, scene.marks)
    moments = [Moment(scene.at, first, worth, worth, len(account.positions))]
    way = Way(_held_from(account, scenario.heading.first_hour), scene)
    for candle in scenario.played(frozenset(first)):
        way.take(candle, first, scenario.settled_at(candle.at))
        moments.append(_moment(way, candle))
    return Life(begun, way.account, tuple(moments))


def _moment(way: Way, candle: Candle) -> Moment:
    """How a candle ended for an account that has passed it."""
    return Moment(
        candle.at,
        {symbol: quote.price for symbol, quote in way.scene.marks.prices.items()},
        way.worth,
        way.low,
        len(way.account.positions),
        tuple(way.met),
    )


def _held_from(account: PaperAccount, moment: datetime) -> PaperAccount:
    """The account as if all its positions had been opened at a moment."""
    positions = tuple(replace(p, opened_at=moment) for p in account.positions)
    return replace(account, positions=positions)


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
