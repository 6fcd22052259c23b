"""From a typed order to an action on a challenge account; the grammar is that of the portfolio."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.figures import Code
from bot.chat.held import positions_named
from bot.chat.opening import Wish, intent_of
from bot.chat.reading import Misread
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Choice, Reply, Words
from bot.chat.shares import part_named
from bot.chat.troubles import misread_reply, refused
from core.errors import Refusal
from core.margin.sizing import Size
from core.market import Symbol
from core.money import QUANTUM, Amount, down
from core.paper.account import PaperAccount
from core.paper.actions import Action, Cancel, Close, CloseAll, MoveMargin, Open
from core.paper.scene import Scene

HUNDRED = Decimal(100)
_WISHED = frozenset(Wish.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who orders, on which account, at which scene."""

    ask: Ask
    account: PaperAccount
    scene: Scene


def order_of(ask: Ask, line: str, account: PaperAccount, scene: Scene) -> Action:
    """Return what a line orders: `long btc 10x 500`, `close btc 50%`, `margin btc +200`.

    Raises `Misread` for a line that orders nothing, and what `intent_of` and naming a position
    refuse.
    """
    reading = ask.read(f"/{line.removeprefix('/')}")
    make = _MAKERS.get(reading.command)
    if make is None:
        raise Misread("unknown_command", line[:32])
    return make(Desk(ask, account, scene), **reading.values)


def untaken(ask: Ask, refusal: Refusal, game: int) -> Reply:
    """Return why an order was not taken; every cure stays in the game.

    What a line lacks is asked for in the words of the portfolio, so its buttons are put right.
    """
    mine = Choice(ask._("Mine"), f"/trade #{game}", kept=True)
    if not isinstance(refusal, Misread):
        return replace(refusal_reply(refusal, ask._), choices=((mine,),))
    if refusal.kind == "unknown_command":
        figures = {"line": Code("/trade long btc 10x 500")}
        words = Words(ask._("That is no order. Try {line}."), figures)
        return refused(refusal, words, mine)
    suggestion = _here(refusal.suggestion, game)
    options = ((label, _here(line, game)) for label, line in refusal.options)
    own = Misread(
        refusal.kind,
        refusal.token,
        refusal.hint,
        suggestion,
        tuple((label, line) for label, line in options if line),
    )
    reply = misread_reply(own, ask._, bool)
    return reply if reply.choices else replace(reply, choices=((mine,),))


def _here(line: str, game: int) -> str:
    """A line of the portfolio as an order of a game; nothing where it is none."""
    word, _, rest = line.removeprefix("/").partition(" ")
    return f"/trade #{game} {word} {rest}".rstrip() if word in _MAKERS else ""


def _opened(desk: Desk, **typed: object) -> Action:
    wish: Callable[..., Wish] = Wish
    known = {name: value for name, value in typed.items() if name in _WISHED}
    return Open(intent_of(desk.ask, wish(**known), desk.account, desk.scene))


def _closed(
    desk: Desk,
    symbol: Symbol | None = None,
    id: str | None = None,  # noqa: A002 - fields are called what people type
    percent: Decimal | None = None,
    size: Size | None = None,
    **more: object,
) -> Action:
    if more.get("all"):
        return CloseAll(percent or HUNDRED)
    position = positions_named(desk.account, symbol, id)[0]
    return Close(position.number, part_named(position, percent, size, desk.scene))


def _moved(
    desk: Desk,
    symbol: Symbol,
    add: Decimal,
    id: str | None = None,  # noqa: A002 - fields are called what people type
) -> Action:
    position = positions_named(desk.account, symbol, id)[0]
    return MoveMargin(position.number, Amount(down(abs(add), QUANTUM).copy_sign(add)))


def _cancelled(desk: Desk, **_: object) -> Action:
    return Cancel(tuple(order.number for order in desk.account.orders))


_MAKERS: Mapping[str, Callable[..., Action]] = {
    "open": _opened,
    "close": _closed,
    "margin": _moved,
    "cancel": _cancelled,
}
"""What makes an action of each command of the portfolio that is an order here, too."""
