"""What an event makes of an account: the only way in which an account ever changes.

`apply` neither decides nor rounds; the event carries every amount. The same function serves the
moment itself, the replay that proves the books, and copies that are only played with.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from core.money import ZERO, Amount, Quantity
from core.paper import events as e
from core.paper.account import NO_LEVERAGES, NO_MODES, PaperAccount, Position
from core.paper.events import Event


def apply(account: PaperAccount, event: Event, at: datetime) -> PaperAccount:
    """Return the account after an event that happened at a moment; its version is one higher."""
    latest = at if account.changed_at is None else max(at, account.changed_at)
    changed = _changed(account, event, at)
    return replace(changed, version=account.version + 1, changed_at=latest)


def applied(account: PaperAccount, events: Iterable[Event], at: datetime) -> PaperAccount:
    """Return the account after events that happened at one moment, in their order."""
    for event in events:
        account = apply(account, event, at)
    return account


def replay(account: PaperAccount, history: Iterable[tuple[Event, datetime]]) -> PaperAccount:
    """Apply a whole history, oldest first, to a bare account."""
    for event, at in history:
        account = apply(account, event, at)
    return account


def _changed(  # noqa: C901, PLR0912 - one case for each event
    account: PaperAccount, event: Event, at: datetime
) -> PaperAccount:
    """The account with everything but its version brought up to date."""
    match event:
        case e.Granted() | e.Adjusted():
            return _paid(account, event.amount)
        case e.WasReset():
            return _reset(account, event)
        case e.ResetsCarried():
            return replace(account, resets=event.resets)
        case e.OrderPlaced():
            return _placed(account, event)
        case e.OrderCancelled():
            return account.without_order(event.number)
        case e.PositionIncreased():
            return _increased(account, event, at)
        case e.PositionReduced():
            return _reduced(account, event)
        case e.MarginMoved():
            return _moved(account, event)
        case e.LeverageChosen():
            return _leverage(account, event)
        case e.ModeChosen():
            return _mode(account, event)
        case e.PositionModeChosen():
            return replace(account, position_mode=event.mode)
        case e.VenueChosen():
            return _venue(account, event)
        case e.StopsSet():
            return _stops(account, event)
        case e.FundingSettled():
            return _funding(account, event)
        case e.PoolLiquidated():
            return _liquidated(account, event)
        case e.Warned():
            return _warned(account, event, at)
    assert_never(event)


def _paid(account: PaperAccount, amount: Amount) -> PaperAccount:
    """The account with an amount (may be negative) added to its wallet."""
    return replace(account, wallet=Amount(account.wallet + amount))


def _reset(account: PaperAccount, event: e.WasReset) -> PaperAccount:
    return replace(
        account,
        wallet=Amount(account.wallet - event.wallet),
        positions=(),
        orders=(),
        modes=NO_MODES,
        leverages=NO_LEVERAGES,
        resets=event.resets,
        warned=(),
    )


def _placed(account: PaperAccount, event: e.OrderPlaced) -> PaperAccount:
    number = max(account.last_number, event.order.number)
    return replace(account, orders=(*account.orders, event.order), last_number=number)


def _increased(account: PaperAccount, event: e.PositionIncreased, at: datetime) -> PaperAccount:
    account = _paid(account, Amount(-event.margin - event.fee))
    if event.order is not None:
        account = account.without_order(event.order)
    old = next((p for p in account.positions if p.number == event.number), None)
    if old is None:
        new = Position(
            number=event.number,
            mode=event.mode,
            leg=event.leg,
            margin=event.margin,
            opened_at=at,
            stops=event.stops,
        )
        number = max(account.last_number, event.number)
        return replace(account.with_position(new), last_number=number)
    grown = replace(
        old,
        leg=old.leg.plus(event.leg),
        margin=Amount(old.margin + event.margin),
        stops=event.stops,
    )
    return account.with_position(grown)


def _reduced(account: PaperAccount, event: e.PositionReduced) -> PaperAccount:
    account = _paid(account, Amount(event.margin + event.pnl - event.fee))
    if event.order is not None:
        account = account.without_order(event.order)
    return _shrunk(account, event.number, event.quantity, event.cost, event.margin)


def _shrunk(
    account: PaperAccount, number: int, quantity: Quantity, cost: Amount, margin: Amount
) -> PaperAccount:
    """The account with a part of a position gone; the last part takes the position with it."""
    old = account.position(number)
    if quantity == old.leg.quantity:
        return account.without_position(number)
    leg = old.leg.less(quantity, cost)
    return account.with_position(replace(old, leg=leg, margin=Amount(old.margin - margin)))


def _moved(account: PaperAccount, event: e.MarginMoved) -> PaperAccount:
    old = account.position(event.number)
    new = replace(old, margin=Amount(old.margin + event.amount))
    return _paid(account, Amount(-event.amount)).with_position(new)


def _leverage(account: PaperAccount, event: e.LeverageChosen) -> PaperAccount:
    leverages = {**account.leverages, event.symbol: event.leverage}
    account = replace(account, leverages=leverages)
    topped = dict(event.topped_up)
    for old in account.positions:
        if old.leg.symbol == event.symbol:
            more = topped.get(old.number, Amount(ZERO))
            leg = replace(old.leg, leverage=event.leverage)
            new = replace(old, leg=leg, margin=Amount(old.margin + more))
            account = _paid(account, Amount(-more)).with_position(new)
    return account


def _mode(account: PaperAccount, event: e.ModeChosen) -> PaperAccount:
    if event.symbol is None:
        return replace(account, account_mode=event.mode)
    return replace(account, modes={**account.modes, event.symbol: event.mode})


def _venue(account: PaperAccount, event: e.VenueChosen) -> PaperAccount:
    return replace(account, venue=event.venue, modes=NO_MODES, leverages=NO_LEVERAGES)


def _stops(account: PaperAccount, event: e.StopsSet) -> PaperAccount:
    return account.with_position(replace(account.position(event.number), stops=event.stops))


def _funding(account: PaperAccount, event: e.FundingSettled) -> PaperAccount:
    account = _paid(account, event.from_wallet)
    if not event.from_pocket:
        return account
    old = account.position(event.number)
    return account.with_position(replace(old, margin=Amount(old.margin + event.from_pocket)))


def _liquidated(account: PaperAccount, event: e.PoolLiquidated) -> PaperAccount:
    """Close what was seized; the result and the fee stay behind the wall they came from."""
    result = Amount(sum((s.pnl for s in event.seized), ZERO) - event.fee)
    if event.whole:
        result = Amount(event.returned - event.collateral)
    pocket = None if event.scope is None else account.position(event.scope).margin
    for part in event.seized:
        account = _shrunk(account, part.number, part.quantity, part.cost, Amount(ZERO))
    if pocket is None:
        return _paid(account, result)
    if event.whole:
        return _paid(account, event.returned)
    old = account.position(event.scope or 0)
    return account.with_position(replace(old, margin=Amount(pocket + result)))


def _warned(account: PaperAccount, event: e.Warned, at: datetime) -> PaperAccount:
    """Remember when; of walls that are gone nothing is remembered."""
    scope = event.scope or 0
    standing = {0, *(position.number for position in account.positions)}
    kept = tuple(w for w in account.warned if w[0] in standing and w[0] != scope)
    return replace(account, warned=(*kept, (scope, at)))
