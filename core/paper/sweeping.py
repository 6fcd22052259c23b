"""A tick arrives: everything it does to one account, in order.

Walls first: a position that the mark has carried past both its stop and its liquidation price is
liquidated, because a stop is an order at the market and there is no market in between. Then stops,
then resting orders; last of all, walls that are near their end are warned of, each but seldom.
After each step all begins again, until nothing more happens: an order that a gap fills far from the
mark may fall at once, and must not wait for the next tick. It ends, because every step takes an
order away, closes something, or is a warning that is not repeated.
"""

from collections.abc import Iterator
from itertools import chain

from core.errors import Refusal
from core.margin.pool import Pool
from core.margin.risk import risk
from core.market import Symbol
from core.money import ZERO, Price
from core.paper.account import Order, PaperAccount, Position
from core.paper.apply import applied
from core.paper.closing import all_closed, closed_at_market
from core.paper.errors import Overdrawn
from core.paper.events import Event, OrderCancelled, Warned
from core.paper.liquidating import liquidated
from core.paper.opening import opened
from core.paper.scene import Fill, Intent, Scene

Step = tuple[Event, ...]


def swept(account: PaperAccount, scene: Scene) -> Step:
    """Return everything that this snapshot does to an account; nothing where no mark is known.

    A second sweep at the same snapshot does nothing more.
    """
    events: list[Event] = []
    while step := _next(account, scene):
        account = applied(account, step, scene.at)
        events.extend(step)
    return tuple(events)


def _next(account: PaperAccount, scene: Scene) -> Step:
    """The first thing that happens to an account as it is now, or nothing."""
    steps = chain(
        _walls(account, scene),
        _stops(account, scene),
        _orders(account, scene),
        _warnings(account, scene),
    )
    return next((step for step in steps if step), ())


def _price(scene: Scene, symbol: Symbol) -> Price | None:
    """The mark; a price of zero is none, and nothing is decided by it."""
    quote = scene.marks.get(symbol)
    return quote.price if quote is not None and quote.price > ZERO else None


def _known(pool: Pool, scene: Scene) -> bool:
    return all(_price(scene, symbol) for symbol in pool.symbols)


def _walls(account: PaperAccount, scene: Scene) -> Iterator[Step]:
    """Pools whose cushion is gone. One without a mark for every leg is not judged."""
    for scope, pool in account.pools():
        if _known(pool, scene):
            yield liquidated(account, scope, scene)


def _warnings(account: PaperAccount, scene: Scene) -> Iterator[Step]:
    """Pools whose margin ratio has come to where the house warns."""
    told = dict(account.warned)
    for scope, pool in account.pools():
        last = told.get(scope or 0)
        if (last is not None and scene.at - last < scene.rules.warn_every) or not _known(
            pool, scene
        ):
            continue
        state = risk(pool, scene.marks, scene.listing)
        needed = scene.rules.warn_at * state.margin_balance
        if state.maintenance_margin >= needed and state.margin_balance > ZERO:
            yield (Warned(scope=scope, ratio=state.margin_ratio),)


def _stops(account: PaperAccount, scene: Scene) -> Iterator[Step]:
    """Positions whose own closing mark is reached."""
    for position in account.positions:
        price = _price(scene, position.leg.symbol)
        reason = position.stops.reached(position.leg.side, price) if price else ""
        if reason:
            yield _stopped(account, position, scene, reason)


def _stopped(account: PaperAccount, position: Position, scene: Scene, reason: str) -> Step:
    """A position closed; where the wallet could not pay, all behind the cross wall close.

    What cannot be paid even so stays, and its wall decides about it.
    """
    try:
        return (closed_at_market(account, position, position.leg.quantity, scene, reason),)
    except Overdrawn:
        if position.isolated or not _known(account.cross, scene):
            return ()
    try:
        return all_closed(account, scene, reason, cross_only=True)
    except Overdrawn:
        return ()


def _orders(account: PaperAccount, scene: Scene) -> Iterator[Step]:
    """Resting orders that the mark has reached; one that can no longer be filled is cancelled.

    While a cross leg has no mark, nobody knows what is available, and orders wait.
    """
    if not _known(account.cross, scene):
        return
    for order in account.orders:
        price = _price(scene, order.symbol)
        if price and order.crossed(price):
            yield filled(account, order, scene)


def filled(account: PaperAccount, order: Order, scene: Scene) -> Step:
    """Return what a resting order becomes when the mark reaches it: its fill, or its end."""
    instrument = scene.instrument(order.symbol)
    fill = Fill(price=order.price, rate=instrument.maker_fee, reason="limit", order=order.number)
    intent = Intent(
        symbol=order.symbol,
        side=order.side,
        quantity=order.quantity,
        mode=order.mode,
        leverage=order.leverage,
        price=order.price,
        reduce_only=order.reduce_only,
        stops=order.stops,
    )
    try:
        return opened(account, intent, fill, scene)
    except Refusal as refusal:
        return (OrderCancelled(number=order.number, reason=refusal.code),)
