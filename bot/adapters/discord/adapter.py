"""Discord as a platform: connect, stay, leave in order."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import discord

from bot.adapters.discord.answers import log
from bot.adapters.discord.attendance import attends
from bot.adapters.discord.client import MarginClient
from bot.adapters.discord.deliver import deliver, place
from bot.adapters.discord.incoming import PLATFORM
from bot.chat.ports import Desk, Outcome, PlatformRefused, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence

_LONGEST_PAUSE = 60.0


class DiscordRefusal(PlatformRefused):
    """Discord will not let this bot in; its text is one line for whoever runs it."""


@dataclass(frozen=True, slots=True)
class DiscordOptions:
    """What the platform needs to know: `patience` and `pause` are seconds.

    `test_guild` is the one server that gets the commands, for trying out. `patience` is how long an
    answer may take before Discord is asked for time; `pause` how long to wait after Discord could
    not be reached, doubled each time up to a minute.
    """

    token: str = field(repr=False)
    test_guild: int | None = None
    patience: float = 1.5
    pause: float = 1.0


class DiscordAdapter:
    """The Discord platform."""

    platform = PLATFORM

    def __init__(self, desk: Desk, options: DiscordOptions) -> None:
        """Take the desk that answers."""
        self._desk = desk
        self._options = options
        self._client: MarginClient | None = None

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        """Say something to a person first; later while Discord is not reached."""
        client = self._client
        if client is None or not client.is_ready():
            return Outcome.LATER
        return await deliver(client, self._desk, int(who.person), reply)

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        """Say something into a channel first; later while Discord is not reached."""
        client = self._client
        if client is None or not client.is_ready():
            return Posted(Outcome.LATER)
        return await place(client, self._desk, chat, reply, message)

    async def attends(self, room: Room, who: Identity) -> Presence:
        """Return whether a person is in a server; unknown while Discord is not reached."""
        client = self._client
        if client is None or not client.is_ready():
            return Presence.UNKNOWN
        return await attends(client, int(room.chat), int(who.person))

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; raises `DiscordRefusal` when the token is not accepted."""
        pause = self._options.pause
        while not stop.is_set():
            try:
                return await self._serve(stop)
            except discord.LoginFailure:
                raise DiscordRefusal("Discord does not accept DISCORD_TOKEN") from None
            except discord.ConnectionClosed as closed:
                raise DiscordRefusal(f"Discord closed the door (code {closed.code})") from None
            except (OSError, discord.HTTPException, discord.GatewayNotFound) as fault:
                reason = type(fault).__name__
                log.warning("unreachable", platform="discord", reason=reason, again_in=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        return None

    async def _serve(self, stop: asyncio.Event) -> None:
        """One connection, which the library renews by itself once it stood."""
        options = self._options
        client = MarginClient(self._desk, patience=options.patience, test_guild=options.test_guild)
        self._client = client
        async with client:
            serving = asyncio.create_task(client.start(options.token))
            stopping = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._client = None
                await client.close()
                serving.cancel()
                stopping.cancel()
                await asyncio.gather(serving, stopping, return_exceptions=True)
            if not stop.is_set():
                serving.result()
