"""A stop that liquidation comes before: it is allowed, and said.

Walls fall before stops trigger, so a stop beyond the liquidation price closes nothing: where the
mark would reach it, the position is gone.
"""

from dataclasses import replace

from bot.chat.i18n import Translate
from bot.chat.positions import price_figure
from bot.chat.reply import Text, Words
from core.margin.liquidation import LiquidationBand, liquidation_band, printed
from core.margin.pool import Side
from core.money import ZERO, Price
from core.paper.account import Order, PaperAccount, Position
from core.paper.apply import applied
from core.paper.events import PositionIncreased
from core.paper.scene import Scene
from core.paper.sweeping import filled


def unreached(
    account: PaperAccount, position: Position, scene: Scene, _: Translate
) -> tuple[Text, ...]:
    """Say that a position's stop loss lies beyond its liquidation price; nothing where it does not.

    Behind the cross wall that price holds only while the other marks stand still.
    """
    stop, leg = position.stops.loss, position.leg
    if stop is None:
        return ()
    pool = account.pool(position)
    band = liquidation_band(pool, leg.symbol, scene.marks, scene.listing)
    end = _losing(band, leg.side)
    if end is None or (stop - end) * leg.side.sign > ZERO:
        return ()
    shown = printed(band, scene.instrument(leg.symbol), scene.listing.venue, pool.mode)
    text = _("Liquidation at {limit} comes before this stop, so the stop would close nothing.")
    if len(pool.legs) > 1:
        text = _(
            "While the other marks stand still, liquidation at {limit} comes before this stop, "
            "so the stop would close nothing."
        )
    limit = price_figure(leg.symbol, _losing(shown, leg.side), scene)
    return (Text(Words(text, {"limit": limit})),)


def unreached_later(
    account: PaperAccount, order: Order, scene: Scene, _: Translate
) -> tuple[Text, ...]:
    """Say the same of a resting order's stop, once the order is filled at its price."""
    if order.stops.loss is None:
        return ()
    there = replace(scene, marks=scene.marks.with_price(order.symbol, order.price))
    events = filled(account, order, there)
    last = events[-1]
    if not isinstance(last, PositionIncreased):
        return ()
    later = applied(account, events, there.at)
    return unreached(later, later.position(last.number), there, _)


def _losing(band: LiquidationBand, side: Side) -> Price | None:
    """The end of a band on the side where the position loses."""
    return band.lower if side is Side.LONG else band.upper
