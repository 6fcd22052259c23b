"""From typed fields to what somebody wants to open; what nobody typed comes from the account.

The mode and the leverage of what is held already come first, then what was chosen for the coin,
then the account's and the person's own. The size is rounded down to the venue's step.
"""

from dataclasses import dataclass
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.shares import part_named
from bot.chat.stopping import stops_named
from core.margin.pool import MarginMode, PositionMode, Side
from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind, Trade, place
from core.market import Symbol
from core.money import ONE, ZERO, Amount, Price, Quantity, Rate, down, up
from core.paper.account import PaperAccount, Position
from core.paper.errors import LeverageFixed, ModeFixed, NothingToReduce
from core.paper.scene import Intent, Scene, market_fill
from core.venue import ModeScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was typed of a trade; None is what was not."""

    side: Side
    symbol: Symbol
    size: TradeSize
    leverage: Decimal | None = None
    mode: str | None = None
    entry: Decimal | None = None
    sl: Decimal | str | None = None
    tp: Decimal | str | None = None
    reduce: bool = False


def intent_of(ask: Ask, wish: Wish, account: PaperAccount, scene: Scene) -> Intent:
    """Return the intent of a wish, on the venue's tick and step.

    Raises the refusals of `place`, `NoPrice`, `StopWrongSide`; for one that only reduces
    `NothingToReduce`, `LeverageFixed`, `ModeFixed`.
    """
    if wish.reduce:
        return _reducing(wish, account, scene)
    instrument = scene.instrument(wish.symbol)
    limit = _limit(wish, scene)
    market = market_fill(wish.symbol, wish.side, scene).price
    at_once = limit is None or _met(limit, market, wish.side)
    price = market if at_once or limit is None else limit
    leverage = leverage_of(ask, wish, account)
    trade = Trade(wish.symbol, wish.side, leverage, wish.size, price)
    free = account.available(scene.marks, scene.listing)
    room = _room(wish.size, free, scene) if at_once else free
    leg = place(trade, price, room, scene.listing)
    base = limit or scene.mark(wish.symbol)
    return Intent(
        symbol=wish.symbol,
        side=wish.side,
        quantity=Quantity(leg.quantity),
        mode=mode_of(ask, wish, account, scene),
        leverage=leverage,
        price=limit,
        stops=stops_named(wish.sl, wish.tp, wish.side, base, instrument),
    )


def _reducing(wish: Wish, account: PaperAccount, scene: Scene) -> Intent:
    """What closes a part of a position, at its own leverage and mode; a share is a share of it."""
    held = account.holding(wish.symbol, wish.side.other)
    if held is None:
        raise NothingToReduce(wish.symbol)
    if wish.leverage not in {None, held.leg.leverage}:
        raise LeverageFixed(wish.symbol, held.leg.leverage)
    if wish.mode not in {None, held.mode.value}:
        raise ModeFixed(wish.symbol, scene.listing.venue.name, held.mode.value)
    limit, market = _limit(wish, scene), market_fill(wish.symbol, wish.side, scene).price
    rests = limit is not None and not _met(limit, market, wish.side)
    return Intent(
        symbol=wish.symbol,
        side=wish.side,
        quantity=part_named(held, None, wish.size, scene, limit if rests else None),
        mode=held.mode,
        leverage=held.leg.leverage,
        price=limit,
        reduce_only=True,
    )


def _limit(wish: Wish, scene: Scene) -> Price | None:
    """The limit price on the tick: never dearer to buy nor cheaper to sell than was typed."""
    if wish.entry is None:
        return None
    tick = scene.instrument(wish.symbol).tick_at(wish.entry)
    placed = down(wish.entry, tick) if wish.side is Side.LONG else up(wish.entry, tick)
    return Price(max(placed, tick))


def _met(limit: Price, market: Price, side: Side) -> bool:
    """Whether the market is at the limit or better, so that it is filled at once."""
    return (limit - market) * side.sign >= ZERO


def _room(size: TradeSize, free: Amount, scene: Scene) -> Amount:
    """The money a share is a share of: all of it leaves room for the marks to move till Confirm."""
    if size.kind is not SizeKind.WALLET_PERCENT:
        return free
    most = free / (ONE + scene.rules.worse_by)
    return Amount(min(free, most * 100 / size.value)) if size.value > ZERO else free


def leverage_of(ask: Ask, wish: Wish, account: PaperAccount) -> Rate:
    """The leverage typed, held, chosen for the coin, or the person's own."""
    held = account.holding(wish.symbol)
    if wish.leverage is not None:
        return Rate(wish.leverage)
    if held is not None:
        return held.leg.leverage
    return account.leverages.get(wish.symbol, Rate(ask.defaults.leverage))


def mode_of(ask: Ask, wish: Wish, account: PaperAccount, scene: Scene) -> MarginMode:
    """The margin mode typed, held, chosen for the coin, or the account's."""
    scope = scene.listing.venue.mode_scope
    if wish.mode is not None:
        return MarginMode(wish.mode)
    if scene.instrument(wish.symbol).isolated_only:
        return MarginMode.ISOLATED
    if scope is ModeScope.ACCOUNT:
        return account.account_mode
    held = account.holding(wish.symbol, wish.side if scope is ModeScope.ORDER else None)
    if held is not None:
        return held.mode
    waiting = account.ordered(wish.symbol)
    if waiting and scope is ModeScope.SYMBOL:
        return waiting[0].mode
    return account.mode_of(wish.symbol, MarginMode(ask.defaults.mode))


def against(account: PaperAccount, wish: Wish) -> Position | None:
    """Return the position that a fill would close first, or None."""
    if account.position_mode is PositionMode.HEDGE:
        return None
    return account.holding(wish.symbol, wish.side.other)
