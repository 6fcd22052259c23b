"""How much of a position is meant to be closed, on the venue's step.

Rounded down like any size; a rest too small to stand as an order of its own is closed as well.
"""

from decimal import Decimal
from typing import assert_never

from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind
from core.money import ONE, Quantity, down
from core.paper.account import Position
from core.paper.scene import Scene

HUNDRED = Decimal(100)


def part_named(
    position: Position, percent: Decimal | None, size: TradeSize | None, scene: Scene
) -> Quantity:
    """Return the quantity (base) to close: a percentage, a size, or all where neither is named.

    At least one step, at most all. Raises `NoPrice`.
    """
    whole, instrument = position.leg.quantity, scene.instrument(position.leg.symbol)
    mark = scene.mark(position.leg.symbol)
    wanted = whole * (percent or HUNDRED) / HUNDRED
    if size is not None:
        wanted = _wanted(position, size, mark)
    part = max(instrument.step, down(wanted, instrument.step))
    rest = whole - part
    if rest < instrument.min_quantity or rest * mark < instrument.min_notional:
        return whole
    return Quantity(part)


def _wanted(position: Position, size: TradeSize, mark: Decimal) -> Decimal:
    """A size as coins of this position, unrounded."""
    match size.kind:
        case SizeKind.QUANTITY:
            return size.value
        case SizeKind.NOTIONAL:
            return size.value / mark
        case SizeKind.MARGIN:
            return size.value * position.leg.leverage / mark
        case SizeKind.WALLET_PERCENT:
            return position.leg.quantity * min(ONE, size.value / HUNDRED)
    assert_never(size.kind)
