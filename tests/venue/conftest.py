"""Reckon under the program's own context."""

from tests.builders import exact

__all__ = ["exact"]
