"""Funding in a game: on the path's own hours or each contract's, once, and in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from core.lessons.game import inputs as i
from core.lessons.game.audit import agrees, audit
from core.lessons.game.errors import NotNow
from core.lessons.game.funding import announced, funded, hours_between, owed, settled
from core.lessons.game.market import SLOT, LiveMarket, PathMarket
from core.lessons.game.path import Path
from core.lessons.way import equity
from core.market import MarkPrice, Marks, Symbol
from core.money import Amount, D, Price, Rate
from core.paper.account import PaperAccount
from core.paper.events import FundingSettled
from core.paper.scene import Scene
from tests.builders import BTC, ETH, SOL, Number, rate
from tests.core.lessons.game.builders import (
    CROSS,
    ISOLATED,
    Fixture,
    at,
    candle,
    game,
    ground,
    tick,
)
from tests.core.lessons.game.test_path import CALM, hours, seed_that
from tests.core.paper.builders import do, fresh, wish

HOUR = timedelta(hours=1)
RATE = rate("0.0001")


def due(seconds: float, price: Number, rates: Mapping[Symbol, Rate]) -> i.Funded:
    """A settlement so many seconds after noon."""
    return i.Funded(marks=tick(seconds, price), rates=tuple(rates.items()))


def holding(symbol: Symbol) -> PaperAccount:
    """Somebody long of two coins at 100."""
    on = ground()
    there = Scene(on.listing, tick(0, 100), at(), on.rules)
    return do(fresh(), wish(2, symbol=symbol), there)


# --- what it does to accounts


def test_whoever_holds_the_contract_pays_or_is_paid_and_nobody_else() -> None:
    accounts = {1: holding(BTC), 2: holding(ETH), 3: fresh()}
    deeds = funded(accounts, ground(), due(60, 100, {BTC: RATE}))
    assert [deed.player for deed in deeds] == [1]
    assert equity(deeds[0].after, tick(60, 100)) == equity(accounts[1], tick(60, 100)) - D("0.02")
    assert deeds[0].at == at(60)


def test_nothing_is_settled_twice_and_each_contract_has_its_own_hours() -> None:
    first = due(60, 100, {BTC: RATE, ETH: RATE})
    now = settled(game(), due(60, 100, {BTC: RATE}))
    assert owed(now, first).rates == ((ETH, RATE),)
    assert owed(settled(now, first), first).rates == ()
    later = due(61, 100, {BTC: RATE})
    assert owed(settled(now, first), later) == later


def test_full_hours_between_are_those_after_the_first_up_to_the_last() -> None:
    noon = at()
    assert list(hours_between(noon, noon + 2 * HOUR)) == [noon + HOUR, noon + 2 * HOUR]
    assert list(hours_between(noon - timedelta(seconds=1), noon)) == [noon]
    assert list(hours_between(noon, noon + timedelta(minutes=59))) == []


def test_a_rate_counts_for_the_moment_it_was_announced_for() -> None:
    assert announced(quoted(-1, {BTC: RATE}, 0), at()) == {BTC: RATE}
    assert announced(quoted(-1, {BTC: RATE}, 0), at(3600)) == {}
    assert announced(tick(-1, 100), at()) == {}


# --- in a game


def entered() -> Fixture:
    """A duel whose round is under way: both hold a long of 20,000 at 100."""
    fixture = Fixture()
    fixture.join("one", "two")
    fixture.sent()
    fixture.mark(1, 100)
    return fixture


def test_the_wallet_pays_behind_the_cross_wall_and_the_pocket_behind_the_isolated() -> None:
    fixture = entered()
    before = dict(fixture.state.accounts)
    found = fixture.feed(due(60, 100, {BTC: RATE, ETH: RATE, SOL: RATE}))
    assert sorted(deed.player for deed in found.deeds) == [1, 2]
    for deed in found.deeds:
        (event,) = deed.events
        assert isinstance(event, FundingSettled)
        assert event.from_wallet + event.from_pocket == -2
    cross, isolated = fixture.behind(CROSS), fixture.behind(ISOLATED)
    assert before[cross].wallet - fixture.state.accounts[cross].wallet == 2
    assert pocket(before[isolated]) - pocket(fixture.state.accounts[isolated]) == 2


def pocket(account: PaperAccount) -> Amount:
    return account.positions[0].margin


def test_the_same_settlement_again_changes_nothing() -> None:
    fixture = entered()
    fixture.feed(due(60, 100, {BTC: RATE, ETH: RATE, SOL: RATE}))
    state = fixture.state
    found = fixture.feed(due(60, 100, {BTC: RATE, ETH: RATE, SOL: RATE}))
    assert (found.state, found.deeds) == (state, ())


def test_where_nobody_holds_anything_nothing_is_noted() -> None:
    fixture = entered()
    state = fixture.state
    none = Symbol("DOGEUSDT")
    marks = Marks("test", at(60), {none: MarkPrice(Price(D(1)), at(60))})
    found = fixture.feed(i.Funded(marks=marks, rates=((none, RATE),)))
    assert found.state == state


def test_after_the_end_and_before_the_beginning_none_is_owed() -> None:
    fixture = entered()
    state = fixture.state
    for seconds in (1, 15 * 60 + 2):
        assert fixture.feed(due(seconds, 100, {BTC: RATE, ETH: RATE, SOL: RATE})).state == state
    last = fixture.feed(due(15 * 60 + 1, 100, {BTC: RATE, ETH: RATE, SOL: RATE}))
    assert last.deeds


def test_between_two_rounds_none_is_owed() -> None:
    fixture = entered()
    fixture.mark(15 * 60 + 1, 101)
    state = fixture.state
    assert fixture.feed(due(15 * 60 + 2, 101, {BTC: RATE, ETH: RATE, SOL: RATE})).state == state


def test_a_game_that_is_not_played_takes_no_funding() -> None:
    fixture = Fixture()
    fixture.join("one")
    with pytest.raises(NotNow, match="open"):
        fixture.feed(due(60, 100, {BTC: RATE}))
    fixture = entered()
    fixture.feed(i.Froze(at=at(30)))
    with pytest.raises(NotNow, match="frozen"):
        fixture.feed(due(60, 100, {BTC: RATE}))


def test_a_game_with_funding_is_played_again_to_the_last_digit() -> None:
    fixture = entered()
    fixture.feed(due(60, 101, {BTC: RATE, ETH: RATE, SOL: RATE}))
    for seconds in (15 * 60, 15 * 60 + 31, 40 * 60, 41 * 60):
        fixture.mark(seconds, 99)
    fixture.feed(i.Stopped(at=at(50 * 60), why="stopped"))
    told = audit(1, fixture.state, fixture.on, fixture.log)
    assert agrees(told, fixture.kind) == ()
    without = tuple(what for what in told.inputs if not isinstance(what, i.Funded))
    again = replace(told, inputs=without)
    assert agrees(again, fixture.kind) == ("standings",)


# --- the live market


@dataclass
class Feed:
    """A live feed that knows its past: rates as they were announced, by the moment."""

    rates: dict[datetime, dict[Symbol, Rate]] = field(default_factory=dict)
    missed: bool = False

    def fresh(self) -> Marks | None:
        return None

    def past(self, moment: datetime) -> Marks:
        seconds = (moment - at()).total_seconds()
        minute = candle(seconds, 90, 110, 100) if self.missed else tick(seconds, 100)
        told = {
            symbol: (when, rate)
            for when, rates in self.rates.items()
            for symbol, rate in rates.items()
            if when - timedelta(minutes=1) <= moment
        }
        prices = {
            symbol: replace(mark, funding=told[symbol][1], funding_at=told[symbol][0])
            if symbol in told
            else mark
            for symbol, mark in minute.prices.items()
        }
        return replace(minute, prices=prices)

    def settled(self, last: float, now: float, *only: Symbol) -> list[i.Funded]:
        market = LiveMarket(self.fresh, self.past, (BTC, ETH, SOL))
        return list(market.settled(game(), 1, at(last), tick(now, 101, *only)))


def quoted(seconds: float, rates: Mapping[Symbol, Rate], when: float) -> Marks:
    seen = tick(seconds, 100)
    prices = {
        s: replace(m, funding=rates.get(s), funding_at=at(when)) for s, m in seen.prices.items()
    }
    return replace(seen, prices=prices)


def test_live_funding_is_settled_at_each_contract_s_own_hour_and_its_marks() -> None:
    feed = Feed({at(3600): {BTC: RATE}, at(7200): {ETH: rate("-0.0002")}})
    (first,) = feed.settled(3590, 3605, BTC, ETH)
    assert (first.at, first.rates) == (at(3600), ((BTC, RATE),))
    assert first.marks.price(BTC) == 100, "the mark of that moment, not the present one"
    (second,) = feed.settled(7199, 7200, BTC, ETH)
    assert second.rates == ((ETH, rate("-0.0002")),)


def test_live_funding_of_a_contract_that_nobody_wants_is_left_alone() -> None:
    feed = Feed({at(3600): {BTC: RATE}})
    assert feed.settled(3590, 3605, ETH) == []


def test_between_two_full_hours_nothing_is_due() -> None:
    feed = Feed({at(3600): {BTC: RATE}})
    assert feed.settled(3000, 3599, BTC) == []
    assert feed.settled(3800, 3900, BTC) == []


def test_a_rate_that_came_late_is_looked_for_a_while() -> None:
    feed = Feed({at(3600): {BTC: RATE}})
    assert [what.at for what in feed.settled(3610, 3719, BTC)] == [at(3600)]


def test_what_fell_due_before_the_game_is_no_business_of_it() -> None:
    feed = Feed({at(): {BTC: RATE}})
    assert feed.settled(-30, 30, BTC) == []


def test_in_a_missed_minute_funding_is_settled_at_what_the_minute_ended_at() -> None:
    feed = Feed({at(3600): {BTC: RATE}}, missed=True)
    (what,) = feed.settled(1000, 3600, BTC)
    assert what.marks.exact
    assert what.marks.price(BTC) == 100


# --- a path


RATES = {BTC: (rate("0.0001"), rate("0.0003")), ETH: (rate("-0.0002"),)}


def path() -> PathMarket:
    return PathMarket({ETH: CALM, BTC: CALM}, 0, RATES)


def there(number: float, pace: int) -> float:
    """When so many eights of hours of a path's time have passed, in seconds."""
    return number * SLOT / pace


@pytest.mark.parametrize("pace", [1, 24, 36, 96])
def test_on_a_path_funding_is_due_at_0_8_and_16_of_its_own_time(pace: int) -> None:
    found = []
    for n in range(1, 8):
        first, end = at(there(n, pace) - 1), tick(there(n, pace), 100, BTC)
        (what,) = path().settled(game(), pace, first, end)
        found.append(what.at)
        assert list(path().settled(game(), pace, end.at, tick(there(n, pace) + 1, 100, BTC))) == []
    assert found == [at(there(n, pace)) for n in range(1, 8)]


def test_at_the_beginning_of_a_path_nothing_is_due() -> None:
    assert list(path().settled(game(), 24, at(-5), tick(3, 100, BTC))) == []


def test_a_pace_that_does_not_fit_is_due_at_the_first_second_after() -> None:
    (what,) = path().settled(game(), 7, at(4114), tick(4115, 100, BTC))
    assert what.rates


def test_the_rate_is_the_one_recorded_about_the_hour_that_is_drawn() -> None:
    two = hours(CALM_ROW, CALM_ROW)
    seed = next(
        s
        for s in map(str, range(99))
        if Path(s, {BTC: two}, 0).funding(0, RATES, [BTC])[BTC] == rate("0.0003")
    )
    again = Path(seed, {BTC: two}, 0).funding(0, RATES, [BTC])
    assert again == {BTC: rate("0.0003")}
    assert Path(seed, {BTC: two}, 0).prices(0, [BTC]) == Path(seed, {BTC: two}, 0).prices(0, [BTC])


CALM_ROW = (600_000, 606_000, 594_000, 603_000)


def test_a_turned_hour_turns_its_rate() -> None:
    for turned, sign in ((True, -1), (False, 1)):
        made = Path(seed_that(turned), {ETH: CALM}, 0)
        assert made.funding(0, RATES, [ETH]) == {ETH: sign * rate("-0.0002")}


def test_a_coin_without_recorded_rates_is_not_settled() -> None:
    bare = PathMarket({BTC: CALM}, 0)
    assert list(bare.settled(game(), 24, at(), tick(1200, 100, BTC))) == []
    assert Path("a", {BTC: CALM}, 0).funding(0, {BTC: ()}, [BTC]) == {}


def test_a_game_that_has_not_begun_owes_nothing_on_a_path() -> None:
    opened = replace(game(), began=None)
    assert list(path().settled(opened, 24, at(), tick(1200, 100, BTC))) == []
