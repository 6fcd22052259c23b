"""What stands in the way of a switch, each thing in full: what it is, and since when."""

from collections.abc import Iterator
from dataclasses import replace

from bot.chat.ask import Ask
from bot.chat.figures import Moment
from bot.chat.positions import order_line, position_title
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Points, Reply, Words
from core.paper.errors import ModeBlocked, NotFlat


def blocked_reply(ask: Ask, refusal: ModeBlocked | NotFlat) -> Reply:
    """Word the refusal, with a line for every position and order that it names."""
    reply = refusal_reply(refusal, ask._)
    return replace(reply, blocks=(*reply.blocks, Points(tuple(_lines(ask, refusal)))))


def _lines(ask: Ask, refusal: ModeBlocked | NotFlat) -> Iterator[Words]:
    account = ask.services.accounts.look(ask.identity)
    scene = ask.services.trading.scene(account)
    for position in account.positions:
        if position.number in refusal.positions:
            title = position_title(position, scene, ask._)
            text = ask._("{what} (opened {at})").replace("{what}", title.text)
            yield Words(text, {**title.figures, "at": Moment(position.opened_at)})
    for order in account.orders:
        if order.number in refusal.orders:
            yield order_line(order, scene, ask._)
