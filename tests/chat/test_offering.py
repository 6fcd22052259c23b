"""What may be posted into any chat: general answers, worked lines, and nobody's own figures."""

import pytest

from bot.chat.ports import Offers
from bot.chat.request import Chat, Place, Request, Who
from tests.commands.trades import opened
from tests.walk.house import Home, shown


@pytest.fixture
def home() -> Home:
    return Home()


def offered(home: Home, text: str, who: str = "1") -> Offers:
    chat = Chat("inline", Place.GROUP)
    return home.dispatcher.offers(Request(id="q", who=Who("telegram", who), chat=chat, text=text))


def test_who_types_nothing_is_offered_lines_and_first_topics(home: Home) -> None:
    offers = offered(home, "")
    assert len(offers.items) == 6
    assert shown(offers.items[0].reply).startswith("LONG")
    assert not offers.personal


def test_a_question_is_offered_its_answer(home: Home) -> None:
    first, *_ = offered(home, "can i change mode with an open trade").items
    assert first.key == "faq:switch-margin-mode"
    assert "close first" in shown(first.reply)


def test_a_line_is_worked_out_with_or_without_its_slash(home: Home) -> None:
    for text in ("10x long btc", "/compare 10x long btc"):
        first, *_ = offered(home, text).items
        assert "Isolated" in shown(first.reply)


def test_an_unclear_text_is_offered_the_nearest_topics(home: Home) -> None:
    assert 1 <= len(offered(home, "margin something").items) <= 5


@pytest.mark.parametrize(
    "text", ["/pf", "pf", "/open long btc 10x 100 isolated", "/host off", "/set leverage 5"]
)
def test_what_is_somebodys_own_is_answered_in_private_only(home: Home, text: str) -> None:
    assert offered(home, text) == Offers((), personal=True)


@pytest.mark.parametrize("text", ["", "10x long btc", "avoid liquidation", "max btc 20x"])
def test_everybody_is_offered_the_same(home: Home, text: str) -> None:
    opened(home, "BTC", "0.1")
    home.say("/set wallet 7777")
    mine, others = offered(home, text, "1"), offered(home, text, "2")
    assert mine == others
    assert "7,777" not in str([shown(each.reply) for each in mine.items])


def test_nothing_posted_has_a_button_that_nobody_could_press(home: Home) -> None:
    for text in ("", "10x long btc", "what is adl"):
        assert all(each.reply.choices == () for each in offered(home, text).items)


def test_keys_differ_and_fit_into_a_link(home: Home) -> None:
    keys = [each.key for each in offered(home, "").items]
    assert len(set(keys)) == len(keys)
    assert all(len(key) <= 64 for key in keys)
