"""Messages in, answers out: private chats, groups, topics, edits, and a life from start to stop."""

import asyncio
import json
import logging

import pytest

from bot.adapters.telegram import TelegramAdapter, TelegramOptions, TokenRefused, adapter
from bot.chat.ports import Entry
from bot.chat.reply import Hush, Reply, Text, Tone, Words
from bot.chat.request import Place, Request, Role
from bot.runtime.logs import configure
from tests.adapters.telegram.stage import card, playing
from tests.fakes.botapi import BOT, TOKEN, BotApi, Fault
from tests.fakes.botapi.world import ANONYMOUS, GROUP, NOW
from tests.fakes.desk import ScriptedDesk, one_line, private

MIRA, TOBI = 111, 2**33 + 5
HI = f"@{BOT['username']}"


async def test_a_line_in_private_is_answered_and_says_who_and_where() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA, "Mira", "de")
        stage.world.say(mira, "/compare 10x long BTC")
        (answer,) = await stage.answered()
        assert answer.text == "You said /compare 10x long BTC."
        assert (answer.chat, answer.reply_to, answer.silent_link) == (MIRA, None, True)
        asked = stage.desk.last
        assert (asked.who.platform, asked.who.id, asked.who.name) == ("telegram", "111", "Mira")
        assert (asked.chat.id, asked.chat.place) == ("111", Place.PRIVATE)
        assert (asked.locale, asked.addressed, asked.role) == ("de", True, Role.MEMBER)
        assert asked.id.startswith("telegram:")


async def test_a_person_without_a_language_reads_english() -> None:
    async with playing() as stage:
        stage.world.say(stage.world.person(MIRA, language=None), "hello")
        await stage.answered()
        assert stage.desk.last.locale == "en"


async def test_in_a_group_the_answer_is_a_reply_and_survives_a_deleted_question() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        question = stage.world.say(mira, "/price", group)
        gone = stage.world.say(mira, "/price eth", group)
        gone.deleted = True
        first, second = await stage.answered(2)
        assert {first.reply_to, second.reply_to} == {question.id, None}
        assert stage.desk.last.chat.place is Place.GROUP
        assert stage.desk.last.chat.title == "Traders <&>"
        assert not stage.desk.last.addressed


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (f"/price{HI} btc", f"/price{HI} btc"),
        (f"/price{HI.upper()} btc", f"/price{HI.upper()} btc"),
        (f"{HI} what is cross", "what is cross"),
        (f"hey {HI} what is cross", "hey   what is cross"),
    ],
)
async def test_a_group_reaches_the_bot_by_command_and_mention(text: str, seen: str) -> None:
    async with playing() as stage:
        stage.world.say(stage.world.person(MIRA), text, stage.world.group())
        await stage.answered()
        assert stage.desk.last.text == seen
        assert stage.desk.last.addressed == (not text.startswith("/"))


@pytest.mark.parametrize(
    "text", ["/price@other_bot btc", "what is cross?", "@other_bot hello", "price btc", "5/10"]
)
async def test_other_peoples_talk_in_a_group_is_not_read(text: str) -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, text, stage.world.group())
        await stage.quiet(mira)
        assert [request.text for request in stage.desk.requests] == ["/last of all"]


async def test_a_command_for_another_bot_is_ignored_in_private_too() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/price@other_bot")
        await stage.quiet(mira)
        assert len(stage.desk.requests) == 1


async def test_a_reply_to_the_bot_is_addressed() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(mira, "/price", group)
        (answer,) = await stage.answered()
        stage.world.say(mira, "and why?", group, reply_to=answer.id)
        await stage.answered(2)
        assert (stage.desk.last.text, stage.desk.last.addressed) == ("and why?", True)


async def test_answers_stay_in_their_topic_and_plain_threads_are_none() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        forum = stage.world.group(topics=(7,))
        stage.world.say(mira, "/price", forum, topic=7)
        (answer,) = await stage.answered()
        assert (answer.thread, stage.desk.last.chat.topic) == (7, "7")
        plain = stage.world.group(-1001000000000077)
        stage.world.say(mira, "/price", plain, extra={"message_thread_id": 55})
        (there,) = await stage.answered(1, plain["id"])
        assert (there.thread, stage.desk.last.chat.topic) == (None, "")
        assert stage.api.refusals == []


async def test_masked_writers_and_other_bots() -> None:
    async with playing() as stage:
        stage.desk.roles_wanted = True
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(ANONYMOUS, "/host off", group, sender_chat=group)
        await stage.answered()
        asked = stage.desk.last
        assert (asked.role, asked.who.id, asked.who.name) == (
            Role.MASKED,
            str(GROUP),
            "Traders <&>",
        )
        other = {"id": 5, "is_bot": True, "first_name": "Other", "username": "other_bot"}
        stage.world.say(other, "/price", group)
        stage.world.say(mira, "/price", group, extra={"is_automatic_forward": True})
        await stage.quiet(mira)
        assert [request.text for request in stage.desk.requests] == ["/host off", "/last of all"]
        assert stage.api.called("getChatMember") == []


async def test_roles_are_asked_when_they_matter_and_then_remembered() -> None:
    async with playing() as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        group = stage.world.group()
        stage.world.members[GROUP][MIRA] = "administrator"
        stage.world.say(mira, "/host", group)
        await stage.answered(1)
        assert (stage.desk.last.role, stage.api.called("getChatMember")) == (Role.MEMBER, [])
        stage.desk.roles_wanted = True
        for count, (user, role) in enumerate(
            [(mira, Role.HOST), (tobi, Role.MEMBER), (mira, Role.HOST)], 2
        ):
            stage.world.say(user, "/host", group)
            await stage.answered(count)
            assert stage.desk.last.role is role
        assert len(stage.api.called("getChatMember")) == 2


async def test_a_role_that_cannot_be_had_is_a_members() -> None:
    async with playing() as stage:
        stage.desk.roles_wanted = True
        stage.api.fault("getChatMember", Fault(status=502))
        stage.world.members.setdefault(GROUP, {})[MIRA] = "creator"
        stage.world.say(stage.world.person(MIRA), "/host", stage.world.group())
        stage.world.members[GROUP][BOT["id"]] = "member"
        await stage.answered()
        assert stage.desk.last.role is Role.MEMBER


async def test_a_deep_link_arrives_as_start_with_its_payload() -> None:
    async with playing() as stage:
        stage.world.say(stage.world.person(MIRA), "/start private")
        await stage.answered()
        assert stage.desk.last.text == "/start private"


async def test_an_edited_command_edits_our_answer() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        question = stage.world.say(mira, "/price btx", group)
        (answer,) = await stage.answered()
        stage.world.edit(question, "/price btc")
        await stage.api.until(lambda: answer.edits)
        assert answer.text == "You said /price btc."
        stage.world.edit(question, "/price btc")
        await stage.quiet(mira)
        assert (answer.edits, len(stage.world.from_bot(GROUP))) == (1, 1)


def long(pages: int) -> Reply:
    """A reply of that many messages."""
    return Reply(tuple(Text(Words("word " * 700)) for _ in range(pages)))


async def test_an_edited_question_changes_all_pages_of_our_answer() -> None:
    desk = ScriptedDesk({"/three": long(3), "/two": long(2)})
    async with playing(desk) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        question = stage.world.say(mira, "/three", group)
        one, two, three = await stage.answered(3, GROUP)
        stage.world.edit(question, "/price btc")
        await stage.api.until(lambda: three.deleted)
        assert one.text == "You said /price btc."
        assert [page.deleted for page in (one, two, three)] == [False, True, True]
        stage.world.edit(question, "/two")
        four = (await stage.answered(4, GROUP))[3]
        stage.world.edit(question, "/price eth")
        await stage.api.until(lambda: four.deleted)
        assert one.text == "You said /price eth."
        assert stage.api.refusals == []


async def test_a_page_that_somebody_deleted_is_sent_anew() -> None:
    async with playing(ScriptedDesk({"/three": long(3), "/two": long(2)})) as stage:
        mira = stage.world.person(MIRA)
        question = stage.world.say(mira, "/three")
        one, two, three = await stage.answered(3)
        two.deleted = True
        stage.world.edit(question, "/two")
        four = (await stage.answered(4))[-1]
        await stage.api.until(lambda: three.deleted)
        assert (one.edits, four.deleted) == (0, False)


async def test_an_edited_message_that_was_never_answered_is_left_alone() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        talk = stage.world.say(mira, "just talk", group)
        stage.world.edit(talk, "/price btc")
        await stage.quiet(mira)
        assert [request.text for request in stage.desk.requests] == ["/last of all"]


async def test_an_edit_of_a_deleted_answer_becomes_a_new_message() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        question = stage.world.say(mira, "/price btx")
        (answer,) = await stage.answered()
        answer.deleted = True
        stage.world.edit(question, "/price btc")
        assert (await stage.answered(2))[1].text == "You said /price btc."


async def test_an_edit_that_telegram_refuses_is_no_second_message() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        question = stage.world.say(mira, "/price btx")
        (answer,) = await stage.answered()
        stage.api.fault("editMessageText", Fault(status=400))
        stage.world.edit(question, "/price btc")
        await stage.quiet(mira)
        assert answer.edits == 0
        assert len(stage.world.from_bot()) == 2


async def test_silence_and_a_reaction_instead_of_words() -> None:
    desk = ScriptedDesk({"/quiet": Hush(), "/busy": Hush(react=True)})
    async with playing(desk) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        quiet = stage.world.say(mira, "/quiet", group)
        busy = stage.world.say(mira, "/busy", group)
        await stage.api.until(lambda: busy.reactions)
        assert (busy.reactions, quiet.reactions) == (["👀"], [])
        assert stage.world.from_bot(GROUP) == []


async def test_own_figures_go_to_the_person_and_not_to_the_group() -> None:
    desk = ScriptedDesk({"/pf": private(one_line("Wallet 10,000"))})
    async with playing(desk) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(mira, "/start")
        await stage.answered()
        question = stage.world.say(mira, "/pf", group)
        answer = (await stage.answered(2))[1]
        assert (answer.chat, answer.text) == (MIRA, "Wallet 10,000")
        await stage.api.until(lambda: question.reactions)
        assert stage.world.from_bot(GROUP) == []


@pytest.mark.parametrize("why", ["never started", "blocked"])
async def test_who_cannot_be_written_to_gets_a_door_without_figures(why: str) -> None:
    desk = ScriptedDesk({"/pf": private(one_line("Wallet 10,000"))})
    async with playing(desk) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        if why == "blocked":
            stage.world.bot_status(stage.world.private(mira), mira, "member", "kicked")
        question = stage.world.say(mira, "/pf", group)
        (door,) = await stage.answered()
        assert (door.chat, door.reply_to) == (GROUP, question.id)
        assert "10,000" not in door.text
        assert door.button("Open private chat")["url"] == (
            f"https://t.me/{BOT['username']}?start=private"
        )


async def test_a_private_word_on_a_mistake_is_silence_where_there_is_no_private_chat() -> None:
    trouble = card("I can't read that.", private=True, tone=Tone.TROUBLE)
    async with playing(ScriptedDesk({"/price 1,00": trouble})) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/price 1,00", stage.world.group())
        await stage.quiet(tobi)
        assert stage.world.from_bot(GROUP) == []


async def test_a_masked_writer_never_gets_private_figures() -> None:
    desk = ScriptedDesk({"/pf": private(one_line("Wallet 10,000"))})
    async with playing(desk) as stage:
        group, mira = stage.world.group(), stage.world.person(MIRA)
        stage.world.say(ANONYMOUS, "/pf", group, sender_chat=group)
        await stage.quiet(mira)
        assert stage.world.from_bot(GROUP) == []


async def test_replies_that_do_not_stay_are_deleted_with_their_question() -> None:
    class Clock:
        def __init__(self) -> None:
            self.waits: list[float] = []
            self.go = asyncio.Event()

        def now(self) -> float:
            return 0.0

        async def sleep(self, seconds: float) -> None:
            self.waits.append(seconds)
            await self.go.wait()

    clock = Clock()
    desk = ScriptedDesk({"/price": card("Prices", delete_after=30)})
    async with playing(desk, clock) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        question = stage.world.say(mira, "/price", group)
        (answer,) = await stage.answered()
        await stage.idle()
        assert (clock.waits, answer.deleted) == ([30], False)
        stage.world.members[GROUP][BOT["id"]] = "administrator"
        clock.go.set()
        await stage.api.until(lambda: question.deleted)
        assert answer.deleted


async def test_a_question_that_may_not_be_deleted_stays() -> None:
    class Clock:
        def now(self) -> float:
            return 0.0

        async def sleep(self, seconds: float) -> None:
            return

    desk = ScriptedDesk({"/price": card("Prices", delete_after=30)})
    async with playing(desk, Clock()) as stage:
        question = stage.world.say(stage.world.person(MIRA), "/price", stage.world.group())
        (answer,) = await stage.answered()
        await stage.api.until(lambda: len(stage.api.called("deleteMessage")) == 2)
        assert (answer.deleted, question.deleted) == (True, False)


async def test_a_group_that_takes_the_bot_in_hears_once_how_to_speak_to_it() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.bot_status(group, mira, "left", "member")
        (greeting,) = await stage.answered()
        assert (greeting.chat, greeting.text) == (GROUP, "You said /help group.")
        stage.world.bot_status(group, mira, "member", "administrator")
        await stage.quiet(mira)
        assert len(stage.world.from_bot(GROUP)) == 1


async def test_a_group_that_the_bot_was_thrown_out_of_is_no_fault() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(mira, "/price", group)
        stage.world.bot_status(group, mira, "member", "kicked")
        await stage.quiet(mira)
        assert stage.world.from_bot(GROUP) == []


async def test_a_blocked_bot_goes_on_for_others() -> None:
    async with playing() as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/price")
        stage.world.bot_status(stage.world.private(mira), mira, "member", "kicked")
        stage.world.say(tobi, "/price")
        await stage.answered(1, TOBI)
        assert stage.world.from_bot(MIRA) == []


async def test_a_group_that_grows_keeps_its_settings() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group(-42, "group")
        new = stage.world.migrate(group, GROUP)
        stage.world.say(mira, "/price", new)
        (answer,) = await stage.answered()
        assert answer.chat == GROUP
        await stage.quiet(mira)
        assert stage.desk.moved == [("telegram", "-42", str(GROUP))]


async def test_an_answer_follows_a_chat_that_moved_meanwhile() -> None:
    async with playing() as stage:
        mira, group = stage.world.person(MIRA), stage.world.group(-42, "group")
        stage.world.say(mira, "/price", group)
        stage.world.group()
        stage.world.moved[-42] = GROUP
        (answer,) = await stage.answered()
        assert answer.chat == GROUP
        assert stage.desk.moved == [("telegram", "-42", str(GROUP))]


async def test_an_update_that_comes_twice_is_answered_once() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/price")
        update = stage.world.pending[-1]
        await stage.answered()
        stage.world.again(update | {"update_id": update["update_id"]})
        await stage.quiet(mira)
        assert [r.text for r in stage.desk.requests] == ["/price", "/last of all"]


async def test_after_an_outage_groups_are_spared_old_questions_and_people_are_not() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/price old", stage.world.group(), date=NOW - 7200)
        stage.world.say(mira, "/price waiting", date=NOW - 7200)
        await stage.quiet(mira)
        assert {r.text for r in stage.desk.requests} == {"/price waiting", "/last of all"}


async def test_a_message_without_text_is_ignored() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        posted = stage.world.say(mira, "x")
        stage.world.pending[-1]["message"].pop("text")
        await stage.quiet(mira)
        assert posted.text == "x"
        assert len(stage.desk.requests) == 1


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault(status=502), Fault(drop=True), Fault(status=409)])
async def test_polling_goes_on_after_a_hiccup(fault: Fault) -> None:
    async with playing() as stage:
        stage.api.fault("getUpdates", fault)
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/one")
        await stage.answered(1)
        stage.world.say(mira, "/two")
        await stage.answered(2)


async def test_a_flood_warning_is_waited_out() -> None:
    async with playing() as stage:
        stage.api.fault("sendMessage", Fault(retry_after=1))
        stage.world.say(stage.world.person(MIRA), "/price")
        await stage.answered()
        assert len(stage.api.called("sendMessage")) == 2


async def test_a_send_that_timed_out_is_not_repeated() -> None:
    async with playing(timeout=0.2) as stage:
        held = Fault(hold=True)
        stage.api.fault("sendMessage", held)
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/price")
        await stage.answered(1, MIRA)
        await stage.idle()
        stage.world.say(tobi, "/price")
        await stage.answered(1, TOBI)
        held.release.set()
        assert len(stage.world.from_bot(MIRA)) == 1


async def test_a_failure_is_one_line_with_an_id_and_without_the_token(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO", "json", [TOKEN])
    try:
        async with playing() as stage:
            stage.api.fault("sendMessage", Fault(status=502), Fault(drop=True))
            mira = stage.world.person(MIRA)
            stage.world.say(mira, "/one")
            stage.world.say(mira, "/two")
            await stage.api.until(lambda: len(stage.api.called("sendMessage")) == 2)
            await stage.quiet(mira)
    finally:
        logging.getLogger().handlers.clear()
    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    failed = [line for line in lines if line["event"] == "telegram_failed"]
    assert len(failed) == 2
    assert all(line["id"] and line["error"] == "NetworkError" for line in failed)
    assert TOKEN not in written
    assert "Traceback" not in written


async def test_a_fault_of_our_own_is_logged_and_the_bot_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Broken(ScriptedDesk):
        def wants_role(self, request: object) -> bool:
            raise RuntimeError(f"a fault with {TOKEN}")

    configure("INFO", "json", [TOKEN])
    try:
        async with playing(Broken()) as stage:
            mira = stage.world.person(MIRA)
            stage.world.say(mira, "/one", stage.world.group())
            await stage.quiet(mira)
    finally:
        logging.getLogger().handlers.clear()
    written = capsys.readouterr().err
    (line,) = [e for e in map(json.loads, written.splitlines()) if e["event"] == "telegram_failed"]
    assert line["error"] == "RuntimeError"
    assert "Traceback" in line["exception"]
    assert TOKEN not in written


# --- start and stop -------------------------------------------------------------------------------


async def test_the_start_waits_for_a_network_that_is_away() -> None:
    async with BotApi() as api:
        api.fault("getMe", Fault(status=502))
        adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(TOKEN, api.url))
        stop = asyncio.Event()
        running = asyncio.create_task(adapter.run(stop))
        await api.until(lambda: api.called("getUpdates"))
        stop.set()
        await running
        assert len(api.called("getMe")) == 2


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_a_start_that_waits_can_be_stopped(method: str) -> None:
    async with BotApi() as api:
        api.fault(method, *[Fault(status=502)] * 9)
        adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(TOKEN, api.url))
        stop = asyncio.Event()
        running = asyncio.create_task(adapter.run(stop))
        await api.until(lambda: api.called(method))
        stop.set()
        await asyncio.wait_for(running, 5)
        assert api.called("getUpdates") == []


async def test_an_unknown_token_ends_the_start_and_is_not_repeated() -> None:
    async with BotApi() as api:
        token = "1234567890:AAwrong-token-that-nobody-ever-had-12345"
        adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(token, api.url))
        with pytest.raises(TokenRefused) as refused:
            await adapter.run(asyncio.Event())
        assert token not in str(refused.value)
        assert refused.value.__suppress_context__
        assert token not in repr(TelegramOptions(token))


class Held(ScriptedDesk):
    """A desk that answers `/slow` only when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    async def answer(self, request: Request) -> Reply | Hush:
        if request.text == "/slow":
            self.asked.set()
            await self.go.wait()
        return await super().answer(request)


async def test_an_answer_that_is_under_way_when_we_stop_still_arrives() -> None:
    desk = Held()
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/slow")
        await stage.api.until(lambda: True)
        await asyncio.wait_for(desk.asked.wait(), 5)
        stage.stop.set()
        desk.go.set()
        await stage.answered()


async def test_an_answer_that_never_comes_does_not_keep_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(adapter, "GRACE", 0.05)
    desk = Held()
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/slow")
        await stage.api.until(lambda: True)
        await asyncio.wait_for(desk.asked.wait(), 5)
        stage.stop.set()
        await asyncio.wait_for(stage.running, 5)
        assert stage.world.from_bot() == []


async def test_what_was_to_be_deleted_later_does_not_keep_us() -> None:
    desk = ScriptedDesk({"/price": card("Prices", delete_after=3600)})
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/price")
        (answer,) = await stage.answered()
        await stage.idle()
        stage.stop.set()
        await asyncio.wait_for(stage.running, 5)
        assert not answer.deleted


async def test_telegrams_own_server_is_the_default() -> None:
    bot = TelegramAdapter(ScriptedDesk(), TelegramOptions(TOKEN))._app.bot
    assert bot.base_url == f"https://api.telegram.org/bot{TOKEN}"


MENU = (
    Entry("compare", "Compare the two modes", aliases=("c", "cmp")),
    Entry("price", "x" * 400),
    Entry("host", "Set the chat up", host=True),
    Entry("Odd-Name", "Telegram takes no such name"),
)


async def test_menus_hold_canonical_names_and_are_sent_only_when_they_changed() -> None:
    desk = ScriptedDesk(menu=MENU)
    async with playing(desk) as stage:
        menus = stage.world.menus
        await stage.api.until(lambda: len(menus) == 4)
        await stage.quiet(stage.world.person(MIRA))
        names = {scope: [name for name, _ in menu] for (scope, _), menu in menus.items()}
        assert names == {
            "default": ["compare", "price"],
            "all_private_chats": ["compare", "price"],
            "all_group_chats": ["compare", "price"],
            "all_chat_administrators": ["compare", "price", "host"],
        }
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/price")
        await stage.answered()
        assert stage.api.called("setMyCommands") == []


async def test_menus_that_fail_do_not_stop_the_bot() -> None:
    desk = ScriptedDesk(menu=MENU)
    async with playing(desk, faults={"setMyCommands": Fault(status=502)}) as stage:
        await stage.quiet(stage.world.person(MIRA))
        await stage.api.until(lambda: stage.api.called("setMyCommands"))
        assert (stage.world.menus, desk.notes) == ({}, {})


async def test_long_answers_come_in_several_messages_with_the_buttons_below() -> None:
    long = Reply(tuple(Text(Words("word " * 300)) for _ in range(5)))
    async with playing(ScriptedDesk({"/long": long})) as stage:
        question = stage.world.say(stage.world.person(MIRA), "/long", stage.world.group())
        first, second = await stage.answered(2)
        assert (first.reply_to, second.reply_to) == (question.id, None)
        assert stage.api.refusals == []
