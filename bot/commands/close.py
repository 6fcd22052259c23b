"""/close: a position ends, in part or whole; or all of them."""

from dataclasses import replace
from decimal import Decimal

from bot.chat.acting import act
from bot.chat.acts import close_choice
from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.held import positions_named
from bot.chat.positions import position_title
from bot.chat.previews import preview_reply
from bot.chat.reply import Choice, Points, Reply, Text, Tone, Words
from bot.chat.results import result_reply
from bot.chat.say import say
from bot.chat.shares import part_named
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.paper.account import Position
from core.paper.actions import Close, CloseAll
from core.paper.errors import UnknownPosition
from core.paper.events import PositionReduced
from core.paper.records import Done

HUNDRED = Decimal(100)
_IN_A_ROW = 3


@command(
    aliases=("cl", "x", "exit"),
    examples=("/close btc", "/close btc 50%", "/close all", "/close all 50%"),
    writes=True,
    personal=True,
)
def close(
    ask: Ask,
    symbol: Symbol | None = None,
    id: str | None = None,
    all: bool = False,
    percent: Decimal | None = None,
    size: TradeSize | None = None,
) -> Reply:
    """Close a paper position, a part of it, or all.

    Raises `UnknownPosition`, `Overdrawn`.
    """
    if before := ask.services.trading.repeated(ask.asked):
        return result_reply(ask, before)
    account = ask.services.accounts.look(ask.identity)
    try:
        found = positions_named(account, None if all else symbol, None if all else id)
    except UnknownPosition:
        if before := _closed_before(ask, id):
            return result_reply(ask, before)
        raise
    if not found:
        return _none(ask)
    share = "" if percent in {None, HUNDRED} and size is None else _share(percent, size, symbol)
    if all and size is None:
        # All at once is asked even of those who want no questions.
        everything = CloseAll(percent or HUNDRED)
        return preview_reply(ask.services.trading.preview(ask.asked, everything), ask._)
    if len(found) > 1:
        return _which(ask, found, share)
    (position,) = found
    scene = ask.services.trading.scene(account)
    return act(ask, Close(position.number, part_named(position, percent, size, scene)))


def _closed_before(ask: Ask, number: str | None) -> Done | None:
    """What a button led to that closed a position at once and is pressed again.

    Each press is a request of its own, but a number is never given twice: whoever closed this one
    by the same button is told what came of it.
    """
    if not ask.request.button or ask.preferences.confirm or number is None:
        return None
    for each in reversed(ask.services.accounts.history(ask.identity)):
        if isinstance(each.event, PositionReduced) and number == str(each.event.number):
            # What closed by itself (a stop) has no request, so nothing was done by it.
            return ask.services.trading.repeated(replace(ask.asked, request=each.request))
    return None


def _share(percent: Decimal | None, size: TradeSize | None, symbol: Symbol | None) -> str:
    """The part that was named, as it is typed behind a number."""
    fields = {"symbol": symbol, "size": size} if size is not None else {"percent": percent}
    return say("close", fields).removeprefix("/close").replace("+", "")


def _none(ask: Ask) -> Reply:
    """Nothing is open; how to begin."""
    words = Words(ask._("No position is open, so there is nothing to close."))
    example = "/open long btc 10x 100"
    return Reply(
        (title(ask, None, words),),
        ((Choice(example, example, kept=True),),),
        short=words,
    )


def _which(ask: Ask, found: tuple[Position, ...], share: str) -> Reply:
    """Several are open: which one, or all."""
    account = ask.services.accounts.look(ask.identity)
    scene = ask.services.trading.scene(account)
    words = Words(ask._("Which position?"))
    points = Points(tuple(position_title(p, scene, ask._) for p in found))
    each = [close_choice(p.number, ask._, share) for p in found]
    rows = [tuple(each[i : i + _IN_A_ROW]) for i in range(0, len(each), _IN_A_ROW)]
    if not share:
        rows.append((Choice(ask._("Close all"), "/close all", kept=True),))
    elif share.endswith("%"):
        label = ask._("Close {share} of each").replace("{share}", share.strip())
        rows.append((Choice(label, f"/close all{share}", kept=True),))
    return Reply((Text(words), points), tuple(rows), tone=Tone.ASK, outcome="which", short=words)
