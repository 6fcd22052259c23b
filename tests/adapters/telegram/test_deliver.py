"""Speaking first on Telegram: into the private chat, or never again where it is closed."""

import pytest

from bot.adapters.telegram import Rate, Rates, TelegramAdapter, TelegramOptions
from bot.chat.ports import Outcome
from bot.chat.reply import Choice, Reply, Text, Title, Words
from bot.chat.request import Chat, Place
from core.paper.records import Identity
from tests.adapters.telegram.stage import playing
from tests.fakes.botapi import TOKEN, Fault
from tests.fakes.desk import ScriptedDesk, one_line

MIRA = 7
WHO = Identity("telegram", str(MIRA))
NOTICE = Reply(
    (Title(Words("LIQUIDATED")), Text(Words("It is over."))),
    choices=((Choice("Close half", "/close #3 50%", kept=True), Choice("Portfolio", "/pf")),),
)


async def test_a_notice_comes_with_its_buttons() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.bot_status(stage.world.private(mira), mira, "kicked", "member")
        stage.world.say(mira, "hello")
        await stage.answered()
        assert await stage.adapter.deliver(WHO, NOTICE) is Outcome.DELIVERED
        posted = (await stage.answered(2))[1]
        assert posted.chat == MIRA
        assert "LIQUIDATED" in posted.text
        await stage.pressed(mira, posted, "Close half", None)
        assert (stage.desk.last.text, stage.desk.last.kept) == ("/close #3 50%", True)


@pytest.mark.parametrize("why", ["never started", "blocked"])
async def test_whoever_shut_the_door_is_never_tried_again(why: str) -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        if why == "blocked":
            stage.world.bot_status(stage.world.private(mira), mira, "member", "kicked")
        assert await stage.adapter.deliver(WHO, NOTICE) is Outcome.NEVER
        assert stage.world.from_bot(MIRA) == []


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(drop=True)], ids=["500", "cut"])
async def test_what_telegram_could_not_take_is_tried_later(fault: Fault) -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "hello")
        await stage.answered()
        stage.api.fault("sendMessage", fault)
        assert await stage.adapter.deliver(WHO, NOTICE) is Outcome.LATER
        assert await stage.adapter.deliver(WHO, NOTICE) is Outcome.DELIVERED


async def test_a_crowded_chat_is_tried_later() -> None:
    async with playing(rates=Rates(Rate(1, 60, 0), Rate(1, 60, 0), 1000)) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "hello")
        await stage.answered()
        assert await stage.adapter.deliver(WHO, one_line("news")) is Outcome.LATER


async def test_before_telegram_is_reached_everything_waits() -> None:
    adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(token=TOKEN))
    assert adapter.platform == "telegram"
    assert await adapter.deliver(WHO, NOTICE) is Outcome.LATER


BOARD = Reply((Title(Words("Prices")),), choices=((Choice("Prices", "/price"),),))


async def test_a_post_comes_into_its_group_and_topic_and_anybody_may_press() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        group = stage.world.group(topics=(9,))["id"]
        where = Chat(str(group), Place.GROUP, "9")
        stage.world.say(mira, "hello")
        await stage.answered()
        assert await stage.adapter.post(where, BOARD) is Outcome.DELIVERED
        (posted,) = stage.world.from_bot(group)
        assert "Prices" in posted.text
        await stage.pressed(mira, posted, "Prices", None)


async def test_a_group_that_is_gone_is_never_tried_again_and_a_fault_is() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "hello")
        await stage.answered()
        gone = Chat("-100999", Place.GROUP, "9")
        assert await stage.adapter.post(gone, BOARD) is Outcome.NEVER
        group = stage.world.group()["id"]
        stage.api.fault("sendMessage", Fault(status=500))
        assert await stage.adapter.post(Chat(str(group), Place.GROUP), BOARD) is Outcome.LATER


async def test_before_telegram_is_reached_posts_wait() -> None:
    adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(token=TOKEN))
    assert await adapter.post(Chat("-5", Place.GROUP), BOARD) is Outcome.LATER
