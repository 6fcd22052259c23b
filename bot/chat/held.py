"""Which position is meant: by its number, or by its coin where that is one.

The coin alone names two positions where a long and a short stand side by side; then it is asked,
never guessed.
"""

from collections.abc import Iterable

from bot.chat.ask import Ask
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.say import coin_word
from bot.chat.symbols import base_of
from core.market import Symbol
from core.paper.account import PaperAccount, Position
from core.paper.errors import UnknownPosition

COINS = ("BTC", "ETH", "SOL")
"""Coins that are offered to somebody who holds none."""


def positions_named(
    account: PaperAccount, symbol: Symbol | None, number: str | None
) -> tuple[Position, ...]:
    """Return the positions of a number, of a coin, or all where neither is named.

    Raises `UnknownPosition` where something is named and nothing is there.
    """
    found = tuple(
        p
        for p in account.positions
        if number in {None, str(p.number)} and symbol in {None, p.leg.symbol}
    )
    if not found and (symbol or number):
        text = f"#{number}" if number else base_of(str(symbol))
        raise UnknownPosition(text, tuple(p.number for p in account.positions))
    return found


def which_position(ask: Ask, positions: Iterable[Position], line: str) -> Reply:
    """Ask which of several positions is meant; each button is `line` with its number."""
    choices = tuple((Choice(_label(ask, p), f"{line} #{p.number}", kept=True),) for p in positions)
    words = Words(ask._("Which position?"))
    return Reply((Text(words),), choices=choices, tone=Tone.ASK, outcome="which", short=words)


def which_coin(ask: Ask, account: PaperAccount, line: str) -> Reply:
    """Ask which coin is meant, those that are held first; each button is `line` with the coin."""
    held = [base_of(p.leg.symbol) for p in account.positions]
    coins = tuple(dict.fromkeys((*held, *COINS)))[:3]
    words = Words(ask._("For which coin?"))
    return Reply(
        (Text(words),),
        choices=(tuple(Choice(coin, f"{line} {coin_word(coin)}", kept=True) for coin in coins),),
        tone=Tone.ASK,
        outcome="which",
        short=words,
    )


def _label(ask: Ask, position: Position) -> str:
    """#3 LONG BTC 10x isolated."""
    leg = position.leg
    words = (
        f"#{position.number}",
        side_word(leg.side, ask._),
        base_of(leg.symbol),
        f"{leg.leverage.normalize():f}x",
        mode_word(position.mode, ask._),
    )
    return " ".join(words)
