"""Funding in games under a keeper: at its hours, once, however often the keeper begins anew."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

import pytest

from bot.adapters.content.market_files import load_recording
from core.lessons.challenges.duel import KIND
from core.lessons.game import inputs as i
from core.lessons.game.audit import agrees
from core.lessons.game.books import KeptGame
from core.lessons.game.game import Phase
from core.lessons.game.inputs import Input
from core.lessons.game.lifecycle import Fed
from core.lessons.game.market import PathMarket
from core.market import MarkPrice, Marks
from core.money import D, Price, Rate
from core.services.referee import Referee
from tests.builders import BTC, rate
from tests.core.services.hall import HOST, MIRA, NOON, PAIRS, TOBI, CountingReferee, Hall

ROUND = 900
SLOT = 300
"""Seconds of a round of 15 minutes from one settlement to the next: it plays a day."""


@cache
def paths() -> PathMarket:
    """The recording's coins with the rates that were recorded."""
    tape = load_recording()
    return PathMarket(tape.coins, tape.start, {s: coin.funding for s, coin in tape.coins.items()})


def hall_on_a_path() -> Hall:
    hall = Hall(path=True)
    hall.market = paths()
    hall.keeper = hall.new_keeper()
    return hall


def begun(hall: Hall) -> Hall:
    """A duel at 5x, so that no wall falls by and by."""
    number = hall.opened(leverage="10")
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    return hall


def played(hall: Hall, *naps: tuple[int, int]) -> Hall:
    """A round and a little more; before these seconds the bot sleeps and is started anew."""
    begins, asleep = hall.clock.now(), dict(naps)
    while hall.clock.now() < begins + timedelta(seconds=ROUND + 2):
        passed = int((hall.clock.now() - begins).total_seconds())
        nap = asleep.pop(passed, 0)
        if nap:
            hall.keeper = hall.new_keeper()
        hall.tick(nap or 1)
    return hall


def market_inputs(hall: Hall) -> list[Input]:
    return [what for what in hall.inputs() if not isinstance(what, i.Due)]


def settlements(hall: Hall) -> list[float]:
    """When funding was settled, in seconds after the beginning of the game."""
    began = hall.game().began
    assert began is not None
    found = (what.at for what in hall.inputs() if isinstance(what, i.Funded))
    return [(at - began).total_seconds() for at in found]


def test_on_a_path_it_is_settled_at_8_and_16_and_24_of_the_path_s_day() -> None:
    hall = played(begun(hall_on_a_path()))
    assert settlements(hall) == [SLOT, 2 * SLOT, 3 * SLOT]
    assert hall.faults() == 0
    account = hall.account(MIRA)
    assert account is not None


def test_who_slept_through_it_settles_it_afterwards_as_if_awake() -> None:
    awake, asleep = played(begun(hall_on_a_path())), begun(hall_on_a_path())
    played(asleep, (100, 250), (400, 450))
    assert market_inputs(asleep) == market_inputs(awake)
    assert asleep.play().rounds[0] == awake.play().rounds[0]


def test_started_anew_at_every_second_nothing_is_settled_twice() -> None:
    hall, other = begun(hall_on_a_path()), begun(hall_on_a_path())
    for _ in range(SLOT + 20):
        hall.keeper = hall.new_keeper()
        hall.tick(1)
    other.seconds(SLOT + 20)
    assert settlements(hall) == [SLOT]
    assert hall.state() == other.state()
    assert market_inputs(hall) == market_inputs(other)


@dataclass(frozen=True)
class Struck(CountingReferee):
    """The process dies just after funding was settled, before the marks of its moment."""

    deaths: list[str] = field(default_factory=list)

    def judged(self, kept: KeptGame, what: Input) -> Fed:
        if self.deaths and isinstance(what, i.Ticked) and kept.state.game.funded:
            self.deaths.clear()
            raise OSError("killed")
        return Referee.judged(self, kept, what)


def test_a_stop_just_after_it_leaves_out_no_mark() -> None:
    hall, other = begun(hall_on_a_path()), begun(hall_on_a_path())
    hall.referee = Struck(hall.referee.ground, deaths=["once"])
    hall.keeper = hall.new_keeper()
    with pytest.raises(ExceptionGroup):
        hall.seconds(SLOT + 30)
    hall.keeper = hall.new_keeper()
    while hall.clock.now() < other.clock.now() + timedelta(seconds=SLOT + 30):
        hall.tick(1)
    other.seconds(SLOT + 30)
    assert hall.state() == other.state()
    assert market_inputs(hall) == market_inputs(other)


def test_a_game_with_funding_can_be_played_again() -> None:
    hall = played(begun(hall_on_a_path()))
    for _ in range(3):
        hall.seconds(40)
        hall.deliver()
        hall.seconds(ROUND + 2)
    assert hall.phase() is Phase.FINAL
    hall.challenges.published(1)
    assert agrees(hall.written[0], KIND) == ()
    assert any(isinstance(what, i.Funded) for what in hall.written[0].inputs)


# --- live


def quoted(hall: Hall, price: int, funding: Rate, hour: int) -> None:
    """Mark everything at a price, with a rate that is due at a full hour after noon."""
    now, due = hall.clock.now(), NOON + timedelta(hours=hour)
    mark = MarkPrice(Price(D(price)), now, funding=funding, funding_at=due)
    hall.feed.now = Marks("live", now, dict.fromkeys(PAIRS, mark))


def remembered(hall: Hall) -> Hall:
    """A hall whose feed remembers what it said."""
    seen: dict[object, Marks] = {}

    def past(moment: object) -> Marks:
        known = [marks for at, marks in seen.items() if at <= moment]  # type: ignore[operator]  # seen moments
        return known[-1] if known else Marks("live", NOON, {})

    fresh = hall.feed.fresh

    def now() -> Marks | None:
        marks = fresh()
        if marks is not None:
            seen[marks.at] = marks
        return marks

    hall.market = replace(hall.market, fresh=now, past=past)  # type: ignore[type-var]  # a live market
    hall.keeper = hall.new_keeper()
    return hall


def test_on_a_live_market_it_is_settled_at_the_hour_at_the_rate_announced_before() -> None:
    hall = remembered(Hall())
    number = hall.opened(leverage="10", length="1h")
    hall.clock.advance(timedelta(minutes=30))
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    hall.tick(1, 60_000)
    before = hall.account(MIRA)
    for second in range(1, 1_900):
        hall.clock.advance(timedelta(seconds=1))
        hour = 1 if hall.clock.now() < NOON + timedelta(hours=1) else 2
        quoted(hall, 60_000, rate("0.0001") if hour == 1 else rate("0.0009"), hour)
        hall.keeper.tick()
        if second % 300 == 0:
            hall.keeper = hall.new_keeper()
    settled = [what for what in hall.inputs() if isinstance(what, i.Funded)]
    assert [(what.at, [value for _, value in what.rates]) for what in settled] == [
        (NOON + timedelta(hours=1), [rate("0.0001")])
    ]
    after = hall.account(MIRA)
    assert before is not None
    assert after is not None
    assert before.wallet_balance - after.wallet_balance == 1
    assert hall.faults() == 0


# --- the ground


def test_a_game_is_judged_by_the_contracts_as_they_were_when_it_began() -> None:
    hall = Hall()
    number = hall.duel(length="15m")
    hall.tick(1, 60_000)
    old = hall.challenges.sight(hall.kept(number)).ground
    dear = {
        symbol: replace(contract, taker_fee=rate("0.5"))
        for symbol, contract in hall.ground.listing.instruments.items()
    }
    hall.ground = replace(hall.ground, listing=replace(hall.ground.listing, instruments=dear))
    hall.keeper = hall.new_keeper()
    assert hall.challenges.sight(hall.kept(number)).ground == old
    hall.tick(60, 60_000)
    hall.tick(ROUND, 60_000)
    assert list(hall.play(number).rounds[0].gained) == [0, 0]
    hall.challenges.stop(hall.host(), number)
    hall.challenges.published(number)
    told = hall.written[0].conditions
    assert {each.symbol: each.taker_fee for each in told.instruments}[BTC] == 0


def test_a_game_that_has_not_begun_is_on_what_is_in_force() -> None:
    hall = Hall()
    number = hall.opened()
    hall.ground = replace(hall.ground, symbols=(BTC,))
    assert hall.challenges.sight(hall.kept(number)).ground.symbols == (BTC,)
    hall.join(number, MIRA, TOBI)
    kept = hall.kept(number).ground
    assert kept is not None
    assert kept.symbols == (BTC,)
    assert HOST not in hall.seats(number)
