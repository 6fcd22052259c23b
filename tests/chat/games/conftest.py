"""A group with a host, Hope, in which anybody may play."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.walk.group import Group, gathered


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    """Return a group in which nobody has said anything yet."""
    async with gathered(tmp_path) as group:
        yield group
