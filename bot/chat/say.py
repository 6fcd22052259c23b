"""The shortest line that says a thing: what buttons carry, and what can be typed again.

Telegram's buttons hold 64 bytes, so the line uses one-letter aliases and short numbers.
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from bot.chat.lexicon import ENDINGS
from bot.chat.numbers import write_number
from bot.chat.ordinary import marked
from bot.chat.reading import Reading, SizeKind, TypedFill, TypedLeg, TypedSize
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
    "price": "@{}!",
    "sl": "sl {}!",
    "tp": "tp {}!",
}
_NAMED = {"id": "#{}", "sl": "sl {}", "tp": "tp {}"}
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
        if value is not None and (value is not False or name == "value"):
            words.append(_word(name, value, values))
    return " ".join(words)


def _word(name: str, value: object, values: Mapping[str, object]) -> str:
    """One field as it is typed."""
    match name, value:
        case _, Side():
            return str(value.value)[0]
        case "symbol", _:
            return coin_word(str(value))
        case "size", TypedSize():
            return _size(value, str(values.get("symbol", "")))
        case "value", bool():
            return "on" if value else "off"
        case _, bool():
            return name
        case _, tuple():
            return " ".join(map(_item, value))
        case _, Decimal():
            return _number(name, value)
        case _:
            return _NAMED.get(name, "{}").format(_VENUES.get(str(value), value))


def _number(name: str, value: Decimal) -> str:
    """A number in the frame of its field; a move of the price keeps its sign."""
    if name == "percent":
        return f"{value:+f}%"
    return _FRAMES.get(name, "{}").format(write_number(value))


def _size(size: TypedSize, symbol: str) -> str:
    """A size; coins are glued to their number, unless that would read as something else."""
    coin = coin_word(symbol)
    if size.kind is SizeKind.QUANTITY and coin.isalpha() and coin not in ENDINGS:
        return f"{write_number(size.value)}{coin}"
    return _SIZES[size.kind].format(write_number(size.value))


def _item(item: object) -> str:
    """One of several legs, fills or shocks."""
    match item:
        case TypedLeg():
            return _leg(item)
        case TypedFill():
            return _fill(item)
        case (str() as symbol, Decimal() as percent):
            return f"{coin_word(symbol)} {percent:+f}%"
        case _:
            return str(item)


def _leg(leg: TypedLeg) -> str:
    """One leg of a pair, with all that it says for itself."""
    values = {f.name: getattr(leg, f.name) for f in fields(leg)}
    told = {name: value for name, value in values.items() if value is not None}
    return " ".join(_word(name, value, told) for name, value in told.items())


def _fill(fill: TypedFill) -> str:
    """One fill; a whole number of coins says so, since bare ones are margin."""
    amount = write_number(fill.size.value)
    if fill.size.kind is SizeKind.QUANTITY and "." not in amount:
        amount += ".0"
    return f"{amount}@{write_number(fill.price)}"


def coin_word(symbol: str) -> str:
    """A ticker as it is typed, behind `$` where it is also a word or a number."""
    return marked(base_of(symbol).lower())


def canonical(reading: Reading) -> str:
    """Return a reading as a line; what was assumed is left to be assumed again."""
    typed = {k: v for k, v in reading.values.items() if k not in reading.assumed}
    if "percent" in typed:
        typed.pop("exit", None)  # it was reckoned from the percentage
    return say(reading.command, typed)
