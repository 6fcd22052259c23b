"""The watch: one process sweeps, what was missed is made up in order, faults do not end it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.runtime.desks import Desks
from bot.runtime.past import CHUNK
from core.alerts.alert import PriceAlert
from core.money import D, Price
from core.paper.events import FundingSettled, PoolLiquidated
from core.services.sweep import LEASE
from tests.runtime.stages import BTC, MIRA, START, Stage, dip, still


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


async def test_new_marks_wake_a_watch_that_rests(desks: Desks) -> None:
    stage = Stage(still, desks)
    await stage.opens()
    watch, stop = stage.watch(), asyncio.Event()
    watch._every = 60
    looked = asyncio.Event()
    watch.after = looked.set
    running = asyncio.create_task(watch.run(stop))
    async with asyncio.timeout(5):
        while watch._leads_until is None:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.001)
        stage.market.path = lambda _: 50_000
        stage.clock.advance(1)
        watch.wake()
        await looked.wait()
        stop.set()
        await running
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


# --- alerts


async def test_an_alert_alone_is_watched_and_fires_in_the_minute_it_came_to_be(
    desks: Desks,
) -> None:
    stage = Stage(dip, desks)
    await stage.waits_for(PriceAlert(BTC, Price(D(55_000)), rising=False))
    stage.clock.advance(1800)  # down and up again while nobody watched
    woken = []
    for process in (stage.watch(alarmed=True), stage.watch(alarmed=True)):
        process.after = lambda: woken.append(1)
        await process.begin()
    assert (len(woken), stage.alerts.of(MIRA)) == (1, ())
    with stage.units.reading() as books:
        (due,) = books.alerts.due(stage.clock.now(), 9)
    assert due.news.fired is not None
    assert due.news.fired.marks.at == START + timedelta(minutes=10)
    assert due.news.fired.marks.price(BTC) == 50_000


async def test_an_alert_never_fires_on_stale_marks(desks: Desks) -> None:
    stage = Stage(still, desks, replayed=False)
    await stage.waits_for(PriceAlert(BTC, Price(D(61_000)), rising=True))
    stage.clock.advance(600)
    stage.market.path = lambda _: 62_000
    stage.market.behind = timedelta(seconds=90)
    watch = stage.watch(alarmed=True)
    await watch.tick()
    assert len(stage.alerts.of(MIRA)) == 1
    stage.market.behind = timedelta(0)
    await watch.tick()
    assert stage.alerts.of(MIRA) == ()
