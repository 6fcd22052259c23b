"""A person's alerts: set once, listed, snoozed, deleted, and no more than fit."""

from datetime import timedelta

import pytest

from core.alerts.alert import FundingAlert, LiquidationAlert, PriceAlert
from core.errors import TooManyAlerts, UnknownAlert
from core.money import D, Price, Rate
from core.services.alerts import MOST, Alerts, changes
from tests.core.services.floor import BTC, MIRA, TOBI
from tests.fakes.ports import FixedClock, MemoryUnits

HIGH = PriceAlert(BTC, Price(D(70_000)), rising=True)
NEAR = LiquidationAlert(Rate(D("0.05")))
DAY = timedelta(days=1)


class House:
    """Alerts of one market, and of another one over the same books."""

    def __init__(self) -> None:
        self.units, self.clock = MemoryUnits(), FixedClock()
        self.alerts = Alerts(self.units, self.clock, "demo")
        self.elsewhere = Alerts(self.units, self.clock, "binance")

    def changes(self) -> int:
        with self.units.reading() as books:
            return int(books.note(changes("demo")) or 0)


@pytest.fixture
def house() -> House:
    return House()


def test_a_stranger_has_none_and_becomes_known_with_the_first(house: House) -> None:
    assert house.alerts.of(MIRA) == ()
    kept = house.alerts.set(MIRA, HIGH)
    assert kept.new
    assert house.alerts.of(MIRA) == (kept.alert,)
    assert house.alerts.of(TOBI) == ()
    assert (kept.alert.number, kept.alert.market, kept.alert.since) == (
        1,
        "demo",
        house.clock.now(),
    )


def test_what_is_set_already_is_not_set_twice(house: House) -> None:
    first = house.alerts.set(MIRA, HIGH)
    again = house.alerts.set(MIRA, HIGH)
    assert (again.alert, again.new) == (first.alert, False)
    assert house.changes() == 1


def test_the_same_in_another_market_is_another_one(house: House) -> None:
    house.alerts.set(MIRA, HIGH)
    assert house.elsewhere.set(MIRA, HIGH).new
    assert [(a.number, a.market) for a in house.alerts.of(MIRA)] == [(1, "demo"), (2, "binance")]


def test_a_snoozed_alert_rests_for_a_day_and_is_woken_by_setting_it(house: House) -> None:
    house.alerts.set(MIRA, HIGH)
    resting = house.alerts.snooze(MIRA, 1)
    assert resting.rests == house.clock.now() + DAY
    assert house.alerts.of(MIRA) == (resting,)
    woken = house.alerts.set(MIRA, HIGH)
    assert (woken.alert.rests, woken.new) == (None, False)
    assert house.changes() == 2


def test_a_deleted_alert_is_gone(house: House) -> None:
    for what in (HIGH, NEAR, FundingAlert()):
        house.alerts.set(MIRA, what)
    assert house.alerts.drop(MIRA, 2).what == NEAR
    assert [alert.what for alert in house.alerts.of(MIRA)] == [HIGH, FundingAlert()]
    assert house.alerts.set(MIRA, NEAR).alert.number == 4
    house.alerts.drop(MIRA, 4)
    assert house.alerts.set(MIRA, NEAR).alert.number == 5  # what #4 was, it stays


def test_only_ones_own_are_there_to_be_changed(house: House) -> None:
    house.alerts.set(MIRA, HIGH)
    with pytest.raises(UnknownAlert) as refused:
        house.alerts.drop(TOBI, 1)
    assert refused.value.available == ()
    with pytest.raises(UnknownAlert) as refused:
        house.alerts.snooze(MIRA, 2)
    assert (refused.value.number, refused.value.available) == (2, (1,))
    assert len(house.alerts.of(MIRA)) == 1


def test_there_are_no_more_than_fit_and_those_that_are_there_can_be_set(house: House) -> None:
    for number in range(1, MOST + 1):
        house.alerts.set(MIRA, PriceAlert(BTC, Price(D(number)), rising=False))
    with pytest.raises(TooManyAlerts):
        house.alerts.set(MIRA, HIGH)
    with pytest.raises(TooManyAlerts):
        house.elsewhere.set(MIRA, HIGH)
    assert not house.alerts.set(MIRA, PriceAlert(BTC, Price(D(1)), rising=False)).new
    house.alerts.drop(MIRA, 1)
    assert house.alerts.set(MIRA, HIGH).new
