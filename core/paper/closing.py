"""Closing, whole or in part: the result goes to the wallet, the pocket gives back its share.

Of an isolated pocket a part goes with the part that is closed, so that the rest keeps its
liquidation price. The entry cost is split to the quantum, never the price. Results are rounded
against the trader (`credit`), fees too (`require`). Source: margin specification, section 9.
"""

from decimal import Decimal

from core.margin.fees import trading_fee
from core.money import QUANTUM, ZERO, Amount, Price, Quantity, credit, down, require
from core.paper.account import PaperAccount, Position
from core.paper.apply import apply
from core.paper.errors import Overdrawn
from core.paper.events import Event, PositionReduced
from core.paper.scene import Fill, Scene, market_fill

HUNDRED = Decimal(100)


def split(amount: Amount, part: Quantity, whole: Quantity) -> Amount:
    """Return the part's share of an amount, rounded down to the quantum; the whole is the whole."""
    return amount if part == whole else Amount(down(amount * part / whole, QUANTUM))


def part_of(
    position: Position, wanted: Decimal, scene: Scene, price: Price | None = None
) -> Quantity:
    """Return the quantity (base) that closes about `wanted`, on the venue's step.

    Rounded down, at least one step, at most all; a rest too small to stand as an order of its own
    at `price` (quote per base; the mark where None) is closed as well. Raises `NoPrice`.
    """
    whole, instrument = position.leg.quantity, scene.instrument(position.leg.symbol)
    worth = scene.mark(position.leg.symbol) if price is None else price
    part = max(instrument.step, down(wanted, instrument.step))
    rest = whole - part
    if rest < instrument.min_quantity or rest * worth < instrument.min_notional:
        return whole
    return Quantity(part)


def reduced(
    account: PaperAccount, position: Position, quantity: Quantity, fill: Fill
) -> PositionReduced:
    """Return the closing of a part (base) of a position at a fill.

    Raises `Overdrawn` where the wallet could not pay the loss: behind the cross wall other
    positions' gains are not money before they are realised.
    """
    leg = position.leg
    cost = split(leg.entry_cost, quantity, leg.quantity)
    margin = split(position.margin, quantity, leg.quantity)
    pnl = credit(leg.side.sign * (quantity * fill.price - cost))
    fee = require(trading_fee(quantity, fill.price, fill.rate))
    after = account.wallet + margin + pnl - fee
    if after < ZERO or (position.isolated and margin + pnl - fee < ZERO):
        raise Overdrawn(position.number, leg.symbol, Amount(fee - pnl - margin), account.wallet)
    return PositionReduced(
        number=position.number,
        symbol=leg.symbol,
        side=leg.side,
        quantity=quantity,
        price=fill.price,
        cost=cost,
        margin=margin,
        pnl=pnl,
        fee=fee,
        reason=fill.reason,
        order=fill.order,
        seen=fill.seen,
    )


def closed_at_market(
    account: PaperAccount, position: Position, quantity: Quantity, scene: Scene, reason: str
) -> PositionReduced:
    """Return the closing of a part at the market. Raises `Overdrawn`, `NoPrice`."""
    leg = position.leg
    fill = market_fill(leg.symbol, leg.side.other, scene, reason)
    return reduced(account, position, quantity, fill)


def all_closed(
    account: PaperAccount,
    scene: Scene,
    reason: str = "close",
    *,
    cross_only: bool = False,
    percent: Decimal = HUNDRED,
) -> tuple[Event, ...]:
    """Return the closing of every position at the market, gains first so that they pay losses.

    `cross_only` leaves isolated positions alone; of each, `percent` is closed, placed as `part_of`
    does. Raises `Overdrawn`, `NoPrice`.
    """

    def gain(position: Position) -> Amount:
        leg = position.leg
        worth = leg.quantity * scene.mark(leg.symbol)
        return Amount(leg.side.sign * (worth - leg.entry_cost))

    events: list[Event] = []
    inside = [p for p in account.positions if not (cross_only and p.isolated)]
    for position in sorted(inside, key=gain, reverse=True):
        quantity = part_of(position, position.leg.quantity * percent / HUNDRED, scene)
        events.append(closed_at_market(account, position, quantity, scene, reason))
        account = apply(account, events[-1], scene.at)
    return tuple(events)
