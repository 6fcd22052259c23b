"""Lines in, answers out: private chats, edits, silence, and what is for one person's eyes only."""

import pytest

from bot.chat.reply import Hush, Reply, Text, Tone, Words
from bot.chat.request import Place, Role
from tests.adapters.telegram.stage import card, playing
from tests.fakes.botapi import BOT, Fault
from tests.fakes.botapi.world import ANONYMOUS, GROUP
from tests.fakes.desk import ScriptedDesk, one_line, private

MIRA, TOBI = 111, 2**33 + 5


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
