"""/cancel: resting orders go."""

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.resting import cancel_choices, order_points, orders_named
from core.market import Symbol
from core.paper.actions import Cancel


@command(
    examples=("/cancel btc", "/cancel all"),
    writes=True,
    personal=True,
)
def cancel(
    ask: Ask, symbol: Symbol | None = None, id: str | None = None, all: bool = False
) -> Reply:
    """Cancel a resting order, those of a coin, or all.

    Raises `UnknownPosition`.
    """
    account = ask.services.accounts.look(ask.identity)
    found = orders_named(account, None if all else symbol, None if all else id)
    if not found:
        words = Words(ask._("No order is resting, so there is nothing to cancel."))
        button = Choice(ask._("Portfolio"), "/pf")
        return Reply((title(ask, None, words),), ((button,),), short=words)
    if len(found) > 1 and not (all or symbol):
        scene = ask.services.trading.scene(account)
        words = Words(ask._("Which order?"))
        blocks = (Text(words), order_points(ask, found, scene))
        choices = cancel_choices(ask, found)
        return Reply(blocks, choices, tone=Tone.ASK, outcome="which", short=words)
    return act(ask, Cancel(tuple(order.number for order in found)))
