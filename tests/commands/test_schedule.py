"""What is posted into a group by itself: set, shown and ended by its hosts alone."""

import pytest

from bot.chat.reply import Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from core.alerts.books import Bulletin, Schedule
from core.lessons.game.books import Won
from core.lessons.game.game import Room
from tests.commands.shown import button, line_of
from tests.walk.house import Home, shown


def host(home: Home, line: str, role: Role = Role.HOST, topic: str = "") -> Reply:
    home.clock.advance(60)
    chat = Chat("-5", Place.GROUP, topic)
    answer = home.ask(Request(line, Who("telegram", "9"), chat, text=line, role=role))
    assert isinstance(answer, Reply)
    return answer


def all_kept(home: Home, topic: str = "") -> tuple[Schedule, ...]:
    return home.services.schedules.at("telegram", "-5", topic)


def kept(home: Home, topic: str = "") -> Schedule | None:
    """The only one, or None."""
    found = all_kept(home, topic)
    assert len(found) < 2
    return found[0] if found else None


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
    assert "Nothing is posted" in shown(host(home, button(there, "Prices off").say))
    assert kept(home) is None


@pytest.mark.parametrize("line", ["/schedule board 25", "/schedule noon", "/schedule board 8:61"])
def test_what_is_no_hour_is_refused(home: Home, line: str) -> None:
    assert host(home, line).outcome == "bad_hour"
    assert kept(home) is None


# --- the leaderboard


@pytest.mark.parametrize(
    ("line", "weekday", "minute", "whole"),
    [
        ("/schedule leaderboard mon 08:00", 0, 480, False),
        ("/schedule leaderboard", 0, 480, False),
        ("/schedule leaderbord friday 18", 4, 1080, False),
        ("/schedule weekly league", 0, 480, True),
    ],
)
def test_the_leaderboard_is_scheduled_for_a_weekday(
    home: Home, line: str, weekday: int, minute: int, whole: bool
) -> None:
    assert host(home, line).outcome == "ok"
    found = kept(home)
    assert found is not None
    assert (found.board, found.weekday, found.minute) == (Bulletin.SEASON, weekday, minute)
    assert found.whole is whole


def test_both_boards_are_shown_side_by_side_each_with_a_button_that_ends_it(home: Home) -> None:
    host(home, "/schedule board 07:00")
    both = host(home, "/schedule leaderboard mon 08:00")
    text = shown(both)
    assert text.startswith("Posted here by itself:\nPrice board, every day\n")
    assert "Leaderboard, every Monday" in text
    assert line_of(both, "season of").strip() == "this chat"
    assert [c.label for row in both.choices for c in row] == ["Prices off", "Leaderboard off"]
    left = host(home, button(both, "Leaderboard off").say)
    assert [each.board for each in all_kept(home)] == [Bulletin.PRICES]
    assert button(left, "/schedule leaderboard mon 08:00").kept
    host(home, "/schedule leaderboard")
    host(home, "/schedule off")
    assert all_kept(home) == ()


def test_it_says_that_an_empty_season_is_not_posted(home: Home) -> None:
    quiet = "No rated game has ended this month: an empty season is not posted."
    assert quiet in shown(host(home, "/schedule leaderboard"))
    won = Won("2026-12", Room("telegram", "-5"), 1, 1, "Mira", 1, "20.0", home.clock.now())
    with home.units.writing() as books:
        books.games.win(won)
    assert quiet not in shown(host(home, "/schedule"))


def test_a_league_is_named_or_said_not_to_be_there(home: Home) -> None:
    none = host(home, "/schedule league")
    assert "This chat is in no league, so its own season is posted." in shown(none)
    host(home, "/league new Winter cup")
    there = host(home, "/schedule league")
    assert line_of(there, "season of").strip() == "Winter cup"
    assert "no league" not in shown(there)


def test_words_that_name_no_board_change_nothing_and_show_what_there_is(home: Home) -> None:
    assert shown(host(home, "/schedule every")).startswith("Nothing is posted here by itself.")
    assert kept(home) is None


def test_an_unreadable_day_is_refused_with_the_form_that_helps(home: Home) -> None:
    reply = host(home, "/schedule leaderboard someday 8")
    assert reply.outcome == "bad_hour"
    assert button(reply, "/schedule leaderboard mon 08:00").kept
    assert kept(home) is None
