"""Where people talk to the house: the platforms that settings switch on.

Each is imported only where it is switched on, so that a text command pays for nothing it does not
use.
"""

import asyncio
import sys
from pathlib import Path
from typing import Protocol

from bot.app import App
from bot.chat.ports import Attendance, Notifier, Publisher
from bot.settings import Settings


class Platform(Notifier, Publisher, Attendance, Protocol):
    """Something that brings requests and takes replies until it is told to stop."""

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set."""


def platforms(app: App, *, console: bool) -> list[Platform]:
    """Return the platforms that are switched on."""
    on: list[Platform] = []
    settings = app.settings
    if settings.telegram_token:
        on.append(_telegram(app))
    if settings.discord_token:
        on.append(_discord(app))
    if console:
        from bot.adapters.console.adapter import ConsoleAdapter  # noqa: PLC0415

        on.append(ConsoleAdapter(app.desk, _history(settings)))
    return on


def _telegram(app: App) -> Platform:
    """The Telegram adapter, imported only where there is a token."""
    from bot.adapters.telegram import TelegramAdapter, TelegramOptions, Webhook  # noqa: PLC0415

    s = app.settings
    webhook = None
    if s.telegram_mode == "webhook" and s.telegram_webhook_url and s.telegram_webhook_secret:
        webhook = Webhook(
            s.telegram_webhook_url,
            s.telegram_webhook_secret.get_secret_value(),
            s.telegram_webhook_listen,
            s.telegram_webhook_port,
        )
    token = s.telegram_token.get_secret_value() if s.telegram_token else ""
    options = TelegramOptions(token=token, base_url=s.telegram_base_url, webhook=webhook)
    return TelegramAdapter(app.desk, options)


def _discord(app: App) -> Platform:
    """The Discord adapter, imported only where there is a token."""
    from bot.adapters.discord import DiscordAdapter, DiscordOptions  # noqa: PLC0415

    s = app.settings
    token = s.discord_token.get_secret_value() if s.discord_token else ""
    return DiscordAdapter(app.desk, DiscordOptions(token, test_guild=s.discord_test_guild))


def _history(settings: Settings) -> Path | None:
    """Where the terminal chat keeps typed lines: beside an embedded database."""
    if not sys.stdin.isatty() or not settings.database_url.startswith("sqlite:///"):
        return None
    return Path(settings.database_url.removeprefix("sqlite:///")).parent / "history"
