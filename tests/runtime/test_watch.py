"""The watch: one process sweeps, what was missed is made up in order, faults do not end it."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.runtime.desks import Desks
from bot.runtime.watch import CHUNK, Feed, Watch
from core.alerts.alert import PriceAlert
from core.market import MarkPrice, Marks, Symbol
from core.money import D, Price, Rate
from core.paper.account import PaperAccount
from core.paper.actions import Open
from core.paper.events import FundingSettled, PoolLiquidated
from core.paper.records import Identity, Recorded
from core.paper.rules import PaperRules
from core.services.accounts import Accounts, Home
from core.services.alarm import Alarm
from core.services.alerts import Alerts
from core.services.prices import Prices
from core.services.sweep import LEASE, Sweep
from core.services.trading import Asked, Trading
from tests.core.paper.builders import wish
from tests.fakes.ports import FixedClock, MemoryUnits
from tests.walk.house import LISTINGS

START = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
MIRA = Identity("telegram", "7")
BTC = Symbol("BTCUSDT")

Path = Callable[[datetime], int]


class Market:
    """A market whose marks are a function of time; it can be away."""

    market = "demo"

    def __init__(self, clock: FixedClock, path: Path) -> None:
        self._clock = clock
        self.path = path
        self.behind = timedelta(0)

    def marks(self) -> Marks:
        return self.marks_at(self._clock.now() - self.behind)

    def marks_at(self, moment: datetime) -> Marks:
        due = moment.replace(minute=0, second=0, microsecond=0)
        due += timedelta(hours=8 - due.hour % 8)
        mark = MarkPrice(
            Price(D(self.path(moment))), moment, funding=Rate(D("0.0001")), funding_at=due
        )
        return Marks("demo", moment, {BTC: mark})


class Stage:
    """One account in a market, and processes that may keep watch over it."""

    def __init__(self, path: Path, desks: Desks, *, replayed: bool = True) -> None:
        self.clock = FixedClock(START)
        self.market = Market(self.clock, path)
        self.units = MemoryUnits()
        self.prices = Prices(LISTINGS, self.market, self.clock)
        rules = PaperRules()
        self.accounts = Accounts(self.units, self.clock, "demo", Home("binance", rules))
        self.trading = Trading(self.units, self.accounts, self.prices, self.clock)
        self.replayed = replayed
        self.desks = desks

    def watch(self) -> Watch:
        """Another process."""
        sweep = Sweep(self.units, self.clock, LISTINGS, "demo", PaperRules())
        past = self.market.marks_at if self.replayed else None
        return Watch(sweep, Feed(self.prices.fresh, past), self.desks, self.clock, every=0.001)

    async def opens(self, request: str = "1") -> None:
        """Open 0.333 BTC, 10x isolated."""
        asked = Asked(MIRA, "7", request)
        action = Open(wish("0.333"))
        await self.desks.run(lambda: self.trading.act(asked, action), writes=True)

    @property
    def account(self) -> PaperAccount:
        return self.accounts.look(MIRA)

    def happened(self, kind: type) -> list[Recorded]:
        return [each for each in self.accounts.history(MIRA) if isinstance(each.event, kind)]


@pytest.fixture
def desks() -> Iterator[Desks]:
    desks = Desks()
    yield desks
    desks.close()


def still(_: datetime) -> int:
    return 60_000


def dip(moment: datetime) -> int:
    """A fall of a few minutes, ten minutes after the start."""
    since = (moment - START).total_seconds() / 60
    return 50_000 if 10 <= since < 13 else 60_000


async def test_a_tick_liquidates_and_tells(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    watch, told = stage.watch(), []
    watch.after = lambda: told.append(1)
    assert await watch.tick()
    assert (stage.happened(PoolLiquidated), told) == ([], [])
    stage.market.path = lambda _: 50_000
    stage.clock.advance(1)
    assert await watch.tick()
    assert len(stage.happened(PoolLiquidated)) == 1
    assert told == [1]


async def test_missed_minutes_are_swept_in_order_at_their_own_marks(desks: Desks) -> None:
    stage = Stage(dip, desks)
    await stage.opens()
    stage.clock.advance(timedelta(minutes=30))
    await stage.watch().begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == START + timedelta(minutes=10)


async def test_what_was_swept_is_not_swept_again(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    stage.clock.advance(timedelta(minutes=30))
    watch = stage.watch()
    await watch.begin()
    await watch.end()
    stage.market.path = dip  # what lies behind has been judged
    stage.clock.advance(timedelta(minutes=5))
    await stage.watch().begin()
    assert stage.happened(PoolLiquidated) == []


async def test_marks_from_before_a_trade_never_touch_it(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    watch = stage.watch()
    await watch.begin()
    await watch.end()
    stage.market.path = dip
    stage.clock.advance(timedelta(minutes=20))
    # Another process trades before anybody has caught up: only later marks count for it.
    await stage.opens("2")
    await stage.watch().begin()
    assert stage.happened(PoolLiquidated) == []


async def test_a_long_absence_is_made_up_in_several_jobs(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    stage.clock.advance(timedelta(minutes=CHUNK + 10))
    watch = stage.watch()
    assert not await watch.tick()
    assert await watch.tick()


async def test_only_one_process_keeps_watch(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    first, second = stage.watch(), stage.watch()
    await first.tick()
    stage.market.path = lambda _: 50_000
    stage.clock.advance(1)
    await second.tick()
    assert stage.happened(PoolLiquidated) == []
    stage.clock.advance(LEASE)
    await second.tick()
    assert len(stage.happened(PoolLiquidated)) == 1


async def test_a_watch_that_ends_lets_the_next_begin_at_once(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    first = stage.watch()
    await first.tick()
    await first.end()
    stage.market.path = lambda _: 50_000
    stage.clock.advance(1)
    await stage.watch().tick()
    assert len(stage.happened(PoolLiquidated)) == 1


async def test_stale_marks_sweep_nobody(desks: Desks) -> None:
    stage = Stage(still, desks, replayed=False)
    await stage.opens()
    stage.market.path = lambda _: 50_000
    stage.market.behind = timedelta(seconds=61)
    await stage.watch().tick()
    assert stage.happened(PoolLiquidated) == []


@pytest.mark.parametrize("replayed", [True, False], ids=["from the past", "as it comes"])
async def test_funding_is_settled_once_when_it_is_due(desks: Desks, *, replayed: bool) -> None:
    stage = Stage(still, desks, replayed=replayed)
    await stage.opens()
    watch = stage.watch()
    for _ in range(40):
        stage.clock.advance(60)
        await watch.begin()
    (funded,) = stage.happened(FundingSettled)
    assert funded.at == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert isinstance(funded.event, FundingSettled)
    assert funded.event.from_pocket == D("-1.998")


async def test_funding_that_fell_into_a_pause_is_settled_at_its_own_mark(desks: Desks) -> None:
    stage = Stage(lambda at: 60_000 if at.hour < 9 else 61_000, desks)
    await stage.opens()
    stage.clock.advance(timedelta(hours=10))
    await stage.watch().begin()
    funded = [each.event for each in stage.happened(FundingSettled)]
    marks = [event.mark for event in funded if isinstance(event, FundingSettled)]
    assert marks == [D(60_000), D(61_000)]


async def test_who_opened_after_it_was_due_pays_nothing(desks: Desks) -> None:
    stage = Stage(still, desks)
    stage.clock.advance(timedelta(minutes=30, seconds=1))
    await stage.opens()
    stage.clock.advance(1)
    await stage.watch().tick()
    assert stage.happened(FundingSettled) == []


async def test_nothing_is_written_while_nobody_has_anything_at_stake(desks: Desks) -> None:
    stage = Stage(still, desks)
    watch = stage.watch()
    assert await watch.tick()
    with stage.units.reading() as books:
        assert books.note("swept:demo") is None


async def test_a_fault_is_logged_and_the_watch_goes_on(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    stop, faults = asyncio.Event(), 2

    def path(_: datetime) -> int:
        nonlocal faults
        if faults:
            faults -= 1
            raise RuntimeError("no market")
        stop.set()
        return 50_000

    stage.market.path = path
    stage.clock.advance(1)
    with capture_logs() as lines:
        await asyncio.wait_for(stage.watch().run(stop), 10)
    assert [(line["event"], line["doing"]) for line in lines] == [("fault", "sweep")] * 2
    assert len(stage.happened(PoolLiquidated)) == 1


async def test_a_closed_desk_is_no_fault(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    watch = stage.watch()
    await watch.tick()
    desks.close()
    with capture_logs() as lines:
        await watch.begin()
        await watch.end()
    assert [line["event"] for line in lines] == ["busy"]


# --- a market that has to ask for its past


class Asking(Market):
    """A live market: what was missed is known once it was recalled, each minute by extremes."""

    def __init__(self, clock: FixedClock, path: Path) -> None:
        super().__init__(clock, path)
        self.answers = True
        self.asked: list[tuple[frozenset[Symbol], datetime, datetime]] = []
        self.low: dict[datetime, int] = {}

    def past(self, moment: datetime) -> Marks:
        if not self.asked or not self.answers:
            return Marks("demo", moment, {})
        mark = self.marks_at(moment).mark(BTC)
        low = Price(D(self.low.get(moment, mark.price)))
        return Marks("demo", moment, {BTC: replace(mark, low=low, high=mark.price)})

    async def recall(self, symbols: frozenset[Symbol], since: datetime, until: datetime) -> bool:
        self.asked.append((symbols, since, until))
        return self.answers


class LiveStage(Stage):
    """The same account in a live market."""

    def __init__(self, path: Path, desks: Desks) -> None:
        super().__init__(path, desks)
        self.market: Asking = Asking(self.clock, path)
        self.prices = Prices(LISTINGS, self.market, self.clock)
        self.trading = Trading(self.units, self.accounts, self.prices, self.clock)

    def watch(self) -> Watch:
        sweep = Sweep(self.units, self.clock, LISTINGS, "demo", PaperRules())
        feed = Feed(self.prices.fresh, self.market.past, self.market.recall)
        return Watch(sweep, feed, self.desks, self.clock, every=0.001)


async def test_missed_minutes_are_recalled_for_what_is_at_stake(desks: Desks) -> None:
    stage = LiveStage(still, desks)
    await stage.opens()
    stage.clock.advance(timedelta(minutes=20))
    await stage.watch().begin()
    assert stage.market.asked == [(frozenset({BTC}), START, stage.clock.now())]


async def test_a_live_market_without_a_pause_is_not_asked_for_its_past(desks: Desks) -> None:
    stage = LiveStage(still, desks)
    await stage.opens()
    watch = stage.watch()
    for _ in range(5):
        stage.clock.advance(30)
        await watch.tick()
    assert stage.market.asked == []


async def test_the_low_of_a_missed_minute_liquidates_a_long(desks: Desks) -> None:
    stage = LiveStage(still, desks)
    await stage.opens()
    stage.market.low[START + timedelta(minutes=7)] = 50_000
    stage.clock.advance(timedelta(minutes=20))
    await stage.watch().begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == START + timedelta(minutes=7)


async def test_while_the_past_is_not_known_nothing_is_decided(desks: Desks) -> None:
    stage = LiveStage(still, desks)
    await stage.opens()
    stage.market.low[START + timedelta(minutes=7)] = 50_000
    stage.market.answers = False
    stage.clock.advance(timedelta(minutes=20))
    watch = stage.watch()
    await watch.begin()
    await watch.tick()
    assert stage.happened(PoolLiquidated) == []
    stage.market.answers = True
    await watch.tick()
    assert len(stage.happened(PoolLiquidated)) == 1


async def test_while_prices_are_stale_the_past_is_not_touched(desks: Desks) -> None:
    stage = LiveStage(still, desks)
    await stage.opens()
    stage.market.low[START + timedelta(minutes=7)] = 50_000
    stage.clock.advance(timedelta(minutes=20))
    stage.market.behind = timedelta(minutes=5)
    watch = stage.watch()
    await watch.begin()
    assert (stage.market.asked, stage.happened(PoolLiquidated)) == ([], [])
    stage.market.behind = timedelta(0)
    await watch.tick()
    assert len(stage.happened(PoolLiquidated)) == 1


# --- alerts


async def test_an_alert_alone_is_watched_and_fires_in_the_minute_it_came_to_be(
    desks: Desks,
) -> None:
    stage = Stage(dip, desks)
    alerts = Alerts(stage.units, stage.clock, "demo")
    low = PriceAlert(BTC, Price(D(55_000)), rising=False)
    await desks.run(lambda: alerts.set(MIRA, low), writes=True)
    stage.clock.advance(1800)  # down and up again while nobody watched
    woken = []
    for process in (alarmed(stage), alarmed(stage)):
        process.after = lambda: woken.append(1)
        await process.begin()
    assert (len(woken), alerts.of(MIRA)) == (1, ())
    with stage.units.reading() as books:
        (due,) = books.alerts.due(stage.clock.now(), 9)
    assert due.news.fired is not None
    assert due.news.fired.marks.at == START + timedelta(minutes=10)
    assert due.news.fired.marks.price(BTC) == 50_000


async def test_an_alert_never_fires_on_stale_marks(desks: Desks) -> None:
    stage = Stage(still, desks, replayed=False)
    alerts = Alerts(stage.units, stage.clock, "demo")
    high = PriceAlert(BTC, Price(D(61_000)), rising=True)
    await desks.run(lambda: alerts.set(MIRA, high), writes=True)
    stage.clock.advance(600)
    stage.market.path = lambda _: 62_000
    stage.market.behind = timedelta(seconds=90)
    watch = alarmed(stage)
    await watch.tick()
    assert len(alerts.of(MIRA)) == 1
    stage.market.behind = timedelta(0)
    await watch.tick()
    assert alerts.of(MIRA) == ()


def alarmed(stage: Stage) -> Watch:
    """Another process, with an alarm."""
    sweep = Sweep(stage.units, stage.clock, LISTINGS, "demo", PaperRules())
    sweep.alarm = Alarm(stage.units, stage.clock, LISTINGS, "demo", "binance")
    past = stage.market.marks_at if stage.replayed else None
    return Watch(sweep, Feed(stage.prices.fresh, past), stage.desks, stage.clock, every=0.001)
