"""The same trade behind either wall, and what may be done about it afterwards.

Both modes enter with the same quantity at the same mark; the wall is the only difference.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Refusal
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.trading import endowed
from core.margin.pool import MarginMode, PositionMode, Side
from core.margin.sizing import Size, SizeKind, Trade, place
from core.market import Marks, Symbol
from core.money import Amount, Quantity, Rate, down, require
from core.paper.account import PaperAccount, Position, bare
from core.paper.actions import (
    Action,
    ChooseMode,
    ChoosePositionMode,
    CloseAll,
    MoveMargin,
    Open,
    decide,
)
from core.paper.apply import applied
from core.paper.events import Event
from core.paper.scene import Intent, Scene, market_fill

Entry = tuple[Symbol, Side, Rate, Amount, MarginMode]
"""Contract, side, leverage, margin (quote) and wall of a trade."""

_HALF = 2


def entered(player: int, entry: Entry, wallet: Amount, ground: Ground, marks: Marks) -> Deed:
    """Return how a new account is endowed with a wallet (quote) and enters a trade at the marks.

    The margin is turned into a quantity at the fill, rounded down to the step. Raises what `place`
    and opening refuse.
    """
    symbol, side, leverage, margin, mode = entry
    scene = Scene(ground.listing, marks, marks.at, ground.rules)
    begun = bare(0, "")
    events = list(endowed(wallet, ground))
    account = applied(begun, events, marks.at)
    for action in _ready(symbol, mode):
        more = _if_it_changes(account, action, scene)
        account, events = applied(account, more, marks.at), [*events, *more]
    fill = market_fill(symbol, side, scene)
    size = Size(SizeKind.MARGIN, margin)
    leg = place(Trade(symbol, side, leverage, size), fill.price, wallet, ground.listing)
    intent = Intent(symbol=symbol, side=side, quantity=leg.quantity, mode=mode, leverage=leverage)
    more = decide(account, Open(intent), scene)
    return Deed(player, begun, (*events, *more), applied(account, more, marks.at), marks.at)


def _ready(symbol: Symbol, mode: MarginMode) -> Iterator[Action]:
    """What is chosen before: two sides of a contract at once, and the wall."""
    yield ChoosePositionMode(PositionMode.HEDGE)
    yield ChooseMode(symbol, mode)


def _if_it_changes(account: PaperAccount, action: Action, scene: Scene) -> tuple[Event, ...]:
    """A choice that the account or the venue has made already needs no event."""
    try:
        return decide(account, action, scene)
    except Refusal:
        return ()


def more_margin(position: Position) -> Action:
    """Return what adds half of its first margin to a pocket, rounded up to the ledger's quantum."""
    first = position.leg.entry_cost / position.leg.leverage
    return MoveMargin(position.number, require(first / _HALF))


def hedge_of(position: Position, ground: Ground) -> Action:
    """Return what opens the other side of a contract at half the size, rounded down to the step."""
    leg = position.leg
    step = ground.listing.instrument(leg.symbol).step
    return Open(
        Intent(
            symbol=leg.symbol,
            side=leg.side.other,
            quantity=Quantity(down(Decimal(leg.quantity) / _HALF, step)),
            mode=MarginMode.CROSS,
            leverage=leg.leverage,
        )
    )


@dataclass(frozen=True, slots=True)
class Pick:
    """A contract, a side and a wall, without a size."""

    symbol: Symbol
    side: Side
    mode: MarginMode


def restruck(deed: Deed, pick: Pick, leverage: Rate, there: tuple[Ground, Marks]) -> Deed:
    """Return a deed in which everything is closed and the pick opened with half of the wallet.

    What cannot be opened leaves the account without a position.
    """
    ground, marks = there
    scene = Scene(ground.listing, marks, marks.at, ground.rules)
    account, events = deed.after, list(deed.events)
    actions: list[Action] = [CloseAll()] if account.positions else []
    for action in (*actions, *_ready(pick.symbol, pick.mode)):
        more = _if_it_changes(account, action, scene)
        account, events = applied(account, more, marks.at), [*events, *more]
    more = _opened_with_half(account, pick, leverage, scene)
    account = applied(account, more, marks.at)
    return Deed(deed.player, deed.before, (*events, *more), account, marks.at)


def _opened_with_half(
    account: PaperAccount, pick: Pick, leverage: Rate, scene: Scene
) -> tuple[Event, ...]:
    try:
        fill = market_fill(pick.symbol, pick.side, scene)
        size = Size(SizeKind.MARGIN, account.wallet / _HALF)
        trade = Trade(pick.symbol, pick.side, leverage, size)
        leg = place(trade, fill.price, account.wallet, scene.listing)
    except Refusal:
        return ()
    intent = Intent(
        symbol=pick.symbol,
        side=pick.side,
        quantity=leg.quantity,
        mode=pick.mode,
        leverage=leverage,
    )
    return _if_it_changes(account, Open(intent), scene)
