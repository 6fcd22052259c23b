"""A game's own thread: begun under a message of ours where we may, and woken when it has slept.

Discord lets a thread sleep (archives it) when nobody wrote there for a day: what is written wakes
it, what is put in place of an older message does not.
"""

import asyncio
from typing import Final

import discord
import structlog

from bot.adapters.discord.limits import shortened

log = structlog.get_logger("marginbot.discord")

NAME = 100
"""Characters of a thread's name."""

PATIENCE = 10.0
"""Seconds that a game waits for its thread; it goes on in the channel then."""

_A_DAY: Final = 1440
"""Minutes without a message after which it sleeps."""


async def begun(client: discord.Client, place: int, message: int, name: str) -> str:
    """Begin a public thread under a message; return its id, "" where there is none to be had.

    Only in a text channel in which we may begin public threads and write into them; whatever else
    is in the way is no error.
    """
    channel = client.get_channel(place)
    if not isinstance(channel, discord.TextChannel):
        return ""
    may = channel.permissions_for(channel.guild.me)
    if not (may.create_public_threads and may.send_messages_in_threads):
        return ""
    under = channel.get_partial_message(message)
    try:
        async with asyncio.timeout(PATIENCE):
            thread = await under.create_thread(
                name=shortened(name, NAME), auto_archive_duration=_A_DAY
            )
    except (OSError, TimeoutError, discord.DiscordException) as refused:
        code = refused.code if isinstance(refused, discord.HTTPException) else 0
        log.info("unthreaded", platform="discord", reason=type(refused).__name__, code=code)
        return ""
    return str(thread.id)


async def woken(client: discord.Client, thread: int) -> bool:
    """Wake a thread that sleeps; False where it is gone, or locked to us.

    Those that are awake are known to the library, so nothing is asked of Discord then. Raises what
    Discord raises but for these two.
    """
    if client.get_channel(thread) is not None:
        return True
    try:
        found = await client.fetch_channel(thread)
        if isinstance(found, discord.Thread) and found.archived:
            await found.edit(archived=False)
    except (discord.NotFound, discord.Forbidden):
        return False
    return True
