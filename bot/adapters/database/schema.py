"""The shape of a database and its age: brought up to date once, at the start.

A database carries the name of the last revision it has seen. When that is `HEAD`, nothing more is
loaded: Alembic stays out of the way of a normal start. When it is older, a file of ours is
upgraded at once, in one transaction that only one process can hold; a server belongs to somebody,
so there the upgrade waits for `migrate`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.adapters.database.engine import Address, StorageFault, open_engine
from bot.adapters.database.unit import WRITING

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "20261202_threads"
"""The newest revision; the name of its file in `migrations/versions`."""

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"
"""Beside the packages, in the source tree as in an installation."""


class NeedsMigration(StorageFault):
    """A server's database is older than the program, or new and empty."""


class NewerDatabase(StorageFault):
    """The database was made by a later release than this program."""


class Unreachable(StorageFault):
    """The database does not answer, or is none."""


def prepare(database_url: str) -> None:
    """Make sure that the database has the shape this program needs.

    Raises `NeedsMigration` for a server's database that is not up to date, `NewerDatabase`,
    `Unreachable`, `BadAddress`.
    """
    address = Address.read(database_url)
    if _age(address) == HEAD:
        return
    if not address.embedded:
        raise NeedsMigration(
            f"{address.place} is not up to date: stop the bot, make a backup, "
            "then run: marginbot migrate"
        )
    _bring_up_to_date(address)


def migrate(database_url: str) -> None:
    """Bring any database up to date; what is up to date stays as it is.

    Raises `NewerDatabase`, `Unreachable`, `BadAddress`.
    """
    address = Address.read(database_url)
    if _age(address) != HEAD:
        _bring_up_to_date(address)


def version(connection: Connection) -> str | None:
    """Return the last revision a database has seen; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def alembic_config(connection: Connection) -> "Config":
    """Return what Alembic needs to work on an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - a normal start does not load Alembic

    config = Config()
    # A percent sign in the path would be read as a place to fill in.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _age(address: Address) -> str | None:
    """Look at the database once."""
    with _reached(address) as connection:
        return version(connection)


def _bring_up_to_date(address: Address) -> None:
    """Upgrade under the writers' lock; whoever comes second finds the work done."""
    with _reached(address) as connection:
        for line in WRITING[connection.dialect.name]:
            connection.exec_driver_sql(line)
        found = version(connection)
        if found != HEAD:
            _upgrade(connection, address, found)


@contextmanager
def _reached(address: Address) -> Iterator[Connection]:
    """Open one connection; what was begun on it is kept unless the block fails."""
    try:
        with open_engine(address, migrating=True).begin() as connection:
            yield connection
    except (DBAPIError, OSError) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        line = next(iter(str(cause).splitlines()), type(cause).__name__)
        raise Unreachable(f"{address.place}: {line}") from fault


def _upgrade(connection: Connection, address: Address, found: str | None) -> None:
    """Run the revisions that are missing."""
    from alembic import command  # noqa: PLC0415 - a normal start does not load Alembic
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - the same

    config = alembic_config(connection)
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise NewerDatabase(f"{address.place} was made by a later release of Marginbot ({found})")
    command.upgrade(config, "head")
    if address.embedded and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StorageFault(f"{address.place}: a row would point at nothing; nothing was changed")
