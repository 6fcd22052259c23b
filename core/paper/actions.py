"""What a person may do to their account, as values: shown before it is done, done once.

A preview decides an action on a copy of the account at the marks of the moment; Confirm decides it
again on the account itself at the next marks. The same function does both, so that what was shown
and what is done can differ only by the marks.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from core.margin.pool import MarginMode, PositionMode
from core.market import Symbol
from core.money import ZERO, Amount, Quantity, Rate
from core.paper import choices
from core.paper.account import PaperAccount, Stops
from core.paper.closing import HUNDRED, all_closed, closed_at_market
from core.paper.events import Event, Granted, OrderCancelled, WasReset
from core.paper.opening import opened, placed
from core.paper.scene import Intent, Scene, market_fill


@dataclass(frozen=True, slots=True)
class Open:
    """Open or add to a position at the market, or place a limit order where a price is given."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class Close:
    """Close a part (base) of a position at the market."""

    number: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class CloseAll:
    """Close `percent` of every position at the market."""

    percent: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel resting orders."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoveMargin:
    """Put margin (quote) into a pocket, or take it out where negative."""

    number: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class ChooseLeverage:
    """Choose a symbol's leverage."""

    symbol: Symbol
    leverage: Rate


@dataclass(frozen=True, slots=True)
class ChooseMode:
    """Choose a symbol's margin mode (the account's, where the venue has one for all)."""

    symbol: Symbol
    mode: MarginMode


@dataclass(frozen=True, slots=True)
class ChoosePositionMode:
    """Choose one-way or hedge."""

    mode: PositionMode


@dataclass(frozen=True, slots=True)
class ChooseVenue:
    """Follow another venue's rules."""

    venue: str


@dataclass(frozen=True, slots=True)
class SetStops:
    """Set a position's own closing marks."""

    number: int
    stops: Stops


@dataclass(frozen=True, slots=True)
class Reset:
    """Give everything up and begin again."""


Choice = MoveMargin | ChooseLeverage | ChooseMode | ChoosePositionMode | ChooseVenue | SetStops
"""What is chosen or moved without a fill."""

Action = Open | Close | CloseAll | Cancel | Reset | Choice
"""Everything a person may do."""


def decide(account: PaperAccount, action: Action, scene: Scene) -> tuple[Event, ...]:
    """Return the events an action leads to at a scene. Raises the refusals of each decision."""
    match action:
        case Open(intent):
            return _open(account, intent, scene)
        case Close(number, quantity):
            position = account.position(number)
            # A liquidation may have taken a part since the preview: more than all is all.
            quantity = min(quantity, position.leg.quantity)
            return (closed_at_market(account, position, quantity, scene, "close"),)
        case CloseAll(percent):
            return all_closed(account, scene, percent=percent)
        case Cancel(numbers):
            orders = [account.order(number) for number in numbers]
            return tuple(OrderCancelled(number=o.number, reason="asked") for o in orders)
        case Reset():
            return reset(account, scene)
        case _:
            return (_choice(account, action, scene),)


def concerned(account: PaperAccount, action: Action) -> frozenset[Symbol]:
    """Return the contracts an action is about; none where it is about the account as a whole."""
    match action:
        case Open(Intent(symbol=symbol)) | ChooseLeverage(symbol) | ChooseMode(symbol):
            return frozenset({symbol})
        case Close(number) | MoveMargin(number) | SetStops(number):
            return frozenset(p.leg.symbol for p in account.positions if p.number == number)
        case Cancel(numbers):
            return frozenset(order.symbol for order in account.orders if order.number in numbers)
        case _:
            return frozenset()


def _choice(account: PaperAccount, action: Choice, scene: Scene) -> Event:
    """What is chosen or moved without a fill."""
    match action:
        case MoveMargin(number, amount):
            return choices.margin_moved(account, number, amount, scene)
        case ChooseLeverage(symbol, leverage):
            return choices.leverage_chosen(account, symbol, leverage, scene)
        case ChooseMode(symbol, mode):
            return choices.mode_chosen(account, symbol, mode, scene)
        case ChoosePositionMode(position_mode):
            return choices.position_mode_chosen(account, position_mode, scene)
        case ChooseVenue(venue):
            return choices.venue_chosen(account, venue)
        case SetStops(number, stops):
            return choices.stops_set(account, number, stops, scene)
    assert_never(action)


def _open(account: PaperAccount, intent: Intent, scene: Scene) -> tuple[Event, ...]:
    """Fill at the market, or rest; a limit that the market already meets is filled at once."""
    base = intent.price if intent.price is not None else scene.mark(intent.symbol)
    choices.check_stops(intent.stops, intent.side.sign, base)
    if intent.price is None:
        return opened(account, intent, market_fill(intent.symbol, intent.side, scene), scene)
    if scene.marks.get(intent.symbol) is not None:
        fill = market_fill(intent.symbol, intent.side, scene)
        if (intent.price - fill.price) * intent.side.sign >= ZERO:
            return opened(account, intent, fill, scene)
    return (placed(account, intent, scene),)


def reset(account: PaperAccount, scene: Scene) -> tuple[Event, ...]:
    """Return everything given up, counted, and a new grant."""
    pockets = tuple((p.number, p.margin) for p in account.positions if p.isolated)
    return (
        WasReset(wallet=account.wallet, pockets=pockets, resets=account.resets + 1),
        Granted(amount=scene.rules.grant),
    )
