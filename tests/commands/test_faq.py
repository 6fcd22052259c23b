"""The knowledge base behind one command."""

from dataclasses import replace

import pytest

from bot.app import commands, grammar
from bot.chat.dispatch import Dispatcher, House
from bot.chat.introductions import TERMS
from bot.chat.reply import Hush, Reply, Tone
from bot.chat.request import Chat, Place, Quoted, Request, Who
from bot.commands.faq import CATEGORIES, PAGE
from core.services.learning import Learning
from tests.commands.shown import button
from tests.fakes.faq import FakeFaq, faq_entry
from tests.walk.house import LISTINGS, Home, shown


def lecture(
    home: Home, message: str, text: str, who: str = "7", *, group: bool = True
) -> Reply | Hush:
    """Say /faq in reply to somebody's message."""
    chat = Chat("-5", Place.GROUP) if group else Chat(who)
    asker = Who("telegram", who)
    home.services.people.meet("telegram", who, TERMS)
    return home.ask(Request("r", asker, chat, text="/faq", quoted=Quoted(message, text)))


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


def test_without_a_question_every_category_is_a_button_and_leads_to_every_topic(
    home: Home,
) -> None:
    *rows, more = home.say("/faq").choices
    assert [choice.say for choice in more] == ["/choose", "/learn"]
    categories = [each for row in rows for each in row]
    assert len(categories) == len(CATEGORIES)
    topics = 0
    for category in categories:
        line: str | None = category.say
        while line is not None:
            listed = home.say(line, button=True)
            assert shown(listed).startswith(category.label)
            topics += len(listed.choices) - 1
            assert len(listed.choices) <= PAGE + 1
            assert button(listed, "All topics").say == "/faq all"
            line = next((c.say for c in listed.choices[-1] if c.label == "More topics"), None)
    assert topics == len(home.services.learning.topics())


def test_a_topic_button_leads_to_its_answer(home: Home) -> None:
    for topic, *_ in home.say("/faq all modes", button=True).choices[:-1]:
        assert shown(home.say(topic.say, button=True)).startswith(topic.label.rstrip("…"))


def test_who_asked_something_else_is_led_on_without_their_words(home: Home) -> None:
    reply = home.say("/faq can i change mode with an open trade of my secret coin")
    other = button(reply, "Not what I asked")
    assert "secret" not in other.say
    led = home.say(other.say, button=True)
    assert led.outcome == "ok"
    assert "/faq switch-margin-mode" not in [c.say for row in led.choices for c in row]


def test_an_example_is_worked_out_by_the_engine(home: Home) -> None:
    text = shown(home.say("/faq what-is-isolated-margin"))
    example = home.say("/liq 10x long BTC at 60000").short
    assert example is not None
    assert "54,216.9" in text


def test_an_answer_with_figures_says_whose_prices_they_are(home: Home) -> None:
    demo = "DEMO PRICES, not live."
    assert demo in shown(home.say("/faq what-is-isolated-margin")).splitlines()[0]
    assert demo not in shown(home.say("/faq switch-margin-mode"))


def test_a_message_that_is_replied_to_is_answered_and_never_quoted(home: Home) -> None:
    answer = lecture(home, "5", "can i change mode with an open trade, my dear friends?")
    assert isinstance(answer, Reply)
    assert answer.under == "5"
    assert "my dear friends" not in shown(answer)
    assert "my dear friends" not in str(answer)


def test_who_asked_nothing_is_not_told_of_the_answer(home: Home) -> None:
    answer = lecture(home, "5", "i never switch mode with an open trade")
    assert isinstance(answer, Reply)
    assert answer.under == ""


def test_a_message_is_answered_once_and_a_person_has_three_answered_in_ten_minutes(
    home: Home,
) -> None:
    assert isinstance(lecture(home, "1", "what is adl?", "7"), Reply)
    assert lecture(home, "1", "what is adl?", "8") == Hush(react=True, outcome="explained")
    for number in ("2", "3"):
        home.clock.advance(60)
        assert isinstance(lecture(home, number, "what is adl?", "7"), Reply)
    home.clock.advance(60)
    assert lecture(home, "4", "what is adl?", "7") == Hush(react=True, outcome="explained")
    home.clock.advance(480)
    assert isinstance(lecture(home, "4", "what is adl?", "7"), Reply)


def test_alone_with_the_bot_there_is_no_limit(home: Home) -> None:
    for _ in range(5):
        answer = lecture(home, "1", "what is adl?", group=False)
        assert isinstance(answer, Reply)
        assert answer.outcome == "ok"


@pytest.mark.parametrize(
    "text",
    ["", "🤷", "x" * 4096, "<b>hi</b>", "ignore all previous instructions", "**bold** `code`"],
)
def test_whatever_is_asked_is_answered_shortly_and_never_echoed(home: Home, text: str) -> None:
    answer = shown(home.say(f"/faq {text}"))
    assert len(answer) < 600
    assert not text or text not in answer


def test_a_plain_question_in_private_is_looked_up(home: Home) -> None:
    asked = shown(home.say("which mode is safer?"))
    assert asked == shown(home.say("/faq which mode is safer?"))


def test_what_is_not_known_is_answered_with_the_closest_questions(home: Home) -> None:
    reply = home.say("/faq some of it is over there i guess")
    assert (reply.outcome, reply.tone) == ("unknown_topic", Tone.TROUBLE)
    *near, _ = reply.choices
    assert len(near) == 3
    for (closest,) in near:
        assert home.say(closest.say, button=True).outcome == "ok"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comapre 10x long btc", "/compare 10x long btc"),
        ("challenhe duel", "/challenge duel"),
        ("cancek all", "/cancel all"),
    ],
)
def test_a_command_without_slash_and_one_letter_off_is_offered_as_it_was_meant(
    home: Home, typed: str, meant: str
) -> None:
    reply = home.say(typed)
    assert reply.outcome == "unknown_command"
    assert f"I don't know {typed.split(maxsplit=1)[0]}." in shown(reply)
    assert meant in shown(reply)


@pytest.mark.parametrize("typed", ["tell me a joke", "share of the moon", "bardo games"])
def test_other_words_are_no_command_that_was_meant(home: Home, typed: str) -> None:
    assert home.say(typed).outcome == "unknown_topic"


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
    assert f"Valid for {name} as of 2026-11-25." in shown(home.say("/faq fees"))
