"""A wall falls: what is closed, what it costs, and who gets what is left.

The decision is the exact one of `core.margin.risk` at the marks that triggered it. A venue that
takes large positions apart closes down to the floor of a lower tier first and stops as soon as the
cushion is back; otherwise everything behind the wall is closed at the marks. The clearance fee is
min(rate x closed notional, what is left of the pool); then the remainder goes to the insurance fund
(or back to the trader), and a shortfall comes from it: a loss never leaves its wall. Results are
rounded against the trader. Source: margin specification, sections 8 and 10.
"""

from dataclasses import dataclass, replace

from core.margin.fees import clearance_fee
from core.margin.liquidation import liquidation_band, printed
from core.margin.pool import Leg, MarginMode, Pool
from core.margin.risk import Risk, maintenance_margin, risk
from core.market import Symbol
from core.money import QUANTUM, ZERO, Amount, D, Price, Quantity, credit, down, require, up
from core.paper.account import PaperAccount
from core.paper.closing import split
from core.paper.events import Event, OrderCancelled, PoolLiquidated, Seized
from core.paper.scene import Scene
from core.venue import LiquidationSteps, Remainder, Venue

LARGE = D(100_000)
"""Hyperliquid takes a fifth first of positions worth more than this (quote)."""
FIFTH = D(5)
TWO_THIRDS = D(2) / D(3)


@dataclass(frozen=True, slots=True)
class _Wreck:
    """A pool being taken apart: its legs by number, what was seized, and the fee so far."""

    pool: Pool
    numbers: tuple[int, ...]
    seized: tuple[Seized, ...] = ()
    fee: Amount = Amount(ZERO)


def liquidated(account: PaperAccount, scope: int | None, scene: Scene) -> tuple[Event, ...]:
    """Return what happens to a wall whose cushion is gone, its orders cancelled first.

    `scope` is an isolated position's number, or None for the cross pool. Nothing happens to a wall
    that stands. Raises `UnknownPosition`, `NoPrice`.
    """
    if scope is None:
        inside = [p for p in account.positions if not p.isolated]
        pool = account.cross
    else:
        inside = [account.position(scope)]
        pool = account.pool(inside[0])
    if not risk(pool, scene.marks, scene.listing).is_liquidatable(scene.listing.venue):
        return ()
    start = _Wreck(pool, tuple(p.number for p in inside))
    wreck = _in_steps(start, scene)
    event = _partly(start, wreck, scope, scene) if wreck else _wholly(start, scope, scene)
    return (*_cancelled(account, scope), event)


def _cancelled(account: PaperAccount, scope: int | None) -> list[Event]:
    """Orders of the affected wall go first: those of the symbol, or all cross ones."""
    symbol = None if scope is None else account.position(scope).leg.symbol
    return [
        OrderCancelled(number=order.number, reason="liquidation")
        for order in account.orders
        if order.symbol == symbol or (symbol is None and order.mode is MarginMode.CROSS)
    ]


# --- in steps -------------------------------------------------------------------------------------


def _in_steps(wreck: _Wreck, scene: Scene) -> _Wreck | None:
    """Close parts until the cushion is back; None where only closing everything is left."""
    venue = scene.listing.venue
    while True:
        state = risk(wreck.pool, scene.marks, scene.listing)
        if state.margin_balance <= ZERO or wreck.pool.collateral < ZERO:
            return None  # a wall never owes: what gains would have to pay is not realised
        if not state.is_liquidatable(venue):
            return wreck
        if _backstop(state, venue):
            return None
        step = _next_step(wreck, scene)
        if step is None:
            return None
        wreck = _closed(wreck, *step, scene)


def _backstop(state: Risk, venue: Venue) -> bool:
    """Whether the house takes over what is left of a pool, for want of margin (Hyperliquid)."""
    least = TWO_THIRDS * state.maintenance_margin
    return venue.steps is LiquidationSteps.FIFTH_FIRST and state.margin_balance < least


def _next_step(wreck: _Wreck, scene: Scene) -> tuple[int, Quantity] | None:
    """Which leg to reduce, and by how much: the one that needs most, if it may go in steps."""
    marks = scene.marks
    by_need = sorted(
        range(len(wreck.pool.legs)),
        key=lambda i: _need(wreck.pool.legs[i], scene),
        reverse=True,
    )
    for place in by_need:
        leg = wreck.pool.legs[place]
        part = _reducible(leg, marks.price(leg.symbol), scene, first=not wreck.seized)
        if part is not None:
            return place, part
    return None


def _need(leg: Leg, scene: Scene) -> Amount:
    return maintenance_margin(leg, scene.mark(leg.symbol), scene.instrument(leg.symbol))


def _reducible(leg: Leg, mark: Price, scene: Scene, *, first: bool) -> Quantity | None:
    """How much of a leg a step closes (base, on the step, rounded up), or None for the whole."""
    instrument, venue = scene.instrument(leg.symbol), scene.listing.venue
    worth = leg.quantity * mark
    if venue.steps is LiquidationSteps.FIFTH_FIRST:
        if not first or worth <= LARGE:
            return None
        return Quantity(up(leg.quantity / FIFTH, instrument.step))
    table = instrument.brackets
    tier = table.index(table.size(leg.quantity, worth))
    if tier + 1 < venue.steps_from_tier:
        return None
    lower = tier - 1 if venue.steps is LiquidationSteps.TWO_TIERS else tier
    floor = table.floors[lower]
    kept = floor if table.size(leg.quantity, worth) == leg.quantity else floor / mark
    left = down(kept, instrument.step)
    if table.index(table.size(left, left * mark)) >= lower and left:
        left -= instrument.step  # exactly the floor still belongs to the tier above it
    part = leg.quantity - left
    return Quantity(part) if ZERO < part < leg.quantity else None


def _closed(wreck: _Wreck, place: int, quantity: Quantity, scene: Scene) -> _Wreck:
    """The wreck after a part of one leg was closed at its mark, the fee taken."""
    leg = wreck.pool.legs[place]
    part = _seized(leg, quantity, wreck.numbers[place], scene)
    left = Amount(max(ZERO, risk(wreck.pool, scene.marks, scene.listing).margin_balance))
    instrument = scene.instrument(leg.symbol)
    worth = Amount(quantity * part.price)
    fee = _fee(clearance_fee(instrument, scene.listing.venue, worth, left), left)
    rest = leg.less(quantity, part.cost)
    legs = (*wreck.pool.legs[:place], rest, *wreck.pool.legs[place + 1 :])
    pool = replace(wreck.pool, legs=legs).with_collateral(part.pnl - fee)
    return _Wreck(pool, wreck.numbers, (*wreck.seized, part), Amount(wreck.fee + fee))


def _fee(fee: Amount, left: Amount) -> Amount:
    """A fee on the quantum: rounded up, but never more than is left."""
    return Amount(min(require(fee), down(left, QUANTUM)))


def _seized(leg: Leg, quantity: Quantity, number: int, scene: Scene) -> Seized:
    mark = scene.mark(leg.symbol)
    cost = split(leg.entry_cost, quantity, leg.quantity)
    return Seized(
        number=number,
        symbol=leg.symbol,
        side=leg.side,
        quantity=quantity,
        price=mark,
        cost=cost,
        pnl=credit(leg.side.sign * (quantity * mark - cost)),
    )


# --- what is booked -------------------------------------------------------------------------------


def _partly(start: _Wreck, wreck: _Wreck, scope: int | None, scene: Scene) -> PoolLiquidated:
    return PoolLiquidated(
        scope=scope,
        mode=start.pool.mode,
        whole=False,
        collateral=start.pool.collateral,
        limits=_limits(start.pool, scene),
        seized=_joined(wreck.seized),
        fee=wreck.fee,
        remainder=Amount(ZERO),
        returned=Amount(ZERO),
        shortfall=Amount(ZERO),
    )


def _joined(parts: tuple[Seized, ...]) -> tuple[Seized, ...]:
    """Several steps of one position as one."""
    joined: dict[int, Seized] = {}
    for part in parts:
        old = joined.get(part.number)
        joined[part.number] = (
            part
            if old is None
            else replace(
                old,
                quantity=Quantity(old.quantity + part.quantity),
                cost=Amount(old.cost + part.cost),
                pnl=Amount(old.pnl + part.pnl),
            )
        )
    return tuple(joined.values())


def _wholly(start: _Wreck, scope: int | None, scene: Scene) -> PoolLiquidated:
    """Close everything at the marks; the wall keeps the loss in."""
    pool, venue = start.pool, scene.listing.venue
    seized = tuple(
        _seized(leg, leg.quantity, number, scene)
        for leg, number in zip(pool.legs, start.numbers, strict=True)
    )
    left = pool.collateral + sum((part.pnl for part in seized), ZERO)
    fee, kept = Amount(ZERO), Amount(max(ZERO, left))
    for part in seized:
        worth = Amount(part.quantity * part.price)
        more = clearance_fee(scene.instrument(part.symbol), venue, worth, kept)
        taken = _fee(more, kept)
        fee, kept = Amount(fee + taken), Amount(kept - taken)
    state = risk(pool, scene.marks, scene.listing)
    to_trader = venue.remainder_to is Remainder.TRADER and not _backstop(state, venue)
    return PoolLiquidated(
        scope=scope,
        mode=pool.mode,
        whole=True,
        collateral=pool.collateral,
        limits=_limits(pool, scene),
        seized=seized,
        fee=fee,
        remainder=Amount(ZERO) if to_trader else kept,
        returned=kept if to_trader else Amount(ZERO),
        shortfall=Amount(max(ZERO, -left)),
    )


def _limits(pool: Pool, scene: Scene) -> tuple[tuple[Symbol, Price], ...]:
    """The liquidation price of every symbol, others held, as the venue prints it."""
    found = []
    for symbol in pool.symbols:
        band = liquidation_band(pool, symbol, scene.marks, scene.listing)
        shown = printed(band, scene.instrument(symbol), scene.listing.venue, pool.mode)
        nearest = shown.nearest(scene.mark(symbol))
        if nearest is not None:
            found.append((symbol, nearest))
    return tuple(found)
