"""A game's own thread: begun where we may, left where we may not, woken when it sleeps."""

import asyncio
from dataclasses import replace

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from structlog.testing import capture_logs

from bot.adapters.discord import threads
from bot.adapters.discord.deliver import place
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Choice, Reply, Text, Words
from bot.chat.request import Chat, Place
from tests.adapters.discord.stage import Stage, body, first, members

LOBBY = Reply((Text(Words("Who plays?")),), branch="Mode duel #7")
ROUND = Reply((Text(Words("Round 1.")),))


def chat(stage: Stage, channel: ChannelHandle | None = None, thread: str = "") -> Chat:
    """A channel of the server, or a thread that hangs on it."""
    channel = channel or stage.channel
    return Chat(str(stage.guild.id), Place.GROUP, str(channel.id), thread=thread)


async def posted(
    stage: Stage, reply: Reply, where: Chat | None = None, message: str = ""
) -> Posted:
    return await place(stage.env.bot, stage.desk, where or chat(stage), reply, message)


async def begun(stage: Stage) -> tuple[Chat, ChannelHandle]:
    """Let a thread be begun; return it as games know it, and as it stands there."""
    sent = await posted(stage, LOBBY)
    await stage.env.settle()
    (thread,) = stage.channel.threads
    return chat(stage, thread=sent.thread), thread


def slept(stage: Stage, thread: ChannelHandle, **more: bool) -> None:
    """Let nobody have written there for a day."""
    changes = {"archived": True, **more}
    stage.env.backend.edit_channel(thread.id, {}, thread_metadata=changes)


def without(stage: Stage, *names: str, channel: ChannelHandle | None = None) -> None:
    """Take permissions from everybody in a channel."""
    backend, everybody = stage.env.backend, stage.guild.default_role
    deny = members(*names).value
    rule = Overwrite(everybody.id, OverwriteType.ROLE, allow=0, deny=deny)
    backend.edit_channel((channel or stage.channel).id, {}, overwrites=[rule])


# --- beginning ------------------------------------------------------------------------------------


async def test_a_thread_begins_under_what_names_it(stage: Stage) -> None:
    sent = await posted(stage, LOBBY)
    await stage.env.settle()
    (thread,) = stage.channel.threads
    assert (thread.name, str(thread.id)) == ("Mode duel #7", sent.thread)
    assert sent.thread == sent.message  # Discord gives it the number of the message


async def test_what_names_none_begins_none(stage: Stage) -> None:
    assert (await posted(stage, ROUND)).thread == ""
    assert stage.channel.threads == []


async def test_what_is_put_in_place_begins_no_second_one(stage: Stage) -> None:
    sent = await posted(stage, LOBBY)
    again = await posted(stage, LOBBY, message=sent.message)
    assert (again.outcome, again.thread) == (Outcome.DELIVERED, "")
    await stage.env.settle()
    assert len(stage.channel.threads) == 1


async def test_a_long_name_is_cut(stage: Stage) -> None:
    await posted(stage, replace(LOBBY, branch="\U0001f680" * 60))
    await stage.env.settle()
    (thread,) = stage.channel.threads
    assert str(thread.name).endswith("…")
    assert len(str(thread.name).encode("utf-16-le")) // 2 <= 100


@pytest.mark.parametrize("name", ["create_public_threads", "send_messages_in_threads"])
async def test_without_the_permission_everything_stays_in_the_channel(
    stage: Stage, name: str
) -> None:
    without(stage, name)
    await stage.env.settle()
    sent = await posted(stage, LOBBY)
    assert (sent.outcome, sent.thread) == (Outcome.DELIVERED, "")
    assert stage.calls("POST", "/threads") == []
    assert stage.channel.threads == []


@pytest.mark.parametrize(
    ("status", "code"), [(400, 160004), (400, 30013), (403, 50013), (404, 10008)]
)
async def test_where_discord_refuses_everything_stays_in_the_channel(
    stage: Stage, status: int, code: int
) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages/*/threads", status=status, code=code, message="no"
    )
    with capture_logs() as lines:
        sent = await posted(stage, LOBBY)
    assert (sent.outcome, sent.thread) == (Outcome.DELIVERED, "")
    assert [line["code"] for line in lines if line["event"] == "unthreaded"] == [code]


async def test_no_game_waits_long_for_its_thread(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waits(*_: object, **__: object) -> None:
        """What the library does while Discord says "too many"."""
        await asyncio.Event().wait()

    monkeypatch.setattr(threads, "PATIENCE", 0.0)
    monkeypatch.setattr(discord.PartialMessage, "create_thread", waits)
    with capture_logs() as lines:
        sent = await posted(stage, LOBBY)
    assert (sent.outcome, sent.thread) == (Outcome.DELIVERED, "")
    assert [line["reason"] for line in lines if line["event"] == "unthreaded"] == ["TimeoutError"]


async def test_in_a_voice_channel_there_is_none(stage: Stage) -> None:
    voice = stage.guild.create_voice_channel("talk")
    await stage.env.settle()
    sent = await posted(stage, LOBBY, chat(stage, voice))
    assert (sent.outcome, sent.thread) == (Outcome.DELIVERED, "")
    assert stage.calls("POST", "/threads") == []


async def test_in_a_channel_that_takes_nothing_there_is_none(stage: Stage) -> None:
    without(stage, "send_messages")
    await stage.env.settle()
    assert await posted(stage, LOBBY) == Posted(Outcome.NEVER)


# --- afterwards -----------------------------------------------------------------------------------


async def test_what_follows_is_said_in_the_thread_and_kept_up_there(stage: Stage) -> None:
    where, thread = await begun(stage)
    sent = await posted(stage, ROUND, where)
    again = await posted(
        stage, replace(ROUND, blocks=(Text(Words("Later.")),)), where, sent.message
    )
    assert again == Posted(Outcome.DELIVERED, sent.message)
    assert [body(each) for each in thread.history() if each.embeds] == ["Later."]


async def test_a_thread_that_sleeps_is_woken(stage: Stage) -> None:
    where, thread = await begun(stage)
    sent = await posted(stage, ROUND, where)
    slept(stage, thread)
    await stage.env.settle()
    again = await posted(
        stage, replace(ROUND, blocks=(Text(Words("Later.")),)), where, sent.message
    )
    assert again == Posted(Outcome.DELIVERED, sent.message)
    assert stage.calls("PATCH", f"/channels/{thread.id}") == [{"archived": False}]


async def test_after_a_start_an_awake_thread_is_looked_up_and_left_as_it_is(stage: Stage) -> None:
    where, thread = await begun(stage)
    guild = stage.env.bot.get_guild(stage.guild.id)
    assert guild is not None
    guild._remove_thread(discord.Object(thread.id))
    assert (await posted(stage, ROUND, where)).outcome is Outcome.DELIVERED
    assert stage.calls("PATCH", f"/channels/{thread.id}") == []


async def test_a_locked_thread_is_given_up(stage: Stage) -> None:
    where, thread = await begun(stage)
    slept(stage, thread, locked=True)
    await stage.env.settle()
    stage.env.inject_error(
        "PATCH", f"/channels/{thread.id}", status=403, code=50013, message="Missing Permissions"
    )
    assert await posted(stage, ROUND, where) == Posted(Outcome.NEVER)


@pytest.mark.parametrize(("status", "code"), [(400, 160005), (403, 50013), (404, 10003)])
async def test_what_a_thread_never_takes_is_given_up(stage: Stage, status: int, code: int) -> None:
    where, _ = await begun(stage)
    stage.env.inject_error("POST", "/channels/*/messages", status=status, code=code, message="no")
    assert await posted(stage, ROUND, where) == Posted(Outcome.NEVER)


async def test_a_deleted_thread_is_given_up(stage: Stage) -> None:
    where, thread = await begun(stage)
    sent = await posted(stage, ROUND, where)
    stage.env.backend.delete_channel(thread.id)
    await stage.env.settle()
    assert await posted(stage, ROUND, where, sent.message) == Posted(Outcome.NEVER)
    assert await posted(stage, ROUND, where) == Posted(Outcome.NEVER)


async def test_while_discord_cannot_tell_it_is_tried_later(stage: Stage) -> None:
    where, thread = await begun(stage)
    slept(stage, thread)
    await stage.env.settle()
    stage.env.inject_error("GET", f"/channels/{thread.id}", status=400, code=0, message="no")
    assert await posted(stage, ROUND, where) == Posted(Outcome.LATER)


# --- people in it ---------------------------------------------------------------------------------


async def test_what_is_asked_in_a_thread_counts_as_its_channel_and_names_it(stage: Stage) -> None:
    where, thread = await begun(stage)
    await stage.mira.slash(thread, "price")
    assert stage.desk.last.chat == Chat(
        str(stage.guild.id), Place.GROUP, str(stage.channel.id), "Traders", where.thread
    )
    stage.desk.answers["/join"] = ROUND
    join = Reply((Text(Words("Go?")),), ((Choice("Join", "/join", kept=True, aside=True),),))
    await posted(stage, join, where)
    shown = thread.last_message
    assert isinstance(shown, discord.Message)
    assert body(first(await stage.tobi.click(shown, label="Join"))) == "Round 1."
    assert (stage.desk.last.chat.topic, stage.desk.last.chat.thread) == (where.topic, where.thread)
    await stage.mira.slash(stage.channel, "price")
    assert stage.desk.last.chat.thread == ""
