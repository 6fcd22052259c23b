"""From Telegram's updates to requests: who, where, and whether it was meant for us."""

from typing import Any

import pytest
from telegram import InlineQuery, Message, Update, User

from bot.adapters.telegram.updates import Spot, inline_request, message_request, spot_of
from bot.chat.request import Place, Quoted, Request, Role
from tests.fakes.botapi.world import ANONYMOUS, BOT, GROUP, now

ME = User.de_json(BOT, None)
NAME = BOT["username"]
MIRA = {"id": 7, "is_bot": False, "first_name": "Mira", "last_name": "K", "language_code": "de"}
ALONE = {"id": 7, "type": "private", "first_name": "Mira"}
TRADERS = {"id": GROUP, "type": "supergroup", "title": "Traders"}
MENTION = [{"type": "mention", "offset": 0, "length": len(NAME) + 1}]


def message(text: str, chat: dict[str, Any] = ALONE, **more: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": now(), "chat": chat, "from": MIRA, "text": text, **more}


def request(written: dict[str, Any], kind: str = "message") -> Request | None:
    update = Update.de_json({"update_id": 11, kind: written}, None)
    return message_request(update, ME)


def read(written: dict[str, Any], kind: str = "message") -> Request:
    found = request(written, kind)
    assert found is not None
    return found


def test_a_private_line_is_meant_for_us() -> None:
    found = read(message("10x long btc"))
    assert (found.text, found.addressed, found.locale) == ("10x long btc", True, "de")
    assert (found.who.platform, found.who.id, found.who.name) == ("telegram", "7", "Mira K")
    assert (found.chat.place, found.role, found.id) == (Place.PRIVATE, Role.MEMBER, "telegram:11")


def test_an_edited_line_is_read_like_a_written_one() -> None:
    assert read(message("/price"), "edited_message").text == "/price"


@pytest.mark.parametrize(
    ("text", "more", "heard"),
    [
        ("good morning", {}, False),
        ("/price", {}, True),
        (f"/price@{NAME}", {}, True),
        (f"/price@{NAME.upper()}", {}, True),
        ("/price@other_bot", {}, False),
        (f"@{NAME} price", {"entities": MENTION}, True),
        (f"@{NAME} price", {}, False),
    ],
    ids=["talk", "command", "ours", "OURS", "another's", "mention", "no mention"],
)
def test_in_a_group_we_hear_only_what_is_for_us(
    text: str, more: dict[str, Any], heard: bool
) -> None:
    assert (request(message(text, TRADERS, **more)) is not None) is heard


def test_our_name_is_taken_out_and_others_stay() -> None:
    found = read(message(f"@{NAME} ask @mira", TRADERS, entities=MENTION))
    assert (found.text, found.addressed) == ("ask @mira", True)


def test_an_answer_to_us_is_for_us_but_the_start_of_our_topic_is_none() -> None:
    ours = {**message("A card", TRADERS), "from": BOT}
    assert read(message("and 20x", TRADERS, reply_to_message=ours)).addressed
    topic = {**ours, "forum_topic_created": {"name": "Talk", "icon_color": 1}}
    assert request(message("hello", TRADERS, reply_to_message=topic)) is None


@pytest.mark.parametrize(
    "more",
    [{"from": {**MIRA, "is_bot": True}}, {"text": ""}, {"is_automatic_forward": True}],
    ids=["bot", "no text", "forward"],
)
def test_nobody_and_nothing_is_not_answered(more: dict[str, Any]) -> None:
    assert request({**message("/price"), **more}) is None


def test_an_anonymous_admin_is_masked() -> None:
    written = message("/price", TRADERS, sender_chat=TRADERS) | {"from": ANONYMOUS}
    found = read(written)
    assert (found.role, found.who.id) == (Role.MASKED, str(GROUP))


def test_a_topic_is_one_only_in_a_forum() -> None:
    assert read(message("/price", TRADERS, message_thread_id=9)).chat.topic == ""
    in_topic = message("/price", TRADERS, message_thread_id=9, is_topic_message=True)
    assert read(in_topic).chat.topic == "9"


def test_an_answer_replies_in_a_group_and_not_in_private() -> None:
    alone, group = (Message.de_json(message("x", chat), None) for chat in (ALONE, TRADERS))
    assert spot_of(alone) == Spot(7, None, None)
    assert spot_of(group) == Spot(GROUP, None, 5)
    assert (spot_of(group).in_group, spot_of(alone).in_group) == (True, False)


TOBIS = {**message("is cross safer?", TRADERS), "message_id": 4, "from": {**MIRA, "id": 8}}
CAPTIONED = {**{k: v for k, v in TOBIS.items() if k != "text"}, "caption": " why was I closed? "}
PICTURE = {k: v for k, v in CAPTIONED.items() if k != "caption"}


@pytest.mark.parametrize(
    ("replied", "quoted"),
    [
        (TOBIS, Quoted("4", "is cross safer?")),
        (CAPTIONED, Quoted("4", "why was I closed?")),
        ({**TOBIS, "from": {**MIRA, "is_bot": True}}, Quoted("4", "is cross safer?")),
        ({**TOBIS, "text": f"@{NAME} and why?", "entities": MENTION}, Quoted("4", "and why?")),
        (PICTURE, None),
        ({**TOBIS, "from": BOT}, None),
        ({**TOBIS, "via_bot": BOT}, None),
        ({**TOBIS, "forum_topic_created": {"name": "Talk", "icon_color": 1}}, None),
    ],
    ids=["text", "caption", "a bot", "our name", "picture", "ours", "posted by us", "topic"],
)
def test_a_command_may_be_about_somebodys_message(
    replied: dict[str, Any], quoted: Quoted | None
) -> None:
    assert read(message("/faq", TRADERS, reply_to_message=replied)).quoted == quoted


@pytest.mark.parametrize(
    ("text", "replied", "asked"),
    [
        (f"@{NAME}", TOBIS, "/faq"),
        (f"@{NAME} and cross?", TOBIS, "and cross?"),
        (f"@{NAME}", {**TOBIS, "from": BOT}, ""),
        (f"@{NAME}", None, ""),
    ],
    ids=["alone", "with a question", "under our message", "under nothing"],
)
def test_our_name_alone_under_a_message_asks_about_it(
    text: str, replied: dict[str, Any] | None, asked: str
) -> None:
    more = {"reply_to_message": replied} if replied else {}
    assert read(message(text, TRADERS, entities=MENTION, **more)).text == asked


def test_talk_under_somebodys_message_stays_talk() -> None:
    assert request(message("no, isolated", TRADERS, reply_to_message=TOBIS)) is None


@pytest.mark.parametrize("chat", [ALONE, TRADERS], ids=["alone", "group"])
def test_an_answer_of_ours_that_somebody_posted_is_no_question(chat: dict[str, Any]) -> None:
    assert request(message("/price", chat, via_bot=BOT)) is None
    other = {"id": 5, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    assert request(message("/price", chat, via_bot=other)) is not None


def test_an_inline_query_is_asked_in_the_language_that_all_share() -> None:
    query = InlineQuery("77", User.de_json(MIRA, None), " safer? ", "")
    asked = inline_request(query)
    assert (asked.id, asked.text, asked.locale) == ("telegram:inline:77", "safer?", "en")
    assert (asked.who.id, asked.chat.id, asked.chat.place) == ("7", "inline", Place.GROUP)
