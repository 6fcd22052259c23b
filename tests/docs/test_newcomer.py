"""The command of docs/grow.md works as it stands there, in a package of its own."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.console.render import text
from bot.chat.command import Command, discover
from bot.chat.reply import Tone
from docs.generate import answer
from tests.docs.pages import page

PACKAGE = "newcomers_commands"


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Command, ...]]:
    """Write the recipe's file into a package and let the program find it."""
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "tick.py").write_text(page("docs/grow.md").blocks("python")[0], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield discover(importlib.import_module(PACKAGE))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_the_recipe_is_under_twenty_lines() -> None:
    assert len(page("docs/grow.md").blocks("python")[0].splitlines()) < 20


def test_the_newcomers_command_answers(newcomer: tuple[Command, ...]) -> None:
    said = answer("/tick btc", newcomer)

    assert said.tone is not Tone.TROUBLE
    assert "0.1" in text(said)
    assert "0.001 BTC" in text(said)


def test_the_newcomers_command_takes_its_words_in_any_order(
    newcomer: tuple[Command, ...],
) -> None:
    assert answer("/tick on okx btc", newcomer) == answer("/tick btc okx", newcomer)


def test_the_newcomers_command_stands_in_help(newcomer: tuple[Command, ...]) -> None:
    assert "/tick Show a contract's smallest steps." in text(answer("/help", newcomer))


def test_without_the_file_there_is_no_such_command() -> None:
    assert answer("/tick btc").tone is Tone.TROUBLE
