"""Positions and accounts as cards: what one holds, what it is worth, where it ends.

One card per position, narrow enough for a phone; the account's line below them. The figures are
those of the pool the position stands behind, at one snapshot of marks.
"""

from collections.abc import Iterator

from bot.chat.figures import Count, Figure, Label, Money, Percent, PriceOf, Size, Times
from bot.chat.i18n import Translate
from bot.chat.reply import Facts, Words
from core.margin.liquidation import liquidation_band, printed
from core.margin.pool import MarginMode, PositionMode, Side
from core.margin.risk import return_on_margin, risk, unrealized_pnl
from core.margin.shock import joint_band
from core.market import Symbol
from core.money import ONE, ZERO, Price
from core.paper.account import Order, PaperAccount, Position, Stops
from core.paper.scene import Scene
from core.venue import RatioWay

Rows = tuple[tuple[str, Figure], ...]


def side_word(side: Side, _: Translate) -> str:
    """LONG or SHORT."""
    return _("LONG") if side is Side.LONG else _("SHORT")


def mode_word(mode: MarginMode, _: Translate) -> str:
    """The margin mode in words."""
    return _("isolated") if mode is MarginMode.ISOLATED else _("cross")


def price_figure(symbol: Symbol, price: Price | None, scene: Scene) -> PriceOf:
    """A price to the contract's digits."""
    tick = scene.instrument(symbol).tick_at(price or ONE)
    return PriceOf(price, tick)


def limit_of(account: PaperAccount, position: Position, scene: Scene) -> Price | None:
    """Return the nearer liquidation price of a position as the venue prints it, or None.

    Behind the cross wall it holds only while the other marks stand still.
    """
    symbol, pool = position.leg.symbol, account.pool(position)
    band = liquidation_band(pool, symbol, scene.marks, scene.listing)
    shown = printed(band, scene.instrument(symbol), scene.listing.venue, pool.mode)
    return shown.nearest(scene.mark(symbol))


def position_title(position: Position, scene: Scene, _: Translate) -> Words:
    """#3 LONG 0.292 BTC, 10x isolated."""
    leg = position.leg
    return Words(
        _("#{number} {side} {size}, {leverage} {mode}"),
        {
            "number": Count(position.number),
            "side": Label(side_word(leg.side, _)),
            "size": Size(leg.quantity, scene.instrument(leg.symbol).base),
            "leverage": Times(leg.leverage),
            "mode": Label(mode_word(position.mode, _)),
        },
    )


def position_card(account: PaperAccount, position: Position, scene: Scene, _: Translate) -> Facts:
    """Everything about one position; the margin ratio says which way it counts."""
    return Facts(tuple(_position_rows(account, position, scene, _)))


def _position_rows(
    account: PaperAccount, position: Position, scene: Scene, _: Translate
) -> Iterator[tuple[str, Figure]]:
    leg, mark = position.leg, scene.mark(position.leg.symbol)
    yield _("entry"), price_figure(leg.symbol, leg.entry_price, scene)
    yield _("mark"), price_figure(leg.symbol, mark, scene)
    yield _("PnL"), Money(unrealized_pnl(leg, mark), signed=True)
    yield _("ROE"), Percent(return_on_margin(leg, mark), signed=True)
    if position.isolated:
        yield _("margin"), Money(position.margin)
    yield from limit_rows(account, position, scene, _)
    if position.isolated:
        yield ratio_row(account, position, scene, _)
    yield from stop_rows(leg.symbol, position.stops, scene, _)


def limit_rows(
    account: PaperAccount, position: Position, scene: Scene, _: Translate
) -> Iterator[tuple[str, Figure]]:
    """Where a position ends, and how far that is from the mark."""
    symbol, limit = position.leg.symbol, limit_of(account, position, scene)
    yield _("liq. price"), price_figure(symbol, limit, scene)
    if limit is not None:
        yield _("away"), Percent(limit / scene.mark(symbol) - ONE, signed=True)


def stop_rows(
    symbol: Symbol, stops: Stops, scene: Scene, _: Translate
) -> Iterator[tuple[str, Figure]]:
    """The marks at which a position is closed by itself."""
    for name, price in ((_("stop loss"), stops.loss), (_("target"), stops.profit)):
        if price is not None:
            yield name, price_figure(symbol, price, scene)


def ratio_row(
    account: PaperAccount, position: Position | None, scene: Scene, _: Translate
) -> tuple[str, Figure]:
    """The margin ratio of a wall (None: the cross pool), as the venue counts it."""
    pool = account.cross if position is None else account.pool(position)
    state, venue = risk(pool, scene.marks, scene.listing), scene.listing.venue
    if venue.ratio is RatioWay.MAINTENANCE_OVER_BALANCE:
        return _("ratio (100% ends)"), Percent(min(state.margin_ratio, 99 * ONE), 1)
    if not state.maintenance_margin:
        return _("ratio (100% ends)"), Label("-")
    way = state.margin_balance / state.maintenance_margin
    return _("ratio (falls to 100%)"), Percent(max(way, ZERO), 1)


def account_card(account: PaperAccount, scene: Scene, _: Translate) -> Facts:
    """Wallet, margin balance, what is free, and the cross pool's ratio where it holds anything."""
    state = account.cross_risk(scene.marks, scene.listing)
    rows: list[tuple[str, Figure]] = [
        (_("wallet balance"), Money(account.wallet_balance)),
        (_("cross wallet"), Money(account.wallet)),
        (_("margin balance"), Money(state.margin_balance)),
        (_("available"), Money(account.available(scene.marks, scene.listing))),
    ]
    if account.cross.legs:
        rows.append(ratio_row(account, None, scene, _))
    if account.position_mode is PositionMode.HEDGE:
        rows.append((_("position mode"), Label(_("hedge"))))
    return Facts(tuple(rows), _("Account"))


def joint_line(account: PaperAccount, scene: Scene, _: Translate) -> Words | None:
    """How far all cross coins may move together; None where one leg says it all."""
    pool = account.cross
    if len(pool.legs) < 2:
        return None
    band = joint_band(pool, scene.marks, scene.listing)
    ways: dict[str, Figure] = {
        name: Percent(move, 1, signed=True)
        for name, move in (("fall", band.fall), ("rise", band.rise))
        if move is not None
    }
    return Words(
        _joint_text(frozenset(ways), _) + _("; each price above holds the others still."), ways
    )


def _joint_text(ways: frozenset[str], _: Translate) -> str:
    """Which common moves end the pool: both ways, one, or none."""
    if ways == {"fall", "rise"}:
        return _("All cross coins together may move {fall} / {rise} before the pool is liquidated")
    if ways == {"fall"}:
        return _(
            "All cross coins together may move {fall} before the pool is liquidated, "
            "and rise without an end"
        )
    if ways == {"rise"}:
        return _(
            "All cross coins together may move {rise} before the pool is liquidated, "
            "and fall without an end"
        )
    return _("All cross coins together may move as they will: no common move liquidates the pool")


def order_line(order: Order, scene: Scene, _: Translate) -> Words:
    """#12 LONG 0.1 BTC at 60,000.0, 10x cross."""
    text = _("#{number} {side} {size} at {price}, {leverage} {mode}")
    if order.reduce_only:
        text = _("#{number} {side} {size} at {price}, reduce-only")
    return Words(
        text,
        {
            "number": Count(order.number),
            "side": Label(side_word(order.side, _)),
            "size": Size(order.quantity, scene.instrument(order.symbol).base),
            "price": price_figure(order.symbol, order.price, scene),
            "leverage": Times(order.leverage),
            "mode": Label(mode_word(order.mode, _)),
        },
    )
