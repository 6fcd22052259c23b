"""A fresh house at the beginning of the demo market for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.walk.group import Group, gathered
from tests.walk.house import Home


@pytest.fixture
def home() -> Home:
    """Return a house in which nobody has said anything yet."""
    return Home()


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    """Return a group in which nobody has said anything yet; its host is Hope."""
    async with gathered(tmp_path) as group:
        yield group
