"""Marks between which nothing at all can happen to an account, so that nobody need look at it.

What a pool has left is a sum of concave functions, one for each symbol's mark. A concave function
is least at an end of an interval, so the sum is least at the worst corner of a box of marks: where
that corner is safe, all within is. The box proposes nothing and rounds nothing; outside it, and
where it cannot be drawn, the account is judged exactly as ever.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.margin.pool import Leg, Pool, cross_pool
from core.margin.risk import leg_cushion, maintenance_margin, unrealized_pnl
from core.market import Marks, Measure, Symbol
from core.money import ONE, ZERO, Amount, Price, Rate
from core.paper.account import PaperAccount
from core.paper.scene import Scene

Left = Callable[[Leg, Price], Decimal]
"""What a leg leaves at a mark, quote."""

Box = Mapping[Symbol, tuple[Price, Price]]
"""For each symbol the lowest and the highest mark of a stretch."""

WIDTHS = tuple(Rate(Decimal(text)) for text in ("0.02", "0.005", "0.001"))
"""How far from the present marks a box may reach; the widest that is safe is taken."""


def quiet(account: PaperAccount, scene: Scene, floor: Amount | None = None) -> Box | None:
    """Return a box of marks round the present ones in which `swept` does nothing, or None.

    With a `floor` (quote) the account's whole equity stays above it in the box, too. Raises
    `NoPrice` for a symbol without a mark.
    """
    symbols = account.symbols
    if not all(_is_concave(symbol, scene) for symbol in symbols):
        return None
    for width in WIDTHS:
        box = {s: _around(scene.mark(s), width) for s in symbols}
        if _safe(account, box, scene) and (floor is None or _least_equity(account, box) > floor):
            return box
    return None


def common(boxes: Iterable[Box]) -> Box:
    """Return the box that lies within all of some boxes round the same marks."""
    found: dict[Symbol, tuple[Price, Price]] = {}
    for box in boxes:
        for symbol, (low, high) in box.items():
            least, most = found.get(symbol, (low, high))
            found[symbol] = max(least, low), min(most, high)
    return found


def holds(box: Box, marks: Marks) -> bool:
    """Whether marks lie within a box, of a candle all of it; a symbol that has none does not."""
    for symbol, (low, high) in box.items():
        mark = marks.get(symbol)
        if mark is None or not low <= mark.price <= high:
            return False
        if mark.low is not None and mark.low < low:
            return False
        if mark.high is not None and mark.high > high:
            return False
    return True


def _is_concave(symbol: Symbol, scene: Scene) -> bool:
    """Whether what a leg leaves is concave in its mark: no jump at any edge of the ladder."""
    brackets = scene.instrument(symbol).brackets
    return brackets.continuous or brackets.measure is Measure.QUANTITY


def _around(mark: Price, width: Rate) -> tuple[Price, Price]:
    return Price(mark * (ONE - width)), Price(mark * (ONE + width))


def _safe(account: PaperAccount, box: Box, scene: Scene) -> bool:
    """Whether no wall, no warning, no stop and no order is reached anywhere in a box."""
    for _, pool in account.pools():
        if _least(pool, box, scene) <= ZERO or _least_of_warning(pool, box, scene) <= ZERO:
            return False
    for position in account.positions:
        side, stops = position.leg.side, position.stops
        if any(stops.reached(side, mark) for mark in box[position.leg.symbol]):
            return False
    return not any(order.crossed(mark) for order in account.orders for mark in box[order.symbol])


def _least(pool: Pool, box: Box, scene: Scene) -> Decimal:
    """The least that a pool has left in a box, quote."""

    def left(leg: Leg, mark: Price) -> Decimal:
        return leg_cushion(leg, mark, scene.instrument(leg.symbol))

    return pool.collateral + _corner(pool, box, left)


def _least_equity(account: PaperAccount, box: Box) -> Decimal:
    """The least equity of an account in a box, quote: every wall's result counts."""
    whole = cross_pool(account.wallet_balance, (p.leg for p in account.positions))
    return whole.collateral + _corner(whole, box, unrealized_pnl)


def _least_of_warning(pool: Pool, box: Box, scene: Scene) -> Decimal:
    """The least of warning ratio x margin balance - maintenance margin in a box, quote.

    Concave like the cushion, because the first part is linear in every mark.
    """
    at = scene.rules.warn_at

    def left(leg: Leg, mark: Price) -> Decimal:
        needed = maintenance_margin(leg, mark, scene.instrument(leg.symbol))
        return at * unrealized_pnl(leg, mark) - needed

    return at * pool.collateral + _corner(pool, box, left)


def _corner(pool: Pool, box: Box, left: Left) -> Decimal:
    """The sum over symbols of the lesser end; legs of one symbol belong together."""
    least = ZERO
    for symbol in {leg.symbol for leg in pool.legs}:
        legs = [leg for leg in pool.legs if leg.symbol == symbol]
        least += min(sum((left(leg, mark) for leg in legs), ZERO) for mark in box[symbol])
    return least
