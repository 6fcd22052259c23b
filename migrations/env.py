"""What Alembic runs before the revisions: it hands them a connection and the tables they lead to.

The program hands in its own connection, on which its transaction has begun. A developer at a prompt
has none: there DATABASE_URL says which database is meant.
"""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.types import TypeDecorator

from bot.adapters.database.tables import METADATA
from bot.settings import load


def plain(kind: str, found: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are in the database: a revision must not change later."""
    if kind == "type" and isinstance(found, TypeDecorator):
        return f"sa.{found.impl_instance!r}"
    return False


def run(connection: Connection) -> None:
    """Run what Alembic was asked for."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=plain,
    )
    with context.begin_transaction():
        context.run_migrations()


def at_a_prompt() -> None:
    """Open the database of the settings."""
    url = make_url(load().database_url)
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()


given = context.config.attributes.get("connection")
if isinstance(given, Connection):
    run(given)
else:
    at_a_prompt()
