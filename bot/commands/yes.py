"""/yes: what a preview showed is done."""

from bot.chat.ask import Ask
from bot.chat.begun import resets_before
from bot.chat.command import command
from bot.chat.paper_refusals import quoted
from bot.chat.previews import preview_reply
from bot.chat.reply import Reply, Tone, Words
from bot.chat.results import result_reply
from core.paper.errors import MovedAway, PreviewGone


@command(examples=("/yes",), writes=True, personal=True, token=True, hidden=True)
def yes(ask: Ask, text: str = "") -> Reply:
    """Do what the last preview showed.

    Without a token it answers the newest preview of a private chat. Raises `PreviewGone`,
    `NotYours`, and the refusals of what was shown.
    """
    trading, token = ask.services.trading, text.strip()
    if token:
        return _confirmed(ask, token)
    if before := trading.repeated(ask.asked):
        return result_reply(ask, before)
    token = "" if ask.in_group else trading.latest(ask.asked) or ""
    if not token:
        raise PreviewGone
    reply = _confirmed(ask, token)
    if reply.tone is Tone.ANSWER:
        # Otherwise the next "yes" would be taken for an older preview that was never answered.
        trading.lapse(ask.asked)
    return reply


def _confirmed(ask: Ask, token: str) -> Reply:
    """Do it, or show it anew where it would be another thing by now."""
    trading = ask.services.trading
    try:
        return result_reply(ask, trading.confirm(ask.asked, token))
    except MovedAway as moved:
        shown = trading.renew(ask.asked, token)
        return preview_reply(shown, ask._, (_moved(ask, moved),))
    except PreviewGone:
        shown = trading.renew(ask.asked, token)
        late = Words(ask._("That preview was older than a minute. This is how it stands now:"))
        return preview_reply(shown, ask._, (late, *resets_before(ask, shown.action)))


def _moved(ask: Ask, moved: MovedAway) -> Words:
    """Why nothing was done yet."""
    text = ask._(
        "Not done: the price went from {seen} to {price} since. This is how it stands now:"
    )
    return Words(text, {"seen": quoted(moved.seen), "price": quoted(moved.price)})
