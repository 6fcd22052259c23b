"""/margin: money into an isolated position's pocket, or out of it."""

from decimal import Decimal

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.held import positions_named, which_position
from bot.chat.reply import Reply
from bot.chat.say import say
from core.market import Symbol
from core.money import QUANTUM, ZERO, Amount, display, down
from core.paper.actions import MoveMargin
from core.paper.errors import NothingChanges


@command(
    aliases=("add", "remove"),
    examples=("/margin btc +100", "/add btc 100", "/remove btc 50"),
    writes=True,
    personal=True,
    implied={"remove": "remove"},
)
def margin(ask: Ask, symbol: Symbol, add: Decimal, id: str | None = None) -> Reply:
    """Add margin to an isolated position, or take some out.

    Raises `UnknownPosition`, `NothingChanges` for less than the ledger's smallest amount, and the
    refusals of the action.
    """
    account = ask.services.accounts.look(ask.identity)
    found = positions_named(account, symbol, id)
    if len(found) > 1:
        return which_position(ask, found, say("margin", {"symbol": symbol, "add": add}))
    amount = down(abs(add), QUANTUM).copy_sign(add)
    if amount == ZERO:
        raise NothingChanges(f"{display(found[0].margin, 2):f}")
    return act(ask, MoveMargin(found[0].number, Amount(amount)))
