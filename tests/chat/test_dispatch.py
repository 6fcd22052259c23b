"""From a request to its answer: who is served, what others see, and what the log keeps."""

import pytest
from structlog.testing import capture_logs

from bot.chat.dispatch import House
from bot.chat.reply import Hush, Reply, Tone
from bot.chat.request import Chat, Place, Request, Role, Who
from tests.walk.house import Home, shown


def typed(person: str = "1", **options: str) -> Request:
    """Return a slash command with typed options, said in a group."""
    chat = Chat("-5", Place.GROUP)
    return Request("1", Who("discord", person), chat, command="compare", options=options)


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.mark.parametrize(
    ("value", "alone"), [("yes", True), ("True", True), ("mine", True), ("no", False), ("", False)]
)
def test_a_typed_option_asks_for_ones_own_or_does_not(home: Home, value: str, alone: bool) -> None:
    wallet = Request("0", Who("discord", "1"), Chat("1"), text="/set wallet 7777")
    assert isinstance(home.ask(wallet), Reply)
    answer = home.ask(typed(side="long", symbol="BTC", mine=value))
    assert isinstance(answer, Reply)
    assert answer.private is alone
    assert ("7,777" in shown(answer)) is alone


def test_a_refusal_that_knows_ones_wallet_is_for_oneself(home: Home) -> None:
    home.say("/set wallet 777")
    refused = home.say("/compare 10x long btc 5000 mine", group=True)
    assert refused.outcome == "exceeds_wallet"
    assert refused.private
    assert "777" in shown(refused)


def test_a_private_answer_takes_nobodys_turn(home: Home) -> None:
    assert home.say("/liq 10x long btc mine", group=True).private
    assert home.say("/price", group=True).outcome == "ok"


def test_every_request_leaves_one_line_without_what_was_said(home: Home) -> None:
    with capture_logs() as lines:
        home.say("/compare 10x long btc 4321", who="5550123")
        home.answer("hello there", group=True)
    assert [(line["command"], line["outcome"]) for line in lines] == [
        ("compare", "ok"),
        ("", "silent"),
    ]
    assert "4321" not in str(lines)
    assert "5550123" not in str(lines)


def test_a_command_of_a_later_release_says_so_and_offers_what_works(home: Home) -> None:
    reply = home.say("/open long btc 10x 100")
    assert (reply.outcome, reply.tone) == ("upcoming", Tone.TROUBLE)
    assert home.say(reply.choices[0][0].say, button=True).outcome == "ok"


def test_a_topic_that_was_not_chosen_is_left_alone(home: Home) -> None:
    def said(topic: str, line: str, role: Role = Role.MEMBER) -> Reply | Hush:
        home.clock.advance(60)
        chat = Chat("-5", Place.GROUP, topic)
        return home.ask(Request("1", Who("telegram", "1"), chat, text=line, role=role))

    assert said("7", "/host topic here", Role.HOST).outcome == "ok"
    assert said("7", "/price").outcome == "ok"
    assert said("8", "/price").outcome == "switched_off"
    assert said("", "/price").outcome == "switched_off"
    assert said("8", "/host topic all", Role.HOST).outcome == "ok"
    assert said("8", "/price").outcome == "ok"


def test_an_allowed_person_is_served_in_any_chat() -> None:
    home = Home(House(allowed_chats=frozenset({"telegram:1"})))
    assert home.answer("/price", "1", group=True).outcome == "ok"
    assert home.answer("/price", "2", group=True).outcome == "not_served"


def test_a_masked_admin_changes_nothing_of_a_person(home: Home) -> None:
    masked = home.say("/set leverage 20", group=True, role=Role.MASKED)
    assert masked.outcome == "not_allowed"


def test_the_menu_shows_what_can_be_typed(home: Home) -> None:
    menu = home.dispatcher.menu("en")
    assert {"compare", "hedge", "host"} <= {entry.name for entry in menu}
    assert home.dispatcher.menu("en-GB") is menu
