"""The FAQ of a group, written by its hosts and by nobody else."""

import pytest

from bot.chat.reply import Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from core.lessons.books import ChatEntry
from tests.commands.shown import button
from tests.walk.house import Home, shown

ADD = "/hostfaq add What is OUR rule? | We post no signals."
LABEL = "by this group's admins"


def host(home: Home, line: str, role: Role = Role.HOST, **more: object) -> Reply:
    home.clock.advance(60)
    return home.say(line, "9", group=True, role=role, **more)


def entries(home: Home) -> tuple[ChatEntry, ...]:
    return home.services.chat_book.entries("telegram", "-5")


def test_without_entries_it_says_so_and_how_to_write_one(home: Home) -> None:
    text = shown(host(home, "/hostfaq"))
    assert LABEL in text
    assert "Nothing yet" in text
    assert "/hostfaq add" in text


@pytest.mark.parametrize("role", [Role.HOST, Role.OWNER])
def test_an_entry_is_kept_as_it_was_typed(home: Home, role: Role) -> None:
    reply = host(home, ADD, role)
    (entry,) = entries(home)
    assert (entry.key, entry.by) == ("own-1", "9")
    assert (entry.question, entry.answer) == ("What is OUR rule?", "We post no signals.")
    text = shown(reply)
    assert all(part in text for part in ("own-1", entry.question, entry.answer, LABEL))


def test_every_script_keeps_its_marks(home: Home) -> None:
    host(home, "/hostfaq@MarginBot add मार्जिन क्या है？ ｜ É, \N{SLIGHTLY SMILING FACE}")
    (entry,) = entries(home)
    assert entry.question == "मार्जिन क्या है？"
    assert entry.answer == "É, \N{SLIGHTLY SMILING FACE}"


def test_discord_fills_in_a_field(home: Home) -> None:
    request = Request(
        id="d1",
        who=Who("telegram", "9"),
        chat=Chat("-5", Place.GROUP),
        command="hostfaq",
        options={"text": "add Who? | We."},
        role=Role.HOST,
        slash=True,
    )
    answer = home.ask(request)
    assert isinstance(answer, Reply)
    assert answer.outcome == "ok"
    assert [entry.answer for entry in entries(home)] == ["We."]


def test_the_list_shows_entries_and_what_was_made_of_topics(home: Home) -> None:
    host(home, ADD)
    host(home, "/hostfaq hide own-1")
    host(home, "/hostfaq edit switch-margin-mode | Ask an admin first.")
    text = shown(host(home, "/hostfaq"))
    assert "own-1 · What is OUR rule? (hidden)" in text
    question = home.services.learning.entry("switch-margin-mode").question
    assert f"switch-margin-mode · {question} (another answer)" in text
    assert LABEL in text


def test_a_long_list_has_pages(home: Home) -> None:
    for n in range(1, 13):
        host(home, f"/hostfaq add {'Long ' * 30}{n}? | Yes.")
    first = host(home, "/hostfaq")
    assert "own-10" in shown(first)
    assert "own-11" not in shown(first)
    assert "…" in shown(first)
    second = host(home, button(first, "More").say, button=True, kept=True)
    assert "own-12" in shown(second)
    assert "own-1 ·" not in shown(second)
    assert "own-12" in shown(host(home, "/hostfaq 999999"))
    assert "own-10" in shown(host(home, "/hostfaq 0"))


def test_an_entry_can_be_edited_hidden_shown_and_dropped(home: Home) -> None:
    host(home, ADD)
    assert "Signals on Fridays." in shown(host(home, "/hostfaq edit OWN-1 | Signals on Fridays."))
    hidden = host(home, "/hostfaq hide own-1")
    assert entries(home)[0].hidden
    assert "Signals" not in shown(hidden)
    again = host(home, button(hidden, "Show again").say, button=True, kept=True)
    assert not entries(home)[0].hidden
    assert "Signals on Fridays." in shown(again)
    host(home, button(again, "Hide").say, button=True, kept=True)
    assert "own-1" in shown(host(home, "/hostfaq drop own-1"))
    assert entries(home) == ()


def test_a_topic_can_be_hidden_and_shown(home: Home) -> None:
    assert host(home, "/hostfaq hide Switch-Margin-Mode").outcome == "ok"
    assert [(e.key, e.hidden) for e in entries(home)] == [("switch-margin-mode", True)]
    assert host(home, "/hostfaq show switch-margin-mode").outcome == "ok"
    assert entries(home) == ()


def test_a_topic_with_another_answer_is_dropped_to_its_own(home: Home) -> None:
    host(home, "/hostfaq edit switch-margin-mode | Ask an admin first.")
    text = shown(host(home, "/hostfaq drop switch-margin-mode"))
    assert "as it is everywhere" in text
    assert entries(home) == ()


def test_the_log_tells_who_did_what(home: Home) -> None:
    assert "Nothing has been changed yet." in shown(host(home, "/hostfaq log"))
    host(home, ADD)
    host(home, "/hostfaq hide own-1")
    host(home, "/hostfaq drop own-1")
    text = shown(host(home, "/hostfaq log"))
    told = [text.index(f"own-1 {did} by 9") for did in ("dropped", "hidden", "added")]
    assert told == sorted(told)
    home.say("/forget yes", "9")
    assert "own-1 added by somebody who was forgotten" in shown(host(home, "/hostfaq log"))


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("/hostfaq add What is our rule?", "bad_hostfaq_line"),
        ("/hostfaq edit own-1", "bad_hostfaq_line"),
        ("/hostfaq frobnicate", "bad_hostfaq_line"),
        ("/hostfaq add | We post no signals.", "entry_empty"),
        ("/hostfaq add What? |", "entry_empty"),
        (f"/hostfaq add {'q' * 201} | a", "entry_too_long"),
        (f"/hostfaq add q | {'a' * 901}", "entry_too_long"),
        ("/hostfaq add What? | See t.me/signals", "entry_has_link"),
        ("/hostfaq drop own-7", "unknown_entry"),
        ("/hostfaq edit own-7 | x", "unknown_entry"),
        ("/hostfaq drop switch-margin-mode", "unknown_entry"),
        ("/hostfaq hide no-such-topic", "unknown_topic"),
        ("/hostfaq show", "unknown_topic"),
    ],
)
def test_what_cannot_be_done_is_refused(home: Home, line: str, outcome: str) -> None:
    reply = host(home, line)
    assert reply.outcome == outcome
    assert entries(home) == ()
    assert home.services.chat_book.log("telegram", "-5") == ()


def test_links_are_for_hosts_to_allow(home: Home) -> None:
    line = "/hostfaq add Where? | See https://example.com/rules"
    assert host(home, line).outcome == "entry_has_link"
    host(home, "/host links on")
    assert "https://example.com/rules" in shown(host(home, line))
    host(home, "/host links off")
    assert "(hidden)" in shown(host(home, "/hostfaq"))
