"""/ff: an adverse move, played on a copy of a position; the account itself stays as it is."""

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, small_print
from bot.chat.command import command
from bot.chat.figures import Count, Label, Percent
from bot.chat.positions import position_card, position_title, price_figure, side_word
from bot.chat.receipts import receipt_blocks, receipt_choices
from bot.chat.reply import Choice, Reply, Text, Title, Tone, Words
from core.market import Symbol
from core.paper.account import PaperAccount, Position
from core.paper.errors import UnknownPosition
from core.paper.events import PoolLiquidated, PositionReduced
from core.paper.forward import ADVERSE, Forwarded, Happened, forwarded
from core.paper.receipt import receipt
from core.paper.scene import Scene


@command(examples=("/ff", "/ff btc", "/ff #3"), personal=True, aliases=("fastforward",))
def ff(ask: Ask, symbol: Symbol | None = None, id: str | None = None) -> Reply:
    """Play a move of 10% against a copy of your position.

    Raises `UnknownPosition`, `StalePrice`.
    """
    account = ask.services.accounts.look(ask.identity)
    found = _meant(account, symbol, id)
    if len(found) != 1:
        return _which(ask, account, found)
    (position,) = found
    scene = ask.services.trading.scene(account)
    played = forwarded(account, position, scene)
    return _shown(ask, position, played)


def _meant(account: PaperAccount, symbol: Symbol | None, number: str | None) -> list[Position]:
    """The positions that may be meant."""
    if number is not None:
        if not number.isdigit():
            raise UnknownPosition(number, tuple(p.number for p in account.positions))
        return [account.position(int(number))]
    return [p for p in account.positions if symbol in {None, p.leg.symbol}]


def _which(ask: Ask, account: PaperAccount, found: list[Position]) -> Reply:
    """Ask back: none is open, or several are."""
    if not found:
        words = Words(ask._("There is no open position to play with."))
        begin = Choice(ask._("Show me (10x long BTC)"), "/compare 10x long BTC")
        return Reply((Text(words),), ((begin,),), Tone.TROUBLE, outcome="no_position", short=words)
    scene = ask.services.trading.scene(account)
    words = Words(ask._("Which position?"))
    names = [
        (Choice(f"#{p.number} {scene.instrument(p.leg.symbol).base}", f"/ff #{p.number}"),)
        for p in found
    ]
    return Reply((Text(words),), tuple(names), Tone.ASK, short=words)


def _shown(ask: Ask, position: Position, played: Forwarded) -> Reply:
    """The receipt if it came to that, else how the copy stands after the move."""
    copy = Text(Words(ask._("This was a copy. Your account is as it was.")))
    move = Words(
        ask._("prepared move: {move} against the position, other marks held"),
        {"move": Percent(ADVERSE, 0)},
    )
    path = small_print([move], demo_note(ask))
    end = _end(position, played)
    if end is not None and isinstance(end.event, PoolLiquidated):
        events = [each.event for each in ask.services.accounts.history(ask.identity)]
        made = receipt(end.before, end.event, events, end.scene)
        blocks = receipt_blocks(made, end.scene, ask._)
        return Reply((*blocks, copy, path), receipt_choices(made, 0, end.scene, ask._))
    if end is not None and isinstance(end.event, PositionReduced):
        return Reply((*_stopped(ask, end.event, end.scene), copy, path), _back(ask))
    line = position_title(position, played.scene, ask._)
    heading = Words(ask._("Still open after the move: {position}").replace("{position}", line.text))
    after = played.account.position(position.number)
    card = position_card(played.account, after, played.scene, ask._)
    return Reply((Title(Words(heading.text, line.figures)), card, copy, path), _back(ask))


def _end(position: Position, played: Forwarded) -> Happened | None:
    """What took the position away, or None while it is there."""
    if any(each.number == position.number for each in played.account.positions):
        return None
    return played.happened[-1]


def _stopped(ask: Ask, event: PositionReduced, scene: Scene) -> tuple[Text, ...]:
    words = Words(
        ask._("An order closed {side} #{number} at {price} on the way."),
        {
            "side": Label(side_word(event.side, ask._)),
            "number": Count(event.number),
            "price": price_figure(event.symbol, event.price, scene),
        },
    )
    return (Text(words, strong=True),)


def _back(ask: Ask) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice(ask._("Portfolio"), "/pf"),),)
