"""A league's chats: who was let in, who waits, who is gone."""

import pytest

from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.paper.records import Identity

FIRST, SECOND, THIRD = (Room("telegram", "-1"), Room("discord", "2"), Room("telegram", "-3", "9"))


@pytest.fixture
def league() -> League:
    members = (Member(FIRST, "first", let_in=True), Member(SECOND, "second"))
    return League(number=1, name="L", code="abc", host=Identity("telegram", "7"), members=members)


def test_a_chat_that_asked_waits_until_it_is_let_in(league: League) -> None:
    assert (league.rooms, league.waiting) == ((FIRST,), (Member(SECOND, "second"),))
    now = league.with_member(Member(SECOND, "second", let_in=True))
    assert (now.rooms, now.waiting) == ((FIRST, SECOND), ())


def test_a_new_chat_comes_last(league: League) -> None:
    assert league.with_member(Member(THIRD, "third", let_in=True)).rooms == (FIRST, THIRD)


def test_a_chat_that_leaves_is_no_member_any_more(league: League) -> None:
    assert league.without(SECOND).members == (Member(FIRST, "first", let_in=True),)
    assert league.without(THIRD) == league
