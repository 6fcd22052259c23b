"""What is posted into a group every day: set, shown and ended by its hosts alone."""

import pytest

from bot.chat.reply import Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from core.alerts.books import Schedule
from tests.commands.shown import button, line_of
from tests.walk.house import Home, shown


def host(home: Home, line: str, role: Role = Role.HOST, topic: str = "") -> Reply:
    home.clock.advance(60)
    chat = Chat("-5", Place.GROUP, topic)
    answer = home.ask(Request(line, Who("telegram", "9"), chat, text=line, role=role))
    assert isinstance(answer, Reply)
    return answer


def kept(home: Home, topic: str = "") -> Schedule | None:
    return home.services.schedules.at("telegram", "-5", topic)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MASKED])
@pytest.mark.parametrize("line", ["/schedule", "/schedule board 08:00", "/schedule off"])
def test_others_change_nothing(home: Home, role: Role, line: str) -> None:
    assert host(home, line, role).outcome == "not_allowed"
    assert kept(home) is None


def test_alone_with_the_bot_there_is_nothing_to_schedule(home: Home) -> None:
    assert home.say("/schedule board 08:00").outcome == "not_allowed"


@pytest.mark.parametrize(
    ("line", "minute"),
    [
        ("/schedule board 08:00", 480),
        ("/schedule board", 480),
        ("/schedule 7:30", 450),
        ("/schedule board 8 pm", 1200),
    ],
)
def test_the_board_is_scheduled_for_an_hour(home: Home, line: str, minute: int) -> None:
    assert host(home, line).outcome == "ok"
    found = kept(home)
    assert found is not None
    assert (found.minute, found.zone) == (minute, "")


def test_the_hour_is_one_of_the_hosts_own_zone(home: Home) -> None:
    home.say("/set zone Asia/Tokyo", "9")
    reply = host(home, "/schedule board 08:00")
    assert line_of(reply, "at").strip() == "08:00 Asia/Tokyo"
    found = kept(home)
    assert found is not None
    assert found.due.isoformat() == "2026-12-01T23:00:00+00:00"


def test_each_topic_has_its_own(home: Home) -> None:
    host(home, "/schedule board 08:00", topic="7")
    host(home, "/schedule board 09:00", topic="8")
    host(home, "/schedule off", topic="7")
    assert (kept(home, "7"), kept(home)) == (None, None)
    assert kept(home, "8") is not None


def test_it_is_shown_and_switched_off_with_a_press(home: Home) -> None:
    nothing = host(home, "/schedule")
    assert shown(nothing).startswith("Nothing is posted here by itself.")
    assert button(nothing, "/schedule board 08:00").kept
    host(home, "/schedule board 08:00")
    there = host(home, "/schedule")
    assert "every day" in shown(there)
    assert line_of(there, "next one")
    assert "Nothing is posted" in shown(host(home, button(there, "Switch off").say))
    assert kept(home) is None


@pytest.mark.parametrize("line", ["/schedule board 25", "/schedule noon", "/schedule board 8:61"])
def test_what_is_no_hour_is_refused(home: Home, line: str) -> None:
    assert host(home, line).outcome == "bad_hour"
    assert kept(home) is None


@pytest.mark.parametrize("line", ["/schedule leaderboard", "/schedule weekly league"])
def test_a_leaderboard_is_not_posted_by_itself(home: Home, line: str) -> None:
    reply = host(home, line)
    assert reply.outcome == "no_schedule"
    assert "/challenge season shows it." in shown(reply)
    assert [row[0].say for row in reply.choices] == ["/challenge season", "/schedule board 08:00"]
    assert kept(home) is None
