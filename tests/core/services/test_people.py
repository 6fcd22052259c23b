"""Settings of people and rules of chats: kept, changed one by one, forgotten."""

from core.money import D
from core.people import ChatRules, Preferences
from core.services.people import Chats, Known, People
from tests.fakes.ports import MemoryUnits


def test_a_stranger_has_the_defaults() -> None:
    assert People(MemoryUnits()).preferences("telegram", "1") == Preferences()


def test_one_change_leaves_the_other_settings_alone() -> None:
    people = People(MemoryUnits())
    people.change("telegram", "1", leverage=D(20))
    assert people.change("telegram", "1", venue="okx") == Preferences(leverage=D(20), venue="okx")
    assert people.preferences("telegram", "1").leverage == D(20)


def test_one_person_on_two_platforms_is_two_people() -> None:
    people = People(MemoryUnits())
    people.change("telegram", "1", leverage=D(20))
    assert people.preferences("discord", "1") == Preferences()


def test_forgetting_leaves_nothing() -> None:
    people = People(MemoryUnits())
    people.change("telegram", "1", wallet=D(5))
    people.forget("telegram", "1")
    assert people.preferences("telegram", "1") == Preferences()


def test_a_chats_rules_change_one_by_one() -> None:
    chats = Chats(MemoryUnits())
    chats.change("telegram", "-5", quiet=True)
    assert chats.change("telegram", "-5", cooldown=5) == ChatRules(quiet=True, cooldown=5)


def test_rules_follow_a_chat_to_its_new_id() -> None:
    chats = Chats(MemoryUnits())
    chats.change("telegram", "-5", enabled=False)
    chats.moved("telegram", "-5", "-1005")
    assert not chats.rules("telegram", "-1005").enabled


def test_a_request_knows_its_person_and_its_chat_in_one_look() -> None:
    units = MemoryUnits()
    people, chats = People(units), Chats(units)
    people.change("telegram", "1", leverage=D(20))
    people.meet("telegram", "1", frozenset({"margin"}))
    people.meet("telegram", "1", frozenset({"leverage"}))
    chats.change("telegram", "-5", quiet=True)
    assert people.known("telegram", "1", "-5") == Known(
        Preferences(leverage=D(20)), ChatRules(quiet=True), frozenset({"margin", "leverage"})
    )
    assert people.known("discord", "1", "-5") == Known(Preferences(), ChatRules(), frozenset())


def test_a_chat_that_moved_is_known_by_its_earlier_id() -> None:
    chats = Chats(MemoryUnits())
    assert chats.earlier("telegram", "-1001") is None
    chats.moved("telegram", "-5", "-1001")
    assert chats.earlier("telegram", "-1001") == "-5"
    assert chats.earlier("discord", "-1001") is None
