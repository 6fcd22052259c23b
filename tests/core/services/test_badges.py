"""Badges in the books: seen when a game is over or its owner looks, told once, and kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.lessons.badges import DAYS, TOPIC, Badge, Steady
from core.lessons.challenges.crash import Crash
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.game import Phase
from core.money import D
from core.paper.actions import CloseAll, MoveMargin
from core.paper.records import Identity
from core.services.badges import Badges
from tests.builders import amount, exact
from tests.core.lessons.game.builders import ground
from tests.core.lessons.game.crashes import both, on, reel
from tests.core.services.floor import Floor, wish
from tests.core.services.hall import CROSS, ISOLATED, MIRA, TOBI, Hall
from tests.fakes.asking import question

__all__ = ["exact"]

DAY, ROUND = timedelta(days=1), 15 * 60


def has(hall: Hall, who: Identity) -> Mapping[Badge, datetime]:
    return Badges(hall.units, hall.clock).seen(who)


def letters(hall: Hall) -> list[tuple[int, str]]:
    """What people are about to be told, and who."""
    with hall.units.reading() as books:
        due = books.alerts.due(hall.clock.now(), 99)
    return [(each.news.learner, each.news.badge) for each in due]


def learner(hall: Hall, who: Identity) -> int:
    with hall.units.reading() as books:
        found = books.paper.learner(who)
    assert found is not None
    return found


def duel() -> tuple[Hall, int]:
    """A duel at 10x that both have entered at 60,000."""
    hall = Hall()
    number = hall.duel()
    hall.tick(1, 60000)
    return hall, number


def play_on(hall: Hall, number: int) -> None:
    """Let the rest of a duel pass at a quiet price."""
    while not hall.phase(number).is_final:
        hall.tick(ROUND, 60000)
        hall.deliver()
        hall.tick(30, 60000)
        hall.deliver()
        hall.tick(1, 60000)


# --- what games show


def test_whoever_held_a_round_in_isolated_to_its_end_has_survived_in_isolated() -> None:
    hall, number = duel()
    play_on(hall, number)
    ended = hall.game(number).ended
    assert has(hall, MIRA) == has(hall, TOBI) == {Badge.ISOLATED: ended}
    assert sorted(letters(hall)) == [(learner(hall, who), "isolated") for who in (MIRA, TOBI)]


def test_a_second_game_earns_the_same_badge_to_nobody() -> None:
    hall, first = duel()
    play_on(hall, first)
    before = dict(has(hall, MIRA))
    second = hall.duel()
    play_on(hall, second)
    assert has(hall, MIRA) == before
    assert len(letters(hall)) == 2


def test_whoever_was_liquidated_or_left_has_not() -> None:
    hall, number = duel()
    fallen = hall.behind(number, ISOLATED)
    for _ in range(3):
        hall.tick(300, 52000)
        hall.tick(ROUND - 300, 52000)
        hall.deliver()
        hall.tick(30, 60000)
        hall.deliver()
        hall.tick(1, 60000)
    assert hall.phase(number).is_final
    assert Badge.ISOLATED not in has(hall, fallen)
    gone = Hall()
    other = gone.duel()
    gone.tick(1, 60000)
    gone.leave(other, gone.behind(other, CROSS))
    gone.leave(other, gone.behind(other, ISOLATED))
    play_on(gone, other)
    assert has(gone, MIRA) == has(gone, TOBI) == {}


def test_a_stopped_game_earns_nobody_anything() -> None:
    hall, number = duel()
    hall.challenges.stop(hall.host(), number)
    hall.tick(1, 60000)
    assert hall.phase(number) is Phase.FINAL
    assert (has(hall, MIRA), letters(hall)) == ({}, [])


def test_margin_in_danger_and_an_own_close_are_a_rescue_in_a_duel() -> None:
    hall, number = duel()
    mine = hall.behind(number, ISOLATED)
    hall.tick(150, 54_300)
    hall.act(number, mine, "add")
    hall.tick(1, 54_300)
    hall.tick(1, 57_000)
    hall.act(number, mine, "close")
    hall.tick(1, 57_000)
    closed = hall.clock.now()
    play_on(hall, number)
    assert has(hall, mine)[Badge.RESCUE] == closed


def test_each_of_two_can_rescue_in_a_round_of_their_own() -> None:
    hall, number = duel()
    for _ in range(2):
        mine = hall.behind(number, ISOLATED)
        hall.tick(150, 54_300)
        hall.act(number, mine, "add")
        hall.tick(1, 54_300)
        hall.act(number, mine, "close")
        hall.tick(1, 60_000)
        hall.tick(ROUND, 60_000)
        hall.deliver()
        hall.tick(30, 60_000)
        hall.deliver()
        hall.tick(1, 60_000)
    play_on(hall, number)
    assert Badge.RESCUE in has(hall, MIRA)
    assert Badge.RESCUE in has(hall, TOBI)


def test_margin_without_danger_is_none() -> None:
    hall, number = duel()
    mine = hall.behind(number, ISOLATED)
    hall.tick(150, 58_000)
    hall.act(number, mine, "add")
    hall.tick(1, 58_000)
    hall.act(number, mine, "close")
    hall.tick(1, 58_000)
    play_on(hall, number)
    assert Badge.RESCUE not in has(hall, mine)


def test_an_arena_is_too_long_to_be_looked_through() -> None:
    hall = Hall()
    number = hall.opened("arena")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    hall.tick(1, 60000)
    hall.tick(3601, 60000)
    hall.tick(1, 60000)
    assert hall.phase(number) is Phase.FINAL
    assert has(hall, MIRA) == {}


NEAR = reel(both(1, 1, "0.9055", "0.9055"), both("0.9055"), both("0.9055", 1, "0.9055", 1), both(1))
"""Falls until a 10x long has little left, and comes back."""


def test_a_crash_is_survived_in_isolated_and_rescues_too() -> None:
    hall = Hall(on=on(NEAR))
    number = hall.opened("crash")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    for act in ("hold", "add", "hold", "cut100"):
        hall.act(number, MIRA, act)
        hall.tick(45)
        hall.deliver()
    hall.tick(1)
    assert hall.phase(number) is Phase.FINAL
    play = hall.state(number).play
    assert isinstance(play, Crash)
    assert [one.pockets + one.crosses for one in play.survivors.values()] == [0, 0]
    assert list(has(hall, MIRA)) == [Badge.RESCUE]
    assert has(hall, TOBI) == {}  # holds the cross position it was handed, too


def asked(hall: Hall, number: int, *, rightly: bool) -> None:
    """Let Mira answer the first question, and nobody any other one."""
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    play: object = hall.kept(number).state.play
    assert isinstance(play, Quiz)
    right = play.items[0].right
    hall.act(number, MIRA, "abcd"[right if rightly else (right + 1) % 4])
    while not hall.phase(number).is_final:
        hall.tick(30)
        hall.deliver()


@pytest.mark.parametrize(
    ("topic", "rightly", "badges"),
    [(TOPIC, True, [Badge.CONTAGION]), (TOPIC, False, []), ("funding-timing", True, [])],
)
def test_a_right_answer_in_a_quiz_explains_a_contagion(
    topic: str, rightly: bool, badges: list[Badge]
) -> None:
    hall = Hall(on=replace(ground(), questions=(replace(question("one"), source=topic),)))
    number = hall.opened("quiz", source="faq", questions="5")
    hall.join(number, MIRA, TOBI)
    asked(hall, number, rightly=rightly)
    assert list(has(hall, MIRA)) == badges
    assert has(hall, TOBI) == {}


def test_who_is_forgotten_meanwhile_gets_nothing_and_the_game_ends_all_the_same() -> None:
    hall, number = duel()
    gone = learner(hall, TOBI)
    with hall.units.writing() as books:
        books.games.forget(gone)
        books.paper.forget_learner(gone)
    play_on(hall, number)
    assert letters(hall) == [(learner(hall, MIRA), "isolated")]


# --- what a portfolio shows


class Desk:
    """A floor on which Mira trades, and looks at her badges."""

    def __init__(self) -> None:
        self.floor = Floor()
        self.badges = Badges(self.floor.units, self.floor.clock)

    def trade(self) -> None:
        self.floor.act(wish("0.01"))
        self.floor.act(CloseAll())

    def pass_(self, days: int) -> None:
        """Let days pass, and the market be marked again."""
        self.floor.clock.advance(days * DAY)
        self.floor.move(60000)

    def sweep(self, price: int) -> None:
        self.floor.move(price)
        self.floor.sweep(self.floor.market.marks())


def test_a_stranger_has_none_and_nothing_is_kept_of_them() -> None:
    desk = Desk()
    shown = desk.badges.look(MIRA)
    assert (shown.earned, shown.new, shown.steady, shown.saved) == ({}, frozenset(), Steady(), None)
    assert desk.badges.seen(MIRA) == {}


def test_accounts_of_games_count_for_the_days_and_not_for_a_look_at_rescues() -> None:
    hall, number = duel()
    shown = Badges(hall.units, hall.clock).look(MIRA)
    assert (shown.saved, shown.steady) == (None, Steady(days=0, weeks=1))
    assert not hall.phase(number).is_over


def test_a_rescue_is_seen_at_the_next_look_and_new_once() -> None:
    desk = Desk()
    desk.floor.act(wish("0.1"))
    desk.sweep(54_250)
    desk.floor.act(MoveMargin(1, amount(500)))
    assert desk.badges.look(MIRA).saved == 1
    desk.floor.move(60_000)
    desk.floor.act(CloseAll())
    closed = desk.floor.clock.now()
    assert desk.badges.seen(MIRA) == {}
    shown = desk.badges.look(MIRA)
    assert (shown.earned, shown.new) == ({Badge.RESCUE: closed}, frozenset({Badge.RESCUE}))
    desk.floor.clock.advance(DAY)
    again = desk.badges.look(MIRA)
    assert (again.earned, again.new) == ({Badge.RESCUE: closed}, frozenset())
    assert desk.badges.seen(MIRA) == {Badge.RESCUE: closed}


def test_four_weeks_of_trades_without_a_liquidation_are_seen_when_they_are_over() -> None:
    desk = Desk()
    for _ in range(4):
        desk.trade()
        desk.pass_(7)
    under_way = desk.badges.look(MIRA)
    assert (under_way.steady, under_way.new) == (Steady(days=28, weeks=4), frozenset())
    desk.pass_(2)
    shown = desk.badges.look(MIRA)
    assert list(shown.earned) == [Badge.STEADY]
    began = Floor().clock.now()
    assert shown.earned[Badge.STEADY] == began.replace(hour=0) + DAYS * DAY


def test_a_liquidation_begins_the_thirty_days_anew() -> None:
    desk = Desk()
    desk.trade()
    desk.floor.act(wish("0.1"))
    desk.sweep(40_000)
    assert "PoolLiquidated" in desk.floor.history()
    assert desk.badges.look(MIRA).steady == Steady()


def test_what_is_kept_goes_with_its_owner_and_with_who_they_become() -> None:
    desk, other = Desk(), Identity("discord", "9")
    desk.trade()
    with desk.floor.units.writing() as books:
        mine = books.paper.learner(MIRA)
        assert mine is not None
        books.learning.keep_badge(mine, Badge.CONTAGION, desk.floor.clock.now())
    identities = desk.floor.identities
    code = identities.offer(MIRA, "Mira")
    identities.claim(code, other, "mira")
    identities.choose(code, other, other)
    identities.agree(code, MIRA)
    assert list(desk.badges.seen(other)) == [Badge.CONTAGION]
    assert desk.badges.seen(other) == identities.everything(other).badges
    identities.forget(MIRA)
    assert desk.badges.seen(other) == {}
    assert D(1) == 1
