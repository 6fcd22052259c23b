"""What is chosen and moved without a fill: margin, leverage, modes, stops, the venue.

Which changes a venue allows, and what stands in their way, is data of the venue; what has to move
with them is decided here. Source: margin specification, sections 9 and 11.
"""

from collections.abc import Iterable
from decimal import Decimal

from core.errors import IsolatedOnly
from core.margin.fees import posted_margin
from core.margin.pool import MarginMode, PositionMode
from core.margin.risk import initial_margin, unrealized_pnl
from core.margin.sizing import check_tier
from core.market import Symbol
from core.money import ZERO, Amount, Rate, credit, require
from core.paper.account import Order, PaperAccount, Position, Stops
from core.paper.apply import apply
from core.paper.errors import (
    Insufficient,
    LeverageLocked,
    MarginLocked,
    ModeBlocked,
    NoHedgeMode,
    NotFlat,
    NothingChanges,
    NotIsolated,
    StopWrongSide,
)
from core.paper.events import (
    LeverageChosen,
    MarginMoved,
    ModeChosen,
    PositionModeChosen,
    StopsSet,
    VenueChosen,
)
from core.paper.opening import check_available
from core.paper.scene import Scene
from core.venue import Blocker, ModeScope, venue_named


def removable(position: Position, scene: Scene) -> Amount:
    """Return how much (quote, rounded down) may leave a pocket.

    The pocket keeps its initial margin at the mark, and gains that are not realised do not count.
    """
    leg = position.leg
    mark = scene.mark(leg.symbol)
    worth = position.margin + min(ZERO, unrealized_pnl(leg, mark))
    return Amount(
        max(ZERO, credit(worth - initial_margin(leg, mark, scene.instrument(leg.symbol))))
    )


def margin_moved(account: PaperAccount, number: int, amount: Amount, scene: Scene) -> MarginMoved:
    """Return margin put into a pocket, or taken out where `amount` (quote) is negative.

    Raises `UnknownPosition`, `NotIsolated`, `Insufficient`, `MarginLocked`.
    """
    position = account.position(number)
    if not position.isolated:
        raise NotIsolated(number, position.leg.symbol)
    if amount > ZERO:
        check_available(account, amount, scene)
    elif -amount > (most := removable(position, scene)):
        raise MarginLocked(number, most)
    return MarginMoved(number=number, amount=amount)


def leverage_chosen(
    account: PaperAccount, symbol: Symbol, leverage: Rate, scene: Scene
) -> LeverageChosen:
    """Return another leverage for a symbol and its open positions.

    Behind the cross wall it only changes what is free. An isolated pocket never shrinks by it; it
    is topped up where a lower leverage asks for more, on venues that allow that. Raises
    `NothingChanges`, `LeverageLocked`, `Insufficient`, and the refusals of `check_tier`.
    """
    instrument, venue = scene.instrument(symbol), scene.listing.venue
    held = [p for p in account.positions if p.leg.symbol == symbol]
    chosen = held[0].leg.leverage if held else account.leverages.get(symbol)
    if chosen == leverage:
        raise NothingChanges(f"{leverage:f}x")
    topped: list[tuple[int, Amount]] = []
    for position in held:
        mark = scene.mark(symbol)
        check_tier(position.leg.quantity, mark, leverage, scene.listing, instrument)
        if not position.isolated:
            continue
        if leverage < position.leg.leverage and not venue.lower_leverage_isolated:
            raise LeverageLocked(symbol, venue.name, position.leg.leverage)
        leg = position.leg.at_leverage(leverage)
        more = require(posted_margin(leg, instrument)) - position.margin
        if more > ZERO:
            topped.append((position.number, Amount(more)))
    if not held:
        check_tier(ZERO, scene.mark(symbol), leverage, scene.listing, instrument)
    event = LeverageChosen(symbol=symbol, leverage=leverage, topped_up=tuple(topped))
    _check_afforded(account, event, scene)
    return event


def _check_afforded(account: PaperAccount, event: LeverageChosen, scene: Scene) -> None:
    """Refuse what the free money cannot carry, behind either wall."""
    more = Amount(sum((amount for _, amount in event.topped_up), ZERO))
    if more:
        check_available(account, more, scene)
    after = apply(account, event, scene.at)
    before, now = (a.cross_risk(scene.marks, scene.listing) for a in (account, after))
    rise = now.initial_margin - before.initial_margin
    taken = now.initial_margin + account.reserved(scene.listing)
    if rise > ZERO and taken > now.margin_balance:
        raise Insufficient(Amount(rise), before.available)


def mode_chosen(
    account: PaperAccount, symbol: Symbol, mode: MarginMode, scene: Scene
) -> ModeChosen:
    """Return another margin mode for a symbol, or for the account where the venue has one for all.

    Raises `ModeBlocked` with everything that stands in the way, `NothingChanges`, `IsolatedOnly`,
    `UnknownSymbol`.
    """
    venue = scene.listing.venue
    whole = venue.mode_scope is ModeScope.ACCOUNT
    if not whole and mode is MarginMode.CROSS and scene.instrument(symbol).isolated_only:
        raise IsolatedOnly(symbol, venue.name)
    now = account.account_mode if whole else account.modes.get(symbol)
    held = [p for p in account.positions if whole or p.leg.symbol == symbol]
    if mode is now or (not whole and held and all(p.mode is mode for p in held)):
        raise NothingChanges(mode.value)
    waiting = [o for o in account.orders if whole or o.symbol == symbol]
    blocked = venue.switch_blocked_by if venue.mode_scope is not ModeScope.ORDER else frozenset()
    positions = held if Blocker.POSITION in blocked else []
    orders = waiting if Blocker.OPEN_ORDER in blocked else []
    if positions or orders:
        fixed = (positions[0].mode if positions else orders[0].mode).value
        raise ModeBlocked(
            "" if whole else symbol, venue.name, fixed, _numbers(positions), _numbers(orders)
        )
    return ModeChosen(mode=mode, symbol=None if whole else symbol)


def position_mode_chosen(
    account: PaperAccount, mode: PositionMode, scene: Scene
) -> PositionModeChosen:
    """Return one-way or hedge. Raises `NoHedgeMode`, `NotFlat`, `NothingChanges`."""
    if mode is account.position_mode:
        raise NothingChanges(mode.value)
    if mode is PositionMode.HEDGE and not scene.listing.venue.hedge_mode:
        raise NoHedgeMode(scene.listing.venue.name)
    check_flat(account)
    return PositionModeChosen(mode=mode)


def venue_chosen(account: PaperAccount, venue: str) -> VenueChosen:
    """Return another venue's rules.

    Raises `NotFlat`, `NothingChanges`, `UnknownVenue`, and `NoHedgeMode` where the other venue has
    one position per symbol and the account does not.
    """
    if venue == account.venue:
        raise NothingChanges(venue)
    rules = venue_named(venue)
    if account.position_mode is PositionMode.HEDGE and not rules.hedge_mode:
        raise NoHedgeMode(rules.name)
    check_flat(account)
    return VenueChosen(venue=venue)


def stops_set(account: PaperAccount, number: int, stops: Stops, scene: Scene) -> StopsSet:
    """Return other closing marks for a position. Raises `UnknownPosition`, `StopWrongSide`."""
    leg = account.position(number).leg
    check_stops(stops, leg.side.sign, scene.mark(leg.symbol))
    return StopsSet(number=number, stops=stops)


def check_stops(stops: Stops, sign: Decimal, mark: Decimal) -> None:
    """Raise `StopWrongSide` for a stop that the mark has passed already."""
    for kind, price, way in (
        ("stop_loss", stops.loss, -sign),
        ("take_profit", stops.profit, sign),
    ):
        if price is not None and (price - mark) * way <= ZERO:
            raise StopWrongSide(kind, price, mark)


def check_flat(account: PaperAccount) -> None:
    """Raise `NotFlat` while there are positions or orders."""
    if account.at_stake:
        raise NotFlat(_numbers(account.positions), _numbers(account.orders))


def _numbers(items: Iterable[Position | Order]) -> tuple[int, ...]:
    return tuple(item.number for item in items)
