"""Who acts in a game: rights, seats, and requests that come twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotAllowed
from core.lessons.game.errors import NoGame, NotPlaying
from core.lessons.game.game import Room
from core.services.playing import ON_ITS_WAY, answered_before, changeable, game_numbered, seat_of
from tests.core.services.hall import HOST, LENA, MIRA, NOON, TOBI, Hall


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.join(hall.opened(), MIRA)
    return hall


def test_a_game_is_found_by_its_number(hall: Hall) -> None:
    with hall.units.reading() as books:
        assert game_numbered(books, 1).number == 1
        with pytest.raises(NoGame):
            game_numbered(books, 2)


def test_a_request_that_is_new_was_not_answered(hall: Hall) -> None:
    hall.challenges.join(hall.by(TOBI, "again"), 1, "Tobi")
    with hall.units.reading() as books:
        kept = game_numbered(books, 1)
        assert answered_before(books, kept, hall.by(TOBI)) is None
        found = answered_before(books, kept, hall.by(TOBI, "again"))
        assert found is not None
        assert (found.said, found.state) == ("joined", kept.state)


def test_who_sits_in_a_game_has_a_seat_and_nobody_else(hall: Hall) -> None:
    hall.challenges.join(hall.by(TOBI), hall.opened("guess"), "Tobi")
    with hall.units.reading() as books:
        assert seat_of(books, hall.by(MIRA), 1) == 1
        for who in (TOBI, LENA):
            with pytest.raises(NotPlaying):
                seat_of(books, hall.by(who), 1)


def test_who_made_a_game_may_change_it_and_the_hosts_of_its_chats(hall: Hall) -> None:
    with hall.units.reading() as books:
        assert changeable(books, hall.by(HOST), 1).number == 1
        assert changeable(books, hall.by(LENA, hosts=True), 1).number == 1
        elsewhere = hall.by(LENA, hosts=True, room=Room("telegram", "-7"))
        for who in (hall.by(MIRA), elsewhere):
            with pytest.raises(NotAllowed) as refused:
                changeable(books, who, 1)
            assert refused.value.needs == "host"
        with pytest.raises(NoGame):
            changeable(books, hall.by(HOST), 9)


@pytest.mark.parametrize(("ago", "counts"), [(0, 0), (2, 2), (5, 5), (60, 5), (-3, 0)])
def test_what_was_sent_counts_from_then_but_not_from_long_ago_or_later(
    hall: Hall, ago: int, counts: int
) -> None:
    by = replace(hall.by(MIRA), at=NOON - timedelta(seconds=ago))
    assert by.sent(NOON) == NOON - timedelta(seconds=counts)
    assert timedelta(seconds=5) == ON_ITS_WAY


def test_without_the_platforms_word_it_was_sent_now(hall: Hall) -> None:
    assert hall.by(MIRA).sent(NOON) == NOON
