"""The knowledge base behind one command."""

from dataclasses import replace

import pytest

from bot.app import commands, grammar
from bot.chat.dispatch import Dispatcher, House
from bot.chat.reply import Tone
from core.services.learning import Learning
from tests.commands.shown import button
from tests.fakes.faq import FakeFaq, faq_entry
from tests.walk.house import LISTINGS, Home, shown


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


def test_what_is_not_known_is_answered_with_the_closest_questions(home: Home) -> None:
    reply = home.say("/faq wallets safe mode balance")
    assert (reply.outcome, reply.tone) == ("unknown_topic", Tone.TROUBLE)
    ((closest,),) = reply.choices
    assert closest.label == "Which margin mode is safer for beginners?"
    assert home.say(closest.say, button=True).outcome == "ok"


def test_what_nobody_knows_leads_to_all_topics(home: Home) -> None:
    reply = home.say("/faq qwerty banana")
    assert shown(home.say(button(reply, "All topics").say)) == shown(home.say("/faq"))


@pytest.mark.parametrize(("venue", "name"), [("okx", "OKX"), ("hyperliquid", "Hyperliquid")])
def test_an_answer_for_one_venue_names_it_as_it_is_written(
    home: Home, venue: str, name: str
) -> None:
    entry = replace(faq_entry("fees", "What is a fee?"), venue=venue)
    services = replace(home.services, learning=Learning(FakeFaq(en=[entry])))
    language = grammar(LISTINGS)[0]
    home.dispatcher = Dispatcher(commands(), language, services, home.clock, House())
    assert f"{name}, as of 2026-11-25." in shown(home.say("/faq fees"))
