"""/no: what a preview showed is not done."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.reply import Choice, Reply, Text, Words
from core.paper.errors import PreviewGone


@command(examples=("/no",), writes=True, personal=True, token=True, hidden=True)
def no(ask: Ask, text: str = "") -> Reply:
    """Let the last preview go.

    Without a token it answers the newest preview of a private chat. Raises `PreviewGone`,
    `PreviewUsed`.
    """
    trading, token = ask.services.trading, text.strip()
    if not token and not ask.in_group:
        token = trading.latest(ask.asked) or ""
    if not token:
        raise PreviewGone
    trading.discard(ask.asked, token)
    if not text.strip():
        trading.lapse(ask.asked)
    words = Words(ask._("Cancelled. Nothing was changed."))
    return Reply((Text(words),), ((Choice(ask._("Portfolio"), "/pf"),),), short=words)
