"""Sending: floods, timeouts, blocked bots, several messages, and messages that do not stay."""

import asyncio

from bot.chat.reply import Reply, Text, Words
from tests.adapters.telegram.stage import card, playing
from tests.fakes.botapi import BOT, Fault
from tests.fakes.botapi.world import GROUP
from tests.fakes.desk import ScriptedDesk

MIRA, TOBI = 111, 2**33 + 5


def long(pages: int) -> Reply:
    """A reply of that many messages."""
    return Reply(tuple(Text(Words("word " * 700)) for _ in range(pages)))


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


async def test_a_blocked_bot_goes_on_for_others() -> None:
    async with playing() as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/price")
        stage.world.bot_status(stage.world.private(mira), mira, "member", "kicked")
        stage.world.say(tobi, "/price")
        await stage.answered(1, TOBI)
        assert stage.world.from_bot(MIRA) == []


async def test_a_flood_warning_is_waited_out() -> None:
    async with playing() as stage:
        stage.api.fault("sendMessage", Fault(retry_after=1))
        stage.world.say(stage.world.person(MIRA), "/price")
        await stage.answered()
        assert len(stage.api.called("sendMessage")) == 2


async def test_a_send_that_timed_out_is_not_repeated() -> None:
    async with playing(timeout=1) as stage:
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


async def test_long_answers_come_in_several_messages_with_the_buttons_below() -> None:
    long = Reply(tuple(Text(Words("word " * 300)) for _ in range(5)))
    async with playing(ScriptedDesk({"/long": long})) as stage:
        question = stage.world.say(stage.world.person(MIRA), "/long", stage.world.group())
        first, second = await stage.answered(2)
        assert (first.reply_to, second.reply_to) == (question.id, None)
        assert stage.api.refusals == []
