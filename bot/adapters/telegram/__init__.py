"""Telegram: updates in, replies out. Everything that knows Telegram stands in this folder."""

from bot.adapters.telegram.adapter import TelegramAdapter
from bot.adapters.telegram.options import Rate, Rates, TelegramOptions, TokenRefused, Webhook

__all__ = ["Rate", "Rates", "TelegramAdapter", "TelegramOptions", "TokenRefused", "Webhook"]
