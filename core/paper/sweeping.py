"""A tick arrives: everything it does to one account, in order.

Walls first: a position that the mark has carried past both its stop and its liquidation price is
liquidated, because a stop is an order at the market and there is no market in between. Then stops,
then resting orders. Each step sees what the one before it left.
"""

from collections.abc import Iterator

from core.errors import Refusal
from core.paper.account import Order, PaperAccount
from core.paper.apply import apply
from core.paper.closing import all_closed, closed_at_market
from core.paper.events import Event, OrderCancelled
from core.paper.liquidating import liquidated
from core.paper.opening import opened
from core.paper.scene import Fill, Intent, Scene


def swept(account: PaperAccount, scene: Scene) -> tuple[Event, ...]:
    """Return everything that this snapshot does to an account; nothing where no mark is known."""
    events: list[Event] = []
    for step in (_walls, _stops, _orders):
        for event in step(account, scene):
            account = apply(account, event, scene.at)
            events.append(event)
    return tuple(events)


def _known(account: PaperAccount, scene: Scene) -> bool:
    return all(scene.marks.get(p.leg.symbol) for p in account.positions)


def _walls(account: PaperAccount, scene: Scene) -> Iterator[Event]:
    """Pools whose cushion is gone. One without a mark for every leg is not judged."""
    for scope, pool in tuple(account.pools()):
        if all(scene.marks.get(symbol) for symbol in pool.symbols):
            for event in liquidated(account, scope, scene):
                yield event
                account = apply(account, event, scene.at)


def _stops(account: PaperAccount, scene: Scene) -> Iterator[Event]:
    """Positions whose own closing mark is reached; where the wallet could not pay, all close."""
    for position in account.positions:
        quote = scene.marks.get(position.leg.symbol)
        if quote is None:
            continue
        reason = position.stops.reached(position.leg.side, quote.price)
        if not reason:
            continue
        try:
            event = closed_at_market(account, position, position.leg.quantity, scene, reason)
        except Refusal:
            if _known(account, scene):
                yield from all_closed(account, scene, reason)
            return
        yield event
        account = apply(account, event, scene.at)


def _orders(account: PaperAccount, scene: Scene) -> Iterator[Event]:
    """Resting orders that the mark has reached; one that can no longer be filled is cancelled."""
    for order in account.orders:
        quote = scene.marks.get(order.symbol)
        if quote is None or not order.crossed(quote.price):
            continue
        for event in _filled(account, order, scene):
            yield event
            account = apply(account, event, scene.at)


def _filled(account: PaperAccount, order: Order, scene: Scene) -> tuple[Event, ...]:
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
