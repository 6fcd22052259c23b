"""Trades: positions from their opening to their end, with what they gained after fees.

A position that is closed in parts, or taken by a liquidation, is one trade; it is closed when
nothing of it is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.lessons.game.kind import Deed
from core.margin.pool import Side
from core.market import Symbol
from core.money import ZERO, Amount
from core.paper.events import Event, PoolLiquidated, PositionIncreased, PositionReduced


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A position by its number; `closed` is None while any of it is open.

    `gained` (quote) is what was realised, less the fees of its fills.
    """

    number: int
    symbol: Symbol
    side: Side
    opened: datetime
    closed: datetime | None = None
    gained: Amount = Amount(ZERO)


def traded(trades: Iterable[Trade], deed: Deed) -> tuple[Trade, ...]:
    """Return the trades of an account after what happened to it, in the order of their opening."""
    known = {trade.number: trade for trade in trades}
    opened = {position.number: position.opened_at for position in deed.before.positions}
    for number, symbol, side, gained in _parts(deed.events):
        trade = known.get(number)
        if trade is None:
            since = opened.get(number, deed.at)
            trade = Trade(number=number, symbol=symbol, side=side, opened=since)
        known[number] = replace(trade, gained=Amount(trade.gained + gained))
    left = {position.number for position in deed.after.positions}
    return tuple(
        replace(trade, closed=deed.at) if trade.closed is None and number not in left else trade
        for number, trade in known.items()
    )


Part = tuple[int, Symbol, Side, Amount]
"""A position's number, contract and side, and what an event brought it (quote)."""


def _parts(events: Iterable[Event]) -> Iterable[Part]:
    """What events brought to positions: fees as losses, results as they are."""
    for event in events:
        match event:
            case PositionIncreased(number=number, leg=leg, fee=fee):
                yield number, leg.symbol, leg.side, Amount(-fee)
            case PositionReduced(number=number, symbol=symbol, side=side, pnl=pnl, fee=fee):
                yield number, symbol, side, Amount(pnl - fee)
            case PoolLiquidated(seized=seized):
                for part in seized:
                    yield part.number, part.symbol, part.side, part.pnl
            case _:
                pass
