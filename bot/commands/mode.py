"""/mode: isolated or cross, for a coin or for the account, as the venue has it."""

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.held import which_coin
from bot.chat.reply import Reply
from bot.chat.say import say
from core.margin.pool import MarginMode
from core.market import Symbol
from core.paper.actions import ChooseMode
from core.venue import ModeScope


@command(
    aliases=("isolated", "cross", "iso"),
    examples=("/mode cross btc", "/isolated eth"),
    writes=True,
    personal=True,
    implied={"isolated": "isolated", "iso": "isolated", "cross": "cross"},
)
def mode(ask: Ask, mode: str, symbol: Symbol | None = None) -> Reply:
    """Choose isolated or cross margin.

    Raises the refusals of the action: `ModeBlocked`, `IsolatedOnly`, `NothingChanges`.
    """
    account = ask.services.accounts.look(ask.identity)
    scope = ask.services.trading.scene(account).listing.venue.mode_scope
    if symbol is None and scope is not ModeScope.ACCOUNT:
        return which_coin(ask, account, say("mode", {"mode": mode}))
    # Where one mode holds for the account, the coin that was named says nothing more.
    named = Symbol("") if symbol is None or scope is ModeScope.ACCOUNT else symbol
    return act(ask, ChooseMode(named, MarginMode(mode)))
