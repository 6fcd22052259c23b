"""Small makers of paper accounts and scenes, on the contracts of the files in `bot/content`.

Unless a test says otherwise a market order fills at the mark itself (no half-spread), so that the
figures in it can be checked by hand.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import localcontext
from functools import cache

from bot.adapters.content.instrument_files import load_listings
from core.margin.pool import MarginMode, Side
from core.market import Instrument, Listing, Symbol
from core.money import EXACT, D, Quantity
from core.paper.account import NO_STOPS, PaperAccount, Position, Stops
from core.paper.actions import Action, Open, decide
from core.paper.apply import apply
from core.paper.events import Event
from core.paper.rules import PaperRules
from core.paper.scene import Intent, Scene
from tests.builders import BTC, NOON, Number, amount, marks, price, rate

ISOLATED, CROSS = MarginMode.ISOLATED, MarginMode.CROSS
LONG, SHORT = Side.LONG, Side.SHORT


@cache
def venue(name: str = "binance") -> Listing:
    """A venue with the contracts of its file."""
    with localcontext(EXACT):
        return load_listings()[name]


def rated(listing: Listing, fee: Number, symbol: Symbol = BTC) -> Listing:
    """The same listing with another clearance fee on one contract."""
    return put(listing, replace(listing.instrument(symbol), liquidation_fee=rate(fee)))


def put(listing: Listing, contract: Instrument) -> Listing:
    """The same listing with one contract put in the place of its own."""
    return replace(listing, instruments={**listing.instruments, contract.symbol: contract})


def scene(listing: Listing | str = "binance", spread: Number = 0, **prices: Number) -> Scene:
    """A snapshot at noon on a venue: `scene(btc=60000)`, `scene("okx", btc=60000)`."""
    rules = PaperRules(half_spread=rate(spread))
    rules_of = venue(listing) if isinstance(listing, str) else listing
    return Scene(rules_of, marks(**prices), NOON, rules)


def fresh(wallet: Number = 10_000, venue_id: str = "binance") -> PaperAccount:
    """An account with nothing but a wallet."""
    return PaperAccount(id=1, market="test", venue=venue_id, wallet=amount(wallet))


def wish(
    quantity: Number,
    side: Side = LONG,
    mode: MarginMode = ISOLATED,
    *,
    symbol: Symbol = BTC,
    leverage: Number = 10,
    at: Number | None = None,
    reduce_only: bool = False,
    stops: Stops = NO_STOPS,
) -> Intent:
    """An intent: long, isolated, BTC, 10x, at the market, unless something else is said."""
    return Intent(
        symbol=symbol,
        side=side,
        quantity=Quantity(D(quantity)),
        mode=mode,
        leverage=rate(leverage),
        price=None if at is None else price(at),
        reduce_only=reduce_only,
        stops=stops,
    )


def after(account: PaperAccount, events: Iterable[Event]) -> PaperAccount:
    """The account after events that happened at noon."""
    for event in events:
        account = apply(account, event, NOON)
    return account


def do(account: PaperAccount, action: Action | Intent, at: Scene) -> PaperAccount:
    """The account after an action (an intent is opened) at a scene."""
    action = Open(action) if isinstance(action, Intent) else action
    return after(account, decide(account, action, at))


def only(account: PaperAccount) -> Position:
    """The one position of an account."""
    (position,) = account.positions
    return position


def stops(loss: Number | None = None, profit: Number | None = None) -> Stops:
    """Closing marks."""
    return Stops(
        loss=None if loss is None else price(loss),
        profit=None if profit is None else price(profit),
    )


def quantity(value: Number) -> Quantity:
    """Type a number as a quantity."""
    return Quantity(D(value))
