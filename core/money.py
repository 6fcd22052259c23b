"""Numbers that do not lie: one constructor, one context, rounding with a name.

Every amount is a `Decimal` under `EXACT`, which refuses any meeting with a float. Four kinds of
number must not be confused, so each has a name that the type checker can tell apart:
`Price` (quote per base), `Quantity` (base), `Amount` (quote), `Rate` (a plain ratio).
"""

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    InvalidOperation,
    Overflow,
)
from functools import cache
from typing import NewType

Price = NewType("Price", Decimal)
Quantity = NewType("Quantity", Decimal)
Amount = NewType("Amount", Decimal)
Rate = NewType("Rate", Decimal)

EXACT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    traps=[InvalidOperation, DivisionByZero, Overflow, FloatOperation],
)
"""The context of every calculation: 34 digits; enter it with `decimal.localcontext(EXACT)`."""

QUANTUM = Decimal("1e-8")
"""The ledger's smallest amount, in quote units."""

ZERO = Decimal(0)
ONE = Decimal(1)


def D(value: str | int | Decimal) -> Decimal:  # noqa: N802 - the field's name for it (beancount)
    """Make a Decimal from text, an int or a Decimal. Raises `TypeError` for a float."""
    if isinstance(value, float):
        raise TypeError("money is never a float")
    return Decimal(value)


def up(value: Decimal, quantum: Decimal) -> Decimal:
    """Round to a multiple of `quantum` at or above `value`."""
    return _multiple(value, quantum, ROUND_CEILING)


def down(value: Decimal, quantum: Decimal) -> Decimal:
    """Round to a multiple of `quantum` at or below `value`."""
    return _multiple(value, quantum, ROUND_FLOOR)


def require(value: Decimal) -> Amount:
    """Round what somebody must pay: up to the ledger's quantum."""
    return Amount(up(value, QUANTUM))


def credit(value: Decimal) -> Amount:
    """Round what somebody receives: down to the ledger's quantum."""
    return Amount(down(value, QUANTUM))


def nearest(value: Decimal, quantum: Decimal) -> Decimal:
    """Round half to even to a multiple of `quantum`: for what nobody pays (past prices, points)."""
    return _multiple(value, quantum, ROUND_HALF_EVEN)


def display(value: Decimal, places: int) -> Decimal:
    """Round half to even for a reply; never for anything that is kept or compared."""
    return value.quantize(_place(places), rounding=ROUND_HALF_EVEN, context=_WIDE)


def plain(value: Decimal) -> Decimal:
    """Return the same figure without trailing zeros and without an exponent above zero."""
    whole = value.to_integral_value()
    return whole.quantize(ONE) if whole == value else value.normalize()


@cache
def _place(places: int) -> Decimal:
    """One unit of the last digit that is shown."""
    return ONE.scaleb(-places)


def _multiple(value: Decimal, quantum: Decimal, rounding: str) -> Decimal:
    """Whole multiples of a quantum, with room for any magnitude that EXACT can hold."""
    steps = _WIDE.divide(value, quantum)
    whole = steps.to_integral_value(rounding=rounding, context=_WIDE)
    return _WIDE.multiply(whole, quantum)


_WIDE = Context(prec=80, traps=[InvalidOperation, DivisionByZero, Overflow, FloatOperation])
"""Rounding needs more digits than reckoning: 34-digit results are placed in one rounding."""
