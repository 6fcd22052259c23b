"""A ladder of tiers from rows: up to which size, which rate, which leverage.

A row's floor is the cap below it. Where a ladder counts notional, its maintenance amounts follow
from the tier below,

    amount = amount below + floor x rise of the rate

so that the requirement has no jump, not even in the 30th digit. A ladder that counts contracts has
no amounts. Source: margin specification, section 2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.market import Bracket, BracketTable, Measure
from core.money import ONE, ZERO, Amount, D, Rate, down, plain


@dataclass(frozen=True, slots=True)
class Row:
    """One tier as a venue tells it: sizes up to `cap` (None: no end named), rate and leverage.

    `max_leverage` is None where only the rate is known.
    """

    cap: Decimal | None
    rate: Rate
    max_leverage: Decimal | None


def leverage_of(initial: Decimal) -> Decimal:
    """Return the leverage of an initial margin rate: 1 / rate, cut to two decimals."""
    return plain(down(ONE / initial, D("0.01")))


def notional_brackets(rows: Sequence[Row]) -> Iterator[Bracket]:
    """Turn rows that count quote notional into tiers with amounts by continuity.

    Amounts are exact as far as the present context reaches; it must be the one under which the
    table is checked.
    """
    floor, amount, below = ZERO, ZERO, ZERO
    for row in rows:
        amount = amount + floor * (row.rate - below)
        yield Bracket(floor, row.cap, row.max_leverage or ZERO, row.rate, Amount(plain(amount)))
        floor, below = row.cap or ZERO, row.rate


def quantity_brackets(rows: Sequence[Row], contract: Decimal) -> Iterator[Bracket]:
    """Turn rows that count contracts of `contract` base units into tiers by quantity (base)."""
    floor = ZERO
    for row in rows:
        cap = None if row.cap is None else plain(row.cap * contract)
        yield Bracket(floor, cap, row.max_leverage or ZERO, row.rate, Amount(ZERO))
        floor = cap or ZERO


def ladder_of(
    rows: Sequence[Row], contract: Decimal | None, source: str, as_of: date | None
) -> BracketTable:
    """Return the whole ladder; with `contract` (base units) it counts contracts.

    Raises `ValueError` for a gap, tiers out of order, rates or leverages that turn back, and those
    that cannot be.
    """
    if contract is None:
        brackets, measure = tuple(notional_brackets(rows)), Measure.NOTIONAL
    else:
        brackets, measure = tuple(quantity_brackets(rows, contract)), Measure.QUANTITY
    table = BracketTable(brackets, measure, source, as_of)
    _check_steps(table)
    return table


def _check_steps(table: BracketTable) -> None:
    """The deeper the tier, the higher the rate and the lower the leverage, and both sensible."""
    for below, above in zip(table.brackets, table.brackets[1:], strict=False):
        if above.maintenance_rate <= below.maintenance_rate:
            raise ValueError(f"the rate does not rise at {above.floor}")
        if above.max_leverage > below.max_leverage:
            raise ValueError(f"the leverage rises at {above.floor}")
    for bracket in table.brackets:
        if not (ZERO < bracket.maintenance_rate < ONE <= bracket.max_leverage):
            raise ValueError(f"the rate or the leverage is out of range at {bracket.floor}")
        if bracket.cap is not None and bracket.cap <= bracket.floor:
            raise ValueError(f"a tier ends where it starts, at {bracket.floor}")
