"""Platforms are switched on by their tokens; without one there is the terminal alone."""

import io
import sys
from pathlib import Path

import pytest

from bot.adapters.console.adapter import ConsoleAdapter
from bot.adapters.discord import DiscordAdapter
from bot.adapters.telegram import TelegramAdapter
from bot.app import App, build
from bot.platforms import platforms
from tests.test_app import app, settings

__all__ = ["app"]

TOKENS = {"TELEGRAM_TOKEN": "123456:ABC-def", "DISCORD_TOKEN": "x.y.z"}
WEBHOOK = {
    "TELEGRAM_MODE": "webhook",
    "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/hook",
    "TELEGRAM_WEBHOOK_SECRET": "s3cret",
}


@pytest.mark.parametrize("more", [{}, WEBHOOK], ids=["polling", "webhook"])
@pytest.mark.parametrize("console", [True, False])
def test_platforms_with_a_token_are_switched_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, str], console: bool
) -> None:
    app = build(settings(monkeypatch, tmp_path, **TOKENS, **more))
    try:
        on = [type(platform) for platform in platforms(app, console=console)]
    finally:
        app.close()
    assert on == [TelegramAdapter, DiscordAdapter, ConsoleAdapter][: 2 + console]


def test_without_a_token_there_is_the_terminal_alone(app: App) -> None:
    assert [type(platform) for platform in platforms(app, console=True)] == [ConsoleAdapter]
    assert platforms(app, console=False) == []


@pytest.mark.parametrize(("terminal", "kept"), [(True, True), (False, False)])
def test_typed_lines_are_kept_beside_the_database_of_a_terminal(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool, kept: bool
) -> None:
    stdin = io.StringIO()
    monkeypatch.setattr(stdin, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stdin", stdin)
    (console,) = platforms(app, console=True)
    assert isinstance(console, ConsoleAdapter)
    assert console._history == (tmp_path / "history" if kept else None)
