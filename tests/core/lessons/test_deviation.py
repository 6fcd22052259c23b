"""How a recorded event differs from the stored one: the first hour, the largest deviation."""

from core.lessons.deviation import differences
from core.lessons.recording import Series, Span, recorded
from core.lessons.scenario import PriceKind
from core.market import Symbol
from core.money import D
from tests.builders import BTC, ETH
from tests.core.lessons.test_recording import DAY, HOURS, kline, made, plan, series, taken
from tests.fakes.scenarios import BEGAN

STORED = made()


def test_an_event_does_not_differ_from_itself() -> None:
    for difference in differences(STORED, STORED):
        assert (difference.compared, difference.differing) == (24, 0)
        assert (difference.first, difference.at) == (None, None)


def test_the_first_and_the_largest_difference_are_told() -> None:
    odd = kline(BEGAN + 4 * HOURS, 8_000, 8_080, 8_000, 8_000)
    more = kline(BEGAN + 7 * HOURS, 8_000, 8_000, 7_200, 8_000)
    less = kline(BEGAN + 9 * HOURS, 8_000, 8_040, 8_000, 8_000)
    hours = {BTC: series(DAY, odd=odd, more=more, less=less), ETH: series(DAY, 200)}
    btc, eth = differences(STORED, recorded(plan(), DAY, taken(hours)))
    assert (btc.symbol, btc.compared, btc.differing) == (BTC, 24, 3)
    assert (btc.first, btc.at, btc.largest) == (odd.at, more.at, D("0.1"))
    assert eth.differing == 0


def test_only_hours_and_coins_of_both_are_compared() -> None:
    later = Span(BEGAN + 20 * HOURS, 24)
    sol = Symbol("SOLUSDT")
    hours = {BTC: series(later), sol: series(later, 20)}
    (btc,) = differences(STORED, recorded(plan(later, (BTC, sol)), later, taken(hours)))
    assert (btc.symbol, btc.compared, btc.differing) == (BTC, 4, 0)


def test_rounding_to_another_first_open_is_no_difference() -> None:
    third = kline(BEGAN + HOURS, "3333.337", "3333.339", "3333.331", "3333.333")
    long, short = Span(BEGAN, 3), Span(BEGAN + HOURS, 2)
    whole_ = {BTC: series(long, 7_777, third=third)}
    part = {BTC: Series(PriceKind.MARK, {at: whole_[BTC].klines[at] for at in short.times})}
    old = recorded(plan(long, (BTC,)), long, taken(whole_))
    new = recorded(plan(short, (BTC,)), short, taken(part))
    assert [each.differing for each in differences(old, new)] == [0]
    assert [each.differing for each in differences(new, old)] == [0]
