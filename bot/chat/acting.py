"""From a decision to its answer: shown first, or done at once for those who asked for that."""

from bot.chat.ask import Ask
from bot.chat.blocked import blocked_reply
from bot.chat.previews import preview_reply
from bot.chat.reply import Reply
from bot.chat.results import result_reply
from core.paper.actions import Action
from core.paper.errors import ModeBlocked, NotFlat


def act(ask: Ask, action: Action) -> Reply:
    """Show what an action would do, with Confirm; with `confirm` off do it. Raises its refusals.

    What stands in the way of a switch is named in full.
    """
    trading = ask.services.trading
    try:
        if ask.preferences.confirm:
            return preview_reply(trading.preview(ask.asked, action), ask._)
        return result_reply(ask, trading.act(ask.asked, action))
    except (ModeBlocked, NotFlat) as refusal:
        return blocked_reply(ask, refusal)
