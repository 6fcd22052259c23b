"""Discord: slash commands, mentions and private messages in, embeds and buttons out."""

from bot.adapters.discord.adapter import DiscordAdapter, DiscordOptions, DiscordRefusal

__all__ = ["DiscordAdapter", "DiscordOptions", "DiscordRefusal"]
