"""The statements of a table that is asked by its key: get, add, replace, drop."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, delete, insert, select, update

Values = Mapping[str, object]
Question = Select[Any]


class Shelf:
    """The statements of one table. `keys` and `names` are its key and its other columns."""

    def __init__(self, table: Table) -> None:
        """Make them from the table's columns; a key's place is called `key_` and its name."""
        self.keys = [column.name for column in table.columns if column.primary_key]
        self.names = [column.name for column in table.columns if not column.primary_key]
        keys = {name: bindparam(f"key_{name}", type_=table.c[name].type) for name in self.keys}
        rest = {name: bindparam(name, type_=table.c[name].type) for name in self.names}
        here = and_(*(table.c[name] == place for name, place in keys.items()))
        self.get = select(*(table.c[name] for name in self.names)).where(here)
        self.add = insert(table).values(keys | rest)
        self.replace = update(table).where(here).values(rest)
        self.drop = delete(table).where(here)

    def key(self, *values: object) -> dict[str, object]:
        """Return a key as the statements name it."""
        return {f"key_{name}": value for name, value in zip(self.keys, values, strict=True)}
