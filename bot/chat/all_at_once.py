"""Every position closed at once, or a share of each: asked before, told after."""

from collections.abc import Iterator
from decimal import Decimal

from bot.chat.acts import Act, headed, position_figures, wallet_rows
from bot.chat.figures import Count, Figure, Label, Money, Size
from bot.chat.positions import position_title, price_figure
from bot.chat.reply import Block, Facts, Points, Words
from core.paper.closing import HUNDRED
from core.paper.events import PositionReduced


def all_asked(act: Act, percent: Decimal) -> tuple[Block, ...]:
    """Ask for the closing of `percent` of every position, with what is closed of each."""
    figures: dict[str, Figure] = {"count": Count(len(act.before.positions))}
    text = act._("Close all positions: {count}?")
    if percent < HUNDRED:
        figures["share"] = Label(f"{percent.normalize():f}%")
        text = act._("Close {share} of every position: {count}?")
    points = Points(tuple(_parts(act)))
    return (headed(act, text, figures), points, Facts(tuple(wallet_rows(act))))


def _parts(act: Act) -> Iterator[Words]:
    """What is closed of each position; one too small to be parted goes whole."""
    closing = {event.number: event for event in _closings(act)}
    for position in act.before.positions:
        words = position_title(position, act.scene, act._)
        if act.held(position.number) is not None:
            text = act._("{part} of {position}").replace("{position}", words.text)
            words = Words(text, {**words.figures, "part": _part(act, closing[position.number])})
        yield words


def all_told(act: Act) -> tuple[Block, ...]:
    """Tell of several positions closed at once: each with its own result, then the sum."""
    closings = _closings(act)
    text = act._("Closed positions: {count}.")
    if any(act.held(event.number) for event in closings):
        text = act._("Closed a part of positions: {count}.")
    title = headed(act, text, {"count": Count(len(closings))})
    points = Points(tuple(_closed(act, event) for event in closings))
    return (title, points, Facts(tuple(wallet_rows(act))))


def _closed(act: Act, event: PositionReduced) -> Words:
    figures = position_figures(act, act.before.position(event.number))
    figures["price"] = price_figure(event.symbol, event.price, act.scene)
    figures["pnl"] = Money(event.pnl, signed=True)
    text = act._("#{number} {side} {size} at {price}: {pnl}")
    if act.held(event.number) is not None:
        figures["part"] = _part(act, event)
        text = act._("{part} of #{number} {side} {size} at {price}: {pnl}")
    return Words(text, figures)


def _part(act: Act, event: PositionReduced) -> Size:
    return Size(event.quantity, act.scene.instrument(event.symbol).base)


def _closings(act: Act) -> tuple[PositionReduced, ...]:
    return tuple(fill for fill in act.fills if isinstance(fill, PositionReduced))
