"""Opening and adding: what a wish becomes, at a fill, within the venue's rules.

In one-way mode a fill against a position closes it first, and only what is left opens the other
way (a flip). Margin and fee must be available after that; isolated margin then moves into the
position's pocket, cross margin moves nowhere. Source: margin specification, sections 2, 3 and 8.
"""

from dataclasses import replace

from core.errors import IsolatedOnly
from core.margin.fees import posted_margin, trading_fee
from core.margin.pool import Leg, MarginMode, PositionMode
from core.margin.sizing import check_tier
from core.money import ZERO, Amount, Price, Quantity, require
from core.paper.account import Order, PaperAccount, Position
from core.paper.apply import apply
from core.paper.closing import reduced
from core.paper.errors import Insufficient, LeverageFixed, ModeFixed, NothingToReduce
from core.paper.events import Event, OrderPlaced, PositionIncreased
from core.paper.scene import Fill, Intent, Scene
from core.venue import ModeScope


def opened(account: PaperAccount, intent: Intent, fill: Fill, scene: Scene) -> tuple[Event, ...]:
    """Return what an intent becomes at a fill: a reduction, an increase, or both (a flip).

    Raises `Insufficient`, `ModeFixed`, `LeverageFixed`, `NothingToReduce`, `IsolatedOnly`,
    `Delisted`, and the refusals of `check_tier`.
    """
    events: list[Event] = []
    rest = intent.quantity
    against = _against(account, intent)
    if against is not None:
        part = Quantity(min(rest, against.leg.quantity))
        flip = "flip" if rest > part and not intent.reduce_only else fill.reason
        events.append(reduced(account, against, part, replace(fill, reason=flip)))
        account = apply(account, events[-1], scene.at)
        rest = Quantity(rest - part)
    if intent.reduce_only:
        if against is None:
            raise NothingToReduce(intent.symbol)
        return tuple(events)
    if rest > ZERO:
        events.append(_increased(account, intent, rest, fill, scene))
    return tuple(events)


def _against(account: PaperAccount, intent: Intent) -> Position | None:
    """The position a fill would close first; with two legs side by side only if it must reduce."""
    if account.position_mode is PositionMode.HEDGE and not intent.reduce_only:
        return None
    return account.holding(intent.symbol, intent.side.other)


def _increased(
    account: PaperAccount, intent: Intent, quantity: Quantity, fill: Fill, scene: Scene
) -> PositionIncreased:
    instrument = scene.instrument(intent.symbol)
    held = _allowed(account, replace(intent, quantity=quantity), fill.price, scene)
    leg = Leg.at(intent.symbol, intent.side, quantity, fill.price, intent.leverage)
    margin, fee = (
        require(posted_margin(leg, instrument)),
        require(trading_fee(quantity, fill.price, fill.rate)),
    )
    if fill.order is not None:
        account = account.without_order(fill.order)  # what it kept aside is for this
    check_available(account, Amount(margin + fee), scene)
    return PositionIncreased(
        number=held.number if held else account.last_number + 1,
        mode=intent.mode,
        leg=leg,
        price=fill.price,
        margin=margin if intent.mode is MarginMode.ISOLATED else Amount(ZERO),
        fee=fee,
        stops=intent.stops if held is None or intent.stops.any else held.stops,
        order=fill.order,
        seen=fill.seen,
    )


def _allowed(account: PaperAccount, intent: Intent, price: Price, scene: Scene) -> Position | None:
    """The position an intent would add to, if any; refuse what mode, leverage or tier forbid."""
    check_mode(account, intent, scene)
    check_leverage(account, intent)
    held = account.holding(intent.symbol, intent.side)
    whole = intent.quantity + (held.leg.quantity if held else ZERO)
    instrument = scene.listing.tradable_instrument(intent.symbol)
    check_tier(whole, price, intent.leverage, scene.listing, instrument)
    return held


def placed(account: PaperAccount, intent: Intent, scene: Scene) -> OrderPlaced:
    """Return a limit order at rest; its margin and fee are kept aside.

    Raises what `opened` raises, and `ValueError` for an intent without a price.
    """
    if intent.price is None:
        raise ValueError("an order at rest has a price")
    instrument = scene.instrument(intent.symbol)
    order = Order(
        number=account.last_number + 1,
        symbol=intent.symbol,
        side=intent.side,
        quantity=intent.quantity,
        price=intent.price,
        mode=intent.mode,
        leverage=intent.leverage,
        placed_at=scene.at,
        reduce_only=intent.reduce_only,
        stops=intent.stops,
    )
    if intent.reduce_only:
        if account.holding(intent.symbol, intent.side.other) is None:
            raise NothingToReduce(intent.symbol)
        return OrderPlaced(order=order)
    _allowed(account, intent, intent.price, scene)
    check_available(account, order.reserved(instrument), scene)
    return OrderPlaced(order=order)


def check_available(account: PaperAccount, needed: Amount, scene: Scene) -> None:
    """Raise `Insufficient` where less is available than is needed (quote)."""
    free = account.available(scene.marks, scene.listing)
    if needed > free:
        raise Insufficient(needed, free)


def check_mode(account: PaperAccount, intent: Intent, scene: Scene) -> None:
    """Raise `ModeFixed` where the venue holds a symbol (or the account) to another mode.

    Also raises `IsolatedOnly`.
    """
    venue, mode = scene.listing.venue, intent.mode
    if scene.instrument(intent.symbol).isolated_only and mode is MarginMode.CROSS:
        raise IsolatedOnly(intent.symbol, venue.name)
    if venue.mode_scope is ModeScope.ACCOUNT:
        if mode is not account.account_mode:
            raise ModeFixed("", venue.name, account.account_mode.value)
        return
    side = intent.side if venue.mode_scope is ModeScope.ORDER else None
    held = account.holding(intent.symbol, side)
    modes = [held.mode] if held else []
    if venue.mode_scope is ModeScope.SYMBOL:
        modes += [order.mode for order in account.ordered(intent.symbol)]
    if any(other is not mode for other in modes):
        raise ModeFixed(intent.symbol, venue.name, modes[0].value)


def check_leverage(account: PaperAccount, intent: Intent) -> None:
    """Raise `LeverageFixed` where a position of the symbol has another leverage."""
    held = account.holding(intent.symbol)
    if held is not None and held.leg.leverage != intent.leverage:
        raise LeverageFixed(intent.symbol, held.leg.leverage)
