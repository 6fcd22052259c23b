"""What `Books` keep of people and chats, wherever things are kept."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.people import ChatRules, Preferences
from core.ports import Units
from tests.contracts.conftest import Doors
from tests.contracts.samples import OWN, STRICT

Text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


def settled(places: int) -> st.SearchStrategy[Decimal | None]:
    """Amounts that a ledger of `places` can hold."""
    wholes = st.integers(-(10**18), 10**18)
    return st.none() | wholes.map(lambda whole: Decimal(whole).scaleb(-places))


def test_a_stranger_has_the_defaults(units: Units) -> None:
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()
        assert books.chat_rules("telegram", "1") == ChatRules()


def test_what_a_person_set_is_there_for_everybody_who_asks_later(doors: Doors) -> None:
    with doors().writing() as books:
        books.set_preferences("telegram", "1", OWN)
        assert books.preferences("telegram", "1") == OWN
    with doors().reading() as books:
        assert books.preferences("telegram", "1") == OWN
        assert str(books.preferences("telegram", "1").wallet) == "10000"


def test_a_later_setting_takes_the_place_of_the_first(units: Units) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "1", OWN)
    with units.writing() as books:
        books.set_preferences("telegram", "1", replace(OWN, leverage=None, venue="bybit"))
    with units.reading() as books:
        assert books.preferences("telegram", "1") == replace(OWN, leverage=None, venue="bybit")


def test_the_same_id_on_another_platform_is_another_person(units: Units) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "1", OWN)
        books.set_chat_rules("telegram", "1", STRICT)
    with units.reading() as books:
        assert books.preferences("discord", "1") == Preferences()
        assert books.chat_rules("discord", "1") == ChatRules()
        assert books.chat_rules("telegram", "1") == STRICT


def test_who_is_forgotten_is_a_stranger_and_nobody_else_is(units: Units) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "1", OWN)
        books.set_preferences("telegram", "2", OWN)
        books.forget("telegram", "1")
        books.forget("telegram", "1")
        books.forget("telegram", "never seen")
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()
        assert books.preferences("telegram", "2") == OWN


def test_words_a_person_has_met_are_kept_until_the_person_is_forgotten(units: Units) -> None:
    words = frozenset({"margin", "liquidated"})
    with units.reading() as books:
        assert books.met("telegram", "1") == frozenset()
    with units.writing() as books:
        books.set_met("telegram", "1", frozenset({"margin"}))
        books.set_met("telegram", "1", words)
    with units.reading() as books:
        assert books.met("telegram", "1") == words
        assert books.met("discord", "1") == frozenset()
    with units.writing() as books:
        books.forget("telegram", "1")
        assert books.met("telegram", "1") == frozenset()


@pytest.mark.parametrize(
    "value",
    [
        Preferences(leverage=Decimal("1e-9")),
        Preferences(wallet=Decimal("1e11")),
        Preferences(wallet=Decimal("1e999999")),
        Preferences(margin=Decimal("NaN")),
        Preferences(margin=Decimal("Infinity")),
        Preferences(fee=Decimal("1e-13")),
    ],
    ids=["nine places", "beyond 64 bits", "absurd", "no number", "no end", "thirteen places"],
)
def test_a_number_that_cannot_be_kept_whole_is_refused(units: Units, value: Preferences) -> None:
    with pytest.raises(ValueError, match=r"."), units.writing() as books:  # noqa: PT012 - one unit
        books.set_preferences("telegram", "1", OWN)
        books.set_preferences("telegram", "1", value)
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()


# The place is emptied by overwriting: each example replaces the row of the one before.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    preferences=st.builds(
        Preferences,
        leverage=settled(8),
        margin=settled(8),
        wallet=settled(8),
        fee=settled(12),
        venue=st.none() | Text,
        zone=st.none() | Text,
        confirm=st.booleans(),
    ),
    rules=st.builds(
        ChatRules,
        topics=st.frozensets(Text, max_size=4),
        cooldown=st.integers(0, 86400),
        quiet=st.booleans(),
    ),
    name=Text,
)
@example(preferences=OWN, rules=STRICT, name="'; DROP TABLE person; --")
def test_whatever_fits_comes_back_as_it_was(
    units: Units, preferences: Preferences, rules: ChatRules, name: str
) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", name, preferences)
        books.set_chat_rules("telegram", name, rules)
    with units.reading() as books:
        assert books.preferences("telegram", name) == preferences
        assert books.chat_rules("telegram", name) == rules


def test_a_chat_takes_its_rules_along_however_often_it_is_told(units: Units) -> None:
    with units.writing() as books:
        books.set_chat_rules("telegram", "-1", STRICT)
    for _ in range(2):
        with units.writing() as books:
            books.move_chat("telegram", "-1", "-100")
    with units.reading() as books:
        assert books.chat_rules("telegram", "-100") == STRICT
        assert books.chat_rules("telegram", "-1") == ChatRules()


def test_rules_that_a_host_set_in_the_new_chat_already_stay(units: Units) -> None:
    with units.writing() as books:
        books.set_chat_rules("telegram", "-1", STRICT)
        books.set_chat_rules("telegram", "-100", ChatRules(cooldown=5))
        books.move_chat("telegram", "-1", "-100")
        assert books.chat_rules("telegram", "-100") == ChatRules(cooldown=5)
        assert books.chat_rules("telegram", "-1") == ChatRules()


def test_a_chat_that_moves_to_where_it_is_keeps_its_rules(units: Units) -> None:
    with units.writing() as books:
        books.set_chat_rules("telegram", "-1", STRICT)
        books.move_chat("telegram", "-1", "-1")
        assert books.chat_rules("telegram", "-1") == STRICT
