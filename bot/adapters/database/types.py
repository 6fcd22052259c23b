"""Column types that do not lie: what comes back is what was kept.

SQLite would hold a decimal as a float, and neither database keeps what it cannot hold the way
Python does. So an amount is a scaled whole number, and a moment is a count of microseconds:
both are exact, both sort and add up inside SQL, and both are the same in every database.
"""

import json
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

LARGEST = 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_SHIFT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
"""Moves the point and nothing else: a digit that would be lost is an error here."""


class Unfit(ValueError):
    """A value that its column cannot keep whole."""


class Exact(TypeDecorator[Decimal]):
    """A Decimal with at most `scale` places, kept as a whole number of 64 bits.

    Binding raises `TypeError` for anything but a Decimal, `Unfit` for more places or a larger
    number than the column holds. Nothing is ever rounded.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, scale: int) -> None:
        """Take the number of places that are kept."""
        super().__init__()
        self.scale = scale

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return the scaled whole number."""
        del dialect
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"an exact column keeps a Decimal, not {value!r}")
        # The magnitude is looked at first: 1e999999 has no business becoming a Python integer.
        if not value.is_finite() or (value and value.adjusted() + self.scale > 18):
            raise Unfit(f"{value} is beyond a column of {self.scale} places")
        try:
            number = int(_SHIFT.to_integral_exact(_SHIFT.scaleb(value, self.scale)))
        except Inexact:
            raise Unfit(f"{value} has more than {self.scale} places") from None
        if abs(number) > LARGEST:
            raise Unfit(f"{value} is beyond a column of {self.scale} places")
        return number

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Return the number without the zeros that the scale put behind it."""
        del dialect
        if value is None:
            return None
        short = _SHIFT.normalize(_SHIFT.scaleb(Decimal(value), -self.scale))
        # Normalising writes ten as 1E+1; adding a plain zero writes it out again.
        return _SHIFT.add(short, Decimal(0))


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970 and returned in UTC.

    Binding raises `Unfit` for a moment without a time zone.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the count of microseconds."""
        del dialect
        if value is None:
            return None
        if value.utcoffset() is None:
            raise Unfit("a moment needs a time zone")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        del dialect
        return None if value is None else EPOCH + value * MICROSECOND


class Texts(TypeDecorator[frozenset[str]]):
    """A set of texts, kept as a sorted JSON list, so that equal sets are equal rows."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> str | None:
        """Return the list as JSON."""
        del dialect
        return None if value is None else json.dumps(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str] | None:
        """Return the set."""
        del dialect
        return None if value is None else frozenset(json.loads(value))
