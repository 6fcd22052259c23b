"""Among others: who is meant, topics, masked writers, and chats that come, go and move."""

import pytest

from bot.chat.reply import Reply, Text, Words
from bot.chat.request import Place, Quoted, Role
from tests.adapters.telegram.stage import Stage, playing
from tests.fakes.botapi import BOT
from tests.fakes.botapi.world import ANONYMOUS, GROUP, Json, Posted
from tests.fakes.desk import ScriptedDesk, private

MIRA, TOBI = 111, 2**33 + 5
HI = f"@{BOT['username']}"


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


def about(asked: int) -> Reply:
    """An answer to a message that is not the command's own."""
    return Reply((Text(Words("Yes, until it is filled.")),), under=str(asked))


def talk(stage: Stage) -> tuple[Json, Json, Posted]:
    """Mira, the group, and what Tobi has just asked everybody there."""
    mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
    group = stage.world.group()
    return mira, group, stage.world.say(tobi, "can i change mode now?", group)


@pytest.mark.parametrize("line", ["/faq", f"/faq{HI}", HI])
async def test_a_command_under_a_message_answers_that_message(line: str) -> None:
    async with playing() as stage:
        mira, group, question = talk(stage)
        for each in ("/faq", f"/faq{HI}"):
            stage.desk.answers[each] = about(question.id)
        stage.world.say(mira, line, group, reply_to=question.id)
        (answer,) = await stage.answered()
        assert stage.desk.last.quoted == Quoted(str(question.id), "can i change mode now?")
        assert (answer.reply_to, answer.chat) == (question.id, GROUP)


async def test_an_answer_to_a_message_that_is_gone_still_arrives() -> None:
    async with playing() as stage:
        mira, group, question = talk(stage)
        stage.desk.answers["/faq"] = about(question.id)
        question.deleted = True
        stage.world.say(mira, "/faq", group, reply_to=question.id)
        (answer,) = await stage.answered()
        assert (answer.reply_to, stage.api.refusals) == (None, [])


async def test_an_answer_about_a_message_stays_in_its_topic() -> None:
    async with playing() as stage:
        mira, forum = stage.world.person(MIRA), stage.world.group(topics=(7,))
        question = stage.world.say(mira, "can i?", forum, topic=7)
        stage.desk.answers["/faq"] = about(question.id)
        stage.world.say(mira, "/faq", forum, topic=7, reply_to=question.id)
        (answer,) = await stage.answered()
        assert (answer.thread, answer.reply_to) == (7, question.id)


async def test_alone_with_the_bot_an_older_message_can_be_asked_about() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        older = stage.world.say(mira, "can i change mode now?")
        await stage.answered()
        stage.desk.answers["/faq"] = about(older.id)
        stage.world.say(mira, "/faq", reply_to=older.id)
        assert (await stage.answered(2))[1].reply_to == older.id


async def test_an_answer_for_ones_own_eyes_hangs_under_no_message_of_the_group() -> None:
    async with playing() as stage:
        mira, group, question = talk(stage)
        stage.world.say(mira, "/start")
        await stage.answered()
        stage.desk.answers["/faq"] = private(about(question.id))
        stage.world.say(mira, "/faq", group, reply_to=question.id)
        answer = (await stage.answered(2))[1]
        assert (answer.chat, answer.reply_to) == (MIRA, None)


async def test_an_edited_command_changes_the_answer_where_it_hangs() -> None:
    async with playing(ScriptedDesk()) as stage:
        mira, group, question = talk(stage)
        stage.desk.answers["/faq"] = about(question.id)
        command = stage.world.say(mira, "/faq", group, reply_to=question.id)
        (answer,) = await stage.answered()
        stage.world.edit(command, "/faq cross")
        await stage.api.until(lambda: answer.edits)
        assert (answer.text, answer.reply_to) == ("You said /faq cross.", question.id)
