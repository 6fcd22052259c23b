"""A liquidation that somebody lived through, without who: what a group's own quiz is made of.

Only one that took a single position and all that stood behind its wall tells something that can be
asked in a line.
"""

from dataclasses import dataclass

from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import Amount, Price, Quantity, Rate
from core.paper.account import PaperAccount
from core.paper.events import PoolLiquidated
from core.paper.receipt import taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A position and its end; `id` is anything without spaces that tells it from others.

    `collateral` (quote) stood behind its wall: its pocket, or the cross wallet. `lost` (quote) is
    what the liquidation took of it, `limit` the price (quote per base) at which it came.
    """

    id: str
    symbol: Symbol
    side: Side
    leverage: Rate
    mode: MarginMode
    entry: Price
    quantity: Quantity
    collateral: Amount
    lost: Amount
    limit: Price


def of_liquidation(id_: str, before: PaperAccount, event: PoolLiquidated) -> Mistake | None:
    """Return what there is to ask about a liquidation and the account just before it, or None."""
    if not event.whole or len(event.seized) != 1:
        return None
    position = before.position(event.seized[0].number)
    leg = position.leg
    limit = dict(event.limits).get(leg.symbol)
    if limit is None:
        return None
    return Mistake(
        id=id_,
        symbol=leg.symbol,
        side=leg.side,
        leverage=leg.leverage,
        mode=position.mode,
        entry=leg.entry_price,
        quantity=leg.quantity,
        collateral=event.collateral,
        lost=taken(event),
        limit=limit,
    )
