"""Speaking first on Discord: a notice to the one whom it concerns, a post into a whole channel."""

from dataclasses import replace

import discord
from discord.abc import Messageable

from bot.adapters.discord.answers import sheets
from bot.adapters.discord.buttons import EVERYBODY
from bot.adapters.discord.threads import begun, woken
from bot.chat.ports import Desk, Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat

CLOSED = frozenset({10003, 10013, 50007, 160005})
"""Discord's codes for an unknown channel or user, private messages closed to us, locked threads."""


async def deliver(client: discord.Client, desk: Desk, person: int, reply: Reply) -> Outcome:
    """Send a reply to a person; closed private messages are never tried again."""
    try:
        channel = await client.create_dm(discord.Object(person))
    except (OSError, discord.DiscordException) as refused:
        return _outcome(refused)
    return (await _sent(channel, desk, person, reply)).outcome


async def post(
    channel: discord.PartialMessageable, desk: Desk, reply: Reply, message: str = ""
) -> Posted:
    """Send a reply into a channel; never again where it is gone or closed to us.

    With a message of ours it is put in its place; where that one is gone, it is sent anew. What is
    kept up to date is short: of several pages only the last has an id, and is replaced.
    """
    if not message:
        return await _sent(channel, desk, EVERYBODY, reply)
    try:
        sheet = (await sheets(reply, "en", EVERYBODY, desk))[-1]
        await channel.get_partial_message(int(message)).edit(embed=sheet.embed, view=sheet.view)
    except discord.NotFound:
        return await _sent(channel, desk, EVERYBODY, reply)
    except (OSError, discord.DiscordException) as refused:
        return Posted(_outcome(refused))
    return Posted(Outcome.DELIVERED, message)


async def place(
    client: discord.Client, desk: Desk, chat: Chat, reply: Reply, message: str = ""
) -> Posted:
    """Send a reply into a chat's channel or thread, and begin a thread below it if it names one."""
    where = int(chat.thread or chat.topic or chat.id)
    try:
        if chat.thread and not await woken(client, where):
            return Posted(Outcome.NEVER)
    except (OSError, discord.DiscordException) as refused:
        return Posted(_outcome(refused))
    posted = await post(client.get_partial_messageable(where), desk, reply, message)
    if not reply.branch or message or posted.outcome is not Outcome.DELIVERED:
        return posted
    thread = await begun(client, where, int(posted.message), reply.branch)
    return replace(posted, thread=thread)


async def _sent(where: Messageable, desk: Desk, person: int, reply: Reply) -> Posted:
    last = ""
    try:
        for sheet in await sheets(reply, "en", person, desk):
            sent = await where.send(embed=sheet.embed, view=sheet.view or discord.utils.MISSING)
            last = str(sent.id)
    except (OSError, discord.DiscordException) as refused:
        return Posted(_outcome(refused))
    return Posted(Outcome.DELIVERED, last)


def _outcome(refused: Exception) -> Outcome:
    """Whether a refusal is for good."""
    match refused:
        case discord.Forbidden():
            return Outcome.NEVER
        case discord.HTTPException(code=code) if code in CLOSED:
            return Outcome.NEVER
        case _:
            return Outcome.LATER
