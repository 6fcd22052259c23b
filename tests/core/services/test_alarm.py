"""Alerts at each snapshot: each fires once, tells once, and none is lost or doubled by a fault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from core.alerts.alert import Fired, FundingAlert, LiquidationAlert, PriceAlert, What
from core.alerts.books import News
from core.market import Marks, Symbol
from core.money import D, Price, Rate
from core.paper.records import Identity
from core.ports import Books
from core.services.alarm import PAUSE, Alarm
from core.services.alerts import Alerts
from tests.core.services.floor import BTC, ETH, MIRA, TOBI, Floor, listings, wish
from tests.fakes.ports import MemoryUnits

HIGH = PriceAlert(BTC, Price(D(70_000)), rising=True)
LOW = PriceAlert(BTC, Price(D(50_000)), rising=False)
NEAR = LiquidationAlert(Rate(D("0.05")))


class Broken(RuntimeError):
    """A commit that failed."""


class Shaky(MemoryUnits):
    """A memory whose writing units may fail at their end."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False

    @contextmanager
    def writing(self) -> Iterator[Books]:
        with super().writing() as books:
            yield books
            if self.fails:
                raise Broken


class Tower:
    """A floor with an alarm over it."""

    def __init__(self) -> None:
        self.units = Shaky()
        self.floor = Floor(self.units)
        self.alerts = Alerts(self.units, self.floor.clock, "demo")
        self.alarm = self.another()

    def another(self) -> Alarm:
        """Another process."""
        return Alarm(self.units, self.floor.clock, listings(), "demo", "binance")

    def set(self, what: What, who: Identity = MIRA) -> None:
        self.alerts.set(who, what)

    def at(self, price: int | str, symbol: str = "BTCUSDT", seconds: int = 1) -> int:
        """Mark a contract at a price a moment later, and let the alarm look."""
        self.floor.move(price, symbol, seconds)
        return self.alarm(self.marks)

    @property
    def marks(self) -> Marks:
        return self.floor.market.marks()

    def news(self) -> list[News]:
        with self.units.reading() as books:
            due = books.alerts.due(self.floor.clock.now() + timedelta(days=9), 99)
        return [each.news for each in due]

    def fired(self) -> list[Fired]:
        return [news.fired for news in self.news() if news.fired is not None]

    def told(self) -> list[What]:
        return [fired.alert.what for fired in self.fired()]

    def left(self, who: Identity = MIRA) -> list[What]:
        return [alert.what for alert in self.alerts.of(who)]


@pytest.fixture
def tower() -> Tower:
    return Tower()


def test_without_an_alert_no_mark_matters(tower: Tower) -> None:
    assert tower.alarm.begins() is None
    assert tower.at(1) == 0


def test_a_price_fires_once_and_is_gone(tower: Tower) -> None:
    tower.set(HIGH)
    assert tower.at(69_999) == 0
    assert tower.at(70_000) == 1
    assert tower.at(70_001) == 0
    assert (tower.told(), tower.left()) == ([HIGH], [])
    assert tower.alarm.begins() is None


def test_only_what_the_mark_has_come_to_fires(tower: Tower) -> None:
    higher = replace(HIGH, price=Price(D(71_000)))
    for what in (higher, HIGH, LOW):
        tower.set(what)
    assert tower.at(70_500) == 1
    assert tower.at(49_000) == 1
    assert tower.told() == [HIGH, LOW]
    assert tower.left() == [higher]
    assert tower.at(71_000) == 1


def test_everybodys_alert_fires_and_tells_its_owner(tower: Tower) -> None:
    tower.set(HIGH)
    tower.set(HIGH, TOBI)
    assert tower.at(70_000) == 2
    assert len({news.learner for news in tower.news()}) == 2


def test_marks_matter_from_the_first_alert_on(tower: Tower) -> None:
    first = tower.floor.clock.now()
    tower.set(HIGH)
    tower.floor.clock.advance(60)
    tower.set(LOW)
    assert tower.alarm.begins() == first


def test_a_snoozed_alert_sleeps_and_fires_when_it_is_awake(tower: Tower) -> None:
    tower.set(HIGH)
    assert tower.at(69_000) == 0
    tower.alerts.snooze(MIRA, 1)
    assert tower.at(70_000) == 0
    assert tower.at(70_000, seconds=86_390) == 0
    assert tower.at(70_000, seconds=20) == 1


def test_a_snoozed_alert_that_is_set_again_is_awake(tower: Tower) -> None:
    tower.set(HIGH)
    tower.alerts.snooze(MIRA, 1)
    assert tower.at(70_000) == 0
    tower.set(HIGH)
    assert tower.at(70_000) == 1


def test_a_deleted_alert_does_not_fire(tower: Tower) -> None:
    tower.set(HIGH)
    assert tower.at(69_000) == 0
    tower.alerts.drop(MIRA, 1)
    assert tower.at(70_000) == 0
    assert tower.told() == []


def test_an_alert_under_the_number_of_a_deleted_one_waits_for_its_own(tower: Tower) -> None:
    tower.set(HIGH)
    assert tower.at(70_000) == 1
    tower.set(LOW)
    assert tower.at(71_000) == 0
    assert tower.at(50_000) == 1
    assert tower.told() == [HIGH, LOW]


def test_a_wall_that_is_near_fires_once_a_day(tower: Tower) -> None:
    tower.floor.act(wish("0.1"))
    tower.set(NEAR)
    assert tower.at(60_000) == 0
    assert tower.at(56_500, seconds=60) == 1
    assert tower.at(56_500, seconds=60) == 0
    assert tower.left() == [NEAR]
    assert tower.at(56_500, seconds=86_400) == 1
    assert tower.told() == [NEAR, NEAR]


def test_accounts_are_left_in_peace_between_two_looks(tower: Tower) -> None:
    tower.floor.act(wish("0.1"))
    tower.set(NEAR)
    assert tower.at(60_000) == 0
    assert tower.at(56_500) == 0
    assert tower.at(56_500, seconds=int(PAUSE.total_seconds())) == 1


def test_a_position_that_was_liquidated_in_the_same_tick_is_told_by_its_receipt(
    tower: Tower,
) -> None:
    tower.floor.act(wish("0.1"))
    tower.set(NEAR)
    tower.floor.sweep.alarm = tower.alarm
    tower.floor.move(50_000)
    assert tower.floor.sweep(tower.marks) == 1
    assert (tower.floor.told(), tower.told()) == (["PoolLiquidated"], [])


def test_the_sweep_begins_for_alerts_alone(tower: Tower) -> None:
    tower.floor.sweep.alarm = tower.alarm
    assert tower.floor.sweep.begins() is None
    tower.set(HIGH)
    assert tower.floor.sweep.begins() == tower.floor.clock.now()
    tower.floor.move(70_000)
    assert tower.floor.sweep(tower.marks) == 1
    assert tower.told() == [HIGH]


def funded(marks: Marks, due: datetime) -> Marks:
    rate = Rate(D("0.0001"))
    prices = {s: replace(m, funding=rate, funding_at=due) for s, m in marks.prices.items()}
    return replace(marks, prices=prices)


def test_funding_fires_before_it_is_due_with_what_it_costs(tower: Tower) -> None:
    tower.floor.act(wish("0.1"))
    for what in (FundingAlert(), FundingAlert(ETH), FundingAlert(BTC)):
        tower.set(what)
    tower.floor.move(60_000)
    due = tower.floor.clock.now() + timedelta(hours=1)
    assert tower.alarm(funded(tower.marks, due)) == 0
    tower.floor.move(60_000, seconds=2700)
    assert tower.alarm(funded(tower.marks, due)) == 3
    assert [fired.payment for fired in tower.fired()] == [D("-0.6"), D(0), D("-0.6")]
    assert tower.left() == []


def test_people_without_an_account_are_told_by_the_house_venues_rules(tower: Tower) -> None:
    tower.set(FundingAlert(BTC))
    tower.set(NEAR)
    tower.floor.move(60_000)
    due = tower.floor.clock.now() + timedelta(minutes=5)
    assert tower.alarm(funded(tower.marks, due)) == 1
    assert [fired.venue for fired in tower.fired()] == ["binance"]


# --- faults


def test_a_commit_that_fails_loses_nothing_and_doubles_nothing(tower: Tower) -> None:
    tower.set(HIGH)
    tower.floor.move(70_000)
    tower.units.fails = True
    with pytest.raises(ExceptionGroup):
        tower.alarm(tower.marks)
    tower.units.fails = False
    assert (tower.told(), tower.left()) == ([], [HIGH])
    assert tower.alarm(tower.marks) == 1
    assert (tower.told(), tower.left()) == ([HIGH], [])


def test_a_group_that_fails_after_it_rang_is_made_up_for(tower: Tower) -> None:
    tower.set(HIGH)
    tower.floor.move(70_000)
    group = tower.units.group()
    group.__enter__()
    assert tower.alarm(tower.marks) == 1
    group.__exit__(Broken, Broken(), None)
    tower.alarm.start_over()
    assert tower.alarm(tower.marks) == 1
    assert tower.told() == [HIGH]


def test_the_next_process_fires_what_this_one_did_not(tower: Tower) -> None:
    tower.set(HIGH)
    assert tower.at(69_000) == 0
    tower.floor.move(70_000)
    assert tower.another()(tower.marks) == 1
    assert tower.alarm(tower.marks) == 0
    assert tower.told() == [HIGH]


def test_two_processes_that_look_at_one_tick_tell_it_once(tower: Tower) -> None:
    other = tower.another()
    tower.set(HIGH)
    tower.floor.move(69_000)
    assert (tower.alarm(tower.marks), other(tower.marks)) == (0, 0)
    tower.floor.move(70_000)
    assert (tower.alarm(tower.marks), other(tower.marks)) == (1, 0)
    assert tower.told() == [HIGH]


def test_the_wick_of_a_missed_minute_fires_and_its_coin_is_asked_for(tower: Tower) -> None:
    tower.floor.sweep.alarm = tower.alarm
    tower.set(HIGH)
    tower.floor.move(60_000, seconds=120)
    assert tower.alarm.begins() is not None
    assert tower.floor.sweep.at_stake() == {BTC}
    wick = replace(tower.marks.mark(BTC), low=Price(D(59_000)), high=Price(D(70_500)))
    assert tower.floor.sweep(replace(tower.marks, prices={BTC: wick})) == 1
    assert tower.told() == [HIGH]
    assert tower.floor.sweep.at_stake() == frozenset()


def test_what_goes_wrong_with_alerts_keeps_no_account_from_its_own(tower: Tower) -> None:
    tower.floor.act(wish("0.1"))
    tower.set(LOW, TOBI)
    tower.floor.move(50_000)
    ring = tower.alarm.__call__

    def shaky(marks: Marks) -> int:
        tower.units.fails = True
        try:
            return ring(marks)
        finally:
            tower.units.fails = False

    tower.floor.sweep.alarm = cast("Alarm", Ringing(tower.alarm, shaky))
    with pytest.raises(ExceptionGroup) as raised:
        tower.floor.sweep(tower.marks)
    assert [type(fault) for fault in raised.value.exceptions] == [Broken]
    assert tower.floor.told() == ["PoolLiquidated"]
    tower.floor.sweep.alarm = tower.alarm
    tower.floor.sweep.start_over()
    assert tower.floor.sweep(tower.marks) == 1
    assert tower.told() == [LOW]


class Ringing:
    """An alarm that rings in another way."""

    def __init__(self, alarm: Alarm, ring: Callable[[Marks], int]) -> None:
        self.begins, self.symbols, self.start_over = alarm.begins, alarm.symbols, alarm.start_over
        self._ring = ring

    def __call__(self, marks: Marks, silent: frozenset[Symbol] | None = None) -> int:
        assert silent is None
        return self._ring(marks)


# --- contracts that were silent

SILENT = frozenset({BTC})


def test_of_a_minute_in_which_a_contract_was_silent_only_its_alerts_count(tower: Tower) -> None:
    high_eth = PriceAlert(ETH, Price(D(4_000)), rising=True)
    for what in (HIGH, high_eth):
        tower.set(what)
    tower.floor.move(5_000, "ETHUSDT", seconds=1)
    tower.floor.move(70_001, seconds=1)
    assert tower.alarm(tower.marks, SILENT) == 1
    assert (tower.told(), tower.left()) == ([HIGH], [high_eth])


def test_only_who_holds_the_silent_contract_hears_that_liquidation_was_near(tower: Tower) -> None:
    tower.floor.act(wish("0.1"))
    tower.floor.act(wish("1", symbol=ETH), TOBI)
    for who in (MIRA, TOBI, Identity("telegram", "3")):
        tower.set(NEAR, who)
    tower.floor.move(2_800, "ETHUSDT", seconds=1)
    tower.floor.move(56_000, seconds=1)
    assert tower.alarm(tower.marks, SILENT) == 1
    assert [news.learner for news in tower.news()] == [1]


def test_funding_that_a_missed_minute_announced_is_no_news_any_more(tower: Tower) -> None:
    tower.set(FundingAlert(BTC))
    now = tower.floor.clock.now()
    mark = tower.marks.mark(BTC)
    soon = replace(mark, funding=Rate(D("0.0001")), funding_at=now + timedelta(minutes=5))
    assert tower.alarm(Marks("demo", now, {BTC: soon}), SILENT) == 0
    assert tower.alarm(Marks("demo", now + PAUSE, {BTC: soon})) == 1
