"""What games are played on: a market for those that trade, its own event for each crash."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.lessons.challenges.crash import Crash
from core.lessons.challenges.duel import Duel
from core.lessons.game.game import Game, Phase
from core.lessons.game.kind import Ground
from core.market import Listing
from core.services.grounds import Grounds
from core.venue import BINANCE, BYBIT, OKX
from tests.builders import BTC, ETH, SOL, exact, listing
from tests.core.lessons.game.builders import at, ground, plain
from tests.core.lessons.game.crashes import A, both, on, reel
from tests.core.lessons.game.recorded_duels import thrice
from tests.core.lessons.game.test_reel import falling
from tests.core.services.hall import LENA, MIRA, TOBI, Hall
from tests.fakes.scenarios import FixedScenarios, bar

__all__ = ["exact"]

CRASH = Game(kind="crash", seed="5eed")
PLAIN = tuple(plain(symbol) for symbol in (BTC, ETH, SOL))


def grounds(
    base: Ground | None = None, listings: dict[str, Listing] | None = None
) -> tuple[Grounds, FixedScenarios]:
    events = FixedScenarios(falling())
    return Grounds(lambda: base or ground(), listings or {}, events), events


def test_what_trades_is_played_on_the_market_as_it_is_now() -> None:
    now = [ground()]
    found = Grounds(lambda: now[0], {}, FixedScenarios())
    assert found.of(Game(kind="arena", seed="5eed")) is now[0]
    now[0] = replace(now[0], symbols=(BTC,))
    assert found.of(Game(kind="arena", seed="5eed")) is now[0]


def test_a_crash_has_its_own_event_its_coins_and_their_contracts() -> None:
    found = grounds()[0].of(CRASH)
    assert found.reel is not None
    assert found.symbols == found.reel.coins
    assert set(found.listing.instruments) == set(found.reel.coins)
    assert found.rules == ground().rules


def test_it_is_the_same_for_the_whole_game_and_another_for_another() -> None:
    found, events = grounds()
    first = found.of(CRASH)
    later = replace(CRASH, phase=Phase.RUNNING, began=at(5))
    assert found.of(later) is first
    assert events.reads == ["2020-03-12"]
    assert grounds()[0].of(CRASH) == first
    assert found.of(replace(CRASH, seed="other")) != first
    longer = found.of(replace(CRASH, setup={"ticks": "20"})).reel
    assert longer is not None
    assert len(longer.ticks) == 20


def test_a_duel_has_an_event_for_each_round_where_it_is_played_on_crashes() -> None:
    long = falling(120, 60)
    events = [replace(long, heading=replace(long.heading, id=f"event {n}")) for n in range(4)]
    market = replace(ground(), symbols=(BTC, ETH, SOL))
    found = Grounds(lambda: market, {}, FixedScenarios(*events))
    played = found.of(Game(kind="duel", seed="5eed", setup={"on": "crash"}))
    assert [reel.coins for reel in played.reels] == [("A",), ("B",), ("C",)]
    assert (played.symbols, set(played.listing.instruments)) == (("A", "B", "C"), {"A", "B", "C"})
    assert found.of(Game(kind="duel", seed="5eed")) is market
    few = Grounds(lambda: market, {}, FixedScenarios(*events[:2]))
    none = few.of(Game(kind="duel", seed="5eed", setup={"on": "crash"}))
    assert (none.reels, none.symbols) == ((), tuple(market.listing.instruments))


def test_where_no_event_will_do_there_is_none() -> None:
    found = grounds(ground(plain(BTC)))[0].of(CRASH)
    assert (found.reel, found.symbols) == (None, (BTC,))


@pytest.mark.parametrize(
    ("own", "played"), [(BINANCE, BINANCE), (OKX, OKX), (BYBIT, OKX)], ids=lambda v: v.id
)
def test_both_walls_at_once_need_a_venue_that_has_them(own: object, played: object) -> None:
    venues = {v.id: listing(*PLAIN, venue=v) for v in (BYBIT, OKX)}
    base = ground(*PLAIN, venue=own)  # type: ignore[arg-type]  # a venue
    assert grounds(base, venues)[0].of(CRASH).listing.venue is played


def test_where_no_venue_has_them_the_house_s_own_stays() -> None:
    base = ground(*PLAIN, venue=BYBIT)
    assert grounds(base, {"bybit": base.listing})[0].of(CRASH).listing.venue is BYBIT


# --- a duel on recorded events in the books


def test_a_recorded_duel_goes_by_the_clock_and_by_no_market() -> None:
    hall = Hall(on=thrice(bar(1), bar(1, 1, "0.85", "1.05")))
    number = hall.opened("duel", on="crash", leverage="10")
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    marks = hall.challenges.sight(hall.kept(number)).marks
    assert marks is not None
    assert marks.price(A) == 100
    for _ in range(90):
        hall.tick(10)
    duel = hall.state().play
    assert isinstance(duel, Duel)
    assert [each.bout.passed for each in duel.rounds] == [90]
    assert hall.phase() is Phase.RUNNING
    for who, seat in hall.seats(number).items():
        kept, played = hall.account(who), hall.state().accounts[seat]
        assert kept is not None
        assert (kept.wallet, kept.positions) == (played.wallet, played.positions)
    assert hall.faults() == 0


# --- a crash in the books -------------------------------------------------------------------------

FALL = reel(both(1), both(1, 1, "0.85", "0.9"), both("0.9"), both("0.9", 1, "0.9", 1))


def begun() -> tuple[Hall, int]:
    """A crash of two whose first tick is open."""
    hall = Hall(on=on(FALL))
    number = hall.opened("crash")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    return hall, number


def play(hall: Hall) -> Crash:
    found = hall.state().play
    assert isinstance(found, Crash)
    return found


def test_ticks_pass_by_the_clock_and_wait_for_their_messages() -> None:
    hall, _ = begun()
    hall.tick(44)
    assert play(hall).passed == 0
    hall.tick(1)
    assert play(hall).passed == 1
    hall.tick(600)
    assert play(hall).passed == 1
    assert hall.deliver() == ["tick2"]
    hall.tick(45)
    assert play(hall).passed == 2


def test_accounts_are_in_the_books_as_they_are_in_the_game() -> None:
    hall, number = begun()
    hall.act(number, MIRA, "1:cash")
    hall.tick(45)
    hall.deliver()
    hall.join(number, LENA)
    hall.act(number, TOBI, "hedge")
    for _ in range(3):
        hall.tick(45)
        hall.deliver()
    assert hall.phase() in {Phase.SETTLING, Phase.FINAL}
    for who, seat in hall.seats(number).items():
        kept, played = hall.account(who), hall.state().accounts[seat]
        assert kept is not None
        assert (kept.wallet, kept.positions) == (played.wallet, played.positions)
    assert hall.faults() == 0
    assert play(hall).survivors[1].crosses == 1  # all the money was in the other pocket


def test_a_stop_in_the_middle_of_a_tick_costs_nobody_their_choice() -> None:
    hall, number = begun()
    hall.tick(5)
    hall.act(number, MIRA, "cut100")
    hall.clock.advance(timedelta(minutes=10))
    hall.keeper = hall.new_keeper()
    hall.keeper.wake()
    hall.keeper.tick()
    assert play(hall).passed == 0
    assert "back" in hall.deliver()[0]
    hall.tick(45)
    assert play(hall).survivors[1].acts == ((1, "cut100"),)
    assert play(hall).survivors[2].acts == ()


def test_it_is_looked_at_at_the_prices_of_its_tick() -> None:
    hall, number = begun()
    marks = hall.challenges.sight(hall.kept(number)).marks
    assert marks is not None
    assert marks.price(A) == 100
    open_one = hall.opened("last")
    assert hall.challenges.sight(hall.kept(open_one)).marks is None
