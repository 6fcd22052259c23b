"""The stand-in for Telegram is strict: what the real server refuses is refused here as well."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    NetworkError,
    RetryAfter,
)

from tests.fakes.botapi import TOKEN, BotApi, Fault, Refused
from tests.fakes.botapi.checks import scope
from tests.fakes.botapi.parser import automatic, parse
from tests.fakes.botapi.world import GROUP, Json

MIRA = 111


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        server.world.say(server.world.person(MIRA), "/start")
        server.world.group(topics=(7,))
        yield server


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{api.url}/bot") as made:
        yield made


def button(text: str = "x", data: str | None = "x", **more: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data, **more)]])


@pytest.mark.parametrize(
    ("text", "mode", "complaint"),
    [
        ("", None, "message text is empty"),
        ("<b> \u200b</b>", "HTML", "message text is empty"),
        ("a" * 4097, None, "message is too long"),
        ("😀" * 2049, None, "message is too long"),
        ("1 < 2", "HTML", "can't parse entities: Unsupported start tag"),
        ("<b>x", "HTML", "can't parse entities: Can't find end tag"),
        ("1.5x", "MarkdownV2", "Character '.' is reserved"),
        ("x", "Pug", "unsupported parse_mode"),
    ],
)
async def test_texts(bot: Bot, text: str, mode: str | None, complaint: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){re.escape(complaint)}"):
        await bot.send_message(MIRA, text, parse_mode=mode)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (button(data="x" * 65), "data"),
        (button(data="Ж" * 33), "data"),
        (button(text=" "), "non-empty"),
        (button(text="x" * 65), "TEXT_INVALID"),
        (button(data=None, url="nonsense"), "URL_INVALID"),
        (button(data="x", url="https://a.b"), "exactly one"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")] * 9]), "too long"),
    ],
)
async def test_keyboards(bot: Bot, markup: InlineKeyboardMarkup, complaint: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){complaint}"):
        await bot.send_message(MIRA, "x", reply_markup=markup)


async def test_sixty_four_bytes_and_4096_units_pass(bot: Bot) -> None:
    data = button(data="Ж" * 32)
    sent = await bot.send_message(MIRA, "<b>" + "😀" * 2048 + "</b>", "HTML", reply_markup=data)
    assert sent.text == "😀" * 2048


async def test_edits(bot: Bot, api: BotApi) -> None:
    sent = await bot.send_message(MIRA, "a", reply_markup=button())
    there: Json = {"chat_id": MIRA, "message_id": sent.message_id}
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        await bot.edit_message_text("a", **there, reply_markup=button())
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        await bot.edit_message_reply_markup(**there, reply_markup=button())
    await bot.edit_message_reply_markup(**there)
    await bot.edit_message_text("b", **there)
    assert (api.world.from_bot()[0].text, api.world.from_bot()[0].edits) == ("b", 2)
    await bot.delete_message(**there)
    with pytest.raises(BadRequest, match=r"(?i)to edit not found"):
        await bot.edit_message_text("c", **there)
    with pytest.raises(BadRequest, match=r"(?i)can't be edited"):
        await bot.edit_message_text("c", chat_id=MIRA, message_id=101)


async def test_replies_and_topics(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)replied not found"):
        await bot.send_message(MIRA, "x", reply_parameters=ReplyParameters(999))
    with pytest.raises(BadRequest, match=r"(?i)thread not found"):
        await bot.send_message(GROUP, "x", message_thread_id=8)
    await bot.send_message(GROUP, "x", message_thread_id=7)
    await bot.send_chat_action(GROUP, "typing", message_thread_id=7)
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(GROUP, "dancing")


async def test_who_cannot_be_written_to(bot: Bot, api: BotApi) -> None:
    world = api.world
    stranger, mira, group = world.person(222), world.person(MIRA), world.group()
    with pytest.raises(Forbidden, match=r"(?i)can't initiate"):
        await bot.send_message(stranger["id"], "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(333, "x")
    world.bot_status(world.private(mira), mira, "member", "kicked")
    with pytest.raises(Forbidden, match=r"(?i)blocked"):
        await bot.send_message(MIRA, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(-5, "x")
    world.migrate(world.group(-42, "group"), -1000000000043)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-42, "x")
    assert moved.value.new_chat_id == -1000000000043
    await bot.leave_chat(group["id"])
    with pytest.raises(Forbidden, match=r"(?i)kicked"):
        await bot.send_message(GROUP, "x")


async def test_a_press_is_answered_once(bot: Bot, api: BotApi) -> None:
    await bot.send_message(MIRA, "x", reply_markup=button())
    press = api.world.press(api.world.person(MIRA), api.world.from_bot()[0], "x")
    assert len(api.world.unanswered()) == 1
    with pytest.raises(BadRequest, match=r"(?i)too_?long"):
        await bot.answer_callback_query(press.id, "x" * 201)
    await bot.answer_callback_query(press.id)
    with pytest.raises(BadRequest, match=r"(?i)too old"):
        await bot.answer_callback_query(press.id)
    assert api.world.unanswered() == []


def article(number: str = "1", title: str = "t", text: str = "x", **more: Any) -> Any:
    return InlineQueryResultArticle(number, title, InputTextMessageContent(text, "HTML"), **more)


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article("")], "RESULT_ID_INVALID"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("Ж" * 33)], "RESULT_ID_INVALID"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article(title=" ")], "TITLE_EMPTY"),
        ([article(text="<b> </b>")], "text is empty"),
        ([article(text="<b>x")], "can't parse entities"),
        ([article(text="x" * 4097)], "too long"),
        ([article(reply_markup=button(data="x" * 65))], "BUTTON_DATA_INVALID"),
        ([article(url="https://a.b")], "unknown"),
        ([article(str(n)) for n in range(51)], "TOO_MUCH"),
    ],
)
async def test_lists_of_an_inline_query(
    bot: Bot, api: BotApi, results: list[Any], complaint: str
) -> None:
    search = api.world.search(api.world.person(MIRA), "cross")
    with pytest.raises(BadRequest, match=f"(?i){complaint}"):
        # A function in place of a list is how the library lets more than fifty through.
        await bot.answer_inline_query(search.id, lambda page: results, current_offset="")
    assert search.found is None


@pytest.mark.parametrize(("text", "start"), [(" ", "a"), ("x", "a b"), ("x", "a" * 65)])
async def test_the_button_above_a_list(bot: Bot, api: BotApi, text: str, start: str) -> None:
    search = api.world.search(api.world.person(MIRA), "cross")
    above = InlineQueryResultsButton(text, start_parameter=start)
    with pytest.raises(BadRequest, match=r"(?i)button|START_PARAM_INVALID"):
        await bot.answer_inline_query(search.id, [], button=above)


async def test_an_inline_query_is_answered_once_and_in_time(bot: Bot, api: BotApi) -> None:
    mira = api.world.person(MIRA)
    search, late = api.world.search(mira, "cross"), api.world.search(mira, "x")
    late.late = True
    await bot.answer_inline_query(search.id, [article("Ж" * 32)])
    for number in (search.id, late.id, "nobody's"):
        with pytest.raises(BadRequest, match=r"(?i)too old"):
            await bot.answer_inline_query(number, [])
    with pytest.raises(ValueError, match="no longer"):
        api.world.search(mira, "x" * 257)


@pytest.mark.parametrize(
    ("more", "mira", "tobi"),
    [
        ({}, True, True),
        ({"is_personal": True}, True, False),
        ({"cache_time": 0}, False, False),
        ({"cache_time": 0, "is_personal": True}, False, False),
    ],
)
async def test_a_list_is_remembered_for_everybody_unless_it_is_personal(
    bot: Bot, api: BotApi, more: dict[str, Any], *, mira: bool, tobi: bool
) -> None:
    asker, other = api.world.person(MIRA), api.world.person(222, "Tobi")
    search = api.world.search(asker, "cross")
    await bot.answer_inline_query(search.id, [article()], **more)
    assert (api.world.search(asker, "cross").found is not None) is mira
    assert (api.world.search(other, "cross").found is not None) is tobi


async def test_a_posted_result_is_the_persons_message_by_way_of_the_bot(
    bot: Bot, api: BotApi
) -> None:
    search = api.world.search(api.world.person(MIRA), "cross")
    await bot.answer_inline_query(search.id, [article(text="<b>x</b>")])
    await bot.get_updates(offset=api.world.pending[-1]["update_id"] + 1, timeout=0)
    posted = api.world.share(search, 0, api.world.group())
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert (update.message.text, posted.html) == ("x", "<b>x</b>")
    assert update.message.via_bot is not None
    assert update.message.via_bot.id == bot.id


async def test_menus_and_profile(bot: Bot, api: BotApi) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("a", "b")], private, "de")
    assert api.world.menus["all_private_chats", "de"] == [("a", "b")]
    with pytest.raises(BadRequest, match=r"(?i)COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Start-Up", "x")])
    with pytest.raises(BadRequest, match=r"(?i)DESCRIPTION_INVALID"):
        await bot.set_my_commands([BotCommand("a", "")])
    with pytest.raises(BadRequest, match=r"(?i)TOO_MUCH"):
        await bot.set_my_commands([BotCommand("a", "b")] * 101)
    await bot.set_my_name("Marginbot")
    await bot.set_my_description("d" * 512)
    with pytest.raises(BadRequest, match=r"(?i)too long"):
        await bot.set_my_short_description("d" * 121)
    assert api.world.profile["name"] == "Marginbot"
    with pytest.raises(Refused):
        scope({"type": "everywhere"})


async def test_members_and_reactions(bot: Bot, api: BotApi) -> None:
    api.world.members[GROUP][MIRA] = "administrator"
    assert isinstance(await bot.get_chat_member(GROUP, MIRA), ChatMemberAdministrator)
    assert [m.user.id for m in await bot.get_chat_administrators(GROUP)] == [MIRA]
    with pytest.raises(BadRequest, match=r"(?i)no administrators"):
        await bot.get_chat_administrators(MIRA)
    with pytest.raises(BadRequest, match=r"(?i)invalid user_id"):
        await bot.get_chat_member(GROUP, 999)
    question = api.world.say(api.world.person(MIRA), "x", api.world.group())
    await bot.set_message_reaction(GROUP, question.id, "👀")
    with pytest.raises(BadRequest, match=r"(?i)reaction"):
        await bot.set_message_reaction(GROUP, question.id, "🛸")
    with pytest.raises(BadRequest, match=r"(?i)can't be deleted"):
        await bot.delete_message(GROUP, question.id)


async def test_photos(bot: Bot) -> None:
    sent = await bot.send_photo(MIRA, b"\x89PNG", "<b>c</b>", parse_mode="HTML")
    assert sent.caption == "c"
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_photo(MIRA, b"\x89PNG", "c" * 1025)


async def test_unknown_parameters_and_methods(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)unknown parameters"):
        await bot.send_message(MIRA, "x", api_kwargs={"colour": "red"})
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("doTheDishes")


async def test_faults(bot: Bot, api: BotApi) -> None:
    faults = [Fault(retry_after=3), Fault(status=502), Fault(drop=True), Fault(lost=True)]
    api.fault("sendMessage", *faults)
    errors = [RetryAfter, NetworkError, NetworkError, NetworkError]
    for error in errors:
        with pytest.raises(error):
            await bot.send_message(MIRA, "x")
    assert len(api.world.from_bot()) == 1  # the lost one had arrived


async def test_updates_come_until_they_are_confirmed_and_one_poller_at_a_time(
    bot: Bot, api: BotApi
) -> None:
    first = await bot.get_updates(timeout=1)
    again = await bot.get_updates(timeout=1)
    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert await bot.get_updates(offset=first[-1].update_id + 1, timeout=0) == ()
    api.fault("getUpdates", Fault(status=409))
    with pytest.raises(Conflict):
        await bot.get_updates()
    with pytest.raises(BadRequest, match=r"(?i)https"):
        await bot.set_webhook("http://a.b")
    await bot.set_webhook("https://a.b/c", secret_token="s")
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()


def test_the_parser_is_telegrams_own() -> None:
    assert parse("<b>😀</b> &lt;", "HTML") == ("😀 <", [("Bold", 0, 2)])
    assert automatic("$BTC /x a.com") == [("Cashtag", 0, 4), ("BotCommand", 5, 2), ("Url", 8, 5)]
    with pytest.raises(Refused, match=r"(?i)UTF-8"):
        parse("\ud800", "HTML")
