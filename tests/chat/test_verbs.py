"""What commands look like to the grammar: names that are nobody else's, and fields that exist."""

from itertools import chain

import pytest

from bot.chat.verbs import Verb
from bot.chat.words import FIELDS
from core.margin.pool import Side
from core.money import D
from tests.chat.lines import GRAMMAR, read


def test_all_fields_are_joined_once() -> None:
    verb = Verb("weigh", required=("side",), optional=("symbol", "side"))
    assert verb.fields == {"side", "symbol"}


def test_no_two_commands_share_a_name() -> None:
    names = list(chain.from_iterable((verb.name, *verb.aliases) for verb in GRAMMAR.verbs))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("verb", GRAMMAR.verbs, ids=lambda verb: verb.name)
def test_every_command_has_known_fields_and_words(verb: Verb) -> None:
    assert verb.fields <= set(FIELDS)
    assert set(verb.implied) <= set(verb.aliases)
    assert not set(verb.required) & set(verb.optional)


@pytest.mark.parametrize(
    ("line", "command", "field", "value"),
    [
        ("/long btc 100", "open", "side", Side.LONG),
        ("/sell btc 100", "open", "side", Side.SHORT),
        ("/remove eth 50", "margin", "add", D(-50)),
        ("/iso btc", "mode", "mode", "isolated"),
    ],
)
def test_an_alias_may_say_a_word_already(
    line: str, command: str, field: str, value: object
) -> None:
    reading = read(line)
    assert (reading.command, reading.values[field]) == (command, value)
