"""A liquidation as its owner shows it to a group: prices, modes, what followed; no amounts."""

from bot.chat.i18n import Translate
from bot.chat.positions import price_figure
from bot.chat.receipts import headline, price_rows, trade_of
from bot.chat.reply import Block, Choice, Table, Text, Title, Words
from bot.chat.say import say
from core.margin.pool import MarginMode
from core.paper.receipt import Otherwise, Receipt
from core.paper.scene import Scene


def shared_blocks(receipt: Receipt, scene: Scene, _: Translate) -> tuple[Block, ...]:
    """What a group may see of a receipt."""
    title, table = Title(headline(receipt, scene, _)), tuple(price_rows(receipt, scene, _))
    blocks: tuple[Block, ...] = (title, Table(("", ""), table))
    if receipt.otherwise is None:
        return blocks
    return (*blocks, Text(_otherwise(receipt, receipt.otherwise, scene, _), strong=True))


def both_modes(receipt: Receipt, scene: Scene, _: Translate) -> tuple[Choice, ...]:
    """The same trade in both modes with the default wallet; nothing where several trades fell."""
    if len(receipt.positions) != 1:
        return ()
    line = say("compare", trade_of(receipt.positions[0], scene))
    return (Choice(_("Both modes"), line),)


def _otherwise(receipt: Receipt, other: Otherwise, scene: Scene, _: Translate) -> Words:
    """What the other mode would have done, without amounts."""
    if other.mode is MarginMode.CROSS:
        if other.gone:
            return Words(_("Cross would be liquidated too, with the whole wallet behind it."))
        return Words(_("Cross would be open still, with the whole wallet behind it."))
    if not other.gone:
        return Words(_("Isolated would be open still."))
    if other.limit is None:
        return Words(_("Isolated would have ended too, each position with its own margin alone."))
    limit = price_figure(receipt.positions[0].leg.symbol, other.limit, scene)
    text = _("Isolated would have ended at {limit}, and the rest of the wallet would be there.")
    return Words(text, {"limit": limit})
