"""Trading inside a game: orders that wait for a fresh mark, accounts judged by it, what is noted.

The engine is the one of every paper account. An order is filled at the first marks that are newer
than it, never at those its owner saw; before that the marks do to the account whatever they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.errors import Refusal
from core.lessons.game.errors import HeldTooShort, OrderTooLarge
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.trades import Trade, traded
from core.lessons.way import equity
from core.margin.fees import trading_fee
from core.margin.pool import PositionMode
from core.market import Marks
from core.money import ONE, ZERO, Amount, Rate, credit, require
from core.paper.account import PaperAccount, Position
from core.paper.actions import Action, Close, CloseAll, Open, decide
from core.paper.apply import applied
from core.paper.events import Event, Granted, PoolLiquidated, VenueChosen
from core.paper.extremes import adverse
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.paper.sweeping import swept

HOLDING = timedelta(minutes=2)
"""A position is held for so long at least, so that nobody trades on a price that lags."""

LARGEST = Decimal(200_000)
"""Notional (quote) of one order, so that a fill at the mark stays believable."""

GAME = "game"
"""The market of a game's accounts; no account of anybody's portfolio is in it."""


def market_of(game: int, purse: int) -> str:
    """Return the market of a game's accounts; each purse has its own."""
    return f"{GAME}:{game}:{purse}"


def game_of(market: str) -> int | None:
    """Return the game whose accounts are in a market; None where no game has it."""
    kind, _, rest = market.partition(":")
    return int(rest.partition(":")[0]) if kind == GAME else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits for marks newer than itself.

    It `needs` a position (by its number) to be there still; None needs none.
    """

    at: datetime
    player: int
    action: Action
    needs: int | None = None

    def is_met(self, marks: Marks) -> bool:
        """Whether marks can fill it: seen after it came, and of the contract that it opens."""
        if marks.estimated or marks.at <= self.at:
            return False
        return not isinstance(self.action, Open) or self.action.intent.symbol in marks.prices


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is noted of one account; money in quote.

    `peak` is the highest equity so far, `drawdown` the largest relative fall from it, `low` the
    least equity; `lost` is what liquidations took, `fell` when the last wall did. `touched` is when
    anything last happened to the account, `out` when too little was left to go on. `refused` is the
    code of the last order that could not be filled.
    """

    start: Amount
    equity: Amount
    peak: Amount
    low: Amount
    drawdown: Rate = Rate(ZERO)
    liquidations: int = 0
    lost: Amount = Amount(ZERO)
    trades: tuple[Trade, ...] = ()
    touched: datetime | None = None
    out: datetime | None = None
    fell: datetime | None = None
    refused: str = ""

    @classmethod
    def begun(cls, start: Amount) -> "Noted":
        """Return the notes of an account that holds its start and nothing else."""
        return cls(start=start, equity=start, peak=start, low=start)

    @property
    def change(self) -> Amount:
        """What the equity has gained or lost, quote."""
        return Amount(self.equity - self.start)

    def seen(self, equity: Amount) -> "Noted":
        """Return the notes after a look at the equity."""
        peak = max(self.peak, equity)
        fall = Rate(ONE - equity / peak) if peak > ZERO else Rate(ZERO)
        return replace(
            self,
            equity=equity,
            peak=peak,
            low=min(self.low, equity),
            drawdown=max(self.drawdown, fall),
        )

    def told(self, events: Iterable[Event], at: datetime) -> "Noted":
        """Return the notes after events of one moment."""
        notes = replace(self, touched=at)
        for event in events:
            if isinstance(event, PoolLiquidated):
                lost = Amount(notes.lost + taken(event))
                notes = replace(notes, liquidations=notes.liquidations + 1, lost=lost, fell=at)
        return notes

    def adjusted(self, amount: Amount) -> "Noted":
        """Return the notes after a host's adjustment (quote): it counts, and is no fall.

        The peak moves in proportion to the equity as it was seen last, rounded down to the ledger's
        quantum, so that the fall from it stays what it was; the least equity moves by the amount.
        """
        now = Amount(self.equity + amount)
        peak = credit(self.peak * now / self.equity) if self.equity > ZERO else now
        low = Amount(self.low + amount)
        return replace(self, equity=now, peak=Amount(max(peak, now)), low=low)

    def traded(self, deed: Deed) -> "Noted":
        """Return the notes with what a deed did to positions."""
        return replace(self, trades=traded(self.trades, deed))


def taken(event: PoolLiquidated) -> Amount:
    """Return what a liquidation took, quote: all that is not given back.

    Of a liquidation in part, what its result and its fee took.
    """
    if event.whole:
        return Amount(event.collateral - event.returned)
    result = sum((part.pnl for part in event.seized), ZERO)
    return Amount(max(ZERO, event.fee - result))


@dataclass(frozen=True, slots=True)
class Judged:
    """What marks led to: deeds, notes, and which orders wait still."""

    deeds: tuple[Deed, ...]
    notes: Mapping[int, Noted]
    waiting: tuple[Waiting, ...]


def game_rules(rules: PaperRules) -> PaperRules:
    """Return the house's rules for a game, in which nobody is warned: the board tells all."""
    return replace(rules, warn_at=_NEVER)


_NEVER = Rate(Decimal(10) ** 9)
"""A margin ratio that nobody reaches."""


def endowed(amount: Amount, ground: Ground) -> tuple[Event, ...]:
    """Return what makes a new account of a game: the venue's rules, and paper money (quote)."""
    return (VenueChosen(venue=ground.listing.venue.id), Granted(amount=amount))


def judged(
    accounts: Mapping[int, PaperAccount],
    notes: Mapping[int, Noted],
    waiting: tuple[Waiting, ...],
    ground: Ground,
    marks: Marks,
) -> Judged:
    """Return what marks do to every account, and which orders they fill.

    Marks of a past minute that nobody saw fill no order. Orders of whoever has no account are gone.
    """
    deeds: list[Deed] = []
    told = dict(notes)
    ready = tuple(order for order in waiting if order.is_met(marks))
    for player, account in accounts.items():
        scene = Scene(ground.listing, adverse(account, marks), marks.at, ground.rules)
        events = swept(account, scene) if account.at_stake else ()
        after = applied(account, events, marks.at)
        for order in (w for w in ready if w.player == player):
            more, refused = _filled(after, order, scene)
            after, events = applied(after, more, marks.at), (*events, *more)
            told[player] = replace(told[player], refused=refused)
        if events:
            deed = Deed(player, account, events, after, marks.at)
            deeds.append(deed)
            told[player] = told[player].told(events, marks.at).traded(deed)
    return Judged(tuple(deeds), told, tuple(w for w in waiting if w not in ready))


def _filled(account: PaperAccount, order: Waiting, scene: Scene) -> tuple[tuple[Event, ...], str]:
    """What an order becomes at a scene: its events, or the code of what refuses it."""
    try:
        if order.needs is not None:
            account.position(order.needs)
        return executed(account, order.action, scene), ""
    except Refusal as refusal:
        return (), refusal.code


def executed(account: PaperAccount, action: Action, scene: Scene) -> tuple[Event, ...]:
    """Return what an order becomes at a scene. Raises `OrderTooLarge` and what refuses it."""
    _check_size(action, scene)
    return decide(account, action, scene)


def _check_size(action: Action, scene: Scene) -> None:
    if isinstance(action, Open):
        intent = action.intent
        price = intent.price if intent.price is not None else scene.mark(intent.symbol)
        notional = intent.quantity * price
        if notional > LARGEST:
            raise OrderTooLarge(notional, LARGEST)


def check_order(account: PaperAccount, action: Action, at: datetime) -> None:
    """Refuse to close what was held too short. Raises `HeldTooShort`, `UnknownPosition`."""
    match action:
        case Close(number, _):
            _check_held((account.position(number),), at)
        case CloseAll():
            _check_held(account.positions, at)
        case Open(intent) if intent.reduce_only or account.position_mode is PositionMode.ONE_WAY:
            against = account.holding(intent.symbol, intent.side.other)
            _check_held(() if against is None else (against,), at)
        case _:
            pass


def _check_held(positions: Iterable[Position], at: datetime) -> None:
    since = max((position.opened_at for position in positions), default=None)
    if since is not None and at < since + HOLDING:
        raise HeldTooShort(since + HOLDING)


def is_known(account: PaperAccount, marks: Marks) -> bool:
    """Whether there is a mark for everything that an account holds."""
    return all(position.leg.symbol in marks.prices for position in account.positions)


def closing_value(account: PaperAccount, marks: Marks, ground: Ground) -> Amount:
    """Return the equity less what closing everything at the marks would cost in fees.

    The fee is rounded up to the ledger's quantum, leg by leg. Raises `NoPrice`.
    """
    fees = ZERO
    for position in account.positions:
        leg = position.leg
        rate = ground.listing.instrument(leg.symbol).taker_fee
        fees += require(trading_fee(leg.quantity, marks.price(leg.symbol), rate))
    return Amount(equity(account, marks) - fees)


def minute_of(at: datetime) -> datetime:
    """Return the full minute at or before a moment."""
    return at.replace(second=0, microsecond=0)
