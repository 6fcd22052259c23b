"""`marginbot run`: all platforms that have a token, and a terminal chat where there is a terminal.

Without a token the terminal (or the pipe) is the only platform; with tokens and no terminal the bot
runs headless until it is told to stop.
"""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from bot.adapters.content.scenario_shelf import ScenarioShelf, own_folder
from bot.app import App, build
from bot.chat.ports import PlatformRefused
from bot.platforms import platforms
from bot.runtime.logs import configure
from bot.settings import Settings

NAME = "run"
HELP = "run the bot (the default)"
SQLITE = "sqlite:///"


def arguments(parser: argparse.ArgumentParser) -> None:
    """There are none: `.env` decides."""


def run(_options: argparse.Namespace, settings: Settings) -> int:
    """Run until told to stop."""
    tokens = bool(settings.telegram_token or settings.discord_token)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    configure(settings.log_level if tokens else "WARNING", settings.log_format, settings.secrets())
    app = build(settings)
    sys.stderr.write("".join(f"{line}\n" for line in greeting(settings)))
    ScenarioShelf(own_folder(settings)).headings()  # what is left out is logged at the start
    try:
        return asyncio.run(_run(app, console=terminal or not tokens))
    finally:
        app.close()


def greeting(settings: Settings) -> list[str]:
    """What a self-hoster must know at start, a line each."""
    lines = [f"database: {_where(settings.database_url)}"]
    on = [
        name
        for name, token in (
            ("Telegram", settings.telegram_token),
            ("Discord", settings.discord_token),
        )
        if token
    ]
    lines.append(
        f"platforms: {', '.join(on) or 'this terminal only; tokens in .env switch others on'}"
    )
    if not settings.allowed_chats:
        lines.append("open to everyone: ALLOWED_CHATS is empty")
    if not settings.owner_ids:
        lines.append("no owner: OWNER_IDS is empty")
    if on and settings.prices_source == "demo":
        lines.append("WARNING: prices are a recording (PRICES_SOURCE=demo), not live")
    return lines


def _where(url: str) -> str:
    """An embedded database by its absolute path; a server without its password."""
    if url.startswith(SQLITE):
        return str(Path(url.removeprefix(SQLITE)).resolve())
    head, _, tail = url.partition("://")
    return f"{head}://{tail.rpartition('@')[2]}"


async def _run(app: App, *, console: bool) -> int:
    """Run all platforms side by side; the first that ends stops the others."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers in the loop
            loop.add_signal_handler(number, stop.set)
    if app.live is not None:
        await app.live.begin()
    await app.watch.begin(stop)
    on = platforms(app, console=console)
    try:
        async with asyncio.TaskGroup() as group:
            if app.live is not None:
                group.create_task(app.live.run(stop))
            group.create_task(app.watch.run(stop))
            group.create_task(app.courier.run(stop, on))
            group.create_task(app.caretaker.run(stop))
            group.create_task(app.boards.run(stop, on))
            group.create_task(app.games.run(stop, on))
            group.create_task(app.roll.run(stop, on))
            group.create_task(app.editions.run(stop))
            for platform in on:
                group.create_task(platform.run(stop))
    except* PlatformRefused as refused:
        raise _first(refused) from None
    return 0


def _first(refused: BaseExceptionGroup[PlatformRefused]) -> PlatformRefused:
    """The first refusal of a group, however deep it stands."""
    inner = refused.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
