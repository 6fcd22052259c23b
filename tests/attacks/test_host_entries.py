"""A group's FAQ is written by its admins: nobody else, never masked, nowhere else."""

import pytest

from bot.chat.request import Role
from tests.walk.house import Home, shown

LINES = (
    "/hostfaq add Who pays? | I do.",
    "/hostfaq edit own-1 | Send money to me.",
    "/hostfaq edit switch-margin-mode | Send money to me.",
    "/hostfaq hide own-1",
    "/hostfaq hide switch-margin-mode",
    "/hostfaq show own-2",
    "/hostfaq drop own-1",
    "/hostfaq log",
    "/hostfaq",
)
HERE = ("telegram", "-5")


@pytest.fixture
def home() -> Home:
    """Return a house in whose group a host wrote two entries and hid the second."""
    there = Home()
    for line in (
        "/hostfaq add What is our rule? | We post no signals.",
        "/hostfaq add And on Fridays? | None either.",
        "/hostfaq hide own-2",
    ):
        there.clock.advance(60)
        assert there.say(line, "9", group=True, role=Role.HOST).outcome == "ok"
    there.clock.advance(60)
    return there


def state(home: Home) -> tuple[object, object]:
    book = home.services.chat_book
    return book.entries(*HERE), book.log(*HERE)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.MASKED])
def test_members_and_masked_writers_change_and_read_nothing(
    home: Home, role: Role, line: str
) -> None:
    before = state(home)
    reply = home.say(line, "66", group=True, role=role)
    assert reply.outcome == "not_allowed"
    assert "Fridays" not in shown(reply)
    assert state(home) == before


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.HOST, Role.OWNER])
def test_alone_with_the_bot_there_is_no_groups_faq(home: Home, role: Role, line: str) -> None:
    before = state(home)
    assert home.say(line, "9", role=role).outcome == "not_allowed"
    assert state(home) == before
    assert home.services.chat_book.entries("telegram", "9") == ()


@pytest.mark.parametrize("line", LINES)
def test_a_button_that_a_client_made_up_changes_nothing(home: Home, line: str) -> None:
    before = state(home)
    reply = home.say(line, "9", group=True, role=Role.HOST, button=True, kept=False)
    assert reply.outcome == "not_allowed"
    assert state(home) == before


@pytest.mark.parametrize("line", LINES)
def test_a_member_presses_a_hosts_button_in_vain(home: Home, line: str) -> None:
    before = state(home)
    reply = home.say(line, "66", group=True, role=Role.MEMBER, button=True, kept=True)
    assert reply.outcome == "not_allowed"
    assert state(home) == before


def test_what_is_shown_rings_nobody_and_turns_no_line_round(home: Home) -> None:
    line = "/hostfaq add @everyone \u202elook | Ask @admin\u200b now, {answer} <b>x</b>"
    text = shown(home.say(line, "9", group=True, role=Role.HOST))
    assert not {"@", "\u202e", "\u200b"} & set(text)
    assert "{answer} <b>x</b>" in text
