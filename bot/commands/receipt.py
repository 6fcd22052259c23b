"""/receipt: a liquidation once more, and the same trade behind the other wall."""

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, small_print
from bot.chat.command import command
from bot.chat.notices import notice_reply
from bot.chat.receipts import headline, otherwise_words, receipt_choices, replay_rows
from bot.chat.reply import Choice, Reply, Text, Title, Tone, Words
from core.paper.events import PoolLiquidated
from core.paper.receipt import receipt as made_of
from core.paper.records import Recorded
from core.paper.scene import Scene


@command(examples=("/receipt", "/receipt #41", "/receipt #41 cross"), personal=True)
def receipt(ask: Ask, id: str | None = None, mode: str | None = None) -> Reply:
    """Show the receipt of a liquidation, or the same trade in the other mode."""
    history = ask.services.accounts.history(ask.identity)
    number = _number(history, id)
    notice = ask.services.accounts.told(ask.identity, number)
    if notice is None or not isinstance(notice.what, PoolLiquidated):
        return _none(ask, id)
    events = [each.event for each in history if each.id <= number]
    listing = ask.services.prices.listings[notice.before.venue]
    scene = Scene(listing, notice.marks, notice.at, ask.services.trading.rules)
    again = notice_reply(notice, events, scene, ask._)
    if mode is None or mode == notice.what.mode.value:
        return again
    made = made_of(notice.before, notice.what, events, scene)
    if made.otherwise is None:
        return again
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
        choices=_without_replay(receipt_choices(made, 0, scene, ask._), number, ask),
    )


def _number(history: tuple[Recorded, ...], typed: str | None) -> int:
    """The event's number: as typed, or that of the newest liquidation; 0 where there is none."""
    if typed is not None:
        return int(typed) if typed.isascii() and typed.isdigit() else 0
    found = [each.id for each in history if isinstance(each.event, PoolLiquidated)]
    return found[-1] if found else 0


def _without_replay(
    rows: tuple[tuple[Choice, ...], ...], number: int, ask: Ask
) -> tuple[tuple[Choice, ...], ...]:
    """The receipt's buttons, with the way back in place of the replay."""
    back = Choice(ask._("Receipt"), f"/receipt #{number}")
    return ((back, *rows[0]), *rows[1:])


def _none(ask: Ask, typed: str | None) -> Reply:
    text = ask._("There is no liquidation of yours under that number.")
    words = Words(text if typed else ask._("Nothing of yours was liquidated yet."))
    choices = ((Choice(ask._("History"), "/history"),),)
    return Reply((Text(words),), choices, Tone.TROUBLE, outcome="no_receipt", short=words)
