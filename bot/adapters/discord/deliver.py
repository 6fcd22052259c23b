"""Speaking first on Discord: a notice, as a private message to the one whom it concerns."""

import discord

from bot.adapters.discord.answers import sheets
from bot.chat.ports import Desk, Outcome
from bot.chat.reply import Reply

CLOSED = frozenset({10013, 50007})
"""Discord's codes for an unknown user, and for private messages that are closed to us."""


async def deliver(client: discord.Client, desk: Desk, person: int, reply: Reply) -> Outcome:
    """Send a reply to a person; closed private messages are never tried again."""
    try:
        channel = await client.create_dm(discord.Object(person))
        for sheet in await sheets(reply, "en", person, desk):
            await channel.send(embed=sheet.embed, view=sheet.view or discord.utils.MISSING)
    except discord.Forbidden:
        return Outcome.NEVER
    except discord.HTTPException as refused:
        return Outcome.NEVER if refused.code in CLOSED else Outcome.LATER
    except (OSError, discord.DiscordException):
        return Outcome.LATER
    return Outcome.DELIVERED
