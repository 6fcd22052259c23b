"""Databases of both kinds, new and up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.database import Database, migrate
from tests.fakes.postgres import Server, postgres

__all__ = ["postgres"]


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """Name a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'data' / 'marginbot.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, file_url: str) -> str:
    """Name an empty database."""
    if request.param == "sqlite":
        return file_url
    server: Server = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture
def url(new_url: str) -> str:
    """Name a database that is up to date."""
    migrate(new_url)
    return new_url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()
