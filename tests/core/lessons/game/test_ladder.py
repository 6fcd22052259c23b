"""The ladder's steps, and who is struck on them."""

from dataclasses import replace
from datetime import timedelta

from core.lessons.game.kind import Table
from core.lessons.game.ladder import LADDER, START, STEPS, figures, later, ready, strike
from core.lessons.game.sides import Pick, new_account
from core.lessons.game.trading import Noted
from core.margin.pool import Side
from core.money import D
from tests.builders import BTC, ETH, amount, exact
from tests.core.lessons.game.builders import CROSS, ISOLATED, at, game, ground, player, tick

__all__ = ["exact"]

LONG, SHORT = Pick(BTC, Side.LONG, ISOLATED), Pick(ETH, Side.SHORT, CROSS)


def test_the_leverage_rises_to_fifty() -> None:
    assert list(LADDER) == sorted(LADDER)
    assert [int(LADDER[0]), int(LADDER[-1])] == [3, 50]
    assert all(step <= timedelta(hours=1) for step in STEPS.values())


def test_who_stands_is_before_whoever_lasted_long() -> None:
    poor = replace(Noted.begun(START), equity=amount(1))
    assert figures(poor, None, at()) == (D(1), D(1))
    assert figures(poor, at(59.9), at()) == (D(0), D(59))
    assert figures(poor, None, at()) > figures(poor, at(10**7), at())


def test_moments_are_later_together() -> None:
    assert later({1: at(1), 2: at(5)}, timedelta(seconds=3)) == {1: at(4), 2: at(8)}


def test_a_choice_is_struck_at_a_newer_mark_of_its_contract() -> None:
    fresh, picks = {1: at(5), 2: at(4)}, {1: LONG, 2: SHORT}
    assert ready(fresh, picks, tick(5, 1_000)) == {2}
    assert ready(fresh, picks, tick(6, 1_000)) == {1, 2}
    assert ready(fresh, picks, tick(6, 1_000, BTC)) == {1}


def test_what_cannot_be_opened_leaves_nobody_a_position() -> None:
    on = ground()
    deeds = [new_account(number, START, on, at()) for number in (1, 2)]
    accounts = {deed.player: deed.after for deed in deeds}
    accounts[2] = replace(accounts[2], wallet=amount(0))
    table = Table(game(player(1), player(2)), on, accounts)
    struck = strike({2: SHORT, 1: LONG}, LADDER[0], tick(6, 1_000), table)
    held = {deed.player: [p.leg.leverage for p in deed.after.positions] for deed in struck}
    assert held == {1: [LADDER[0]], 2: []}
    assert strike({}, LADDER[0], tick(6, 1_000), table) == ()
