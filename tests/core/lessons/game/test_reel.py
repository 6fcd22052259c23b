"""An event cut to a game: what is hidden, what is kept, and where it is cut."""

from dataclasses import replace
from datetime import timedelta
from decimal import localcontext
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content.scenario_files import ScenarioFiles
from bot.adapters.database.codec import dumps, loads
from core.errors import UnknownSymbol
from core.lessons.game.reel import NAMES, Reel, cut, renamed, shot
from core.lessons.scenario import Bar, Scenario
from core.market import Symbol
from core.money import EXACT, ONE, D, Rate
from core.venue import OKX
from tests.builders import BTC, BTC_LADDER, ETH, OKX_BTC_LADDER, SOL, exact, instrument, listing
from tests.core.paper.builders import venue
from tests.fakes.scenarios import BEGAN, FixedScenarios, bar, scenario

__all__ = ["exact"]

PRICES = {BTC: 8_000, ETH: 200, SOL: 30}
SEED = "5eed"


def falling(hours: int = 60, at: int = 30, low: str = "0.5") -> Scenario:
    """An hour in which everything falls at once; before and after it nothing moves."""
    bars = [bar(1)] * at + [bar(1, 1, low, low)] + [bar(low)] * (hours - at - 1)
    return scenario([dict.fromkeys(PRICES, each) for each in bars], PRICES)


def shape(reel: Reel) -> list[str]:
    """Every tick's close of the first coin, in parts."""
    return [f"{tick.bars[reel.coins[0]].close:f}" for tick in reel.ticks]


def test_coins_have_other_names_and_prices_in_five_digits() -> None:
    reel = cut(falling(), SEED, 12)
    assert reel.coins == tuple(map(Symbol, NAMES[: len(reel.coins)]))
    assert set(reel.real.values()) <= set(PRICES)
    assert len(set(reel.real.values())) == len(reel.coins) >= 2
    for first in reel.first.values():
        assert D("11.1") < first <= 900
        assert len(first.as_tuple().digits) == 5


def test_another_seed_draws_other_names_prices_and_lengths() -> None:
    reels = [cut(falling(), f"seed {n}", 12) for n in range(60)]
    assert len({tuple(reel.first.values()) for reel in reels}) == 60
    assert {len(reel.coins) for reel in reels} == {2, 3}
    assert {reel.hours for reel in reels} == {2, 3, 4}
    assert {reel.real[reel.coins[0]] for reel in reels} == set(PRICES)
    assert cut(falling(), "seed 1", 12) == reels[1]


def test_the_crash_comes_after_some_ticks_of_calm_and_not_always_after_as_many() -> None:
    found = set()
    for n in range(60):
        reel = cut(falling(200, 100), f"seed {n}", 12)
        number = next(n for n, close in enumerate(shape(reel), 1) if close.startswith("0.5"))
        assert reel.fell
        assert number >= 3
        found.add(number)
    assert len(found) > 3


def test_a_rise_is_told_from_a_fall_and_counts_for_as_much() -> None:
    up = [bar(1)] * 20 + [bar(1, 2, 1, 2)] + [bar(2)] * 39
    risen = scenario([dict.fromkeys(PRICES, each) for each in up], PRICES)
    assert not cut(risen, SEED, 12).fell
    back = [bar(1)] * 20 + [bar(1, 1, "0.5", "0.5")] + [bar("0.5")] * 20
    back += [bar("0.5", 1, "0.5", 1)] + [bar(1)] * 18
    returned = scenario([dict.fromkeys(PRICES, each) for each in back], PRICES)
    assert cut(returned, SEED, 12).fell  # of equal ways the first


def test_a_cut_never_leaves_the_recording() -> None:
    for at in (0, 1, 58, 59):
        reel = cut(falling(60, at), SEED, 20)
        assert reel.begins >= BEGAN
        assert reel.ends <= BEGAN + timedelta(hours=60)
        assert len(reel.ticks) == 20


def test_where_there_is_little_time_a_tick_is_an_hour() -> None:
    reel = cut(falling(20, 10), SEED, 20)
    assert (reel.hours, reel.begins, reel.ends) == (1, BEGAN, BEGAN + timedelta(hours=20))


def test_a_tick_opens_where_the_last_one_closed_and_reaches_as_far_as_its_hours() -> None:
    hours = [bar(1, "1.1", "0.9", "1.05"), bar("1.04", "1.2", "1", "1.1")]
    hours += [bar("1.15", "1.16", "0.8", "0.85"), bar("0.85", "0.86", "0.7", "0.75")]
    recorded = scenario([dict.fromkeys(PRICES, each) for each in hours], PRICES)
    reel = cut(recorded, SEED, 2)
    first, second = (tick.bars[reel.coins[0]] for tick in reel.ticks)
    assert first == Bar(*(Rate(D(x)) for x in ("1", "1.2", "0.9", "1.1")))
    # The hour began at 1.15 and the one before had ended at 1.1: nothing lies between.
    assert second == Bar(*(Rate(D(x)) for x in ("1.1", "1.16", "0.7", "0.75")))


def test_prices_are_parts_of_where_the_cut_begins() -> None:
    hours = [bar(1)] * 10 + [bar(2)] * 40 + [bar(2, 2, "0.6", "0.6")] + [bar("0.6")] * 9
    recorded = scenario([dict.fromkeys(PRICES, each) for each in hours], PRICES)
    reel = cut(recorded, "seed 3", 12)
    assert all(tick.bars[coin].open == ONE for tick in reel.ticks[:2] for coin in reel.coins)
    assert {reel.recorded[coin] for coin in reel.coins} <= {2 * D(p) for p in PRICES.values()}
    assert shape(reel)[-1].rstrip("0") == "0.3"


def test_funding_of_a_tick_is_what_was_due_in_its_hours_but_not_at_the_very_beginning() -> None:
    rates = {hour: {BTC: Rate(D("0.001")), SOL: Rate(D("0.01"))} for hour in range(24)}
    recorded = replace(falling(24, 12), funding=rates)
    reel = cut(recorded, "seed 2", 12)
    by_coin = {reel.real[coin]: coin for coin in reel.coins}
    for number, tick in enumerate(reel.ticks):
        due = 1 if number == 0 else 2
        for real, rate in ((BTC, D("0.001")), (SOL, D("0.01"))):
            if real in by_coin:
                assert tick.funding[by_coin[real]] == due * rate
        assert by_coin.get(ETH) not in tick.funding


@pytest.mark.parametrize(("hours", "playable"), [(11, None), (60, [BTC]), (60, [])])
def test_what_is_too_short_or_has_too_few_coins_is_not_cut(
    hours: int, playable: list[Symbol] | None
) -> None:
    with pytest.raises(ValueError, match="2020-03-12"):
        cut(falling(hours, 5), SEED, 12, playable)


def test_only_coins_that_may_be_played_are_drawn() -> None:
    for n in range(20):
        assert set(cut(falling(), f"seed {n}", 12, [BTC, SOL]).real.values()) == {BTC, SOL}


def test_the_seed_draws_the_event_of_those_that_can_be_cut() -> None:
    short, long = falling(10, 5), falling()
    other = replace(long, heading=replace(long.heading, id="2021-05-19"))
    source = FixedScenarios(replace(short, heading=replace(short.heading, id="2019")), long, other)
    drawn = [shot(source, f"seed {n}", 12, tuple(PRICES)) for n in range(20)]
    assert {reel.id for reel in drawn if reel} == {"2020-03-12", "2021-05-19"}
    assert shot(FixedScenarios(short), SEED, 12, tuple(PRICES)) is None


@cache
def packaged() -> FixedScenarios:
    """The events that come with the program, read once."""
    files = ScenarioFiles()
    with localcontext(EXACT):
        return FixedScenarios(*(files.scenario(each.id) for each in files.headings()))


@given(st.integers(0, 10_000), st.sampled_from([12, 20, 30]))
def test_every_event_that_comes_with_the_program_can_be_cut(number: int, ticks: int) -> None:
    files = packaged()
    reel = shot(files, f"seed {number}", ticks, tuple(venue().instruments))
    assert reel is not None
    assert len(reel.ticks) == ticks
    heading = next(each for each in files.headings() if each.id == reel.id)
    assert heading.first_hour <= reel.begins < reel.ends <= heading.ends
    ends = dict.fromkeys(reel.coins, ONE)
    for tick in reel.ticks:
        assert all(bar.sound for bar in tick.bars.values())
        assert {coin: bar.open for coin, bar in tick.bars.items()} == ends
        ends = {coin: bar.close for coin, bar in tick.bars.items()}
    assert loads(Reel, dumps(reel)) == reel


def test_a_tick_is_a_candle_at_the_game_s_own_time() -> None:
    reel = cut(falling(), SEED, 12)
    moment = BEGAN + timedelta(days=2_000)
    candle = reel.candle(3, moment)
    assert (candle.at, candle.minutes, candle.bars) == (
        moment,
        reel.hours * 60,
        reel.ticks[2].bars,
    )


# --- contracts ------------------------------------------------------------------------------------


def test_contracts_keep_their_tiers_and_fees_and_lose_their_names() -> None:
    reel = cut(falling(), SEED, 12)
    for coin, contract in renamed(venue(), reel).instruments.items():
        real = venue().instrument(reel.real[coin])
        assert (contract.symbol, contract.base) == (coin, coin)
        assert contract.brackets == real.brackets
        assert (contract.taker_fee, contract.min_notional) == (real.taker_fee, real.min_notional)


def test_tick_and_step_suit_the_price() -> None:
    reel = cut(falling(), SEED, 12)
    for coin, contract in renamed(venue(), reel).instruments.items():
        first = reel.first[coin]
        assert D("0.00001") <= contract.tick / first <= D("0.0001")
        assert D("0.01") <= contract.step * first < D("0.1")
        assert contract.min_quantity == contract.step


def test_a_ladder_that_counts_coins_counts_those_of_the_new_price() -> None:
    reel = cut(falling(), SEED, 12, [BTC, ETH])
    contracts = (instrument(BTC, OKX_BTC_LADDER), instrument(ETH, BTC_LADDER))
    found = renamed(listing(*contracts, venue=OKX), reel)
    coin = next(name for name, real in reel.real.items() if real == BTC)
    table = found.instrument(coin).brackets
    edge = table.brackets[1].floor * reel.first[coin]
    assert abs(edge - 10 * reel.recorded[coin]) < D("1e-20")
    assert [b.maintenance_rate for b in table.brackets] == [
        b.maintenance_rate for b in OKX_BTC_LADDER.brackets
    ]
    assert table.end is not None


def test_a_ladder_in_coins_without_an_end_stays_without_one() -> None:
    reel = cut(falling(), SEED, 12, [BTC, ETH])
    last = replace(OKX_BTC_LADDER.brackets[-1], cap=None)
    endless = replace(OKX_BTC_LADDER, brackets=(*OKX_BTC_LADDER.brackets[:-1], last))
    contracts = (instrument(BTC, endless), instrument(ETH, BTC_LADDER))
    found = renamed(listing(*contracts, venue=OKX), reel)
    coin = next(name for name, real in reel.real.items() if real == BTC)
    assert found.instrument(coin).brackets.end is None


def test_a_coin_without_a_contract_is_refused() -> None:
    reel = cut(falling(), SEED, 12)
    with pytest.raises(UnknownSymbol):
        renamed(listing(instrument(Symbol("XUSDT"), BTC_LADDER)), reel)
