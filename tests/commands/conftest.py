"""A fresh house at the beginning of the demo market for every test."""

import pytest

from tests.walk.house import Home


@pytest.fixture
def home() -> Home:
    """Return a house in which nobody has said anything yet."""
    return Home()
