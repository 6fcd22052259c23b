"""A minute nobody saw: of its four prices, the one that is worst for an account decides first.

Nobody knows in which order the prices of a candle came. An account that was long may have met the
low, one that was short the high; an order alone is judged by where the minute ended. What comes of
it is an estimate, on the careful side.
"""

from dataclasses import replace
from datetime import timedelta

from core.margin.pool import Side
from core.market import MarkPrice, Marks, Symbol
from core.money import ZERO
from core.paper.account import PaperAccount

MINUTE = timedelta(minutes=1)


def symbols_of(account: PaperAccount) -> frozenset[Symbol]:
    """Return the contracts that an account holds or has orders in."""
    held = (position.leg.symbol for position in account.positions)
    return frozenset((*held, *(order.symbol for order in account.orders)))


def adverse(account: PaperAccount, marks: Marks) -> Marks:
    """Return the marks an account is judged by: of candles, the extreme against what it holds.

    A candle that began before the account became what it is counts by its end only. Seen marks are
    returned as they are.
    """
    if not marks.estimated:
        return marks
    if account.changed_at is not None and marks.at - MINUTE < account.changed_at:
        return marks
    held = {symbol: _faced(account, symbol, mark) for symbol, mark in marks.prices.items()}
    return replace(marks, prices=held)


def _faced(account: PaperAccount, symbol: Symbol, mark: MarkPrice) -> MarkPrice:
    """The mark of one contract; two sides that cancel out meet its end."""
    net = sum(
        (
            leg.quantity if leg.side is Side.LONG else -leg.quantity
            for leg in (position.leg for position in account.positions)
            if leg.symbol == symbol
        ),
        ZERO,
    )
    extreme = mark.low if net > ZERO else mark.high if net < ZERO else None
    return mark if extreme is None else replace(mark, price=extreme)
