"""What is kept, and that its deletion is real."""

from core.people import Preferences
from tests.commands.shown import button
from tests.commands.trades import opened
from tests.walk.house import Home, shown


def test_it_names_the_lines_that_copy_and_delete(home: Home) -> None:
    text = shown(home.say("/privacy"))
    assert "/export gives you a copy of all of it, /forget deletes all of it" in text
    assert "/set default only your settings" in text


def test_the_line_for_settings_deletes_the_settings(home: Home) -> None:
    home.say("/set wallet 777")
    assert home.services.people.preferences("telegram", "1") != Preferences()
    home.say("/set default")
    assert home.services.people.preferences("telegram", "1") == Preferences()


def test_accounts_and_the_names_of_a_joining_are_told(home: Home) -> None:
    text = shown(home.say("/privacy"))
    assert "Your paper accounts: every trade, order and booking" in text
    assert "for ten minutes: both names" in text


def test_lessons_entries_of_groups_and_missed_words_are_told(home: Home) -> None:
    text = " ".join(shown(home.say("/privacy")).split())
    assert "which lessons you passed" in text
    assert "what its admins wrote for its FAQ, with the id of who did" in text
    assert "How often a word stood in questions without an answer, without a name." in text


def test_challenges_are_told_with_what_stays_of_them(home: Home) -> None:
    text = " ".join(shown(home.say("/privacy")).split())
    assert "Challenges you joined: under which name and which role of your server" in text
    assert "since when you are gone from their chat if you are" in text
    assert "the game stays, with a number for a name" in text


def test_its_buttons_lead_to_what_it_names(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/privacy")
    assert "Everything kept about you." in shown(home.say(button(reply, "Export").say, button=True))
    forget = button(reply, "Forget me")
    assert forget.kept
    assert "Delete everything" in shown(home.say(forget.say, button=True, kept=True))


def test_asking_leaves_nothing_behind(home: Home) -> None:
    home.say("/compare 10x long btc mine")
    home.say("what is cross margin?")
    assert home.services.people.preferences("telegram", "1") == Preferences()
