"""Answers to messages: a mention in a server, or a line in a private chat.

Messages have no asides. What is for one person's eyes goes to their private messages; where those
are closed, one sentence without any figure says how to get at it.
"""

from uuid import uuid4

import discord
import structlog

from bot.adapters.discord.answers import Sheet, failures_told, sheets
from bot.adapters.discord.silence import closed_door
from bot.chat.i18n import translator
from bot.chat.ports import Desk
from bot.chat.reply import Hush, Reply
from bot.chat.request import Place, Request
from bot.chat.troubles import fault_reply

log = structlog.get_logger("marginbot.discord")

SEEN = "\N{EYES}"
"""The small reaction that stands for "read, but enough was said"."""


async def answer(message: discord.Message, request: Request, desk: Desk) -> None:
    """Answer a message."""
    reply = await desk.answer(request)
    with failures_told("message"):
        try:
            await _answered(message, request, reply, desk)
        except discord.HTTPException:
            raise  # Discord's own; nothing more can be said
        except Exception:  # lines of buttons are kept in the database, which may fail
            fault = uuid4().hex[:8]
            log.exception("fault", platform="discord", fault=fault)
            await _below(message, request, fault_reply(fault, translator(request.locale)), desk)


async def _answered(
    message: discord.Message, request: Request, reply: Reply | Hush, desk: Desk
) -> None:
    """Send an answer to where it belongs."""
    if isinstance(reply, Hush):
        if reply.react:
            await message.add_reaction(SEEN)
    elif reply.private and request.chat.place is Place.GROUP:
        await _in_private(message, request, reply, desk)
    else:
        await _below(message, request, reply, desk)


async def _in_private(message: discord.Message, request: Request, reply: Reply, desk: Desk) -> None:
    """Write to the person, or say that their door is closed."""
    try:
        for sheet in await sheets(reply, request.locale, message.author.id, desk):
            await message.author.send(embed=sheet.embed, view=_view(sheet), files=sheet.attached)
    except discord.Forbidden:
        await _below(message, request, closed_door(translator(request.locale)), desk)


async def _below(message: discord.Message, request: Request, reply: Reply, desk: Desk) -> None:
    """Reply under the message it answers, or plainly in the channel if that is gone by now."""
    seconds = float(reply.delete_after)
    reference = _reference(message, reply)
    for sheet in await sheets(reply, request.locale, message.author.id, desk):
        sent = await message.channel.send(
            embed=sheet.embed, view=_view(sheet), files=sheet.attached, reference=reference
        )
        if seconds:
            await sent.delete(delay=seconds)
    if seconds and message.guild is not None:
        # Allowed only where the bot may manage messages; elsewhere the library drops it silently.
        await message.delete(delay=seconds)


def _reference(message: discord.Message, reply: Reply) -> discord.MessageReference:
    """What an answer stands under: the message it names, or the one that asked."""
    if not reply.under:
        return message.to_reference(fail_if_not_exists=False)
    return discord.MessageReference(
        message_id=int(reply.under), channel_id=message.channel.id, fail_if_not_exists=False
    )


def _view(sheet: Sheet) -> discord.ui.View:
    return sheet.view or discord.utils.MISSING
