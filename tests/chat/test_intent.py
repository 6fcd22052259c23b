"""What is a command, what is a question, and what is not for us at all."""

from dataclasses import replace

import pytest

from tests.chat.lines import CONTEXT as ALONE
from tests.chat.lines import GRAMMAR, misread
from tests.chat.lines import read as reading

GROUP = replace(ALONE, private=False, addressed=False)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("close btc 50%", "close"),
        ("close #3", "close"),
        ("mode cross", "mode"),
        ("cross eth", "mode"),
        ("set leverage 20", "set"),
        ("long btc 10x 500", "open"),
        ("buy eth", "compare"),
        ("10x long btc", "compare"),
        ("what if i long btc 10x 500", "compare"),
        ("liq long btc 10x", "liq"),
        ("what's my liq on a long btc 10x", "liq"),
        ("hedge long btc short eth 10x", "hedge"),
        ("help", "help"),
        ("Help me!", "help"),
        ("please, help", "help"),
        ("hi", "start"),
        ("Hello", "start"),
        ("hey there!", "start"),
        ("price", "price"),
        ("yes", "yes"),
    ],
)
def test_a_text_without_a_slash_may_be_a_command(text: str, command: str) -> None:
    assert reading(text).command == command


@pytest.mark.parametrize(
    "text",
    [
        "cross margin",
        "isolated margin",
        "isolated",
        "cross",
        "cross default setting?",
        "close my position",
        "close my postion before switching?",
        "funding",
        "leverage",
        "can i long btc and short eth on cross",
        "liq long btc vs short btc difference",
        "how do i long eth with 10x leverage",
        "long btc 10x on cross margin, is it safe?",
        "compare isolated and cross",
        "hi, what is cross?",
        "help me understand isolated",
        "price btc",
    ],
)
def test_everything_else_is_a_question(text: str) -> None:
    found = reading(text)
    assert (found.command, found.values["text"]) == ("faq", text)


@pytest.mark.parametrize(
    "text",
    [
        "should i long btc now?",
        "is btc a good buy",
        "long or short btc?",
        "/faq should i short eth",
    ],
)
def test_advice_is_recognised_and_answered_with_tools(text: str) -> None:
    found = misread(text)
    assert found.kind == "advice_request"
    assert found.suggestion.startswith("/compare 10x long ")


@pytest.mark.parametrize(
    "text",
    [
        "long btc 10x",
        "/weather",
        "/c long btc 10x",
        "/x all",
        "@alice long btc 10x",
        "/compare@otherbot long btc",
        "",
        "good morning",
    ],
)
def test_a_group_hears_nothing_where_nobody_asked_us(text: str) -> None:
    assert GRAMMAR.read(text, GROUP) is None


@pytest.mark.parametrize(
    "text",
    [
        "/compare long btc 10x",
        "/c@marginbot long btc 10x",
        "@MarginBot, long btc 10x",
        "@marginbot /c long btc 10x",
    ],
)
def test_a_group_is_answered_when_it_asks_us(text: str) -> None:
    assert reading(text, GROUP).command == "compare"


def test_a_price_at_the_front_is_no_mention() -> None:
    assert reading("@65000 long btc 10x").values["entry"] == 65000


def test_a_mistyped_command_keeps_its_words() -> None:
    found = misread("/comapre long btc 10x")
    assert (found.kind, found.suggestion) == ("unknown_command", "/compare long btc 10x")


def test_a_short_unknown_command_is_not_taken_for_another() -> None:
    assert misread("/foo bar", ALONE).suggestion == "/help"


@pytest.mark.parametrize("text", ["long btc 500x", "buy btc 0.5x please", "short eth 130x 100"])
def test_a_leverage_that_nobody_gives_is_answered_by_a_look(text: str) -> None:
    found = misread(text)
    assert found.kind == "leverage_out_of_range"
    assert reading(found.suggestion).command == "compare"


def test_a_leverage_in_a_question_is_no_slip() -> None:
    assert reading("long btc 500x sounds crazy to everybody").command == "faq"


@pytest.mark.parametrize(
    "text", ["cross btc 20x $500 short", "isolated long btc", "🚀 btc 10x", "🔴 0.1btc"]
)
def test_a_trade_is_a_trade_whatever_comes_first(text: str) -> None:
    assert reading(text).command == "compare"
