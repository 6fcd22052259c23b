"""Who hears an answer: silence where hosts want it, more words where one reads alone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import commands
from bot.chat.audience import (
    ORACLES,
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
from bot.chat.request import Chat, Place, Quoted, Request, Role, Who
from core.errors import NotAllowed
from core.people import ChatRules, Preferences
from core.services.people import Known
from tests.chat.games.rounds import began, right, shut, told
from tests.walk.group import Group, gathered, shown

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


# --- no oracle ------------------------------------------------------------------------------------

REFUSED = "You have an open question, so that is answered after "

TELLING = (
    "/liq 10x long btc",
    "/compare 10x long btc",
    "/target 10x long btc roe 50%",
    "/ladder long btc",
    "/pnl 10x long btc entry 60000 exit 61000 size 0.1btc",
    "/open 10x long btc 500",
    "/faq adl",
    "/faq",
    "/learn",
)


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    async with gathered(tmp_path) as group:
        yield group


def test_what_would_tell_the_answer_are_commands_that_there_are() -> None:
    assert {command.name for command in commands()} >= ORACLES


@pytest.mark.parametrize("kind", ["guess 5", "quiz 5 faq"])
async def test_who_has_an_open_question_gets_no_help_before_its_deadline(
    group: Group, kind: str
) -> None:
    await began(group, f"/challenge {kind}")
    for line in (*TELLING, "what is adl?", "10x long btc", "/start faq-adl"):
        assert (await told(group, "Mira", line)).startswith(REFUSED), line
    assert not (await told(group, "Otto", "/liq 10x long btc")).startswith(REFUSED)
    assert shown(await group.answer("Mira", "/compare 10x long btc")).startswith(REFUSED)
    await shut(group)
    assert not (await told(group, "Mira", "/liq 10x long btc")).startswith(REFUSED)


async def test_help_stays_shut_after_ones_own_answer_as_others_still_think(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await group.press("Mira", right(group))
    assert (await told(group, "Mira", "/faq adl")).startswith(REFUSED)


@pytest.mark.parametrize("kind", ["guess 5", "quiz 5 faq"])
async def test_nothing_is_offered_into_other_chats_meanwhile(group: Group, kind: str) -> None:
    await began(group, f"/challenge {kind}")
    for text in ("", "what is adl", "liq 10x long btc"):
        for who, offered in (("Mira", False), ("Otto", True)):
            found = await group.app.desk.offers(replace(group.request(who, text), addressed=True))
            assert bool(found.items) is offered
            assert found.personal is not offered


async def test_a_message_of_somebody_else_is_not_explained_meanwhile(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    asks = replace(group.request("Mira", "/faq"), quoted=Quoted("7", "what is adl?"))
    answer = await group.ask(asks)
    assert isinstance(answer, Reply)
    assert shown(answer).startswith(REFUSED)
