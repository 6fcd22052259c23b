"""/receipt: a liquidation once more, and the same trade behind the other wall."""

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, small_print
from bot.chat.command import command
from bot.chat.notices import notice_reply
from bot.chat.past import Past, liquidation
from bot.chat.receipts import headline, otherwise_words, receipt_choices, replay_rows
from bot.chat.reply import Choice, Reply, Text, Title, Tone, Words


@command(examples=("/receipt", "/receipt #41", "/receipt #41 cross"), personal=True)
def receipt(ask: Ask, id: str | None = None, mode: str | None = None) -> Reply:
    """Show the receipt of a liquidation, or the same trade in the other mode."""
    past = liquidation(ask, id)
    if past is None:
        return _none(ask, id)
    if mode is not None and mode != past.what.mode.value:
        replayed = _replayed(ask, past)
        if replayed is not None:
            return replayed
    return notice_reply(past.notice, past.events, past.scene, ask._)


def _replayed(ask: Ask, past: Past) -> Reply | None:
    """The same trade behind both walls; None where the venue has no other mode for it."""
    made, scene = past.receipt(), past.scene
    if made.otherwise is None:
        return None
    rows = receipt_choices(made, 0, scene, ask._)
    back = Choice(ask._("Receipt"), f"/receipt #{past.notice.event}")
    return Reply(
        blocks=(
            Title(headline(made, scene, ask._)),
            replay_rows(made, made.otherwise, scene, ask._),
            Text(otherwise_words(made, made.otherwise, scene, ask._), strong=True),
            small_print(
                [Words(ask._("the same trade at the same marks, all else as it was"))],
                demo_note(ask),
            ),
        ),
        choices=((back, *rows[0]), *rows[1:]),
    )


def _none(ask: Ask, typed: str | None) -> Reply:
    text = ask._("There is no liquidation of yours under that number.")
    words = Words(text if typed else ask._("Nothing of yours was liquidated yet."))
    choices = ((Choice(ask._("History"), "/history"),),)
    return Reply((Text(words),), choices, Tone.TROUBLE, outcome="no_receipt", short=words)
