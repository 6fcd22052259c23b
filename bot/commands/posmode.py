"""/posmode: one position per coin, or a long and a short side by side."""

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Label
from bot.chat.reply import Choice, Points, Reply, Tone, Words
from core.margin.pool import PositionMode
from core.paper.actions import ChoosePositionMode

WORDS = {
    "hedge": PositionMode.HEDGE,
    "hedged": PositionMode.HEDGE,
    "hedgemode": PositionMode.HEDGE,
    "oneway": PositionMode.ONE_WAY,
    "onewaymode": PositionMode.ONE_WAY,
}
"""What people type, without spaces and dashes."""


@command(examples=("/posmode", "/posmode hedge", "/posmode one-way"), writes=True, personal=True)
def posmode(ask: Ask, text: str | None = None) -> Reply:
    """Choose one-way or hedge mode: one position per coin, or one on each side.

    Raises the refusals of the action: `NoHedgeMode`, `NotFlat`, `NothingChanges`.
    """
    typed = "".join(c for c in (text or "").casefold() if c.isalpha())
    if typed in WORDS:
        return act(ask, ChoosePositionMode(WORDS[typed]))
    account = ask.services.accounts.look(ask.identity)
    hedge = account.position_mode is PositionMode.HEDGE
    now = Label(ask._("hedge") if hedge else ask._("one-way"))
    return Reply(
        (
            title(ask, None, Words(ask._("Position mode: {mode}."), {"mode": now})),
            Points(
                (
                    Words(ask._("One-way: an order against a position reduces or turns it.")),
                    Words(ask._("Hedge: a long and a short of one coin stand side by side.")),
                )
            ),
        ),
        choices=(
            (
                Choice(ask._("One-way"), "/posmode one-way", kept=True),
                Choice(ask._("Hedge"), "/posmode hedge", kept=True),
            ),
        ),
        tone=Tone.ASK if typed else Tone.ANSWER,
    )
