"""The kinds of challenges, one file each; a new file is a new kind, and nothing else changes.

A module holds its `Kind` under the name `KIND`.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from core.lessons.game.kind import Kind


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its name. Raises `TypeError` for a module without one."""
    found: dict[str, Kind] = {}
    for info in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{info.name}")
        kind: Kind | None = getattr(module, "KIND", None)
        if kind is None or kind.name in found:
            raise TypeError(f"{info.name}.py holds no kind of its own")
        found[kind.name] = kind
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: pair[1].order)))
