"""Copies of an embedded database, made and put back while the program may be running.

SQLite's own online backup copies page by page and sees one state of the file, whoever writes
meanwhile. A server has tools of its own for that, which know more about it than we do.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.adapters.database.engine import LONG_PATIENCE, Address, StorageFault
from bot.adapters.database.schema import prepare


class NoCopy(StorageFault):
    """A copy could not be made or put back; the text says what to do."""


def backup(database_url: str, file: Path) -> None:
    """Copy a database into a new file. Raises `NoCopy`, `BadAddress`."""
    source = _embedded(database_url, "pg_dump")
    if not source.exists():
        raise NoCopy(f"{source} is not there yet, so there is nothing to copy")
    if file.exists():
        raise NoCopy(f"{file} is there already: name another file")
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.part")  # only a whole copy gets its name
    half.unlink(missing_ok=True)
    try:
        _copy(source, half)
        half.rename(file)
    finally:
        half.unlink(missing_ok=True)


def restore(database_url: str, file: Path) -> Path | None:
    """Put a copy in place of a database; return where the one before it is kept now.

    The copy is looked through first, and brought up to date afterwards. Raises `NoCopy`,
    `NewerDatabase`, `BadAddress`.
    """
    target = _embedded(database_url, "pg_restore")
    if not file.exists():
        raise NoCopy(f"{file} is not there")
    _look_through(file)
    kept = None
    if target.exists():
        kept = _unused(target)
        backup(database_url, kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(file, target)
    prepare(database_url)
    return kept


def _embedded(database_url: str, tool: str) -> Path:
    """The file of an embedded database. Raises `NoCopy` for a server's."""
    address = Address.read(database_url)
    if not address.embedded:
        raise NoCopy(f"{address.place} is a server's database: use {tool}, which PostgreSQL brings")
    return Path(str(address.url.database))


def _unused(target: Path) -> Path:
    """A name beside a database that nothing has yet."""
    names = (target.with_name(f"{target.name}.before-restore-{n}") for n in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _look_through(file: Path) -> None:
    """Refuse what is no whole database of ours. Raises `NoCopy`."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
            ours = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
            found = ours.fetchone()
    except sqlite3.DatabaseError as fault:
        raise NoCopy(f"{file}: {fault}") from None
    if said != "ok":
        raise NoCopy(f"{file} is damaged: {said}")
    if found is None:
        raise NoCopy(f"{file} is no database of Marginbot")


def _copy(source: Path, target: Path) -> None:
    """Copy all pages at once; a writer that is busy is waited for. Raises `NoCopy`."""
    try:
        with (
            closing(sqlite3.connect(source, timeout=LONG_PATIENCE)) as there,
            closing(sqlite3.connect(target, timeout=LONG_PATIENCE)) as here,
        ):
            there.backup(here)
    except sqlite3.Error as fault:
        raise NoCopy(f"{target}: {fault}") from None
