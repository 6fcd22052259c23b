"""The shortest line that says a thing: what buttons carry, and what can be typed again.

Telegram's buttons hold 64 bytes, so the line uses one-letter aliases and short numbers.
"""

from collections.abc import Mapping
from decimal import Decimal

from bot.chat.lexicon import ENDINGS, LEXICON
from bot.chat.numbers import write_number
from bot.chat.reading import Reading, SizeKind, TypedSize
from bot.chat.symbols import base_of
from core.margin.pool import Side

_SHORT = {"compare": "c"}
_VENUES = {"hyperliquid": "hl"}
_FRAMES = {
    "entry": "@{}!",
    "exit": "to {}!",
    "wallet": "w={}",
    "leverage": "{}x",
    "add": "add {}",
    "roe": "{}%",
}
_SIZES = {
    SizeKind.MARGIN: "m={}",
    SizeKind.NOTIONAL: "worth {}",
    SizeKind.QUANTITY: "qty {}",
    SizeKind.WALLET_PERCENT: "{}%",
}


def say(command: str, values: Mapping[str, object]) -> str:
    """Return a line that reads back as these values; None values are left out.

    Prices carry the sign that says they are meant, so that an old button is never doubted.
    """
    words = [f"/{_SHORT.get(command, command)}"]
    for name, value in values.items():
        if value is not None and value is not False:
            words.append(_word(name, value, values))
    return " ".join(words)


def _word(name: str, value: object, values: Mapping[str, object]) -> str:
    """One field as it is typed."""
    match name, value:
        case _, Side():
            return str(value.value)[0]
        case "symbol", _:
            return _coin(str(value))
        case "size", TypedSize():
            coin = _coin(str(values.get("symbol", "")))
            if value.kind is SizeKind.QUANTITY and coin.isalpha() and coin not in ENDINGS:
                return f"{write_number(value.value)}{coin}"
            return _SIZES[value.kind].format(write_number(value.value))
        case "venue", _:
            return _VENUES.get(str(value), str(value))
        case "shocks", tuple():
            return " ".join(f"{_coin(symbol)} {percent:+f}%" for symbol, percent in value)
        case _, bool():
            return name
        case _, Decimal():
            return _FRAMES.get(name, "{}").format(write_number(value))
        case _:
            return str(value)


def _coin(symbol: str) -> str:
    """A ticker as it is typed, behind `$` where it is also a word or a number."""
    coin = base_of(symbol).lower()
    return f"${coin}" if coin in LEXICON or coin.isdecimal() else coin


def canonical(reading: Reading) -> str:
    """Return a reading as a line; what was assumed is left to be assumed again."""
    typed = {k: v for k, v in reading.values.items() if k not in reading.assumed}
    return say(reading.command, typed)
