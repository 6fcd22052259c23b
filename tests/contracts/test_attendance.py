"""What `Attendance` promises: here, gone, or unknown; the fake and both platforms keep it alike."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest
from simcord import Env

from bot.adapters.discord import DiscordAdapter, DiscordOptions
from bot.adapters.discord.client import MarginClient
from bot.chat.ports import Attendance
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.adapters.discord.stage import MENU
from tests.adapters.discord.stage import Stage as Server
from tests.adapters.telegram.stage import playing
from tests.fakes.attendance import FakeAttendance
from tests.fakes.botapi.world import BOT, GROUP
from tests.fakes.desk import ScriptedDesk

MIRA = 7


@dataclass
class Place:
    """A chat with Mira in it; she can be put out and let in again, and so can the bot."""

    platform: Attendance
    room: Room
    mira: Identity
    out: Callable[[], object]
    back: Callable[[], object]
    shut: Callable[[], object]

    async def presence(self) -> Presence:
        return await self.platform.attends(self.room, self.mira)


@asynccontextmanager
async def fake() -> AsyncIterator[Place]:
    platform, room, mira = FakeAttendance(), Room("telegram", "-5"), Identity("telegram", "7")
    key = room.chat, mira.person
    yield Place(
        platform,
        room,
        mira,
        lambda: platform.gone.add(key),
        lambda: platform.gone.remove(key),
        lambda: platform.shut.add(room.chat),
    )


@asynccontextmanager
async def telegram() -> AsyncIterator[Place]:
    async with playing() as stage:
        stage.world.person(MIRA)
        stage.world.group()
        members = stage.world.members[GROUP]
        yield Place(
            stage.adapter,
            Room("telegram", str(GROUP), "9"),
            Identity("telegram", str(MIRA)),
            lambda: members.update({MIRA: "kicked"}),
            lambda: members.update({MIRA: "member"}),
            lambda: members.update({BOT["id"]: "kicked"}),
        )


@asynccontextmanager
async def discord() -> AsyncIterator[Place]:
    desk = ScriptedDesk(menu=MENU)
    client = MarginClient(desk)
    env = Env(client, settle_timeout=1.0)
    await env.start()
    server = Server(env, desk)
    await env.settle()
    adapter = DiscordAdapter(desk, DiscordOptions("x.y.z"))
    adapter._client = client
    try:
        yield Place(
            adapter,
            Room("discord", str(server.guild.id), str(server.channel.id)),
            Identity("discord", str(server.mira.id)),
            lambda: server.guild.remove_member(server.mira),
            lambda: server.guild.add_member(server.mira.user),
            lambda: env.inject_error("GET", "/guilds/*/members/*", status=403, code=50001),
        )
    finally:
        await env.shutdown()


@pytest.fixture(params=[fake, telegram, discord], ids=["fake", "telegram", "discord"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(request.param())


async def test_a_member_is_here(place: Place) -> None:
    assert place.platform.platform == place.room.platform
    assert await place.presence() is Presence.HERE


async def test_who_was_put_out_is_gone_until_they_are_back(place: Place) -> None:
    place.out()
    assert await place.presence() is Presence.GONE
    place.back()
    assert await place.presence() is Presence.HERE


async def test_a_chat_that_is_shut_tells_nothing_of_anybody(place: Place) -> None:
    place.out()
    place.shut()
    assert await place.presence() is Presence.UNKNOWN
