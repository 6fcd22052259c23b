"""Copies of the instrument files, to be broken by tests in one place each."""

import json
from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from bot.adapters.content.instrument_files import FOLDER

Edit = Callable[[Any], object]


def copy_to(folder: Path) -> Path:
    """Copy every instrument file into a folder."""
    with as_file(FOLDER) as ours:
        for file in ours.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


def change(folder: Path, venue: str, edit: Edit) -> None:
    """Edit the document of one venue."""
    file = folder / f"{venue}.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    edit(document)
    file.write_text(json.dumps(document), encoding="utf-8")


def bitcoin(**changes: object) -> Edit:
    """Return an edit that sets fields of BTCUSDT."""
    return lambda document: document["instruments"]["BTCUSDT"].update(changes)
