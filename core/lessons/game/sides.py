"""The same trade behind either wall, and what may be done about it afterwards.

Both modes enter with the same quantity at the same mark; the wall is the only difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.errors import Refusal
from core.lessons.game.errors import Unplayable
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.trading import LARGEST, endowed
from core.margin.pool import MarginMode, PositionMode, Side
from core.margin.sizing import Size, SizeKind, Trade, place, tier_cap
from core.market import Instrument, Marks, Measure, Symbol
from core.money import ZERO, Amount, D, Quantity, Rate, down, require
from core.paper.account import PaperAccount, Position, bare
from core.paper.actions import Action, ChooseMode, CloseAll, MoveMargin, Open, decide
from core.paper.apply import applied
from core.paper.events import Event, PositionModeChosen
from core.paper.scene import Intent, Scene, market_fill

Entry = tuple[Symbol, Side, Rate, Amount, MarginMode]
"""Contract, side, leverage, margin (quote) and wall of a trade."""

_HALF = 2

_ROOM = D("1.01")
"""A tier must take a little more than the trade: it is entered at a price nobody knows yet."""


def playable(ground: Ground, leverage: Rate, margin: Amount) -> tuple[Symbol, ...]:
    """Return the contracts of a market that take a trade behind either wall.

    Raises `Unplayable` where there is none.
    """
    listed = ground.listing.instruments
    found = tuple(
        symbol
        for symbol in ground.symbols
        if symbol in listed and _takes(listed[symbol], leverage, margin)
    )
    if not found:
        raise Unplayable("leverage")
    return found


def _takes(instrument: Instrument, leverage: Rate, margin: Amount) -> bool:
    """Whether a contract has both modes, and a tier that allows the leverage at the size.

    Of a ladder that counts coins nobody knows it before there is a price.
    """
    cap = instrument.brackets.cap_at(leverage)
    if instrument.isolated_only or cap == ZERO:
        return False
    by_size = instrument.brackets.measure is Measure.QUANTITY
    return cap is None or by_size or cap >= margin * leverage * _ROOM


def new_account(player: int, wallet: Amount, ground: Ground, at: datetime) -> Deed:
    """Return how a new account is endowed with a wallet (quote)."""
    begun, events = bare(0, ""), endowed(wallet, ground)
    return Deed(player, begun, events, applied(begun, events, at), at)


def entered(player: int, entry: Entry, wallet: Amount, ground: Ground, marks: Marks) -> Deed:
    """Return how a new account is endowed with a wallet (quote) and enters a trade at the marks.

    Raises what `place` and opening refuse.
    """
    return stocked(player, (entry,), wallet, ground, marks)


def stocked(
    player: int, entries: Iterable[Entry], wallet: Amount, ground: Ground, marks: Marks
) -> Deed:
    """Return how a new account is endowed with a wallet (quote) and enters several trades.

    Each margin is turned into a quantity at the fill, rounded down to the step. Raises what `place`
    and opening refuse.
    """
    scene = Scene(ground.listing, marks, marks.at, ground.rules)
    begun = bare(0, "")
    # Both sides at once are the game's rule, whatever the venue offers: a hedge is one of its acts.
    events = [*endowed(wallet, ground), PositionModeChosen(mode=PositionMode.HEDGE)]
    account = applied(begun, events, marks.at)
    for entry in entries:
        for make in (_chosen, _opened):
            more = make(account, entry, scene)
            account, events = applied(account, more, marks.at), [*events, *more]
    return Deed(player, begun, tuple(events), account, marks.at)


def _chosen(account: PaperAccount, entry: Entry, scene: Scene) -> tuple[Event, ...]:
    """The wall of a trade, where the venue asks for it before."""
    symbol, _, _, _, mode = entry
    return _if_it_changes(account, ChooseMode(symbol, mode), scene)


def _opened(account: PaperAccount, entry: Entry, scene: Scene) -> tuple[Event, ...]:
    symbol, side, leverage, margin, mode = entry
    fill = market_fill(symbol, side, scene)
    size = Size(SizeKind.MARGIN, margin)
    leg = place(Trade(symbol, side, leverage, size), fill.price, account.wallet, scene.listing)
    intent = Intent(symbol=symbol, side=side, quantity=leg.quantity, mode=mode, leverage=leverage)
    return decide(account, Open(intent), scene)


def _if_it_changes(account: PaperAccount, action: Action, scene: Scene) -> tuple[Event, ...]:
    """A choice that the venue has made already needs no event."""
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

    It is opened as large as one order and the contract's tiers at that leverage allow. What cannot
    be opened leaves the account without a position, what cannot be closed leaves it as it is.
    """
    ground, marks = there
    scene = Scene(ground.listing, marks, marks.at, ground.rules)
    closed = _if_it_changes(deed.after, CloseAll(), scene)
    account, events = applied(deed.after, closed, marks.at), [*deed.events, *closed]
    if account.positions:
        return deed
    for more in (ChooseMode(pick.symbol, pick.mode), _halved(pick, leverage, account, scene)):
        step = () if more is None else _if_it_changes(account, more, scene)
        account, events = applied(account, step, marks.at), [*events, *step]
    return Deed(deed.player, deed.before, tuple(events), account, marks.at)


def _halved(pick: Pick, leverage: Rate, account: PaperAccount, scene: Scene) -> Action | None:
    """What opens a pick with half of a wallet, or with less; None where nothing can be opened."""
    try:
        price = market_fill(pick.symbol, pick.side, scene).price
        cap = tier_cap(scene.instrument(pick.symbol), leverage, price)
        most = LARGEST if cap is None else min(LARGEST, cap)
        size = Size(SizeKind.MARGIN, min(account.wallet / _HALF, most / leverage))
        trade = Trade(pick.symbol, pick.side, leverage, size)
        leg = place(trade, price, account.wallet, scene.listing)
    except Refusal:
        return None
    return Open(
        Intent(
            symbol=pick.symbol,
            side=pick.side,
            quantity=leg.quantity,
            mode=pick.mode,
            leverage=leverage,
        )
    )
