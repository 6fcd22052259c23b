"""/orders: what is resting, with a button to cancel each."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Count
from bot.chat.reply import Choice, Reply, Words
from bot.chat.resting import cancel_choices, order_points
from core.market import Symbol


@command(examples=("/orders",), personal=True)
def orders(ask: Ask, symbol: Symbol | None = None) -> Reply:
    """List the limit orders that wait for their price."""
    account = ask.services.accounts.look(ask.identity)
    found = tuple(o for o in account.orders if symbol in {None, o.symbol})
    if not found:
        words = Words(ask._("No order is resting; an open with a price of its own makes one."))
        example = _example(ask)
        button = Choice(example, example, kept=True)
        return Reply((title(ask, None, words),), ((button,),), short=words)
    scene = ask.services.trading.scene(account)
    words = Words(ask._("Resting orders: {count}."), {"count": Count(len(found))})
    blocks = (title(ask, None, words), order_points(ask, found, scene))
    return Reply(blocks, cancel_choices(ask, found), short=words)


def _example(ask: Ask) -> str:
    """A limit order a tenth below the present mark."""
    mark = ask.services.prices.peek().get("BTCUSDT")
    price = "50000" if mark is None else f"{int(mark * 9 / 10) // 100 * 100}"
    return f"/open long btc 10x 100 @{price}"
