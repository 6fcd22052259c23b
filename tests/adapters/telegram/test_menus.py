"""The command menus: names that Telegram takes, and host commands for hosts alone."""

import pytest
from telegram import BotCommandScopeAllChatAdministrators, BotCommandScopeDefault

from bot.adapters.telegram.limits import HELP, MENU
from bot.adapters.telegram.menus import commands, menus
from bot.chat.ports import Entry

ENTRIES = (Entry("compare", "Side by side"), Entry("host", "What I may do here", host=True))


def test_commands_of_hosts_are_shown_to_hosts() -> None:
    assert [c.command for c in commands(ENTRIES, host=False)] == ["compare"]
    assert [c.command for c in commands(ENTRIES, host=True)] == ["compare", "host"]


def test_only_the_menu_of_administrators_has_them() -> None:
    by_scope = {type(scope): [c.command for c in menu] for scope, menu in menus(ENTRIES)}
    assert by_scope.pop(BotCommandScopeAllChatAdministrators) == ["compare", "host"]
    assert BotCommandScopeDefault in by_scope
    assert all(names == ["compare"] for names in by_scope.values())


@pytest.mark.parametrize("name", ["Compare", "com-pare", "a" * 33, "", "größe"])
def test_a_name_that_telegram_would_refuse_is_left_out(name: str) -> None:
    assert commands([Entry(name, "Help")], host=True) == []


def test_help_is_one_short_line_and_never_empty() -> None:
    long, none, broken = commands(
        [Entry("a", "x" * 999), Entry("b", ""), Entry("c", "two\nlines")], host=True
    )
    assert len(long.description) <= HELP
    assert none.description == "b"
    assert broken.description == "two lines"


def test_a_menu_has_an_end() -> None:
    assert len(commands([Entry(f"c{i}", "Help") for i in range(200)], host=True)) == MENU
