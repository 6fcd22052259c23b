"""A command is read off one function."""

import pytest

import bot.commands
import tests.walk
from bot.chat.command import Command, command, discover
from bot.chat.i18n import english
from bot.chat.reply import Reply
from bot.chat.words import FIELDS
from tests.walk.house import Home

FOUND = discover(bot.commands)


def test_names_and_defaults_become_fields() -> None:
    @command(examples=["/weigh long btc"], aliases=["w"])
    def weigh(ask: object, side: str, symbol: str, leverage: object = None) -> Reply:
        """Weigh a trade.

        The rest is for readers of the code.
        """
        raise AssertionError(ask, side, symbol, leverage)

    assert isinstance(weigh, Command)
    assert (weigh.name, weigh.help) == ("weigh", "Weigh a trade.")
    assert (weigh.required, weigh.optional) == (("side", "symbol"), ("leverage",))
    assert weigh.verb.required == ("side", "symbol")
    entry = weigh.entry(english)
    assert [(p.name, p.required) for p in entry.parameters] == [
        ("side", True),
        ("symbol", True),
        ("leverage", False),
    ]


def test_a_function_must_take_the_question_first_and_say_what_it_does() -> None:
    def first(side: object, ask: object) -> Reply:
        """Have the words in the wrong order."""
        raise AssertionError(side, ask)

    def silent(ask: object) -> Reply:
        raise AssertionError(ask)

    for function in (first, silent):
        with pytest.raises(TypeError, match="no docstring"):
            command(examples=())(function)


def test_who_is_masked_is_refused_what_would_be_done_in_a_persons_name() -> None:
    refused = {one.name for one in FOUND if one.unmasked}
    assert {"open", "pf", "set", "trade"} <= refused
    assert refused.isdisjoint({"price", "compare", "challenge", "league"})


def test_no_name_is_taken_twice() -> None:
    names = [name for one in FOUND for name in (one.name, *one.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("one", FOUND, ids=lambda c: c.name)
def test_each_command_fits_a_menu_and_shows_how(one: Command) -> None:
    assert one.examples
    assert one.examples[0].split()[0] == f"/{one.name}"
    names = {f"/{name}" for name in (one.name, *one.aliases)}
    assert {example.split()[0] for example in one.examples} <= names
    assert 3 <= len(one.help) <= 100
    assert one.help.endswith(".")
    assert {*one.required, *one.optional} <= set(FIELDS)


@pytest.mark.parametrize("one", FOUND, ids=lambda c: c.name)
def test_an_alias_is_the_command_itself(one: Command) -> None:
    rest = one.examples[0].partition(" ")[2]
    for alias in set(one.aliases) - set(one.implied):  # "/long" has said more than "/open"
        assert Home().say(f"/{alias} {rest}") == Home().say(one.examples[0])


def test_a_command_has_known_fields_only() -> None:
    def colourful(ask: object, colour: str) -> Reply:
        """Paint."""
        raise AssertionError(ask, colour)

    with pytest.raises(TypeError, match="colour"):
        command(examples=())(colourful)


def test_a_folder_of_commands_holds_nothing_else() -> None:
    with pytest.raises(TypeError, match="holds no command"):
        discover(tests.walk)
