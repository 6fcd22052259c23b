"""Speaking first on Telegram: into the private chat, or never again where it is closed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest

from bot.adapters.telegram import Rate, Rates, TelegramAdapter, TelegramOptions
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Choice, Reply, Text, Title, Words
from bot.chat.request import Chat, Place
from core.paper.records import Identity
from tests.adapters.telegram.stage import Stage, card, playing
from tests.fakes.botapi import TOKEN, Fault
from tests.fakes.botapi.world import GROUP
from tests.fakes.desk import ScriptedDesk, one_line

MIRA = 7
LATER = Posted(Outcome.LATER)
Posting = Callable[..., Awaitable[Posted]]
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
        assert (await stage.adapter.post(where, BOARD)).outcome is Outcome.DELIVERED
        (posted,) = stage.world.from_bot(group)
        assert "Prices" in posted.text
        await stage.pressed(mira, posted, "Prices", None)


async def test_there_is_no_place_of_a_games_own() -> None:
    async with playing() as stage:
        stage.world.say(stage.world.person(MIRA), "hello")
        await stage.answered()
        where = Chat(str(stage.world.group()["id"]), Place.GROUP, thread="7")
        posted = await stage.adapter.post(where, replace(BOARD, branch="Mode duel #7"))
        assert (posted.outcome, posted.thread) == (Outcome.DELIVERED, "")


async def test_a_group_that_is_gone_is_never_tried_again_and_a_fault_is() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "hello")
        await stage.answered()
        gone = Chat("-100999", Place.GROUP, "9")
        assert await stage.adapter.post(gone, BOARD) == Posted(Outcome.NEVER)
        group = stage.world.group()["id"]
        stage.api.fault("sendMessage", Fault(status=500))
        assert await stage.adapter.post(Chat(str(group), Place.GROUP), BOARD) == LATER


async def test_before_telegram_is_reached_posts_wait() -> None:
    adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(token=TOKEN))
    assert await adapter.post(Chat("-5", Place.GROUP), BOARD) == LATER


# --- boards that are kept up to date


@asynccontextmanager
async def posted_board() -> AsyncIterator[tuple[Stage, Posting, str]]:
    """Run an adapter in whose group a board stands; yield how to post there, and its message."""
    async with playing() as stage:
        where = Chat(str(stage.world.group()["id"]), Place.GROUP)
        posting = partial(stage.adapter.post, where)
        first = await posting(card("Round 1", (Choice("Add", "/add", kept=True, aside=True),)))
        assert first.outcome is Outcome.DELIVERED
        yield stage, posting, first.message


async def test_a_board_is_put_in_place_of_its_own_message() -> None:
    async with posted_board() as (stage, posting, message):
        again = await posting(
            card("Round 1, later", (Choice("Close", "/close", kept=True),)), message
        )
        assert again == Posted(Outcome.DELIVERED, message)
        (board,) = stage.world.from_bot(GROUP)
        assert (board.text.splitlines()[0], board.labels, board.edits) == (
            "Round 1, later",
            ["Close"],
            1,
        )


async def test_a_board_that_says_the_same_is_well() -> None:
    async with posted_board() as (stage, posting, message):
        same = card("Round 1", (Choice("Add", "/add", kept=True, aside=True),))
        assert await posting(same, message) == Posted(Outcome.DELIVERED, message)
        assert len(stage.world.from_bot(GROUP)) == 1


async def test_a_board_that_somebody_deleted_is_posted_anew() -> None:
    async with posted_board() as (stage, posting, message):
        (old,) = stage.world.from_bot(GROUP)
        old.deleted = True
        again = await posting(card("Round 1, later"), message)
        assert again.outcome is Outcome.DELIVERED
        assert again.message != message
        assert [each.text.splitlines()[0] for each in stage.world.from_bot(GROUP)] == [
            "Round 1",
            "Round 1, later",
        ]


async def test_a_post_of_several_pages_is_known_by_its_last_one() -> None:
    words = tuple(Text(Words(f"{name} " * 700)) for name in ("early", "late"))
    rows = ((Choice("Add", "/add", kept=True),),)
    async with posted_board() as (stage, posting, _):
        sent = await posting(Reply(words, rows))
        *_, early, late = stage.world.from_bot(GROUP)
        assert (sent.message, early.labels, late.labels) == (str(late.id), [], ["Add"])
        changed = (*words[:1], Text(Words("last " * 700)))
        assert await posting(Reply(changed, rows), sent.message) == sent
        assert early.text.startswith("early")
        assert (late.text.split()[-1], late.labels) == ("last", ["Add"])


async def test_a_board_that_could_not_be_changed_is_tried_later() -> None:
    async with posted_board() as (stage, posting, message):
        stage.api.fault("editMessageText", Fault(status=500))
        assert await posting(card("Round 1, later"), message) == LATER


async def test_a_board_of_a_group_that_moved_is_changed_where_it_is_now() -> None:
    async with posted_board() as (stage, posting, _):
        stage.world.migrate(stage.world.group(), GROUP - 1)
        there = await posting(card("Round 2"))
        assert there.outcome is Outcome.DELIVERED
        assert [each.text[:7] for each in stage.world.from_bot(GROUP - 1)] == ["Round 2"]
