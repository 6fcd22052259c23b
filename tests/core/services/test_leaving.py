"""Leaving: before a game is on the seat is free again, later it stays its owner's."""

from core.lessons.game.inputs import Left
from core.services.leaving import left
from tests.core.services.hall import MIRA, TOBI, Hall


def gone(hall: Hall, number: int) -> None:
    """Let Mira, who sits in the first seat, leave."""
    with hall.units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        left(books, hall.referee, kept, Left(at=hall.clock.now(), player=1))


def seats(hall: Hall, number: int) -> set[int]:
    with hall.units.reading() as books:
        return {*books.games.seats(number)}


def test_in_the_lobby_the_seat_is_free_again() -> None:
    hall = Hall()
    number = hall.opened("arena")
    hall.join(number, MIRA, TOBI)
    gone(hall, number)
    assert seats(hall, number) == {2}


def test_in_a_game_that_is_on_the_seat_stays_its_owner_s() -> None:
    hall = Hall()
    number = hall.opened("arena")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    gone(hall, number)
    assert seats(hall, number) == {1, 2}
    assert hall.state().game.player(1).left is not None
