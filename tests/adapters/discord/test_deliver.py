"""Speaking first on Discord: as a private message, or never again where these are closed."""

import pytest

from bot.adapters.discord import DiscordAdapter, DiscordOptions
from bot.adapters.discord.deliver import deliver, post
from bot.chat.ports import Outcome
from bot.chat.reply import Choice, Reply, Text, Title, Words
from bot.chat.request import Chat, Place
from core.paper.records import Identity
from tests.adapters.discord.stage import Stage, body, labels
from tests.fakes.desk import ScriptedDesk

NOTICE = Reply(
    (Title(Words("LIQUIDATED")), Text(Words("It is over."))),
    choices=((Choice("Portfolio", "/pf"),),),
)


async def test_a_notice_is_a_private_message_with_its_buttons(stage: Stage) -> None:
    person = stage.mira.id
    outcome = await deliver(stage.env.bot, stage.desk, person, NOTICE)
    assert outcome is Outcome.DELIVERED
    message = stage.mira.user.dm_channel.last_message
    assert message is not None
    assert body(message) == "It is over."
    assert labels(message) == [["Portfolio"]]


async def test_closed_private_messages_are_never_tried_again(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages", status=403, code=50007, message="Cannot send to this user"
    )
    outcome = await deliver(stage.env.bot, stage.desk, stage.mira.id, NOTICE)
    assert outcome is Outcome.NEVER


async def test_an_unknown_person_is_never_tried_again(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", "/users/@me/channels", status=404, code=10013, message="Unknown User"
    )
    assert await deliver(stage.env.bot, stage.desk, 12345, NOTICE) is Outcome.NEVER


async def test_what_discord_could_not_take_is_tried_later(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages", status=400, code=40003, message="Too fast"
    )
    person = stage.mira.id
    assert await deliver(stage.env.bot, stage.desk, person, NOTICE) is Outcome.LATER
    assert await deliver(stage.env.bot, stage.desk, person, NOTICE) is Outcome.DELIVERED


async def test_before_discord_is_reached_everything_waits(desk: ScriptedDesk) -> None:
    adapter = DiscordAdapter(desk, DiscordOptions("x.y.z"))
    assert adapter.platform == "discord"
    assert await adapter.deliver(Identity("discord", "7"), NOTICE) is Outcome.LATER


async def test_a_post_comes_into_its_channel_and_anybody_may_press(stage: Stage) -> None:
    channel = stage.channel.id
    assert await post(stage.env.bot, stage.desk, channel, NOTICE) is Outcome.DELIVERED
    message = stage.channel.last_message
    assert message is not None
    assert (body(message), labels(message)) == ("It is over.", [["Portfolio"]])


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (404, 10003, Outcome.NEVER),
        (403, 50001, Outcome.NEVER),
        (400, 40003, Outcome.LATER),
    ],
)
async def test_a_channel_that_is_closed_to_us_is_never_tried_again(
    stage: Stage, status: int, code: int, outcome: Outcome
) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages", status=status, code=code, message="refused"
    )
    assert await post(stage.env.bot, stage.desk, stage.channel.id, NOTICE) is outcome


async def test_before_discord_is_reached_posts_wait(desk: ScriptedDesk) -> None:
    adapter = DiscordAdapter(desk, DiscordOptions("x.y.z"))
    assert await adapter.post(Chat("1", Place.GROUP, "2"), NOTICE) is Outcome.LATER
