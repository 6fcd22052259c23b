"""A minute nobody saw: of its four prices, the one that is worst for an account decides first.

Nobody knows in which order the prices of a candle came. An account that was long may have met the
low, one that was short the high; an order alone is judged by where the minute ended. What comes of
it is an estimate, on the careful side.
"""

from dataclasses import replace
from datetime import datetime, timedelta

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


def recalled(account: PaperAccount, marks: Marks, silent: frozenset[Symbol]) -> Marks:
    """Return the marks an account is judged by in a minute in which contracts were `silent`.

    Every wall that one of them stands behind is judged as a whole, each contract by the extreme
    against what is held; what stands behind other walls was judged when it happened and is left
    out. What an account has in a contract since later than the minute's beginning counts by its end
    only, and what it has since later than its end not at all.
    """
    pools = (frozenset(pool.symbols) for _, pool in account.pools())
    touched = frozenset[Symbol]().union(*(symbols for symbols in pools if symbols & silent))
    ordered = frozenset(order.symbol for order in account.orders) & silent
    # An order is filled only where the cross wall can be judged.
    beside = frozenset(account.cross.symbols) - touched if ordered else frozenset()
    begun = _begun(account)
    rows: dict[Symbol, MarkPrice] = {}
    for symbol, mark in marks.only(touched | ordered | beside).prices.items():
        if begun[symbol] <= marks.at:
            whole = begun[symbol] <= marks.at - MINUTE and symbol not in beside
            rows[symbol] = _faced(account, symbol, mark) if whole else mark
    return replace(marks, prices=rows)


def _begun(account: PaperAccount) -> dict[Symbol, datetime]:
    """Since when an account has what it has in each contract, the latest of it."""
    begun: dict[Symbol, datetime] = {}
    for position in account.positions:
        symbol = position.leg.symbol
        begun[symbol] = max(position.opened_at, begun.get(symbol, position.opened_at))
    for order in account.orders:
        begun[order.symbol] = max(order.placed_at, begun.get(order.symbol, order.placed_at))
    return begun
