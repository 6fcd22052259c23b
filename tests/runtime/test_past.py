"""A live market's missed minutes: recalled, judged in order, and nobody is overlooked by it."""

from datetime import datetime, timedelta

import pytest

from bot.runtime.desks import Desks
from bot.runtime.past import CHUNK
from bot.runtime.watch import Watch
from core.alerts.alert import LiquidationAlert, PriceAlert
from core.margin.pool import MarginMode, Side
from core.money import Amount, D, Price, Rate
from core.paper.actions import Close, MoveMargin, Open
from core.paper.errors import CatchingUp
from core.paper.events import FundingSettled, PoolLiquidated
from core.paper.records import Notice
from core.services.trading import Asked
from tests.core.paper.builders import quantity, wish
from tests.runtime.stages import BTC, ETH, MIRA, START, LiveStage, still

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
CROSS, ISOLATED = MarginMode.CROSS, MarginMode.ISOLATED
SEVENTH = START + 7 * MINUTE


@pytest.fixture
def stage(desks: Desks) -> LiveStage:
    return LiveStage(still, desks)


def notices(stage: LiveStage) -> list[Notice]:
    with stage.units.reading() as books:
        due = books.paper.due(stage.clock.now(), 9)
        return [each.notice for each in due if isinstance(each.notice.what, PoolLiquidated)]


def fired(stage: LiveStage) -> list[datetime]:
    """The moments of alerts that fired."""
    with stage.units.reading() as books:
        told = [each.news.fired for each in books.alerts.due(stage.clock.now(), 9)]
    return [each.marks.at for each in told if each is not None]


# --- the whole market was away


async def test_missed_minutes_are_recalled_for_what_is_at_stake(stage: LiveStage) -> None:
    await stage.opens()
    stage.clock.advance(20 * MINUTE)
    await stage.watch().begin()
    assert stage.market.asked == [(frozenset({BTC}), START, stage.clock.now())]


async def test_a_market_without_a_pause_is_not_asked_for_its_past(stage: LiveStage) -> None:
    await stage.opens()
    await stage.goes_on(stage.watch(), minutes=5)
    assert stage.market.asked == []


async def test_the_low_of_a_missed_minute_liquidates_a_long(stage: LiveStage) -> None:
    await stage.opens()
    stage.market.low[BTC, SEVENTH] = 50_000
    stage.clock.advance(20 * MINUTE)
    await stage.watch().begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == SEVENTH
    (notice,) = notices(stage)
    assert notice.marks.estimated


async def test_the_minute_that_runs_when_prices_come_back_is_judged_up_to_now(
    stage: LiveStage,
) -> None:
    await stage.opens()
    stage.clock.advance(20 * MINUTE + 40 * SECOND)
    stage.market.low[BTC, stage.clock.now()] = 50_000
    await stage.watch().begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == stage.clock.now()


async def test_while_the_past_is_not_known_nothing_is_decided_and_the_reason_is_kept(
    stage: LiveStage,
) -> None:
    await stage.opens()
    stage.market.low[BTC, SEVENTH] = 50_000
    stage.market.untold = {BTC}
    stage.clock.advance(20 * MINUTE)
    watch, began = stage.watch(), stage.clock.now()
    await watch.begin()
    await stage.goes_on(watch, minutes=1)
    assert stage.happened(PoolLiquidated) == []
    backlog = stage.trading.backlog()
    assert (backlog.since, backlog.asked) == ({BTC: START}, began + 30 * SECOND)
    with pytest.raises(CatchingUp) as refused:
        stage.trading.act(Asked(MIRA, "7", "2"), Open(wish("0.001")))
    assert (refused.value.symbols, refused.value.since) == ((BTC,), START)
    assert refused.value.asked == began + 30 * SECOND
    stage.market.untold = set()
    await watch.begin()
    assert len(stage.happened(PoolLiquidated)) == 1
    assert stage.trading.backlog().since == {}


async def test_while_prices_are_stale_the_past_is_not_touched(stage: LiveStage) -> None:
    await stage.opens()
    stage.market.low[BTC, SEVENTH] = 50_000
    stage.clock.advance(20 * MINUTE)
    stage.market.behind = 5 * MINUTE
    watch = stage.watch()
    await watch.begin()
    assert (stage.market.asked, stage.happened(PoolLiquidated)) == ([], [])
    assert stage.trading.backlog().since == {BTC: START}
    stage.market.behind = timedelta(0)
    await watch.begin()
    assert len(stage.happened(PoolLiquidated)) == 1


async def test_a_long_absence_is_judged_in_parts(stage: LiveStage) -> None:
    await stage.opens()
    late = START + (CHUNK + 200) * MINUTE
    stage.market.low[BTC, late] = 50_000
    stage.market.at_once = 250 * MINUTE
    stage.clock.advance((CHUNK + 300) * MINUTE)
    watch = stage.watch()
    assert [await watch.tick() for _ in range(3)] == [False, False, False]
    assert stage.trading.backlog().since == {BTC: START + 2 * CHUNK * MINUTE}
    await watch.begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == late
    assert len(stage.market.asked) == 2


async def test_a_backlog_of_what_nobody_holds_any_more_is_let_go(stage: LiveStage) -> None:
    await stage.opens()
    stage.market.untold = {BTC}
    stage.clock.advance(20 * MINUTE)
    watch = stage.watch()
    await watch.begin()
    assert stage.trading.backlog().since
    with stage.units.writing() as books:
        books.paper.forget_learner(1)
    watch._sweep.start_over()
    await watch.begin()
    assert stage.trading.backlog().since == {}


# --- one contract was silent while others spoke


async def silence(stage: LiveStage, minutes: int = 20) -> Watch:
    """BTC says nothing for so long, and ETH goes on; return who watched it."""
    watch = stage.watch(alarmed=True)
    await watch.begin()
    stage.market.silent = {BTC}
    await stage.goes_on(watch, minutes)
    stage.market.silent = set()
    return watch


async def test_a_contract_that_was_silent_is_judged_by_its_candles_when_it_speaks(
    stage: LiveStage,
) -> None:
    await stage.opens()
    stage.market.low[BTC, SEVENTH] = 50_000
    watch = await silence(stage)
    assert stage.happened(PoolLiquidated) == []
    assert stage.trading.backlog().since == {BTC: START}
    await watch.begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == SEVENTH
    assert stage.trading.backlog().since == {}


async def test_a_short_silence_is_none(stage: LiveStage) -> None:
    await stage.opens()
    watch = await silence(stage, minutes=1)
    await watch.begin()
    assert stage.market.asked == []


async def test_an_alert_that_came_to_be_in_a_silence_fires_once(stage: LiveStage) -> None:
    await stage.waits_for(PriceAlert(BTC, Price(D(55_000)), rising=False))
    stage.market.low[BTC, SEVENTH] = 54_000
    stage.market.low[BTC, SEVENTH + MINUTE] = 53_000
    watch = await silence(stage)
    assert fired(stage) == []
    for _ in range(3):
        await watch.begin()
    assert fired(stage) == [SEVENTH]
    assert stage.alerts.of(MIRA) == ()


async def test_of_accounts_only_those_in_the_silent_contract_hear_of_it(stage: LiveStage) -> None:
    await stage.opens("1", Open(wish("1", symbol=ETH)))
    await stage.waits_for(PriceAlert(BTC, Price(D(1)), rising=False))
    await stage.waits_for(PriceAlert(ETH, Price(D(2_900)), rising=False))
    await stage.waits_for(LiquidationAlert(Rate(D("0.05"))))
    stage.market.low[ETH, SEVENTH] = 2_800  # it was seen live, and was not there
    watch = await silence(stage)
    await watch.begin()
    assert fired(stage) == []
    assert stage.happened(PoolLiquidated) == []


async def test_a_liquidation_that_came_near_in_a_silence_is_told(stage: LiveStage) -> None:
    await stage.opens()
    await stage.waits_for(LiquidationAlert(Rate(D("0.05"))))
    stage.market.low[BTC, SEVENTH] = 55_000
    watch = await silence(stage)
    await watch.begin()
    assert fired(stage) == [SEVENTH]
    assert len(stage.alerts.of(MIRA)) == 1


async def test_behind_a_common_wall_the_others_are_judged_with_it(stage: LiveStage) -> None:
    await stage.opens("1", Open(wish("0.8", mode=CROSS)))
    await stage.opens("2", Open(wish("1", symbol=ETH, mode=CROSS)))
    stage.market.low[BTC, SEVENTH] = 47_000
    watch = await silence(stage)
    await watch.begin()
    assert stage.market.asked[-1][0] == {BTC, ETH}
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == SEVENTH
    assert stage.account.positions == ()


async def test_what_stands_behind_another_wall_lives_on_meanwhile(stage: LiveStage) -> None:
    """A trade in ETH does not wipe out what BTC did before it."""
    await stage.opens()
    await stage.opens("2", Open(wish("1", symbol=ETH)))
    stage.market.low[BTC, SEVENTH] = 50_000
    watch = stage.watch()
    await watch.begin()
    stage.market.silent = {BTC}
    await stage.goes_on(watch, minutes=15)
    await stage.opens("3", Close(2, quantity("0.5")))
    for action in (
        Close(1, quantity("0.1")),
        MoveMargin(1, Amount(D(50))),
        Open(wish("0.1", at=50_000)),
    ):
        with pytest.raises(CatchingUp):
            await stage.opens(f"4.{action}", action)
    await stage.goes_on(watch, minutes=5)
    stage.market.silent = set()
    with pytest.raises(CatchingUp):
        await stage.opens("5", Close(2, quantity("0.1")))
    await watch.begin()
    (fall,) = stage.happened(PoolLiquidated)
    assert fall.at == SEVENTH
    (left,) = stage.account.positions
    assert (left.leg.symbol, left.leg.quantity) == (ETH, D("0.5"))


async def test_who_opened_after_the_silence_is_not_judged_by_it(stage: LiveStage) -> None:
    await stage.waits_for(PriceAlert(BTC, Price(D(1)), rising=False))  # so that BTC is at stake
    stage.market.low[BTC, SEVENTH] = 50_000
    watch = await silence(stage)
    stage.market.untold = {BTC}
    await watch.begin()
    await stage.opens()  # who had nothing in it may trade as soon as it speaks
    stage.market.untold = set()
    await watch.begin()
    assert stage.market.asked
    assert stage.happened(PoolLiquidated) == []


async def test_two_contracts_are_judged_apart_and_one_does_not_wait_for_the_other(
    stage: LiveStage,
) -> None:
    await stage.opens()
    await stage.opens("2", Open(wish("1", symbol=ETH)))
    stage.market.low[BTC, SEVENTH] = 50_000
    stage.market.untold = {ETH}
    stage.clock.advance(20 * MINUTE)
    watch = stage.watch()
    await watch.begin()
    assert len(stage.happened(PoolLiquidated)) == 1
    backlog = stage.trading.backlog()
    assert backlog.since == {ETH: START}


# --- funding


def settled(stage: LiveStage) -> list[tuple[str, datetime]]:
    return [
        (each.event.symbol, each.at)
        for each in stage.happened(FundingSettled)
        if isinstance(each.event, FundingSettled)
    ]


NINE, TEN, ELEVEN = (START.replace(hour=hour, minute=0) for hour in (9, 10, 11))
EIGHT = START.replace(hour=8, minute=0)


async def test_each_contract_is_settled_at_its_own_hours_while_prices_come(
    stage: LiveStage,
) -> None:
    stage.market.hours = {BTC: 1, ETH: 2}
    await stage.opens()
    await stage.opens("2", Open(wish("1", symbol=ETH)))
    await stage.goes_on(stage.watch(), minutes=160)
    assert settled(stage) == [(BTC, EIGHT), (ETH, EIGHT), (BTC, NINE), (BTC, TEN), (ETH, TEN)]


async def test_each_contract_is_settled_at_its_own_hours_after_a_pause(stage: LiveStage) -> None:
    stage.market.hours = {BTC: 1, ETH: 4}
    await stage.opens()
    await stage.opens("2", Open(wish("1", symbol=ETH)))
    stage.clock.advance(210 * MINUTE)
    await stage.watch().begin()
    assert settled(stage) == [(BTC, EIGHT), (ETH, EIGHT), (BTC, NINE), (BTC, TEN), (BTC, ELEVEN)]


async def test_a_contract_that_is_silent_when_it_is_due_pays_when_it_speaks(
    stage: LiveStage,
) -> None:
    await stage.opens()
    await stage.opens("2", Open(wish("1", symbol=ETH)))
    watch = await silence(stage, minutes=40)
    assert settled(stage) == [(ETH, EIGHT)]
    await watch.begin()
    assert settled(stage) == [(ETH, EIGHT), (BTC, EIGHT)]


async def test_a_contract_that_is_silent_for_a_moment_when_it_is_due_pays_a_little_later(
    stage: LiveStage,
) -> None:
    await stage.opens()
    watch = stage.watch()
    await stage.goes_on(watch, minutes=29)
    stage.clock.advance(20)
    await watch.begin()
    stage.market.silent = {BTC}
    stage.clock.advance(40)
    await watch.begin()
    assert settled(stage) == []
    stage.market.silent = set()
    stage.clock.advance(5)
    await watch.begin()
    assert settled(stage) == [(BTC, EIGHT)]
    assert stage.market.asked == []


async def test_a_process_that_was_not_there_when_it_was_due_looks_it_up(stage: LiveStage) -> None:
    await stage.opens()
    before = stage.watch()
    await stage.goes_on(before, minutes=29)
    stage.clock.advance(40)
    await before.begin()
    await before.end()
    stage.clock.advance(30)
    await stage.watch().begin()
    assert settled(stage) == [(BTC, EIGHT)]


async def test_a_venue_that_goes_on_early_does_not_cost_a_settlement(stage: LiveStage) -> None:
    """Its clock is ahead: before it is full hour here, it announces the next settlement."""
    await stage.opens()
    watch = stage.watch()
    await stage.goes_on(watch, minutes=29)
    stage.clock.advance(55)
    stage.market.ahead = timedelta(seconds=10)
    await watch.begin()
    stage.clock.advance(10)
    await watch.begin()
    assert settled(stage) == [(BTC, EIGHT)]


async def test_short_or_long_funding_never_comes_twice(stage: LiveStage) -> None:
    await stage.opens("1", Open(wish("0.1", Side.SHORT)))
    watch, other = stage.watch(), stage.watch()
    for _ in range(80):
        stage.clock.advance(30)
        await watch.begin()
        await other.begin()
    await watch.end()
    for _ in range(3):
        await other.begin()
        await stage.watch().begin()
    assert settled(stage) == [(BTC, EIGHT)]
