"""Who is in a server: only Discord's word that somebody is no member says that they are gone."""

import pytest

from bot.adapters.discord import DiscordAdapter, DiscordOptions
from bot.adapters.discord.attendance import attends
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.adapters.discord.stage import Stage
from tests.fakes.desk import ScriptedDesk


@pytest.mark.parametrize(
    ("status", "code", "presence"),
    [
        (404, 10007, Presence.GONE),
        (404, 10013, Presence.GONE),
        (404, 10004, Presence.UNKNOWN),
        (404, 0, Presence.UNKNOWN),
        (403, 50001, Presence.UNKNOWN),
        (400, 40003, Presence.UNKNOWN),
    ],
)
async def test_only_an_unknown_member_is_gone(
    stage: Stage, status: int, code: int, presence: Presence
) -> None:
    stage.env.inject_error("GET", "/guilds/*/members/*", status=status, code=code, message="No")
    assert await attends(stage.env.bot, stage.guild.id, stage.mira.id) is presence


async def test_a_server_that_the_bot_is_not_in_is_asked_nothing(stage: Stage) -> None:
    before = len(stage.env.http_requests)
    assert await attends(stage.env.bot, 12345, stage.mira.id) is Presence.UNKNOWN
    assert len(stage.env.http_requests) == before


async def test_before_discord_is_reached_nothing_is_known(desk: ScriptedDesk) -> None:
    adapter = DiscordAdapter(desk, DiscordOptions("x.y.z"))
    room, who = Room("discord", "7", "70"), Identity("discord", "8")
    assert await adapter.attends(room, who) is Presence.UNKNOWN
