"""Reading JSON by hand-written shape, so that every mistake is told with its file and place.

Figures stand in the files as text: a JSON number would become a float on its way in.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from importlib.resources.abc import Traversable

from core.money import D


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and where it stands ("okx.json: BTCUSDT").

    Every method raises `ValueError` with that place when the object is not as expected.
    """

    values: Mapping[str, object]
    place: str

    def wrong(self, why: str) -> ValueError:
        """Return the error to raise for a mistake in this object."""
        return ValueError(f"{self.place}: {why}")

    def only(self, *names: str) -> None:
        """Refuse names that nobody reads: a misspelt optional field would pass unseen."""
        strange = sorted(self.values.keys() - set(names))
        if strange:
            raise self.wrong(f"unknown field {', '.join(strange)}")

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field's text, or the default where it is absent."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise self.wrong(f"{name} must be text")
        return value

    def figure(self, name: str, default: str | None = None) -> Decimal:
        """Return a figure that is written as text, or the default where it is absent."""
        return self.number(self.text(name, default), name)

    def number(self, value: object, name: str) -> Decimal:
        """Return a figure or a fraction ("0.5/15") as a Decimal under the present context."""
        if not isinstance(value, str):
            raise self.wrong(f"{name} must be a figure in quotes")
        over, _, under = value.partition("/")
        try:
            figure = D(over) / D(under) if under else D(over)
        except DecimalException:
            raise self.wrong(f"{name} is no figure: {value}") from None
        if not figure.is_finite() or figure < 0:
            raise self.wrong(f"{name} must be zero or more: {value}")
        return figure

    def rows(self, name: str, width: int) -> Iterator[list[object]]:
        """Iterate over a list of lists, each of exactly `width` items."""
        value = self.values.get(name)
        if not isinstance(value, list) or not value:
            raise self.wrong(f"{name} must be a list of rows")
        for row in value:
            if not isinstance(row, list) or len(row) != width:
                raise self.wrong(f"every row of {name} has {width} items")
            yield row

    def truth(self, name: str) -> bool:
        """Return true or false, false where it is absent."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{name} must be true or false")
        return value

    def words(self, name: str) -> frozenset[str]:
        """Return a list of words, empty where it is absent."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.wrong(f"{name} must be a list of words")
        return frozenset(value)

    def inner(self, name: str) -> "Fields":
        """Return the object in a field."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise self.wrong(f"{name} must be an object")
        return Fields(value, f"{self.place}: {name}")

    def each(self, name: str) -> Iterator[tuple[str, "Fields"]]:
        """Iterate over the objects in a field, each placed by its own name."""
        outer = Fields(self.inner(name).values, self.place)
        return ((key, outer.inner(key)) for key in outer.values)


def read_fields(file: Traversable) -> Fields:
    """Read a file that holds one JSON object. Raises `ValueError` with the file's name."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from None
    if not isinstance(values, dict):
        raise Fields({}, file.name).wrong("not an object")
    return Fields(values, file.name)
