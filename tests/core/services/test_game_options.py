"""Who may join: whom the bot has known for as long as a host asks."""

from datetime import timedelta

import pytest

from core.lessons.game.errors import BadOption, NoGame, NoSeat, NotKnown, NotNow
from core.services.game_options import KNOWN, OF_ALL, TERMS
from tests.core.services.hall import LENA, MIRA, NOON, TOBI, Hall

DAY = timedelta(days=1)


@pytest.mark.parametrize(("term", "days"), [("1d", 1), ("7d", 7)])
def test_a_stranger_is_told_from_when_on_they_may_join_and_then_may(term: str, days: int) -> None:
    hall = Hall()
    number = hall.opened("quiz", known=term)
    with pytest.raises(NotKnown) as refusal:
        hall.join(number, MIRA)
    assert refusal.value.when == NOON + days * DAY
    assert hall.heard(number) == []
    hall.challenges.stop(hall.host(), number)

    hall.clock.advance(days * DAY - timedelta(seconds=1))
    later = hall.opened("quiz", known=term)
    with pytest.raises(NotKnown) as again:
        hall.join(later, MIRA)
    assert again.value.when == refusal.value.when, "the time runs from when they first asked"
    hall.clock.advance(timedelta(seconds=1))
    hall.join(later, MIRA)
    assert hall.heard(later) == ["Joined"]
    with pytest.raises(NotKnown):
        hall.join(later, TOBI)


def test_where_nothing_is_asked_anybody_joins() -> None:
    hall = Hall()
    for setup in ({}, {"known": "any"}):
        number = hall.opened("quiz", **setup)
        hall.join(number, MIRA, TOBI)
        assert len(hall.game(number).players) == 2
        hall.challenges.stop(hall.host(), number)


def test_who_has_a_seat_keeps_it_and_what_else_forbids_it_is_said_first() -> None:
    hall = Hall()
    hall.join(hall.opened("guess"), MIRA)
    hall.clock.advance(DAY)
    number = hall.opened("quiz", known="1d")
    hall.join(number, MIRA)
    hall.join(number, MIRA)
    hall.challenges.begin(hall.host(), number)
    with pytest.raises(NoSeat):
        hall.join(number, LENA)
    with pytest.raises(NoGame):
        hall.join(99, LENA)


def test_only_terms_there_are_can_be_chosen() -> None:
    hall = Hall()
    number = hall.challenges.draft(hall.host(), "quiz").number
    with pytest.raises(BadOption):
        hall.challenges.choose(hall.host(), number, KNOWN, "3d")
    hall.challenges.open(hall.host(), number)
    with pytest.raises(NotNow):
        hall.challenges.choose(hall.host(), number, KNOWN, "7d")
    assert OF_ALL[KNOWN] == tuple(TERMS) == ("any", "1d", "7d")
