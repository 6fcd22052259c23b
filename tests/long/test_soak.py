"""A day of forty busy people, and that the invariants behind it can fail."""

from collections import Counter
from dataclasses import replace

from core.margin.pool import MarginMode
from core.money import ZERO, Amount
from core.paper.account import PaperAccount
from core.paper.actions import Open
from core.paper.events import Granted, PoolLiquidated
from core.paper.liquidating import liquidated
from core.paper.records import Notice
from core.paper.scene import Scene
from tests.builders import BTC, NOON, amount, exact
from tests.core.paper.builders import after, do, fresh, only, scene, stops, venue, wish
from tests.long.invariants import Sums, of_account, of_liquidation
from tests.long.soak import Size, soak

__all__ = ["exact"]


def test_a_busy_day_breaks_nothing() -> None:
    totals = soak(Size(learners=40, days=1, minutes=60, wishes=20))
    assert totals.done > 100
    assert totals.falls.total() > 5
    assert totals.kinds["FundingSettled"] > 50


def test_the_same_seed_gives_the_same_day() -> None:
    size = Size(learners=4, days=1, minutes=240, wishes=12)
    assert soak(size, seed=3) == soak(size, seed=3) != soak(size, seed=4)


def held(mode: MarginMode = MarginMode.ISOLATED) -> PaperAccount:
    """Long 0.1 BTC at 60,000, 10x."""
    return do(fresh(), wish("0.1", mode=mode), scene(btc=60_000))


def faults(account: PaperAccount, now: Scene) -> list[str]:
    return list(of_account(account, now.marks, now.listing))


def test_an_account_in_order_is_not_complained_of() -> None:
    assert faults(held(), scene(btc=60_000)) == []


def test_a_wall_that_should_have_fallen_is_found() -> None:
    (found,) = faults(held(), scene(btc=50_000))
    assert found.endswith("wall 1 stands and should not")


def test_money_below_nothing_is_found() -> None:
    account = held()
    poor = replace(account, wallet=Amount(-amount(1)))
    assert any("wallet -1" in line for line in faults(poor, scene(btc=60_000)))
    emptied = account.with_position(replace(only(account), margin=Amount(-amount(1))))
    assert any("has margin -1" in line for line in faults(emptied, scene(btc=60_000)))


def test_an_order_that_was_passed_over_is_found() -> None:
    account = do(fresh(), Open(wish("0.1", at=55_000, stops=stops())), scene(btc=60_000))
    (found,) = faults(account, scene(btc=54_000))
    assert found.endswith("order 1 was reached and rests")


def notice(mode: MarginMode, now: Scene) -> Notice:
    """The fall of the wall of that position."""
    before = held(mode)
    scope = 1 if mode is MarginMode.ISOLATED else None
    (event,) = liquidated(before, scope, now)
    return Notice(1, 9, event, before, after(before, [event]), now.marks, NOON)


def test_a_right_fall_is_not_complained_of() -> None:
    assert list(of_liquidation(notice(MarginMode.ISOLATED, scene(btc=50_000)), venue())) == []
    crashed = do(fresh(650), wish("0.1", mode=MarginMode.CROSS), scene(btc=60_000))
    now = scene(btc=50_000)
    (event,) = liquidated(crashed, None, now)
    fell = Notice(1, 9, event, crashed, after(crashed, [event]), now.marks, NOON)
    assert list(of_liquidation(fell, venue())) == []


def test_a_fall_that_should_not_have_been_is_found() -> None:
    fell = notice(MarginMode.ISOLATED, scene(btc=50_000))
    early = replace(
        fell, marks=fell.marks.with_price(BTC, fell.before.positions[0].leg.entry_price)
    )
    assert [line.split(": ")[1] for line in of_liquidation(early, venue())] == [
        "fell, and should stand"
    ]


def test_a_fall_that_reaches_beyond_its_wall_is_found() -> None:
    fell = notice(MarginMode.ISOLATED, scene(btc=50_000))
    wider = replace(fell, after=replace(fell.after, wallet=Amount(fell.after.wallet - 1)))
    told = [line.split(": ")[1] for line in of_liquidation(wider, venue())]
    assert told == ["more was lost than was behind it", "an isolated position moved the wallet"]
    assert isinstance(fell.what, PoolLiquidated)
    other = replace(fell.what, collateral=amount(1))
    assert any(
        "was behind it, not" in x for x in of_liquidation(replace(fell, what=other), venue())
    )


def test_accounts_that_hold_what_nobody_booked_are_found() -> None:
    sums = Sums(0, Counter())
    assert list(sums.against({})) == []
    rich = after(fresh(0), [Granted(amount=amount(5))])
    assert rich.wallet > ZERO
    assert len(list(sums.against({1: rich}))) == 1
