"""What `LeagueBooks` keep: chats that play together, those that wait, codes that let in."""

from dataclasses import replace

from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.paper.records import Identity
from core.ports import Units
from tests.contracts.conftest import Doors

MIRA = Identity("telegram", "7")
FIRST = Member(Room("telegram", "-5"), "Traders", let_in=True)
SECOND = Member(Room("discord", "9", "12"), "Traders too")


def founded(units: Units, code: str = "abc") -> League:
    with units.writing() as books:
        return books.leagues.add("Cup", code, MIRA, FIRST)


def kept(units: Units, league: League) -> None:
    with units.writing() as books:
        books.leagues.keep(league)


def of(units: Units, room: Room) -> League | None:
    with units.reading() as books:
        return books.leagues.of(room)


def coded(units: Units, code: str) -> League | None:
    with units.reading() as books:
        return books.leagues.coded(code)


def test_a_league_is_found_by_its_chat_and_by_its_code(doors: Doors) -> None:
    league = founded(doors())
    assert league.rooms == (FIRST.room,)
    assert of(doors(), FIRST.room) == coded(doors(), "abc") == league
    assert of(doors(), SECOND.room) is None
    assert coded(doors(), "xyz") is None


def test_a_chat_waits_until_it_is_let_in_and_chats_keep_their_order(doors: Doors) -> None:
    league = founded(doors()).with_member(SECOND)
    kept(doors(), league)
    assert of(doors(), SECOND.room) == league
    assert league.waiting == (SECOND,)
    inside = league.with_member(replace(SECOND, let_in=True))
    kept(doors(), inside)
    found = of(doors(), SECOND.room)
    assert found is not None
    assert found.rooms == (FIRST.room, SECOND.room)
    kept(doors(), inside.without(SECOND.room))
    assert of(doors(), SECOND.room) is None


def test_a_code_that_was_taken_back_finds_nothing(doors: Doors) -> None:
    kept(doors(), replace(founded(doors()), code=""))
    assert coded(doors(), "abc") is None
    assert coded(doors(), "") is None


def test_a_league_without_chats_is_gone(doors: Doors) -> None:
    kept(doors(), replace(founded(doors()), members=()))
    assert of(doors(), FIRST.room) is None
    assert coded(doors(), "abc") is None


def test_a_chat_keeps_its_league_under_a_new_id(doors: Doors) -> None:
    founded(doors())
    with doors().writing() as books:
        books.move_chat("telegram", "-5", "-100")
    found = of(doors(), Room("telegram", "-100"))
    assert found is not None
    assert found.name == "Cup"


def test_a_place_that_the_chat_has_under_its_new_id_stays(doors: Doors) -> None:
    league, there = founded(doors()), Member(Room("telegram", "-100"), "Moved", let_in=True)
    kept(doors(), league.with_member(there))
    with doors().writing() as books:
        books.move_chat("telegram", "-5", "-100")
    found = of(doors(), there.room)
    assert found is not None
    assert found.members == (there,)


def test_whoever_made_it_can_be_forgotten(doors: Doors) -> None:
    founded(doors())
    with doors().writing() as books:
        books.forget("telegram", "7")
    found = of(doors(), FIRST.room)
    assert found is not None
    assert found.host == Identity("telegram", "")
