"""A league as a value: who is in, who waits, and by what a waiting chat is named."""

from dataclasses import replace

import pytest

from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.paper.records import Identity

FIRST = Member(Room("telegram", "-5"), "Traders", let_in=True)
SERVER = Member(Room("discord", "77", "5"), "Server")
OTHER = Member(Room("discord", "77", "6"), "Other thread")


def league(*others: Member) -> League:
    host = Identity("telegram", "9")
    return League(number=1, name="Cup", code="A", host=host, members=(FIRST, *others))


def test_who_was_let_in_plays_and_the_others_wait_in_order() -> None:
    now = league(SERVER, replace(OTHER, let_in=True))
    assert now.rooms == (FIRST.room, OTHER.room)
    assert now.waiting == (SERVER,)


def test_a_chat_that_is_let_in_keeps_its_place() -> None:
    now = league(SERVER, OTHER).with_member(replace(SERVER, let_in=True))
    assert now.rooms == (FIRST.room, SERVER.room)
    assert now.without(SERVER.room).members == (FIRST, OTHER)


def test_a_key_names_one_chat_and_topic_whoever_else_comes_or_goes() -> None:
    keys = {member.key for member in (FIRST, SERVER, OTHER)}
    assert len(keys) == 3
    assert all(len(key) == 8 for key in keys)
    assert replace(SERVER, title="Renamed", let_in=True).key == SERVER.key


@pytest.mark.parametrize(
    ("waiting", "key", "found"),
    [
        ((SERVER,), "", SERVER),
        ((SERVER, OTHER), "", None),
        ((SERVER, OTHER), OTHER.key, OTHER),
        ((SERVER,), OTHER.key, None),
        ((), "", None),
    ],
)
def test_a_waiting_chat_is_found_by_its_key_or_because_it_waits_alone(
    waiting: tuple[Member, ...], key: str, found: Member | None
) -> None:
    assert league(*waiting).asking(key) == found


def test_a_chat_that_is_in_does_not_wait() -> None:
    assert league().asking(FIRST.key) is None
