"""The bridge from a comparison to paper trading: the very trade, in either mode, as a preview."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.reply import Choice
from bot.chat.say import say
from core.margin.pool import Leg, MarginMode
from core.margin.sizing import Size, SizeKind
from core.money import ONE
from core.services.prices import Stage

NEAR = Decimal("0.005")
"""An entry no better than the mark by more than this is a market order; a better one a limit."""


def paper_choices(ask: Ask, stage: Stage, leg: Leg) -> tuple[tuple[Choice, ...], ...]:
    """Return a row with both modes, which opens this leg's preview; none where nothing is quoted.

    They change something, so they are kept. An entry that the mark has not reached yet becomes a
    limit order; at the mark, or past it, the order is one at the market.
    """
    mark = ask.services.prices.peek().get(leg.symbol)
    if mark is None:
        return ()
    better = (ONE - leg.entry_price / mark) * leg.side.sign
    fields: dict[str, object] = {
        "side": leg.side,
        "symbol": leg.symbol,
        "leverage": leg.leverage,
        "size": Size(SizeKind.QUANTITY, leg.quantity),
        "entry": leg.entry_price if better > NEAR else None,
        "venue": stage.listing.venue.id,
    }
    labels = {
        MarginMode.ISOLATED: ask._("Paper: isolated"),
        MarginMode.CROSS: ask._("Paper: cross"),
    }
    row = (
        Choice(label, say("open", {**fields, "mode": mode.value}), kept=True)
        for mode, label in labels.items()
    )
    return (tuple(row),)
