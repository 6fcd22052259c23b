"""Resting orders: which are meant, and how they are listed."""

from collections.abc import Iterable

from bot.chat.acts import cancel_choice
from bot.chat.ask import Ask
from bot.chat.positions import order_line
from bot.chat.reply import Choice, Points
from bot.chat.symbols import base_of
from core.market import Symbol
from core.paper.account import Order, PaperAccount
from core.paper.errors import UnknownPosition
from core.paper.scene import Scene

_IN_A_ROW = 3
_MOST = 12
"""How many orders have a button of their own."""


def orders_named(
    account: PaperAccount, symbol: Symbol | None, number: str | None
) -> tuple[Order, ...]:
    """Return the orders of a number, of a coin, or all where neither is named.

    Raises `UnknownPosition` where something is named and nothing is there.
    """
    found = tuple(
        o for o in account.orders if number in {None, str(o.number)} and symbol in {None, o.symbol}
    )
    if not found and (symbol or number):
        text = f"#{number}" if number else base_of(str(symbol))
        raise UnknownPosition(text, tuple(o.number for o in account.orders))
    return found


def order_points(ask: Ask, orders: Iterable[Order], scene: Scene) -> Points:
    """Each order in a line."""
    return Points(tuple(order_line(order, scene, ask._) for order in orders))


def cancel_choices(ask: Ask, orders: tuple[Order, ...]) -> tuple[tuple[Choice, ...], ...]:
    """A button for each order, and one for all of several."""
    each = [cancel_choice(order.number, ask._) for order in orders[:_MOST]]
    rows = [tuple(each[i : i + _IN_A_ROW]) for i in range(0, len(each), _IN_A_ROW)]
    if len(orders) > 1:
        rows.append((Choice(ask._("Cancel all"), "/cancel all", kept=True),))
    return tuple(rows)
