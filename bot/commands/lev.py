"""/lev: a coin's leverage, for what is open and what comes."""

from decimal import Decimal

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.held import which_coin
from bot.chat.reply import Reply
from bot.chat.say import say
from core.market import Symbol
from core.money import Rate
from core.paper.actions import ChooseLeverage


@command(
    aliases=("leverage", "setlev"),
    examples=("/lev 20x btc", "/lev 5 eth"),
    writes=True,
    personal=True,
)
def lev(ask: Ask, leverage: Decimal, symbol: Symbol | None = None) -> Reply:
    """Choose the leverage of a coin.

    Raises the refusals of the action: `LeverageLocked`, `Insufficient`, the tier's.
    """
    if symbol is None:
        account = ask.services.accounts.look(ask.identity)
        return which_coin(ask, account, say("lev", {"leverage": leverage}))
    return act(ask, ChooseLeverage(symbol, Rate(leverage)))
