"""How much of a position is meant to be closed, on the venue's step.

Rounded down like any size; a rest too small to stand as an order of its own is closed as well.
"""

from decimal import Decimal
from typing import assert_never

from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind
from core.money import ONE, Price, Quantity
from core.paper.account import Position
from core.paper.closing import HUNDRED, part_of
from core.paper.scene import Scene


def part_named(
    position: Position,
    percent: Decimal | None,
    size: TradeSize | None,
    scene: Scene,
    price: Price | None = None,
) -> Quantity:
    """Return the quantity (base) to close: a percentage, a size, or all where neither is named.

    At least one step, at most all; money counts at `price` (the mark where None). Raises `NoPrice`.
    """
    worth = scene.mark(position.leg.symbol) if price is None else price
    wanted = position.leg.quantity * (percent or HUNDRED) / HUNDRED
    if size is not None:
        wanted = _wanted(position, size, worth)
    return part_of(position, wanted, scene, worth)


def _wanted(position: Position, size: TradeSize, price: Decimal) -> Decimal:
    """A size as coins of this position, unrounded."""
    match size.kind:
        case SizeKind.QUANTITY:
            return size.value
        case SizeKind.NOTIONAL:
            return size.value / price
        case SizeKind.MARGIN:
            return size.value * position.leg.leverage / price
        case SizeKind.WALLET_PERCENT:
            return position.leg.quantity * min(ONE, size.value / HUNDRED)
    assert_never(size.kind)
