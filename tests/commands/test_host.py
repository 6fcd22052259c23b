"""The rules of a group, set by its hosts and by nobody else."""

import pytest

from bot.chat.reply import Hush
from bot.chat.request import Role
from tests.commands.shown import button, line_of
from tests.walk.house import Home


def host(home: Home, line: str, role: Role = Role.HOST, **more: object) -> str:
    home.clock.advance(60)
    return home.answer(line, "9", group=True, role=role, **more).outcome


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MASKED])
@pytest.mark.parametrize("line", ["/host", "/host off", "/host quiet on", "/host limit 1"])
def test_others_change_nothing(home: Home, role: Role, line: str) -> None:
    before = home.services.chats.rules("telegram", "-5")
    assert host(home, line, role) == "not_allowed"
    assert home.services.chats.rules("telegram", "-5") == before


@pytest.mark.parametrize("role", [Role.HOST, Role.OWNER])
def test_hosts_and_owners_do(home: Home, role: Role) -> None:
    assert host(home, "/host off", role) == "ok"
    assert not home.services.chats.rules("telegram", "-5").enabled


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("/host cooldown 0", "cooldown", 0),
        ("/host cooldown 3600", "cooldown", 3600),
        ("/host limit 60", "per_minute", 60),
        ("/host delete off", "delete_after", 0),
        ("/host delete 172800", "delete_after", 172800),
        ("/host topic here", "topics", frozenset({"main"})),
        ("/host links on", "links", True),
        ("/host links off", "links", False),
        ("/host challenges on", "challenges", True),
        ("/host challenges off", "challenges", False),
    ],
)
def test_a_rule_is_kept(home: Home, line: str, field: str, value: object) -> None:
    assert host(home, line) == "ok"
    assert getattr(home.services.chats.rules("telegram", "-5"), field) == value


@pytest.mark.parametrize(
    "line",
    [
        "/host cooldown 3601",
        "/host limit 0",
        "/host limit 61",
        "/host delete 172801",
        "/host cooldown -1",
        "/host cooldown ٣",
        "/host quiet maybe",
        "/host links",
        "/host links some",
        "/host challenges",
        "/host topic there",
        "/host cooldown",
    ],
)
def test_what_is_out_of_bounds_is_refused(home: Home, line: str) -> None:
    before = home.services.chats.rules("telegram", "-5")
    assert host(home, line) == "bad_host_line"
    assert home.services.chats.rules("telegram", "-5") == before


def test_a_quiet_group_hears_no_scolding(home: Home) -> None:
    host(home, "/host quiet on")
    home.clock.advance(60)
    answer = home.answer("/compare long", group=True)
    assert isinstance(answer, Hush)
    assert answer.react


def test_rules_of_one_group_are_not_anothers(home: Home) -> None:
    host(home, "/host off")
    assert home.services.chats.rules("telegram", "-6").enabled


def test_its_button_switches_off_and_on_again(home: Home) -> None:
    home.clock.advance(60)
    reply = home.say("/host", "9", group=True, role=Role.HOST)
    assert host(home, button(reply, "Switch off").say, button=True, kept=True) == "ok"
    home.clock.advance(60)
    off = home.say("/host", "9", group=True, role=Role.HOST)
    assert line_of(off, "answers").strip() == "off"
    assert host(home, button(off, "Switch on").say, button=True, kept=True) == "ok"


def test_alone_with_the_bot_there_is_nothing_to_host(home: Home) -> None:
    assert home.say("/host off", role=Role.HOST).outcome == "not_allowed"
