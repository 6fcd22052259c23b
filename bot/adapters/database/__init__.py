"""The database: tables, units of work on them, and their growth from release to release.

`prepare(url)` once at the start, then `Database(url).units()` for as long as the program runs.
"""

from bot.adapters.database.copies import NoCopy, backup, restore
from bot.adapters.database.engine import BadAddress, StorageFault
from bot.adapters.database.schema import (
    NeedsMigration,
    NewerDatabase,
    Unreachable,
    migrate,
    prepare,
)
from bot.adapters.database.types import Unfit
from bot.adapters.database.unit import Database, NotWriting

__all__ = [
    "BadAddress",
    "Database",
    "NeedsMigration",
    "NewerDatabase",
    "NoCopy",
    "NotWriting",
    "StorageFault",
    "Unfit",
    "Unreachable",
    "backup",
    "migrate",
    "prepare",
    "restore",
]
