"""What a group's hosts made of the knowledge base is heard in their group, and called theirs."""

import pytest

from bot.chat.chat_answers import shared
from bot.chat.request import Role
from tests.walk.house import Home, shown


@pytest.fixture
def home() -> Home:
    return Home()


def host(home: Home, line: str) -> None:
    assert home.say(line, "host", group=True, role=Role.HOST).outcome == "ok"


def test_an_entry_of_their_own_answers_there_and_nowhere_else(home: Home) -> None:
    host(home, "/hostfaq add What are the rules for signals? | Nobody posts signals here.")
    text = shown(home.say("/faq what are the signals rules", group=True))
    assert "Nobody posts signals here." in text
    assert "by this group's admins" in text
    assert "Nobody posts" not in shown(home.say("/faq what are the signals rules"))


def test_their_word_on_a_topic_goes_before_ours(home: Home) -> None:
    host(home, "/hostfaq edit switch-margin-mode | Ask an admin first.")
    text = shown(home.say("/faq can i change mode with an open trade", group=True))
    assert text.startswith("Can I switch between isolated and cross margin?")
    assert "Ask an admin first." in text


def test_a_hidden_topic_is_neither_answered_nor_offered(home: Home) -> None:
    host(home, "/hostfaq hide switch-margin-mode")
    reply = home.say("/faq can i change mode with an open trade", group=True)
    assert reply.outcome == "unknown_topic"
    assert "/faq switch-margin-mode" not in [c.say for row in reply.choices for c in row]
    listed = home.say("/faq all switching", "2", group=True)
    assert "/faq switch-margin-mode" not in [c.say for row in listed.choices for c in row]


@pytest.mark.parametrize(
    ("one", "other", "enough"),
    [
        ("what are the rules", "rules", True),
        ("where can i post signals", "may i post signals", True),
        ("what is funding", "what are the rules", False),
        ("is it", "what is it", False),
        ("", "rules", False),
    ],
)
def test_texts_share_their_telling_words(one: str, other: str, enough: bool) -> None:
    assert (shared(one, other) >= 600) is enough
