"""Beginning again is asked first, done once, and counted."""

from tests.commands.shown import button, line_of
from tests.commands.trades import opened
from tests.walk.house import Home, shown


def test_it_is_shown_before_it_is_done(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/reset")
    assert "Give everything up and begin again?" in shown(reply)
    assert "#1 LONG" in shown(home.say("/pf"))
    home.say(button(reply, "Confirm").say, button=True)
    text = shown(home.say("/pf"))
    assert "No open position." in text
    assert "resets: 1." in text


def test_it_asks_even_those_who_want_no_questions(home: Home) -> None:
    home.say("/set confirm off")
    opened(home, "BTC", "0.1")
    home.say("/reset")
    assert "#1 LONG" in shown(home.say("/pf"))


def test_pressing_twice_counts_once(home: Home) -> None:
    line = button(home.say("/reset"), "Confirm").say
    for _ in range(2):
        home.say(line, button=True)
    assert "resets: 1." in shown(home.say("/pf"))


def test_the_next_time_it_says_how_often_and_when_last(home: Home) -> None:
    first = home.say("/reset")
    assert "Resets so far" not in shown(first)
    home.say(button(first, "Confirm").say, button=True)
    reply = home.say("/reset")
    assert "Resets so far: 1, last 2026-12-01." in shown(reply)
    assert line_of(reply, "resets then").strip() == "2"
    home.clock.advance(90)
    late = home.say(button(reply, "Confirm").say, button=True)
    assert "older than a minute" in shown(late)
    assert "Resets so far: 1, last 2026-12-01." in shown(late)
