"""The two bots that are compared: ours whole, and the barest that answers at all."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.adapters.telegram.adapter import TelegramAdapter
from bot.adapters.telegram.options import Rate, Rates, TelegramOptions
from bot.app import App, build
from bot.runtime.logs import configure
from bot.settings import Settings
from tests.fakes.botapi import TOKEN

ECHO = Application[Any, Any, Any, Any, Any, Any]

UNLIMITED = Rates(Rate(10**6, 1, 15), Rate(10**6, 1, 15), 10**6)
"""Pauses between messages are manners, not costs."""


@contextmanager
def house(folder: Path) -> Iterator[App]:
    """Build the real thing on a database in a folder; its log is written and thrown away."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        configure("INFO", "json", (TOKEN,), nowhere)
        app = build(Settings(_env_file=None, database_url=f"sqlite:///{folder / 'marginbot.db'}"))
        try:
            yield app
        finally:
            app.close()
            configure("ERROR")


def ours(app: App, url: str | None = None) -> TelegramAdapter:
    """Return our bot."""
    return TelegramAdapter(app.desk, TelegramOptions(TOKEN, url, rates=UNLIMITED))


def echo(length: list[int], url: str | None = None) -> ECHO:
    """Return a bot that answers everything with as many letters as `length` says at the time."""

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("x" * length[0], parse_mode=ParseMode.HTML)

    builder = Application.builder().token(TOKEN)
    app = (builder.base_url(f"{url}/bot") if url else builder).build()
    app.add_handler(MessageHandler(filters.ALL, answer))
    return app


@asynccontextmanager
async def polling(app: ECHO) -> AsyncIterator[None]:
    """Let the barest bot run by long polling."""
    async with AsyncExitStack() as closing:
        await closing.enter_async_context(app)
        assert app.updater is not None
        await app.updater.start_polling(timeout=30)
        closing.push_async_callback(app.updater.stop)
        await app.start()
        closing.push_async_callback(app.stop)
        yield
