"""/share: a liquidation of one's own for the group to learn from, by one's own wish, no amounts."""

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, small_print
from bot.chat.command import command
from bot.chat.past import Past, liquidation
from bot.chat.receipts import headline, otherwise_in_public, price_rows, same_trade
from bot.chat.reply import Choice, Reply, Text, Title, Tone, Words
from bot.chat.request import Role
from core.errors import NotAllowed


@command(examples=("/share", "/share #41"))
def share(ask: Ask, id: str | None = None) -> Reply:
    """Show the group a liquidation of yours: prices and modes, no amounts."""
    if not ask.in_group:
        return _elsewhere(ask)
    if ask.request.role is Role.MASKED:
        raise NotAllowed("person")
    past = liquidation(ask, id)
    if past is None:
        words = Words(ask._("There is no liquidation of yours to share."))
        return Reply((Text(words),), (), Tone.TROUBLE, outcome="no_receipt", short=words)
    return _shared(ask, past)


def _shared(ask: Ask, past: Past) -> Reply:
    """What a group may see: what was open, at which prices, and what the other mode had done."""
    made, scene = past.receipt(), past.scene
    blocks = [Title(headline(made, scene, ask._)), price_rows(made, scene, ask._)]
    if made.otherwise is not None:
        words = otherwise_in_public(made, made.otherwise, scene, ask._)
        blocks.append(Text(words, strong=True))
    note = Words(ask._("shared by its owner, without amounts"))
    line = same_trade(made, "compare", scene)
    again = (Choice(ask._("Both modes"), line),) if line else ()
    return Reply(
        blocks=(*blocks, small_print([note], demo_note(ask))),
        choices=((*again, Choice(ask._("Why?"), "/faq what-is-liquidation")),),
        short=headline(made, scene, ask._),
    )


def _elsewhere(ask: Ask) -> Reply:
    words = Words(
        ask._(
            "Type /share in a group or server channel: it shows your newest liquidation there, "
            "without amounts."
        )
    )
    choices = ((Choice(ask._("Receipt"), "/receipt"),),)
    return Reply((Text(words),), choices, Tone.ASK, outcome="in_groups_only", short=words)
