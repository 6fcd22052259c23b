"""What can be typed, read off the commands themselves."""

import pytest

from bot.app import commands
from tests.commands.shown import button
from tests.walk.house import Home, shown

NAMES = [c.name for c in commands() if not c.hidden]


def test_every_command_has_a_line(home: Home) -> None:
    text = shown(home.say("/help"))
    assert all(f"- /{name} " in text for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_command_explains_itself_with_examples(home: Home, name: str) -> None:
    (command,) = [c for c in commands() if c.name == name]
    lines = shown(home.say(f"/help {name}")).splitlines()
    assert lines[0] == f"/{name}"
    assert command.help in lines
    assert set(command.examples) <= set(lines)


def test_an_alias_is_the_command(home: Home) -> None:
    assert shown(home.say("/help cmp")) == shown(home.say("/help compare"))


def test_the_list_is_long_and_goes_to_the_asker_alone(home: Home) -> None:
    assert home.say("/help", group=True).private
    assert not home.say("/help compare", group=True).private


def test_a_command_that_is_none_is_answered_with_the_nearest(home: Home) -> None:
    reply = home.say("/help compre")
    assert reply.outcome == "unknown_command"
    assert button(reply, "/compare").say == "/help compare"
    assert home.say(button(reply, "Help").say, button=True).outcome == "ok"
