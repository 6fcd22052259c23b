"""A ladder of tiers from a file's rows.

A row is [cap, maintenance rate, max leverage]; its floor is the cap below it. Maintenance amounts
are not stored: each follows from the tier below (amount + floor x rise of the rate), so that the
requirement has no jump, not even in the 30th digit. A ladder that counts contracts has no amounts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.adapters.content.json_fields import Fields, plain
from core.market import Bracket, BracketTable, Measure
from core.money import ONE, ZERO, Amount, D, Rate, down


@dataclass(frozen=True, slots=True)
class Row:
    """One tier as written: sizes up to `cap` (None: no end named), rate and leverage plain.

    `max_leverage` is None where only the rate is known.
    """

    cap: Decimal | None
    rate: Rate
    max_leverage: Decimal | None


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
        yield Row(cap, rate, plain(down(ONE / initial, D("0.01"))))


def all_rows(fields: Fields) -> tuple[Row, ...]:
    """Return every row of a ladder, those of its rule included."""
    rows = tuple(written_rows(fields))
    if "then" not in fields.values:
        return rows
    return (*rows, *further_rows(fields.inner("then"), rows[-1]))


def notional_brackets(rows: tuple[Row, ...]) -> Iterator[Bracket]:
    """Turn rows that count quote notional into tiers with amounts by continuity.

    Amounts are exact as far as the present context reaches; it must be the one under which the
    table is checked.
    """
    floor, amount, below = ZERO, ZERO, ZERO
    for row in rows:
        amount = amount + floor * (row.rate - below)
        yield Bracket(floor, row.cap, row.max_leverage or ZERO, row.rate, Amount(plain(amount)))
        floor, below = row.cap or ZERO, row.rate


def quantity_brackets(rows: tuple[Row, ...], contract: Decimal) -> Iterator[Bracket]:
    """Turn rows that count contracts of `contract` base units into tiers by quantity (base)."""
    floor = ZERO
    for row in rows:
        cap = None if row.cap is None else plain(row.cap * contract)
        yield Bracket(floor, cap, row.max_leverage or ZERO, row.rate, Amount(ZERO))
        floor = cap or ZERO


def ladder(
    fields: Fields, source: str, as_of: date | None, contract: Decimal | None
) -> BracketTable:
    """Read an instrument's whole ladder; with `contract` (base units) it counts contracts.

    Raises `ValueError` for a gap, tiers out of order, and rates or leverages that turn back.
    """
    rows = all_rows(fields)
    if contract is None:
        brackets, measure = tuple(notional_brackets(rows)), Measure.NOTIONAL
    else:
        brackets, measure = tuple(quantity_brackets(rows, contract)), Measure.QUANTITY
    try:
        table = BracketTable(brackets, measure, source, as_of)
    except ValueError as error:
        raise fields.wrong(str(error)) from None
    _check_steps(fields, table)
    return table


def _check_steps(fields: Fields, table: BracketTable) -> None:
    """The deeper the tier, the higher the rate and the lower the leverage, and both sensible."""
    for below, above in zip(table.brackets, table.brackets[1:], strict=False):
        if above.maintenance_rate <= below.maintenance_rate:
            raise fields.wrong(f"the rate does not rise at {above.floor}")
        if above.max_leverage > below.max_leverage:
            raise fields.wrong(f"the leverage rises at {above.floor}")
    for bracket in table.brackets:
        if not (ZERO < bracket.maintenance_rate < ONE <= bracket.max_leverage):
            raise fields.wrong(f"the rate or the leverage is out of range at {bracket.floor}")
        if bracket.cap is not None and bracket.cap <= bracket.floor:
            raise fields.wrong(f"a tier ends where it starts, at {bracket.floor}")
