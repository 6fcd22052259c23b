"""A ladder of tiers from a file's rows: [cap, maintenance rate, max leverage], and a rule after.

Maintenance amounts are not stored: each follows from the tier below (`core.ladder`).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.adapters.content.json_fields import Fields
from core.ladder import Row, ladder_of, leverage_of
from core.market import BracketTable
from core.money import ZERO, Rate


def written_rows(fields: Fields) -> Iterator[Row]:
    """Read the rows under `tiers`. Raises `ValueError` for a row that is not a tier."""
    for cap, rate, leverage in fields.rows("tiers", 3):
        yield Row(
            None if cap is None else fields.number(cap, "cap"),
            Rate(fields.number(rate, "maintenance rate")),
            None if leverage is None else fields.number(leverage, "max leverage"),
        )


def further_rows(fields: Fields, last: Row) -> Iterator[Row]:
    """Write out the rule under `then`: the same step of size and of both rates, row after row.

    The rule ends where the source was read no further. Max leverage is 1 / initial rate, cut to
    two decimals as the venue does.
    """
    fields.only("rows", "size", "rise", "initial")
    size, rise = fields.figure("size"), fields.figure("rise")
    cap, rate, initial = last.cap or ZERO, last.rate, fields.figure("initial")
    for _ in range(int(fields.figure("rows"))):
        cap, rate, initial = cap + size, Rate(rate + rise), initial + rise
        yield Row(cap, rate, leverage_of(initial))


def all_rows(fields: Fields) -> tuple[Row, ...]:
    """Return every row of a ladder, those of its rule included."""
    rows = tuple(written_rows(fields))
    if "then" not in fields.values:
        return rows
    return (*rows, *further_rows(fields.inner("then"), rows[-1]))


def ladder(
    fields: Fields, source: str, as_of: date | None, contract: Decimal | None
) -> BracketTable:
    """Read an instrument's whole ladder; with `contract` (base units) it counts contracts.

    Raises `ValueError` with its place: for what cannot be read, and for what `ladder_of` refuses.
    """
    rows = all_rows(fields)
    try:
        return ladder_of(rows, contract, source, as_of)
    except ValueError as error:
        raise fields.wrong(str(error)) from None
