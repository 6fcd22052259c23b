"""What a person wants to be told of, and the one decision whether it has come to be.

A price alert waits for a mark on the other side of its price than the mark stood when it was set. A
liquidation alert looks at every position of its owner: the nearer liquidation price, the other
marks held still, may be no further from the mark than a share of it. A funding alert fires in the
quarter of an hour before funding is due. An alert fires once and is gone; only a liquidation alert
stays, and rests for a day. Whoever asks hands over fresh marks only; a zero never fires anything.
Of a minute that nobody saw, the extreme counts by which an alert would have fired.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from core.errors import AlertReached, NoPrice, UnknownSymbol
from core.margin.fees import funding_payment
from core.margin.liquidation import liquidation_band
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, Price, Rate
from core.paper.account import PaperAccount, Position
from core.paper.extremes import MINUTE, adverse

SOON = timedelta(minutes=15)
"""How long before funding is due its alert fires."""

REST = timedelta(days=1)
"""How long a liquidation alert is silent after it fired, and any alert that is snoozed."""

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class PriceAlert:
    """A mark at `price` (quote per base) or beyond it: above where `rising`, else below."""

    symbol: Symbol
    price: Price
    rising: bool


@dataclass(frozen=True, slots=True)
class LiquidationAlert:
    """Any position `within` a share of the mark (0.05 is 5 %) of its liquidation price."""

    within: Rate


@dataclass(frozen=True, slots=True)
class FundingAlert:
    """Funding that is due `SOON`: of a symbol, held or not, or of whatever is held (None)."""

    symbol: Symbol | None = None


What = PriceAlert | LiquidationAlert | FundingAlert


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a learner waits for in a market, under a number of theirs.

    `id` is the books' own, 0 before they know it. Marks from before `since` mean nothing to it, nor
    do those from before `rests` (None: it is awake).
    """

    id: int = 0
    learner: int
    market: str
    number: int
    what: What
    since: datetime
    rests: datetime | None = None

    @property
    def awake(self) -> datetime:
        """The moment from which on marks count."""
        return self.since if self.rests is None else max(self.since, self.rests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """An alert that came to be, with the marks that decided and the venue whose rules held.

    `numbers` are the positions of `account` that it is about; `payment` (quote) is what funding
    will bring them, negative where they pay. Prices alone need no account.
    """

    alert: Alert
    venue: str
    marks: Marks
    account: PaperAccount | None = None
    numbers: tuple[int, ...] = ()
    payment: Amount = Amount(ZERO)


def price_alert(symbol: Symbol, price: Price, mark: Price) -> PriceAlert:
    """Return the alert for a price, its direction told by the mark.

    Raises `AlertReached` where the mark is there already.
    """
    if price == mark:
        raise AlertReached(symbol, price)
    return PriceAlert(symbol, price, rising=price > mark)


def due(alert: Alert, account: PaperAccount | None, marks: Marks, listing: Listing) -> Fired | None:
    """Return what fires at a snapshot, or None.

    `account` is the owner's in the alert's market (None: they have none), `listing` the rules it
    follows. A position that cannot be judged, because a mark is missing, is left out.
    """
    if marks.market != alert.market or marks.at < alert.awake:
        return None
    what = alert.what
    match what:
        case PriceAlert():
            return _reached(alert, what, marks, listing)
        case LiquidationAlert():
            return _near(alert, what.within, account, marks, listing)
        case FundingAlert():
            return _soon(alert, what.symbol, account, marks, listing)
    assert_never(what)


def left(alert: Alert, at: datetime) -> Alert | None:
    """Return what is left of an alert that fired: nothing, or one that rests."""
    rests = isinstance(alert.what, LiquidationAlert)
    return replace(alert, rests=at + REST) if rests else None


def _reached(alert: Alert, what: PriceAlert, marks: Marks, listing: Listing) -> Fired | None:
    mark = marks.get(what.symbol)
    if mark is None or mark.price <= ZERO:
        return None
    price = mark.price
    if marks.at - MINUTE >= alert.awake:  # of a minute that nobody saw, the end it went to counts
        price = (mark.high if what.rising else mark.low) or price
    if price < what.price if what.rising else price > what.price:
        return None
    shown = marks.only({what.symbol}).with_price(what.symbol, price)
    return Fired(alert=alert, venue=listing.venue.id, marks=shown)


def _near(
    alert: Alert, within: Rate, account: PaperAccount | None, marks: Marks, listing: Listing
) -> Fired | None:
    if account is None or _is_older(marks, account):
        return None
    marks = adverse(account, marks)
    near = [
        position.number
        for position in account.positions
        if (away := distance(account, position, marks, listing)) is not None and away <= within
    ]
    if not near:
        return None
    return _fired(alert, account, tuple(near), marks, listing)


def distance(
    account: PaperAccount, position: Position, marks: Marks, listing: Listing
) -> Rate | None:
    """Return how far a position's mark is from its nearer liquidation price, as a share of it.

    None without such a price, or where a mark of its pool is missing or zero.
    """
    symbol, pool = position.leg.symbol, account.pool(position)
    if any((mark := marks.get(g.symbol)) is None or mark.price <= ZERO for g in pool.legs):
        return None
    try:
        limit = liquidation_band(pool, symbol, marks, listing).nearest(marks.price(symbol))
    except (NoPrice, UnknownSymbol):
        return None
    return None if limit is None else Rate(abs(limit / marks.price(symbol) - ONE))


def _soon(
    alert: Alert, symbol: Symbol | None, account: PaperAccount | None, marks: Marks, on: Listing
) -> Fired | None:
    """Funding of a symbol, or of what is held; a position counts from when it was opened."""
    known = account is not None and not _is_older(marks, account)
    held = account.positions if account is not None and known else ()
    wanted = {symbol} if symbol else {position.leg.symbol for position in held}
    soon = dict(funding_soon(marks.only(sorted(wanted))))
    if not soon:
        return None
    concerned = [position for position in held if position.leg.symbol in soon]
    payment = sum((_payment(p, soon[p.leg.symbol]) for p in concerned), ZERO)
    if account is None:
        return Fired(alert=alert, venue=on.venue.id, marks=marks.only(soon))
    numbers = tuple(position.number for position in concerned)
    fired = _fired(alert, account, numbers, marks, on)
    return replace(fired, marks=marks.only(soon), payment=Amount(payment))


def funding_soon(marks: Marks) -> Iterator[tuple[Symbol, MarkPrice]]:
    """Yield the marks whose funding is announced and due `SOON`."""
    for symbol, mark in marks.prices.items():
        announced = mark.funding is not None and mark.price > ZERO
        if announced and mark.funding_at and NOTHING < mark.funding_at - marks.at <= SOON:
            yield symbol, mark


def _payment(position: Position, mark: MarkPrice) -> Amount:
    assert mark.funding is not None
    return funding_payment(position.leg, mark.price, mark.funding)


def _fired(
    alert: Alert, account: PaperAccount, numbers: tuple[int, ...], marks: Marks, on: Listing
) -> Fired:
    return Fired(
        alert=alert,
        venue=on.venue.id,
        marks=marks.only(sorted(account.symbols)),
        account=account,
        numbers=numbers,
    )


def _is_older(marks: Marks, account: PaperAccount) -> bool:
    """Whether the account became what it is after these marks."""
    return account.changed_at is not None and marks.at < account.changed_at
