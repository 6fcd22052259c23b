"""/share: a liquidation of one's own for the group to learn from, by one's own wish."""

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, small_print
from bot.chat.command import command
from bot.chat.figures import Code
from bot.chat.past import Past, liquidation
from bot.chat.receipts import AVOID, headline
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.request import Role
from bot.chat.shared import both_modes, shared_blocks
from core.errors import NotAllowed


@command(examples=("/share", "/share #41"))
def share(ask: Ask, id: str | None = None) -> Reply:
    """Show this group a liquidation of yours, without amounts."""
    if not ask.in_group:
        return _elsewhere(ask)
    if ask.request.role is Role.MASKED:
        raise NotAllowed("person")
    past = liquidation(ask, id)
    if past is None:
        words = Words(ask._("There is no liquidation of yours to share."))
        return Reply((Text(words),), tone=Tone.TROUBLE, outcome="no_receipt", short=words)
    return _shared(ask, past)


def _shared(ask: Ask, past: Past) -> Reply:
    made, scene = past.receipt(), past.scene
    note = small_print([Words(ask._("shared by its owner, without amounts"))], demo_note(ask))
    avoid = Choice(ask._("How do I avoid this?"), f"/faq {AVOID}")
    return Reply(
        blocks=(*shared_blocks(made, scene, ask._), note),
        choices=((*both_modes(made, scene, ask._), avoid),),
        short=headline(made, scene, ask._),
    )


def _elsewhere(ask: Ask) -> Reply:
    """In private there is nobody to show it to."""
    text = ask._("In a group, {line} shows everybody there your newest liquidation, no amounts.")
    words = Words(text, {"line": Code("/share")})
    choices = ((Choice(ask._("History"), "/history"),),)
    return Reply((Text(words),), choices, short=words)
