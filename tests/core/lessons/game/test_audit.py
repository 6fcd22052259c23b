"""A game that is published can be played again by anybody, and says nothing of who played it."""

from dataclasses import replace

import pytest

from bot.adapters.database.codec import dumps, loads
from core.errors import Refusal
from core.lessons.challenges.duel import KIND
from core.lessons.game import inputs as i
from core.lessons.game.audit import FORMAT, Audit, agrees, audit, played_again
from core.lessons.game.chance import commitment
from core.lessons.game.conditions import conditions_of
from tests.core.lessons.challenges.test_duel import END, played, rich
from tests.core.lessons.game.builders import CROSS, SEED, Fixture, at


def told(two: Fixture) -> Audit:
    return audit(7, two.state, two.on, two.log)


def test_a_published_game_is_the_same_when_it_is_played_again() -> None:
    two = rich()
    found = told(two)
    assert agrees(found, KIND) == ()
    assert played_again(found, KIND) == ("", found.standings)
    assert {one.player for one in found.standings} == {1, 2}


def test_so_is_one_that_was_written_down_and_read() -> None:
    found = told(rich())
    read = loads(Audit, dumps(found))
    assert read == found
    assert agrees(read, KIND) == ()


def test_it_tells_the_seed_and_what_was_printed_at_the_start() -> None:
    found = told(rich())
    assert (found.format, found.number, found.kind) == (FORMAT, 7, "duel")
    assert (found.seed, found.hash) == (SEED, commitment(SEED))
    assert found.setup == {"leverage": "10"}
    assert found.conditions == conditions_of(rich().on)


def test_it_names_nobody() -> None:
    text = dumps(told(rich()))
    assert "Mira" not in text
    assert "Tobi" not in text


def test_whatever_was_changed_afterwards_is_found_out() -> None:
    found = told(played(CROSS))
    assert agrees(replace(found, hash="0" * 32), KIND) == ("hash",)
    assert agrees(replace(found, why="stopped"), KIND) == ("why",)
    turned = tuple(replace(one, place=3 - one.place) for one in found.standings)
    assert agrees(replace(found, standings=turned), KIND) == ("standings",)
    without = tuple(what for what in found.inputs if what.at != at(400))
    assert "standings" in agrees(replace(found, inputs=without), KIND)
    assert END > 400


def test_inputs_that_are_those_of_no_game_are_refused() -> None:
    found = told(played(CROSS))
    with pytest.raises(Refusal):
        agrees(replace(found, inputs=(i.Froze(at=at(1)), *found.inputs)), KIND)


def test_a_game_that_never_began_has_no_standings() -> None:
    alone = Fixture()
    alone.join("Mira")
    alone.feed(i.Due(at=at(300)))
    found = told(alone)
    assert (found.why, found.standings) == ("expired", ())
    assert agrees(found, KIND) == ()
