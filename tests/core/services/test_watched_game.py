"""A running game in memory: which marks it wants, knows, and need not look at."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.lessons.game.game import Phase
from core.market import MarkPrice, Marks, Symbol
from core.services.watched_game import Watched, judged_until
from tests.builders import Number, price
from tests.core.services.hall import NOON, PAIRS, Hall


@pytest.fixture
def hall() -> Hall:
    """A duel that was entered at 60,000, a second after noon."""
    hall = Hall()
    hall.duel()
    hall.tick(1, 60000)
    return hall


def watched(hall: Hall) -> Watched:
    return Watched(hall.kept(), hall.ground, hall.clock.now())


def marks(seconds: float, mark: Number, *symbols: Symbol) -> Marks:
    """Marks so many seconds after noon, of all pairs or of these."""
    at = NOON + timedelta(seconds=seconds)
    return Marks("live", at, dict.fromkeys(symbols or PAIRS, MarkPrice(price(mark), at)))


def own(hall: Hall) -> Symbol:
    return hall.play().round.bout.symbol


def others(hall: Hall) -> list[Symbol]:
    return [symbol for symbol in PAIRS if symbol != own(hall)]


# --- what it wants


def test_a_game_wants_the_marks_of_its_pair_while_a_round_is_played(hall: Hall) -> None:
    assert watched(hall).wants_marks()
    assert watched(hall).wanted == {own(hall)}
    hall.tick(900, 60000)
    assert not watched(hall).wants_marks(), "between two rounds nobody looks"


def test_a_game_that_has_not_begun_wants_none() -> None:
    hall = Hall()
    hall.opened()
    assert not watched(hall).wants_marks()
    assert watched(hall).wanted == frozenset()


def test_a_frozen_game_waits_for_marks_whatever_is_played(hall: Hall) -> None:
    hall.tick(900, 60000)
    kept = hall.kept()
    game = replace(kept.state.game, phase=Phase.FROZEN)
    kept = replace(kept, state=replace(kept.state, game=game))
    assert Watched(kept, hall.ground, hall.clock.now()).wants_marks()


# --- what is known


def test_marks_are_known_that_were_seen_of_all_that_anybody_holds(hall: Hall) -> None:
    assert watched(hall).is_known(marks(5, 60000, own(hall)))
    assert not watched(hall).is_known(marks(5, 60000, *others(hall)))
    seen = marks(60, 60000)
    assert not watched(hall).is_known(seen.at_end()), "an estimate"


def test_before_anybody_has_an_account_they_must_be_of_what_is_wanted() -> None:
    hall = Hall()
    hall.duel()
    assert watched(hall).is_known(marks(5, 60000, own(hall)))
    assert not watched(hall).is_known(marks(5, 60000, *others(hall)))


# --- what matters


def test_until_it_has_met_marks_any_may_matter(hall: Hall) -> None:
    assert watched(hall).is_concerned(marks(2, 60000))


def test_within_its_box_nothing_matters_before_the_next_minute(hall: Hall) -> None:
    found = watched(hall)
    found.calm(marks(2, 60000))
    assert not found.is_concerned(marks(59, 60000))
    assert found.is_concerned(marks(60, 60000))
    assert found.is_concerned(marks(59, 50000))
    assert found.is_concerned(marks(59, 60000, *others(hall)))


def test_the_box_is_safe_for_all_players_together(hall: Hall) -> None:
    found = watched(hall)
    found.calm(marks(2, 60000))
    assert found.box == {own(hall): (price(58800), price(61200))}
    found.calm(marks(2, 54600))
    assert found.box == {own(hall): (price(54327), price(54873))}, (
        "the isolated one is near its wall"
    )


def test_where_a_wall_is_too_near_or_a_mark_is_missing_there_is_no_box(hall: Hall) -> None:
    found = watched(hall)
    found.calm(marks(2, 54280))
    assert found.box is None
    found.calm(marks(2, 60000, *others(hall)))
    assert found.box is None


def test_where_nobody_holds_anything_nothing_can_happen() -> None:
    hall = Hall()
    hall.duel()
    found = watched(hall)
    found.calm(marks(2, 60000))
    assert found.box == {}


# --- after a stop


def test_a_game_goes_on_where_it_was_judged_last(hall: Hall) -> None:
    judged = hall.clock.now()
    hall.clock.advance(500)
    assert judged_until(hall.kept(), hall.clock.now()) == judged


def test_a_game_without_a_market_begins_now() -> None:
    hall = Hall()
    hall.opened()
    assert judged_until(hall.kept(), NOON) == NOON
