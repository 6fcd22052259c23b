"""The roll: who is gone from the chat for a day has left, as if by their own hand, and once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.lessons.game.errors import NotPlaying
from core.lessons.game.game import Phase, Room
from core.lessons.game.inputs import Left, Returned
from core.paper.records import Identity
from core.services.roll import AGAIN, FEW, GONE_FOR, Presence, Roll, Sought
from tests.core.services.hall import HOST, LENA, MIRA, ROOM, TOBI, Hall

HERE, GONE, UNKNOWN = Presence.HERE, Presence.GONE, Presence.UNKNOWN
ELSEWHERE = Identity("discord", "71")
SERVER = Room("discord", "-7", "70")


@pytest.fixture
def hall() -> Hall:
    return Hall()


def roll(hall: Hall) -> Roll:
    """As after a restart: nothing is remembered but what stands in the books."""
    return Roll(hall.units, hall.clock, hall.referee)


def arena(hall: Hall) -> int:
    """A week's arena of two that has begun."""
    number = hall.opened("arena", length="7d")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    return number


def sought(hall: Hall, number: int = 1, who: Identity = MIRA) -> Sought:
    """Somebody whose turn it is."""
    seat = hall.seats(number)[who]
    due = roll(hall).due("a")
    return next(each for each in due if (each.seat.game, each.seat.number) == (number, seat))


def looked(hall: Hall, presence: Presence, hours: float = 1, who: Identity = MIRA) -> bool:
    """Let hours pass, and look for somebody."""
    hall.clock.advance(timedelta(hours=hours))
    return roll(hall).found(sought(hall, who=who), presence)


def left(hall: Hall, number: int = 1) -> list[Left]:
    return [what for what in hall.inputs(number) if isinstance(what, Left)]


# --- for whom to look


def test_everybody_is_looked_for_once_an_hour_a_few_at_a_time(hall: Hall) -> None:
    people = [Identity("telegram", str(n)) for n in range(100, 100 + FEW + 2)]
    number = hall.opened("arena")
    hall.join(number, *people)
    seen: list[int] = []
    for _ in range(3):
        due = roll(hall).due("a")
        assert len(due) <= FEW
        for each in due:
            roll(hall).found(each, HERE)
            seen.append(each.seat.number)
    assert seen == list(range(1, FEW + 3))
    hall.clock.advance(AGAIN - timedelta(seconds=1))
    assert roll(hall).due("a") == ()
    hall.clock.advance(1)
    assert len(roll(hall).due("a")) == FEW


def test_one_process_looks_at_a_time(hall: Hall) -> None:
    arena(hall)
    assert roll(hall).due("a") != ()
    assert roll(hall).due("b") == ()
    hall.clock.advance(timedelta(minutes=2))
    assert roll(hall).due("b") != ()


def test_somebody_is_looked_for_in_the_chat_in_which_they_joined(hall: Hall) -> None:
    arena(hall)
    assert sought(hall).places == ((ROOM, MIRA),)


def leagued(hall: Hall, *rooms: Room) -> int:
    """A game of several chats, in which Mira joined from the first."""
    number = hall.opened("arena", length="7d")
    with hall.units.writing() as books:
        for room in rooms:
            books.games.enter(number, room)
    hall.join(number, MIRA, TOBI)
    return number


def test_a_stranger_group_of_the_same_league_does_not_count(hall: Hall) -> None:
    number = leagued(hall, Room("telegram", "-200"), SERVER)
    assert sought(hall, number).places == ((ROOM, MIRA),)


def test_who_is_linked_is_as_well_there_where_the_other_platform_plays_along(hall: Hall) -> None:
    number = leagued(hall, SERVER)
    with hall.units.writing() as books:
        mira = books.paper.learner(MIRA)
        assert mira is not None
        books.paper.rename(ELSEWHERE, mira)
    assert sought(hall, number).places == ((ROOM, MIRA), (SERVER, ELSEWHERE))


def test_who_has_left_is_looked_for_nowhere(hall: Hall) -> None:
    arena(hall)
    hall.leave(1, MIRA)
    assert sought(hall).places == ()


# --- what is made of it


def test_a_day_of_absence_is_a_leaving(hall: Hall) -> None:
    arena(hall)
    hours = GONE_FOR // timedelta(hours=1)
    assert [looked(hall, GONE) for _ in range(hours + 1)] == [False] * hours + [True]
    (what,) = left(hall)
    assert (what.player, what.at) == (hall.seats(1)[MIRA], hall.clock.now())
    assert hall.game().player(1).left == hall.clock.now()
    assert hall.seats(1) == {MIRA: 1, TOBI: 2}


def test_who_is_found_again_in_time_has_lost_nothing(hall: Hall) -> None:
    arena(hall)
    assert not looked(hall, GONE)
    assert not looked(hall, HERE, 23)
    assert not looked(hall, GONE)
    assert not looked(hall, GONE, 23.5)
    assert left(hall) == []
    assert looked(hall, GONE)


def test_no_answer_neither_begins_an_absence_nor_ends_one(hall: Hall) -> None:
    arena(hall)
    assert not looked(hall, UNKNOWN)
    assert not looked(hall, UNKNOWN, 48)
    assert not looked(hall, GONE)
    assert not looked(hall, UNKNOWN, 48)
    assert left(hall) == []
    assert looked(hall, GONE)


def test_it_happens_once(hall: Hall) -> None:
    arena(hall)
    looked(hall, GONE)
    hall.clock.advance(GONE_FOR)
    again = sought(hall)
    assert roll(hall).found(again, GONE)
    assert not roll(hall).found(again, GONE)
    assert not looked(hall, GONE, 48)
    assert len(left(hall)) == 1


def test_before_the_beginning_the_seat_is_free_again(hall: Hall) -> None:
    number = hall.opened("arena")
    hall.join(number, MIRA, TOBI)
    looked(hall, GONE)
    assert looked(hall, GONE, 24)
    assert hall.seats(number) == {TOBI: 2}
    assert [player.number for player in hall.game(number).players] == [2]
    hall.join(number, MIRA)
    assert hall.seats(number)[MIRA] == 3


def test_while_prices_are_away_who_is_gone_leaves_all_the_same(hall: Hall) -> None:
    arena(hall)
    hall.price(60_000)
    hall.tick(1, 60_000)
    hall.silence()
    hall.tick(61)
    hall.tick(61)
    assert hall.phase() is Phase.FROZEN
    looked(hall, GONE)
    assert looked(hall, GONE, 24)
    assert len(left(hall)) == 1


def test_joining_again_takes_the_seat_back_and_a_new_absence_begins_at_nothing(hall: Hall) -> None:
    arena(hall)
    looked(hall, GONE)
    looked(hall, GONE, 24)
    hall.join(1, MIRA)
    assert hall.seats(1)[MIRA] == 1
    assert hall.game().player(1).left is None
    assert [type(what) for what in hall.inputs()][-1] is Returned
    assert not looked(hall, GONE, 2)
    assert not looked(hall, GONE, 23)
    assert looked(hall, GONE)


def test_an_absence_before_one_left_by_oneself_does_not_count_afterwards(hall: Hall) -> None:
    arena(hall)
    looked(hall, GONE)
    hall.leave(1, MIRA)
    hall.clock.advance(timedelta(hours=30))
    hall.join(1, MIRA)
    assert not looked(hall, GONE, 1)
    assert len(left(hall)) == 1


def test_an_absence_is_over_when_somebody_leaves_by_themselves(hall: Hall) -> None:
    arena(hall)
    looked(hall, GONE)
    hall.leave(1, MIRA)
    looked(hall, UNKNOWN, 24)
    with hall.units.reading() as books:
        seat = books.games.seated(1, 1)
    assert seat is not None
    assert seat.away is None


def test_a_game_that_has_ended_meanwhile_hears_nothing(hall: Hall) -> None:
    arena(hall)
    looked(hall, GONE)
    hall.clock.advance(GONE_FOR)
    last = sought(hall)
    hall.challenges.stop(hall.host(), 1)
    assert not roll(hall).found(last, GONE)
    assert left(hall) == []


def test_a_seat_that_is_another_persons_by_now_is_left_alone(hall: Hall) -> None:
    number = hall.opened("arena")
    hall.join(number, MIRA, TOBI)
    looked(hall, GONE)
    hall.clock.advance(GONE_FOR)
    last = sought(hall)
    with hall.units.writing() as books:
        other = books.paper.enroll(LENA, hall.clock.now())
    stranger = replace(last, seat=replace(last.seat, learner=other))
    assert not roll(hall).found(stranger, GONE)
    with pytest.raises(NotPlaying):
        hall.leave(number, LENA)
    hall.leave(number, MIRA)
    assert not roll(hall).found(last, GONE)
    assert len(left(hall, number)) == 1


def test_the_host_need_not_be_there(hall: Hall) -> None:
    arena(hall)
    assert hall.kept().host == HOST
    assert {each.seat.number for each in roll(hall).due("a")} == {1, 2}
