"""Whether somebody is still in a server: asked one by one, which takes no privileged intent.

The library waits in its own queue for such requests where Discord says "too many", so messages go
on meanwhile.
"""

import discord

from core.services.roll import Presence

STRANGERS = frozenset({10007, 10013})
"""Discord's codes for who is no member, and for an account that is there no more."""


async def attends(client: discord.Client, server: int, person: int) -> Presence:
    """Return whether a person is in a server; nobody knows of one that the bot is not in."""
    guild = client.get_guild(server)
    if guild is None:
        return Presence.UNKNOWN
    try:
        await guild.fetch_member(person)
    except discord.NotFound as refused:
        return Presence.GONE if refused.code in STRANGERS else Presence.UNKNOWN
    except (OSError, discord.DiscordException):
        return Presence.UNKNOWN
    return Presence.HERE
