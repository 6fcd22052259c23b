"""What a calculator's one sentence names, so that it is understood without the table.

A reply's `short` stands alone: under an answer as its example, in a list of results, in a toast.
"""

from bot.chat.ask import Ask
from bot.chat.cards import price_on, side_label, size_of
from bot.chat.figures import Figure, Label, Times
from core.margin.pool import Leg
from core.services.prices import Stage


def gist(ask: Ask, stage: Stage, leg: Leg) -> dict[str, Figure]:
    """Return the places of a leg: `side`, `coin`, `size` (base), `leverage`, `entry` (quote)."""
    return {
        "side": side_label(ask, leg.side),
        "coin": Label(stage.instrument(leg.symbol).base),
        "size": size_of(stage, leg),
        "leverage": Times(leg.leverage),
        "entry": price_on(stage, leg.symbol, leg.entry_price),
    }
