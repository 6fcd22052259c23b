"""/reset: give everything up and begin again; it is counted."""

from bot.chat.ask import Ask
from bot.chat.begun import resets_before
from bot.chat.command import command
from bot.chat.previews import preview_reply
from bot.chat.reply import Reply
from core.paper.actions import Reset


@command(examples=("/reset",), writes=True, personal=True)
def reset(ask: Ask, text: str | None = None) -> Reply:
    """Begin again with a fresh wallet; how often is public.

    It always asks first, whatever `/set confirm` says: what is given up does not come back.
    """
    shown = ask.services.trading.preview(ask.asked, Reset())
    return preview_reply(shown, ask._, resets_before(ask, shown.action))
