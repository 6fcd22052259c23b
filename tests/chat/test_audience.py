"""Who hears an answer: silence where hosts want it, more words where one reads alone."""

from dataclasses import replace

import pytest

from bot.chat.audience import (
    asks_for_own,
    for_reader,
    in_own_zone,
    nobody,
    require_host,
    why_shut,
)
from bot.chat.i18n import english
from bot.chat.introductions import TERMS
from bot.chat.reply import Hush, Reply, Text, Words
from bot.chat.request import Chat, Place, Request, Role, Who
from core.errors import NotAllowed
from core.people import ChatRules, Preferences
from core.services.people import Known

OPEN = ChatRules()


def asked(text: str = "/price", topic: str = "", **more: object) -> Request:
    """A request in a group."""
    chat = Chat("-5", Place.GROUP, topic)
    return Request(id="1", who=Who("telegram", "7"), chat=chat, text=text, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("rules", "request_", "reason"),
    [
        (OPEN, asked(), ""),
        (ChatRules(enabled=False), asked(), "switched_off"),
        (ChatRules(topics=frozenset({"9"})), asked(topic="9"), ""),
        (ChatRules(topics=frozenset({"9"})), asked(topic="8"), "switched_off"),
        (ChatRules(topics=frozenset({"main"})), asked(), ""),
        (ChatRules(quiet=True), asked("/price"), ""),
        (ChatRules(quiet=True), asked("what is adl"), "quiet"),
        (ChatRules(quiet=True), asked("price", button=True), ""),
        (ChatRules(quiet=True), asked("price", slash=True), ""),
    ],
)
def test_hosts_decide_where_the_bot_speaks(
    rules: ChatRules, request_: Request, reason: str
) -> None:
    assert why_shut(request_, rules) == reason


def test_times_are_those_of_who_reads_alone() -> None:
    known = Known(Preferences(zone="Asia/Tokyo"), OPEN, TERMS)
    reply = Reply((Text(Words("hello")),))
    private = Reply(reply.blocks, private=True)
    assert in_own_zone(reply, asked(), known) == reply
    assert in_own_zone(private, asked(), known) == replace(private, zone="Asia/Tokyo")
    assert in_own_zone(private, asked(), Known(Preferences(), OPEN, TERMS)) == private
    assert in_own_zone(Hush(), asked(), known) == Hush()
    assert in_own_zone(reply, asked(aside=True), known) == replace(reply, zone="Asia/Tokyo")


def test_a_masked_writer_is_introduced_to_nothing() -> None:
    known = Known(Preferences(), OPEN, frozenset())
    reply = Reply((Text(Words("Margin and leverage.")),))
    assert for_reader(reply, asked(role=Role.MASKED), known, english) == reply


@pytest.mark.parametrize(
    ("request_", "own"),
    [
        (asked("/compare 10x long btc mine"), True),
        (asked("/compare 10x long btc"), False),
        (asked("", command="compare", options={"mine": "yes"}), True),
        (asked("", command="compare", options={"mine": "no"}), False),
        (asked("", command="replay", options={"text": "ftx mine"}), True),
    ],
)
def test_who_says_mine_asks_for_their_own(request_: Request, own: bool) -> None:
    assert asks_for_own(request_) is own


@pytest.mark.parametrize(("role", "needs"), [(Role.MEMBER, "host"), (Role.MASKED, "person")])
def test_whoever_is_no_host_is_told_what_is_missing(role: Role, needs: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        require_host(asked(role=role))
    assert refused.value.needs == needs


def test_nobody_in_particular_has_no_id_and_no_chat_of_their_own() -> None:
    general = nobody("/price", asked("/pf", role=Role.HOST))
    assert (general.text, general.who.id, general.chat.id) == ("/price", "", "")
    assert general.role is Role.MEMBER
