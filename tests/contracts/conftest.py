"""The places in which units of work can keep things: memory, a file, a server."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.adapters.database import Database, prepare
from core.ports import Units
from tests.fakes.ports import MemoryUnits
from tests.fakes.postgres import Server, postgres

__all__ = ["Doors", "postgres"]

Doors = Callable[[], Units]
"""Opens the same place once more, as another process would."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "marginbot.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def doors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Doors]:
    """Give the way into one fresh place."""
    if request.param == "memory":
        memory = MemoryUnits()
        yield lambda: memory
        return
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path)
        url = f"sqlite:///{path}"
    else:
        server: Server = request.getfixturevalue("postgres")
        url = server.migrated()
    with ExitStack() as stack:

        def opened() -> Units:
            database = Database(url)
            stack.callback(database.close)
            return database.units()

        yield opened


@pytest.fixture
def units(doors: Doors) -> Units:
    return doors()
