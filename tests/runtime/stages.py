"""Accounts in a market whose marks are a function of time, and processes that keep watch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.runtime.desks import Desks
from bot.runtime.past import Feed
from bot.runtime.watch import Watch
from core.alerts.alert import What
from core.market import MarkPrice, Marks, Symbol
from core.money import D, Price, Rate
from core.paper.account import PaperAccount
from core.paper.actions import Action, Open
from core.paper.records import Identity, Recorded
from core.paper.rules import PaperRules
from core.services.accounts import Accounts, Home
from core.services.alarm import Alarm
from core.services.alerts import Alerts
from core.services.prices import Prices
from core.services.sweep import Sweep
from core.services.trading import Asked, Trading
from tests.core.paper.builders import wish
from tests.fakes.ports import FixedClock, MemoryUnits
from tests.walk.house import LISTINGS

START = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
MIRA = Identity("telegram", "7")
BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
RATE = Rate(D("0.0001"))

Path = Callable[[datetime], int]


def still(_: datetime) -> int:
    return 60_000


def dip(moment: datetime) -> int:
    """A fall of a few minutes, ten minutes after the start."""
    since = (moment - START).total_seconds() / 60
    return 50_000 if 10 <= since < 13 else 60_000


class Market:
    """A market of one contract that knows all its past; it can be away."""

    market = "demo"

    def __init__(self, clock: FixedClock, path: Path) -> None:
        self._clock = clock
        self.path = path
        self.behind = timedelta(0)

    def marks(self) -> Marks:
        return self.marks_at(self._clock.now() - self.behind)

    def marks_at(self, moment: datetime) -> Marks:
        mark = MarkPrice(
            Price(D(self.path(moment))), moment, funding=RATE, funding_at=_next(moment, 8)
        )
        return Marks("demo", moment, {BTC: mark})


class Stage:
    """One person's account in a market, and processes that may keep watch over it."""

    def __init__(self, path: Path, desks: Desks, *, replayed: bool = True) -> None:
        self.clock = FixedClock(START)
        self.market = Market(self.clock, path)
        self.units = MemoryUnits()
        self.desks = desks
        self._build()
        self._feed = Feed(self.prices.fresh, self.market.marks_at if replayed else None)

    def _build(self) -> None:
        self.prices = Prices(LISTINGS, self.market, self.clock)
        home = Home("binance", PaperRules())
        self.accounts = Accounts(self.units, self.clock, "demo", home)
        self.trading = Trading(self.units, self.accounts, self.prices, self.clock)
        self.alerts = Alerts(self.units, self.clock, "demo")

    def watch(self, *, alarmed: bool = False) -> Watch:
        """Another process."""
        sweep = Sweep(self.units, self.clock, LISTINGS, "demo", PaperRules())
        if alarmed:
            sweep.alarm = Alarm(self.units, self.clock, LISTINGS, "demo", "binance")
        return Watch(sweep, self._feed, self.desks, self.clock, every=0.001)

    async def opens(self, request: str = "1", action: Action | None = None) -> None:
        """Open 0.333 BTC, 10x isolated, unless something else is wanted."""
        asked, wanted = Asked(MIRA, "7", request), action or Open(wish("0.333"))
        await self.desks.run(lambda: self.trading.act(asked, wanted), writes=True)

    async def waits_for(self, what: What) -> None:
        """Set an alert."""
        await self.desks.run(lambda: self.alerts.set(MIRA, what), writes=True)

    @property
    def account(self) -> PaperAccount:
        return self.accounts.look(MIRA)

    def happened(self, kind: type) -> list[Recorded]:
        return [each for each in self.accounts.history(MIRA) if isinstance(each.event, kind)]


class Live(Market):
    """A live market of two contracts: what was missed is known once it was recalled.

    A contract that is silent has no mark. `low` is what candles know below the path; `untold` are
    contracts whose candles do not come; by so much is its clock `ahead`.
    """

    def __init__(self, clock: FixedClock, path: Path) -> None:
        super().__init__(clock, path)
        self.silent: set[Symbol] = set()
        self.untold: set[Symbol] = set()
        self.asked: list[tuple[frozenset[Symbol], datetime, datetime]] = []
        self.low: dict[tuple[Symbol, datetime], int] = {}
        self.hours = {BTC: 8, ETH: 8}
        self.ahead = timedelta(0)
        self.at_once = timedelta(days=9)
        self._known: frozenset[Symbol] = frozenset()

    def marks_at(self, moment: datetime) -> Marks:
        spoken = {s: self._mark(s, moment) for s in (BTC, ETH) if s not in self.silent}
        return Marks("demo", moment, spoken)

    def _mark(self, symbol: Symbol, moment: datetime) -> MarkPrice:
        price = self.path(moment) if symbol == BTC else 3000
        due = _next(moment + self.ahead, self.hours[symbol])
        return MarkPrice(Price(D(price)), moment, funding=RATE, funding_at=due)

    def past(self, moment: datetime) -> Marks:
        """What was seen, and candles in place of it where they were recalled."""
        recalled = {symbol: self._candle(symbol, moment) for symbol in self._known}
        return Marks("demo", moment, {**self.marks_at(moment).prices, **recalled})

    def _candle(self, symbol: Symbol, moment: datetime) -> MarkPrice:
        mark = self._mark(symbol, moment)
        low = Price(D(self.low.get((symbol, moment), mark.price)))
        return replace(mark, low=low, high=mark.price)

    async def recall(
        self, symbols: frozenset[Symbol], since: datetime, until: datetime
    ) -> tuple[frozenset[Symbol], datetime]:
        self.asked.append((symbols, since, until))
        self._known = symbols - self.untold
        return self._known, min(until, since + self.at_once)


class LiveStage(Stage):
    """The same account in a live market."""

    def __init__(self, path: Path, desks: Desks) -> None:
        super().__init__(path, desks)
        self.market: Live = Live(self.clock, path)
        self._build()
        self._feed = Feed(self.prices.fresh, self.market.past, self.market.recall)
        self.prices._status = self.prices.status

    async def goes_on(self, watch: Watch, minutes: int, step: int = 30) -> None:
        """Let time pass while a process keeps watch."""
        for _ in range(minutes * 60 // step):
            self.clock.advance(step)
            await watch.begin()


def _next(moment: datetime, hours: int) -> datetime:
    """The next settlement after a moment, so many hours apart."""
    due = moment.replace(minute=0, second=0, microsecond=0)
    return due + timedelta(hours=hours - due.hour % hours)
