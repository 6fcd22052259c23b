"""The knowledge base behind one command."""

import pytest

from tests.commands.shown import button
from tests.walk.house import Home, shown


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("can i switch to cross with an open position", "switch"),
        ("which mode is safer", "safer"),
        ("isolated-vs-cross-difference", "difference"),
        ("when-use-cross", "cross"),
    ],
)
def test_a_question_finds_its_entry(home: Home, question: str, title: str) -> None:
    first = shown(home.say(f"/faq {question}")).splitlines()[0]
    assert title in first.lower()


def test_an_answer_names_its_source_and_date(home: Home) -> None:
    assert "As of 20" in shown(home.say("/faq which mode is safer"))
    assert "Source: " in shown(home.say("/faq which mode is safer"))


def test_an_answer_can_be_shown_with_numbers(home: Home) -> None:
    live = button(home.say("/faq which mode is safer"), "Show me with numbers")
    assert "Liq. price" in shown(home.say(live.say, button=True))


def test_without_a_question_every_topic_is_a_button(home: Home) -> None:
    reply = home.say("/faq")
    assert len(reply.choices) >= 4
    for (topic,) in reply.choices:
        assert shown(home.say(topic.say, button=True)).startswith(topic.label)


def test_a_plain_question_in_private_is_looked_up(home: Home) -> None:
    asked = shown(home.say("which mode is safer?"))
    assert asked == shown(home.say("/faq which mode is safer?"))
