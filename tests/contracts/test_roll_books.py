"""What `GameBooks` keep of who is there: when somebody was looked for, since when they are gone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.lessons.game import inputs as i
from core.lessons.game.books import Seat
from core.lessons.game.game import Phase
from core.lessons.game.lifecycle import State
from core.paper.records import Identity
from core.ports import Units
from tests.contracts.conftest import Doors
from tests.contracts.duels import HOST, OTHER_ROOM, ROOM, at, on, played
from tests.contracts.samples import NOW

MIRA, TOBI = Identity("telegram", "7"), Identity("discord", "8")
HOUR = timedelta(hours=1)


def seated(units: Units, state: State | None = None) -> int:
    """A game of which Mira has the first seat and Tobi the second."""
    with units.writing() as books:
        number = books.games.add(state or on(), HOST, ROOM).number
        for seat, who in enumerate((MIRA, TOBI), 1):
            learner = books.paper.learner(who) or books.paper.enroll(who, NOW)
            books.games.sit(number, learner, seat)
    return number


def looked(
    units: Units, game: int, number: int, when: datetime, away: datetime | None = None
) -> None:
    with units.writing() as books:
        books.games.look(game, number, when, away)


def unseen(units: Units, since: datetime = NOW, most: int = 9) -> list[tuple[int, int]]:
    with units.reading() as books:
        return [(seat.game, seat.number) for seat in books.games.unseen(since, most)]


def one(units: Units, game: int, number: int) -> Seat | None:
    with units.reading() as books:
        return books.games.seated(game, number)


def test_who_was_never_looked_for_comes_first_and_who_was_comes_in_turn(doors: Doors) -> None:
    units = doors()
    first, second = seated(units), seated(units)
    assert unseen(units) == [(first, 1), (first, 2), (second, 1), (second, 2)]
    looked(units, first, 1, NOW - HOUR)
    looked(units, second, 1, NOW - 2 * HOUR)
    looked(units, second, 2, NOW)
    assert unseen(doors()) == [(first, 2), (second, 1), (first, 1), (second, 2)]
    assert unseen(units, NOW - HOUR) == [(first, 2), (second, 1), (first, 1)]
    assert unseen(units, NOW, most=2) == [(first, 2), (second, 1)]


@pytest.mark.parametrize("phase", list(Phase))
def test_only_who_can_still_play_is_looked_for(units: Units, phase: Phase) -> None:
    number = seated(units)
    with units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        game = replace(kept.state.game, phase=phase)
        books.games.keep(replace(kept, state=replace(kept.state, game=game)))
    wanted = phase in {Phase.OPEN, Phase.RUNNING, Phase.FROZEN}
    assert bool(unseen(units)) is wanted


def test_a_seat_tells_whose_it_is_where_they_joined_and_since_when_they_are_gone(
    doors: Doors,
) -> None:
    units = doors()
    number = seated(units, played(on(room=1), i.Left(at=at(5), player=2)))
    with units.writing() as books:
        books.games.enter(number, OTHER_ROOM)
    looked(units, number, 1, NOW, NOW - HOUR)
    found = one(doors(), number, 1)
    assert found is not None
    assert (found.room, found.rooms) == (OTHER_ROOM, (ROOM, OTHER_ROOM))
    assert (found.playing, found.away) == (True, NOW - HOUR)
    left = one(units, number, 2)
    assert left is not None
    assert (left.playing, left.away) == (False, None)
    with units.reading() as books:
        assert (found.learner, left.learner) == tuple(map(books.paper.learner, (MIRA, TOBI)))
    looked(units, number, 1, NOW, None)
    assert one(units, number, 1) == replace(found, away=None)


def test_a_seat_that_is_nobodys_or_of_nobody_in_the_game_plays_nothing(units: Units) -> None:
    number = seated(units)
    assert one(units, number, 9) is None
    with units.writing() as books:
        third = books.paper.enroll(Identity("telegram", "9"), NOW)
        books.games.sit(number, third, 9)
    found = one(units, number, 9)
    assert found is not None
    assert (found.playing, found.room) == (False, ROOM)


def test_a_seat_that_is_taken_anew_knows_nothing_of_its_last_holder(units: Units) -> None:
    number = seated(units)
    looked(units, number, 1, NOW, NOW - HOUR)
    with units.writing() as books:
        mira = books.games.seats(number)[1]
        books.games.stand(number, 1)
        books.games.sit(number, mira, 1)
    found = one(units, number, 1)
    assert found is not None
    assert found.away is None
    assert (number, 1) in unseen(units, NOW - HOUR)


def test_an_absence_goes_over_with_the_seat_and_is_forgotten_with_its_holder(units: Units) -> None:
    number = seated(units)
    looked(units, number, 1, NOW, NOW - HOUR)
    with units.writing() as books:
        mira = books.games.seats(number)[1]
        other = books.paper.enroll(Identity("discord", "7"), NOW)
        books.games.hand_over(mira, other)
    found = one(units, number, 1)
    assert found is not None
    assert (found.learner, found.away) == (other, NOW - HOUR)
    with units.writing() as books:
        books.games.forget(other)
    assert one(units, number, 1) is None
    assert unseen(units) == [(number, 2)]
