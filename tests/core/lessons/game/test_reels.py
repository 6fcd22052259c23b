"""The events of a game's rounds: another one each, with one coin under a name of its round."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.lessons.game.reel import renamed
from core.lessons.game.reels import reels
from core.lessons.scenario import Scenario
from core.market import Symbol
from core.money import ONE
from tests.builders import BTC, ETH, SOL, exact
from tests.core.lessons.game.test_reel import falling, packaged
from tests.core.paper.builders import venue
from tests.fakes.scenarios import FixedScenarios

__all__ = ["exact"]

COINS = (BTC, ETH, SOL)


def events(count: int, hours: int = 120) -> list[Scenario]:
    """So many events in which everything falls at once."""
    one = falling(hours, hours // 2)
    return [replace(one, heading=replace(one.heading, id=f"event {n}")) for n in range(count)]


def found(
    seed: str, recorded: Sequence[Scenario], coins: Sequence[Symbol] = COINS
) -> tuple[str, ...]:
    return tuple(each.id for each in reels(FixedScenarios(*recorded), seed, 90, coins))


def test_three_rounds_have_three_events_three_coins_and_three_names() -> None:
    for n in range(20):
        drawn = reels(FixedScenarios(*events(5)), f"seed {n}", 90, COINS)
        assert [each.coins for each in drawn] == [("A",), ("B",), ("C",)]
        assert len({each.id for each in drawn}) == 3
        assert {coin for each in drawn for coin in each.real.values()} == set(COINS)
        assert len({price for each in drawn for price in each.first.values()}) == 3
        assert {(len(each.ticks), each.hours) for each in drawn} == {(90, 1)}


def test_the_seed_draws_which_events_come_and_in_which_order() -> None:
    orders = {found(f"seed {n}", events(5)) for n in range(60)}
    assert len(orders) > 20
    assert found("seed 1", events(5)) == found("seed 1", events(5))


def test_an_event_that_is_too_short_or_has_no_such_coin_is_left_out() -> None:
    short = [replace(e, heading=replace(e.heading, id="short")) for e in events(1, 89)]
    assert found("5eed", [*short, *events(2)]) == ()
    assert set(found("5eed", [*short, *events(3)])) == {"event 0", "event 1", "event 2"}
    assert found("5eed", events(3), (Symbol("XUSDT"),)) == ()


def test_where_there_are_fewer_coins_than_rounds_one_comes_again() -> None:
    drawn = reels(FixedScenarios(*events(3)), "5eed", 90, [BTC])
    assert [list(each.real.values()) for each in drawn] == [[BTC]] * 3


def test_contracts_of_all_rounds_stand_side_by_side() -> None:
    drawn = reels(FixedScenarios(*events(3)), "5eed", 90, COINS)
    contracts = renamed(venue(), *drawn).instruments
    assert list(contracts) == ["A", "B", "C"]
    for each in drawn:
        (coin,) = each.coins
        assert contracts[coin].brackets == venue().instrument(each.real[coin]).brackets


def test_the_events_that_come_with_the_program_have_hours_enough() -> None:
    for n in range(8):
        drawn = reels(packaged(), f"seed {n}", 90, tuple(venue().instruments))
        assert len(drawn) == 3
        for each in drawn:
            assert each.ends - each.begins == timedelta(hours=90)
            assert each.ticks[0].bars[each.coins[0]].open == ONE
