"""Every run of the program has a folder and a log of its own."""

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

Typed = Callable[..., None]
"""Put these lines into standard input, which then ends."""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database and a `.env` of its own, and no log handler left behind."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_TOKEN", "DISCORD_TOKEN", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    def lines(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return lines
