"""Among others: who is meant, topics, masked writers, and chats that come, go and move."""

import pytest

from bot.chat.request import Place, Role
from tests.adapters.telegram.stage import playing
from tests.fakes.botapi import BOT
from tests.fakes.botapi.world import ANONYMOUS, GROUP

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
