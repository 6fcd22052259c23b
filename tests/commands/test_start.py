"""The first thing anybody sees."""

from tests.commands.shown import button
from tests.walk.house import Home, shown


def test_it_tells_the_difference_in_two_sentences_and_asks_for_nothing(home: Home) -> None:
    lines = shown(home.say("/start")).splitlines()
    assert lines[1].startswith("Isolated margin ")
    assert lines[2].startswith("Cross margin ")
    assert lines[3] == "This is a simulation; it never asks for keys."


def test_its_first_button_is_the_first_comparison(home: Home) -> None:
    first = button(home.say("/start"), "Show me (10x long BTC)")
    assert shown(home.say(first.say, button=True)) == shown(home.say("/compare 10x long BTC"))


def test_a_link_under_a_posted_answer_opens_its_topic(home: Home) -> None:
    text = shown(home.say("/start faq-switch-margin-mode"))
    assert text.startswith("Can I switch between isolated and cross margin?")
    assert home.say("/start faq-nothing-such").outcome == "unknown_topic"
