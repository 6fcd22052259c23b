"""A market that a secret draws: the same for the same seed, coins together, always on the tick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.market_files import load_recording
from core.lessons.game.chance import drawn
from core.lessons.game.hour import SECONDS, price_in_hour
from core.lessons.game.path import Path
from core.market import Symbol
from core.money import D
from tests.builders import BTC, ETH

MONTH = 30 * 24 * SECONDS
seconds = st.integers(0, MONTH)
seeds = st.text("0123456789abcdef", min_size=8, max_size=8)


@dataclass(frozen=True)
class Hours:
    """A recording of a few hours, in ticks of 0.1."""

    opens: Sequence[int]
    highs: Sequence[int]
    lows: Sequence[int]
    closes: Sequence[int]
    tick: Decimal = Decimal("0.1")


def hours(*rows: tuple[int, int, int, int], tick: str = "0.1") -> Hours:
    opens, highs, lows, closes = zip(*rows, strict=True)
    return Hours(opens, highs, lows, closes, D(tick))


CALM = hours((600_000, 606_000, 594_000, 603_000))
"""One hour: up a hundredth, down a hundredth, closing half a hundredth higher."""


@cache
def recorded() -> Mapping[Symbol, Hours]:
    """The tapes of the demo market."""
    return load_recording().coins  # type: ignore[return-value]  # the same columns


def seed_that(turns: bool) -> str:
    """A seed that turns the first hour, or does not."""
    return next(s for s in map(str, range(99)) if bool(drawn(s, 2, "turned", 0)) is turns)


def test_the_same_seed_is_the_same_market_and_another_is_another() -> None:
    symbols = sorted(recorded())
    looks = [n * 3571 for n in range(40)]
    same = [Path("a", recorded(), 24) for _ in range(2)]
    other = Path("b", recorded(), 24)
    first, second, third = ([p.prices(s, symbols) for s in looks] for p in (*same, other))
    assert first == second
    assert first[0] == third[0]
    assert sum(a == b for a, b in zip(first, third, strict=True)) == 1


def test_a_path_begins_at_the_prices_of_its_hour() -> None:
    begun = Path("a", recorded(), 24).prices(0, [BTC, ETH])
    assert begun == {s: recorded()[s].opens[24] * recorded()[s].tick for s in (BTC, ETH)}


@given(seeds, st.lists(seconds, min_size=1, max_size=6), seconds)
@settings(max_examples=30)
def test_a_price_does_not_depend_on_what_was_asked_before(
    seed: str, before: list[int], second: int
) -> None:
    asked = Path(seed, recorded(), 0)
    for each in before:
        asked.prices(each, [BTC])
    assert asked.prices(second, [BTC, ETH]) == Path(seed, recorded(), 0).prices(second, [BTC, ETH])


@given(seeds)
@settings(max_examples=5)
def test_a_month_long_every_price_is_positive_and_on_the_tick(seed: str) -> None:
    symbols, path = sorted(recorded()), Path(seed, recorded(), 0)
    for second in range(0, MONTH, 1187):
        for symbol, price in path.prices(second, symbols).items():
            assert price > 0
            assert price % recorded()[symbol].tick == 0


def test_a_coin_that_falls_to_nothing_is_worth_a_tick() -> None:
    crash = hours((1000, 1000, 1, 1))
    seed = seed_that(turns=False)
    path = Path(seed, {BTC: crash}, 0)
    assert path.prices(3599, [BTC]) == {BTC: D("0.1")}


def test_an_hour_that_is_not_turned_goes_as_it_was_recorded() -> None:
    path = Path(seed_that(turns=False), {BTC: CALM}, 0)
    recorded_hour = [price_in_hour(600_000, 606_000, 594_000, 603_000, s) for s in range(SECONDS)]
    for second in range(SECONDS):
        assert abs(path.prices(second, [BTC])[BTC] - recorded_hour[second] * CALM.tick) <= D("0.2")


def test_an_hour_that_is_turned_goes_down_where_it_went_up() -> None:
    path = Path(seed_that(turns=True), {BTC: CALM}, 0)
    prices = [path.prices(second, [BTC])[BTC] for second in range(SECONDS)]
    assert (max(prices), min(prices)) == (D("60606.0"), D("59405.9"))  # 60000 / 0.99, / 1.01
    assert prices[-1] == D("59701.4")  # 60000 / 1.005


def test_from_one_hour_to_the_next_there_is_no_jump() -> None:
    path = Path("a", {BTC: CALM}, 0)
    for hour in range(1, 48):
        before, after = (path.prices(hour * SECONDS + n, [BTC])[BTC] for n in (-1, 0))
        assert abs(after - before) <= D("0.1")


def test_coins_keep_moving_together() -> None:
    """Two coins of which one is always worth a tenth of the other stay so."""
    random = Random(3)
    rows = []
    for _ in range(50):
        ends = sorted(random.randint(9_000, 11_000) for _ in range(4))
        rows.append((ends[1] * 10, ends[3] * 10, ends[0] * 10, ends[2] * 10))
    tapes = {BTC: hours(*rows), ETH: hours(*rows, tick="0.01")}
    path = Path("a", tapes, 0)
    for second in range(0, 100 * SECONDS, 977):
        prices = path.prices(second, [BTC, ETH])
        assert abs(prices[BTC] - prices[ETH] * 10) <= D("0.1")


def test_a_coin_that_was_not_recorded_has_no_path() -> None:
    with pytest.raises(KeyError):
        Path("a", {BTC: CALM}, 0).prices(0, [ETH])


def test_about_half_the_hours_are_turned_and_many_hours_are_met() -> None:
    turned = sum(drawn("seed", 2, "turned", hour) for hour in range(1000))
    assert 440 < turned < 560
    assert len({drawn("seed", 100, "hour", hour) for hour in range(1000)}) == 100
