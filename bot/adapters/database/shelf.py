"""The statements of a table that is asked by its key: get, add, replace, drop."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Select, Table, UpdateBase, and_, bindparam, delete, insert, select, update

Values = Mapping[str, object]


class Written:
    """A statement that is made when it is first needed; only the text it becomes is kept."""

    def __init__(self, make: Callable[[], Select[Any] | UpdateBase]) -> None:
        """Take what makes it."""
        self.make = make


class Transaction(Protocol):
    """What books and their parts need of an open transaction."""

    def row(self, statement: Written, values: Values) -> Sequence[object] | None:
        """Return the first row, or None."""

    def rows(self, statement: Written, values: Values) -> Iterator[Sequence[object]]:
        """Yield all rows."""

    def change(self, statement: Written, values: Values) -> int:
        """Change rows and return how many."""

    def change_each(self, statement: Written, rows: Iterable[Values]) -> None:
        """Run a change for each row of values."""

    def added(self, statement: Written, values: Values) -> int:
        """Add a row and return its number."""


class Shelf:
    """The statements of one table. `keys` and `names` are its key and its other columns."""

    def __init__(self, table: Table) -> None:
        """Take the table; a key's place is called `key_` and its name."""
        self._table = table
        self.keys = [column.name for column in table.columns if column.primary_key]
        self.names = [column.name for column in table.columns if not column.primary_key]
        self.get = Written(lambda: select(*(table.c[n] for n in self.names)).where(self._here))
        self.add = Written(lambda: insert(table).values(self._key | self._rest))
        self.replace = Written(lambda: update(table).where(self._here).values(self._rest))
        self.drop = Written(lambda: delete(table).where(self._here))

    @property
    def _key(self) -> dict[str, Any]:
        """The places of the key's columns."""
        return {n: bindparam(f"key_{n}", type_=self._table.c[n].type) for n in self.keys}

    @property
    def _rest(self) -> dict[str, Any]:
        """The places of the other columns."""
        return {n: bindparam(n, type_=self._table.c[n].type) for n in self.names}

    @property
    def _here(self) -> Any:
        """The condition that finds the row."""
        return and_(*(self._table.c[name] == place for name, place in self._key.items()))

    def key(self, *values: object) -> dict[str, object]:
        """Return a key as the statements name it."""
        return {f"key_{name}": value for name, value in zip(self.keys, values, strict=True)}
