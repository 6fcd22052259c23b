"""The core's teaching remarks, worded: every code has its sentence here."""

from bot.chat.ask import Ask
from bot.chat.cards import size_of
from bot.chat.figures import Figure, Money, Percent
from bot.chat.reply import Words
from core.margin.compare import Point
from core.services.compare import Seen


def point_words(ask: Ask, seen: Seen, point: Point) -> Words:
    """Word one remark about one comparison. Raises `KeyError` for a code without a sentence."""
    figures: dict[str, Figure] = {name: Money(value) for name, value in point.fields.items()}
    if "move" in point.fields:
        figures["move"] = Percent(point.fields["move"], 0, signed=True)
    if "quantity" in point.fields:
        figures["quantity"] = size_of(seen.stage, seen.comparison.leg)
    return Words(_sentences(ask)[point.code], figures)


def _sentences(ask: Ask) -> dict[str, str]:
    """One sentence per code."""
    return {
        "same_loss": ask._(
            "At {move} both are down {isolated_loss}. Isolated is closed there; "
            "cross stays open and can lose the other {rest} too."
        ),
        "isolated_capped": ask._(
            "At {move} isolated is closed, down {isolated_loss} and no more. "
            "Cross is down {cross_loss} and can lose the other {rest} too."
        ),
        "both_gone": ask._(
            "At {move} both are liquidated: isolated lost {isolated_loss}, cross {cross_loss}."
        ),
        "isolated_never": ask._("Without borrowed money a long has no liquidation price."),
        "isolated_far": ask._("None of these moves reaches the isolated liquidation price."),
        "cross_never": ask._("Cross has no liquidation price: the wallet covers the position."),
        "leverage_moves_isolated_only": ask._(
            "For the same {quantity}, leverage moves the isolated price and not the cross price."
        ),
    }
