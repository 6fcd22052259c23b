"""The registry of fields: what may stand in a command, each with a line of help."""

from dataclasses import FrozenInstanceError

import pytest

from bot.chat.lexicon import SLOTS
from bot.chat.ports import Parameter
from bot.chat.words import FIELDS, N_, SETTING_KEYS, VENUE_NAMES
from core.venue import VENUES
from tests.chat.lines import GRAMMAR


def test_every_field_of_every_verb_is_registered() -> None:
    assert {name for verb in GRAMMAR.verbs for name in verb.fields} <= set(FIELDS)


def test_every_slot_word_fills_a_registered_field() -> None:
    made_into = {"margin": "size", "notional": "size", "quantity": "size", "remove": "add"}
    assert {made_into.get(slot, slot) for slot in SLOTS.values()} <= set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_help_is_one_short_line_without_a_stop(name: str) -> None:
    field = FIELDS[name]
    assert field.name == name
    assert 0 < len(field.help) <= 100
    assert not field.help.endswith(".")
    assert "\n" not in field.help


def test_the_venues_are_those_of_the_core() -> None:
    assert set(VENUE_NAMES) == set(VENUES)
    assert FIELDS["venue"].choices == VENUE_NAMES


def test_every_setting_has_a_field_or_is_its_own() -> None:
    assert set(SETTING_KEYS) - set(FIELDS) == {
        *("margin", "fee", "zone", "confirm", "mistakes", "default")
    }


def test_a_field_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        FIELDS["side"].help = "other"  # type: ignore[misc] # what is tried here


def test_a_sentence_is_marked_and_stays_itself() -> None:
    assert N_("long or short") == "long or short"
    assert Parameter("side", N_("long or short")).help == "long or short"
