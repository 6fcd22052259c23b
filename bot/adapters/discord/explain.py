"""A choice in the menu of every message: what it asks about is answered, and never repeated.

Discord hands over the message itself, also where the bot may not read along, because somebody
called it upon that very message.
"""

from collections.abc import Callable, Coroutine

import discord
from discord import app_commands

from bot.chat.i18n import Translate

Explain = Callable[[discord.Interaction, discord.Message], Coroutine[None, None, None]]
"""Answers a choice in a message's menu: interaction, the message."""


def explain_menu(explain: Explain, _: Translate) -> app_commands.ContextMenu:
    """Return the choice in the menu of messages."""

    async def callback(interaction: discord.Interaction, message: discord.Message) -> None:
        await explain(interaction, message)

    return app_commands.ContextMenu(name=_("Explain this"), callback=callback)
