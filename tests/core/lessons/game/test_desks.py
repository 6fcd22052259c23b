"""All desks of a game: whom a look concerns, what closes with a verdict, whose time is up when."""

from dataclasses import replace

from core.lessons.game.days import Days
from core.lessons.game.desk import DAILY, FAILED, PASSED, TIME
from core.lessons.game.desks import LONGEST, Desks, closed_out
from core.lessons.game.kind import Deed
from core.lessons.game.trading import Noted
from core.market import Symbol
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.events import OrderCancelled, PositionReduced
from core.paper.scene import Scene
from tests.builders import BTC, ETH, Number, amount
from tests.core.lessons.game.builders import at, candle, ground, tick
from tests.core.paper.builders import CROSS, do, fresh, wish

GROUND, START, DAY = ground(), amount(10_000), 3600
THREE = (1, 2, 3)


def desks(*, trailing: bool = False, limit: int = 30) -> Desks:
    """Three desks on days of an hour."""
    new = Desks(days=Days(at(), DAY), today=0, trailing=trailing, limit=limit)
    return new.opened(THREE, START, at(10))


def holding(size: Number = 100, symbol: Symbol = BTC, *, resting: bool = False) -> PaperAccount:
    """Somebody long at 100."""
    there = Scene(GROUND.listing, tick(0, 100), at(), GROUND.rules)
    account = do(fresh(), wish(size, mode=CROSS, symbol=symbol), there)
    return do(account, wish(1, at=50, symbol=ETH), there) if resting else account


def test_a_look_is_due_when_a_day_its_last_hour_or_somebody_s_time_begins_or_ends() -> None:
    now = desks()
    assert now.next_look == at(DAY - 150)
    assert replace(now, announced=0).timed().next_look == at(DAY)
    late = replace(now, announced=40, today=40).timed()
    assert late.next_look == at(10 + 30 * DAY)
    through = {p: d.over(PASSED, at(9)) for p, d in late.known.items()}
    assert replace(late, known=through).timed().next_look == at(41 * DAY)


def test_whoever_is_gone_has_a_week_and_never_more_than_their_days() -> None:
    now = desks()
    desk = now.known[1]
    assert now.ends(desk) == at(10 + 30 * DAY)
    assert now.ends(replace(desk, away=at(20))) == at(20 + 7 * DAY)
    assert now.ends(replace(desk, away=at(29 * DAY))) == at(10 + 30 * DAY)


def test_a_day_turns_for_everybody_at_its_first_mark() -> None:
    accounts = {1: holding(), 2: replace(fresh(), wallet=amount(9_700)), 3: fresh()}
    assert desks().turned(tick(DAY - 1, 100), accounts).today == 0
    now = desks().turned(tick(DAY, 100), accounts)
    assert [now.today, now.known[2].opening] == [1, 9_700]
    assert desks().turned(candle(DAY, 90, 101, 100), accounts).today == 0
    assert desks().turned(candle(DAY + 60, 90, 101, 100), accounts).today == 1


def test_only_what_opens_something_makes_a_day_of_trading() -> None:
    before = fresh()
    opening = Deed(1, before, (), holding(), at(20))
    there = Scene(GROUND.listing, tick(0, 100), at(), GROUND.rules)
    (closing,) = closed_out(2, holding(), GROUND, tick(30, 100))
    opened = replace(opening, events=decide(before, Open(wish(1)), there))
    now = desks().filled([opened, closing, opening])
    assert [now.known[p].traded for p in THREE] == [1, 0, 0]


def test_a_look_leaves_alone_who_is_through_and_what_nobody_can_value() -> None:
    passed = desks().having(2, desks().known[2].over(PASSED, at(5)))
    accounts = {1: holding(symbol=ETH), 2: holding(), 3: fresh()}
    found = passed.ruled(accounts, GROUND, tick(60, 50, BTC))
    assert (found.desks, found.deeds, found.said) == (passed, (), ())


def test_a_verdict_closes_what_is_open() -> None:
    accounts = {1: holding(resting=True), 2: fresh(), 3: fresh()}
    found = desks().ruled(accounts, GROUND, tick(60, 94))
    assert found.said == ((1, FAILED),)
    (deed,) = found.deeds
    assert [type(event) for event in deed.events] == [PositionReduced, OrderCancelled]
    assert not deed.after.at_stake
    assert found.desks.known[1].rule == DAILY


def test_what_cannot_be_closed_stays_and_its_orders_go() -> None:
    (deed,) = closed_out(1, holding(resting=True), GROUND, tick(60, 94, ETH))
    assert [type(event) for event in deed.events] == [OrderCancelled]
    assert list(closed_out(1, holding(), GROUND, tick(60, 94, ETH))) == []


def test_only_where_days_are_limited_time_fails_and_only_who_is_there() -> None:
    accounts = {1: fresh(), 2: fresh(), 3: fresh()}
    away = replace(desks().known[2], away=at(25 * DAY))
    late = desks().having(2, away).turned(tick(30 * DAY + 10, 100), accounts)
    found = late.ruled(accounts, GROUND, tick(30 * DAY + 10, 100))
    assert [found.desks.known[p].rule for p in THREE] == [TIME, "", TIME]
    assert found.desks.are_done(at(30 * DAY + 10))
    endless = desks(limit=LONGEST)
    assert endless.ruled(accounts, GROUND, tick(90 * DAY + 10, 100)).said == ()
    assert not endless.are_done(at(90 * DAY + 9))


def test_a_player_without_a_desk_is_not_watched() -> None:
    assert desks().floor(9) is None
    assert desks().floor(1) == 9_600


def test_the_figures_tell_verdict_days_fall_worst_day_and_walls() -> None:
    notes = replace(Noted.begun(START), liquidations=2)
    now = replace(desks(), today=4)
    assert list(now.figures(1, notes)) == [1, -5, 0, 0, -2]
    failed = now.having(1, now.known[1].over(FAILED, at(DAY)))
    assert list(failed.figures(1, notes))[:2] == [0, DAY - 10]
    passed = now.having(1, now.known[1].over(PASSED, at(2 * DAY)))
    assert list(passed.figures(1, notes))[:2] == [2, -3]
    assert not now.is_listed(1)
    assert failed.is_listed(1)
    traded = now.having(1, replace(now.known[1], traded=1))
    assert traded.is_listed(1)
    assert not traded.having(1, replace(traded.known[1], away=at(99))).is_listed(1)


def test_the_trap_is_looked_for_when_the_last_hour_begins_and_at_each_of_its_minutes() -> None:
    lucky = replace(holding(), wallet=amount(10_300))
    accounts = {1: lucky, 2: fresh(), 3: fresh()}
    first = desks().ruled(accounts, GROUND, tick(DAY - 150, "94.5"), minute=False)
    assert first.said == ((1, "trap"),)
    known = replace(desks(), announced=0)
    later = known.ruled(accounts, GROUND, tick(DAY - 100, "94.5"), minute=False)
    assert later.said == ()
    assert known.ruled(accounts, GROUND, tick(DAY - 100, "94.5")).said == ((1, "trap"),)
