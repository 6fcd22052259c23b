"""Migrations are no package and stand under no contract, so their imports are read here."""

import ast
import sys
from collections.abc import Iterator

from tests.house.tree import Source, sources

ALLOWED = {"alembic", "sqlalchemy", "bot.adapters.database.tables", "bot.settings"}


def imported(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Yield every module that a file imports."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Import():
                yield from ((node, alias.name) for alias in node.names)
            case ast.ImportFrom(module=str() as module):
                yield from ((node, _module(module, alias.name)) for alias in node.names)


def _module(module: str, name: str) -> str:
    """Return `a.b` for `from a import b` where `b` itself is allowed as a module."""
    whole = f"{module}.{name}"
    return whole if whole in ALLOWED else module


def strangers(source: Source) -> list[str]:
    """Return the imports that are neither allowed nor the standard library's."""
    return [
        source.at(node, name)
        for node, name in imported(source)
        if name not in ALLOWED
        and name.partition(".")[0] not in {*sys.stdlib_module_names, "alembic", "sqlalchemy"}
    ]


def test_a_stranger_among_imports_is_found() -> None:
    assert strangers(Source("a.py", "from bot.adapters.database import books"))
    assert strangers(Source("a.py", "import core.money"))
    assert not strangers(Source("a.py", "from bot.adapters.database import tables\nimport alembic"))
    assert not strangers(Source("a.py", "from sqlalchemy.engine import Engine\nimport logging"))


def test_migrations_know_the_tables_and_the_settings_only() -> None:
    code = sources("migrations")
    assert code
    assert [line for source in code for line in strangers(source)] == []
