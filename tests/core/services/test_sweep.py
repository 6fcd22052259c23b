"""A tick arrives: who is touched, once, by one process, and nobody by a price that is none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core.margin.pool import MarginMode, Side
from core.market import MarkPrice, Marks
from core.money import ZERO, D, Price, Rate
from core.paper.account import PaperAccount
from core.paper.actions import CloseAll
from core.paper.events import FundingSettled
from core.services.backlog import NOTHING, Backlog, keep_backlog
from core.services.sweep import LEASE, Sweep
from tests.core.services.floor import BTC, ETH, MIRA, RULES, TOBI, Floor, listings, wish

CROSS = MarginMode.CROSS


@pytest.fixture
def floor() -> Floor:
    return Floor()


def swept(floor: Floor) -> int:
    return floor.sweep(floor.market.marks())


# --- ticks


def test_a_calm_tick_touches_nobody(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.move(59000)
    assert swept(floor) == 0
    assert len(floor.account().positions) == 1


def test_a_fallen_wall_is_booked_and_told_once(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("0.1", Side.SHORT), TOBI)
    floor.move(50000)
    assert swept(floor) == 1
    assert swept(floor) == 0
    assert floor.history()[-1] == "PoolLiquidated"
    assert floor.told() == ["PoolLiquidated"]
    assert len(floor.account(TOBI).positions) == 1
    assert floor.faults() == 0


def test_a_limit_order_is_filled_when_the_mark_is_there(floor: Floor) -> None:
    floor.act(wish("0.1", at=58000))
    floor.move(58001)
    assert swept(floor) == 0
    floor.move(58000)
    assert swept(floor) == 1
    account = floor.account()
    assert (account.positions[0].leg.entry_price, account.orders) == (D(58000), ())


def test_what_was_booked_meanwhile_is_known_at_the_next_tick(floor: Floor) -> None:
    assert swept(floor) == 0
    floor.act(wish("0.1"))
    floor.move(50000)
    assert swept(floor) == 1
    floor.act(wish("0.05"))
    floor.act(CloseAll())
    floor.move(40000)
    assert swept(floor) == 0
    assert floor.account().positions == ()


def test_marks_from_before_an_account_became_what_it_is_do_not_touch_it(floor: Floor) -> None:
    floor.move(50000)
    earlier = floor.market.marks()
    floor.move(60000, seconds=5)
    floor.act(wish("0.1"))
    assert floor.sweep(earlier) == 0
    assert len(floor.account().positions) == 1


def test_a_price_of_zero_or_none_at_all_liquidates_nobody(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("1", Side.SHORT, CROSS, symbol=ETH), TOBI)
    floor.clock.advance(1)
    now = floor.clock.now()
    assert floor.sweep(Marks("demo", now, {})) == 0
    assert floor.sweep(Marks("demo", now, {}).with_price(BTC, Price(ZERO))) == 0
    assert [len(floor.account(who).positions) for who in (MIRA, TOBI)] == [1, 1]


def test_who_was_forgotten_meanwhile_is_passed_over(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("0.1"), TOBI)
    swept(floor)
    floor.identities.forget(MIRA)
    floor.move(50000)
    assert swept(floor) == 1
    assert floor.account(TOBI).positions == ()
    assert floor.faults() == 0


def test_another_process_that_swept_first_leaves_nothing_to_do(floor: Floor) -> None:
    floor.act(wish("0.1"))
    swept(floor)
    other = Sweep(floor.units, floor.clock, listings(), "demo", RULES)
    floor.move(50000)
    assert other(floor.market.marks()) == 1
    assert swept(floor) == 0
    assert floor.told() == ["PoolLiquidated"]


def test_a_decision_is_taken_on_the_account_as_it_is_in_the_books(floor: Floor) -> None:
    """What is known may be old: the account closes between the look and the booking."""
    floor.act(wish("0.1"))
    swept(floor)
    floor.move(50000)
    marks = floor.market.marks()

    class Slow:
        """A screen that takes its time; meanwhile the account is flat."""

        def changed(self, account: int) -> None:
            pass

        def candidates(self, accounts: Mapping[int, PaperAccount], marks: Marks) -> list[int]:
            floor.market.move("BTCUSDT", 60000, floor.clock.now())
            floor.act(CloseAll())
            return list(accounts)

    floor.sweep.screen_with(Slow())
    assert floor.sweep(marks) == 0
    assert floor.history()[-1] == "PositionReduced"


def test_only_whom_the_screen_names_is_looked_at(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("0.1"), TOBI)

    class Blind:
        """A screen that names nobody."""

        def __init__(self) -> None:
            self.heard: list[int] = []

        def changed(self, account: int) -> None:
            self.heard.append(account)

        def candidates(self, accounts: Mapping[int, PaperAccount], marks: Marks) -> list[int]:
            return []

    blind = Blind()
    floor.sweep.screen_with(blind)
    floor.move(50000)
    assert swept(floor) == 0
    assert sorted(blind.heard) == sorted(floor.account(who).id for who in (MIRA, TOBI))


class Everybody:
    """A screen that names everybody."""

    def changed(self, account: int) -> None:
        """Whoever it is, they are named anyway."""

    def candidates(self, accounts: Mapping[int, PaperAccount], marks: Marks) -> list[int]:
        return list(accounts)


def test_a_screen_is_made_once_there_are_enough_accounts(floor: Floor) -> None:
    made: list[Everybody] = []

    def make() -> Everybody:
        made.append(Everybody())
        return made[-1]

    floor.sweep.screen_beyond(1, make)
    floor.act(wish("0.1"))
    swept(floor)
    assert made == []
    floor.act(wish("0.1"), TOBI)
    floor.move(50000)
    assert (swept(floor), swept(floor), len(made)) == (2, 0, 1)


def test_an_account_that_cannot_be_swept_keeps_no_other_from_it(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("0.1"), TOBI)
    swept(floor)
    floor.sweep._known[1] = replace(floor.account(), venue="mtgox")
    floor.move(50000)
    with pytest.raises(ExceptionGroup, match="could not be swept"):
        swept(floor)
    assert floor.account(TOBI).positions == ()
    floor.sweep.start_over()
    assert swept(floor) == 1
    assert floor.account().positions == ()


# --- funding


RATES = {BTC: Rate(D("0.0001"))}


def test_funding_is_settled_once_for_each_due_moment(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("0.1", Side.SHORT, CROSS), TOBI)
    due, marks = floor.clock.now(), floor.market.marks()
    assert floor.sweep.fund(marks, RATES, due) == 2
    assert floor.sweep.fund(marks, RATES, due) == 0
    assert floor.sweep.fund(marks, RATES, due - timedelta(hours=8)) == 0
    assert floor.sweep.fund(marks, RATES, due + timedelta(hours=8)) == 2
    assert floor.history().count("FundingSettled") == 2
    # 0.1 x 60,000 x 0.0001 = 0.6 each time: the long pays, the short receives.
    assert floor.account().positions[0].margin == D("600.06") - D("1.2")
    assert floor.account(TOBI).wallet == D("10000") - D("2.9997") + D("1.2")
    assert floor.faults() == 0


def test_funding_of_nobody_is_settled_all_the_same(floor: Floor) -> None:
    floor.act(wish("0.1", at=50000))
    due = floor.clock.now()
    assert floor.sweep.fund(floor.market.marks(), RATES, due) == 0
    floor.move(49000)
    swept(floor)
    assert floor.sweep.fund(floor.market.marks(), RATES, due) == 0


# --- one process at a time


def test_one_process_leads_until_it_is_silent(floor: Floor) -> None:
    assert floor.sweep.leads("a")
    assert not floor.sweep.leads("b")
    floor.clock.advance(LEASE - timedelta(seconds=1))
    assert floor.sweep.leads("a")
    floor.clock.advance(LEASE - timedelta(seconds=1))
    assert not floor.sweep.leads("b")
    floor.clock.advance(1)
    assert floor.sweep.leads("b")
    assert not floor.sweep.leads("a")


def test_a_process_that_goes_home_leaves_the_lease_to_the_next(floor: Floor) -> None:
    assert floor.sweep.leads("a")
    floor.sweep.resign("a")
    assert floor.sweep.leads("b")
    floor.sweep.resign("a")
    assert not floor.sweep.leads("a")


# --- what was missed


def test_while_nobody_has_anything_at_stake_no_mark_matters(floor: Floor) -> None:
    assert floor.sweep.begins() is None
    floor.act(wish("0.1"))
    floor.act(CloseAll())
    assert floor.sweep.begins() is None


def test_marks_matter_from_the_first_account_on_and_then_from_what_was_swept(
    floor: Floor,
) -> None:
    opened = floor.clock.now()
    floor.act(wish("0.1"))
    floor.clock.advance(600)
    floor.market.move("BTCUSDT", 60000, floor.clock.now())
    floor.act(wish("0.1"), TOBI)
    assert floor.sweep.begins() == opened
    floor.sweep.keep(floor.clock.now())
    assert floor.sweep.begins() == floor.clock.now()
    assert Sweep(floor.units, floor.clock, listings(), "demo", RULES).begins() == floor.clock.now()


# --- contracts that were silent


def candle(floor: Floor, low: int, high: int, end: int) -> Marks:
    """The present minute of BTC as a candle; ETH as it is."""
    marks, now = floor.market.marks(), floor.clock.now()
    mark = MarkPrice(Price(D(end)), now, low=Price(D(low)), high=Price(D(high)))
    return Marks("demo", now, {**marks.prices, BTC: mark})


def test_a_missed_minute_strikes_who_holds_the_silent_contract(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("0.1", Side.SHORT), TOBI)
    floor.move(60_000, seconds=120)
    assert floor.sweep.recalled(candle(floor, 50_000, 60_100, 60_000), frozenset({ETH})) == 0
    assert floor.sweep.recalled(candle(floor, 50_000, 60_100, 60_000), frozenset({BTC})) == 1
    assert floor.account().positions == ()
    assert len(floor.account(TOBI).positions) == 1
    assert floor.faults() == 0


def test_what_else_happened_to_an_account_meanwhile_does_not_save_it(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.move(60_000, seconds=120)
    missed = candle(floor, 50_000, 60_100, 60_000)
    floor.move(60_000, seconds=60)
    floor.act(wish("1", symbol=ETH))
    assert floor.sweep(missed) == 0
    assert floor.sweep.recalled(missed, frozenset({BTC})) == 1
    assert [position.leg.symbol for position in floor.account().positions] == [ETH]


def test_beside_a_contract_stands_what_accounts_hold_with_it(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("1", symbol=ETH), TOBI)
    swept(floor)
    assert floor.sweep.beside([BTC]) == {BTC}
    floor.act(wish("1", symbol=ETH))
    swept(floor)
    assert floor.sweep.beside([BTC]) == {BTC, ETH}
    assert floor.sweep.beside([]) == frozenset()


def test_what_waits_to_be_judged_is_kept_where_it_changed(floor: Floor) -> None:
    floor.sweep.keep_backlog(Backlog({BTC: floor.clock.now()}))
    other = Sweep(floor.units, floor.clock, listings(), "demo", RULES)
    other(floor.market.marks())
    assert other.backlog == floor.sweep.backlog
    with floor.units.writing() as books:
        keep_backlog(books, "demo", NOTHING)
    floor.sweep.keep_backlog(floor.sweep.backlog)  # no change of its own
    other(floor.market.marks())
    assert other.backlog == NOTHING


def test_funding_of_one_contract_is_not_that_of_another(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("1", symbol=ETH))
    due, marks = floor.clock.now(), floor.market.marks()
    assert floor.sweep.fund(marks, RATES, due) == 1
    both = {**RATES, ETH: Rate(D("0.0002"))}
    assert floor.sweep.fund(marks, both, due) == 1
    assert floor.sweep.fund(marks, both, due) == 0
    funded = [e.event for e in floor.accounts.history(MIRA) if isinstance(e.event, FundingSettled)]
    assert [(event.symbol, event.rate) for event in funded] == [*both.items()]
