"""Desks for whoever works at them."""

from collections.abc import Iterator

import pytest

from bot.runtime.desks import Desks


@pytest.fixture
def desks() -> Iterator[Desks]:
    desks = Desks()
    yield desks
    desks.close()
