"""The words that mean something by themselves, each with its kind.

Looked up before any pattern is tried, so that most words of most lines cost one dictionary access.
A `Sense` is what a word means; the lexer adds where it stood.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bot.chat.numbers import SCALES
from bot.chat.words import VENUE_NAMES
from core.money import ZERO


def _words(text: str) -> frozenset[str]:
    """Words written in a row."""
    return frozenset(text.split())


class Kind(StrEnum):
    """What a token is."""

    SIDE = "side"
    SYMBOL = "symbol"
    LEVERAGE = "leverage"
    NUMBER = "number"
    DOLLARS = "dollars"
    MONEY = "money"
    QUANTITY = "quantity"
    PERCENT = "percent"
    SLOT = "slot"
    SHARE = "share"
    MODE = "mode"
    VENUE = "venue"
    MARKET = "market"
    FLAG = "flag"
    ID = "id"
    HINT = "hint"
    ON = "on"
    FILLER = "filler"
    BAD = "bad"
    UNKNOWN = "unknown"


class Sense(NamedTuple):
    """A word's kind with its number or name."""

    kind: Kind
    number: Decimal = ZERO
    name: str = ""
    note: str = ""


SLOTS: Mapping[str, str] = {
    word: slot
    for slot, words in {
        "leverage": "lev leverage",
        "margin": "margin collateral",
        "notional": "size notional position worth",
        "quantity": "qty quantity coins",
        "entry": "entry at @ from limit",
        "exit": "exit to -> close",
        "sl": "sl stop stoploss s/l stop-loss stop_loss",
        "tp": "tp target t/p takeprofit take-profit take_profit take",
        "wallet": "wallet bal balance acct account equity bankroll",
        "add": "add",
        "remove": "remove",
        "roe": "roe",
        "price": "price above below over under > <",
        "id": "id",
    }.items()
    for word in words.split()
}
"""Words that say what the number after them is."""

SHORT_SLOTS: Mapping[str, str] = {"e": "entry", "w": "wallet", "m": "margin"}
"""Letters that do so only with `=` or `:`."""

LENIENT = _words(
    "position margin at from to take target close price above below over under limit size "
    "worth add remove stop > < leverage account"
)
"""Slot words that are mere English where no number follows."""

FILLERS = _words(
    "a an the my in with of for please pls using positions trade me what's whats is if i and "
    "what usdt usd loss profit contract perp = - + : ~"
)

_SIDES = {
    "long": "long l buy bull up bullish",
    "short": "short s sell bear down bearish",
}
_MODES = {
    "isolated": "isolated iso i-margin isolated-margin",
    "cross": "cross crossed x-margin cross-margin",
}
_VENUES = {**{name: name for name in VENUE_NAMES}, "hl": "hyperliquid", "okex": "okx"}
_SHARES = {"half": 50, "quarter": 25, "max": 100, "all-in": 100, "allin": 100}
_REDUCE = "reduce reduce-only reduceonly reduce_only"
HINTS = {**dict.fromkeys("🟢📈🚀", "long"), **dict.fromkeys("🔴📉", "short")}


def _lexicon() -> dict[str, Sense]:
    """Write the dictionary of words."""
    words = {word: Sense(Kind.FILLER) for word in FILLERS}
    for word, slot in SLOTS.items():
        words[word] = Sense(Kind.SLOT, name=slot)
    for kind, table in ((Kind.SIDE, _SIDES), (Kind.MODE, _MODES)):
        for name, typed in table.items():
            words.update({word: Sense(kind, name=name) for word in typed.split()})
    words.update({word: Sense(Kind.VENUE, name=name) for word, name in _VENUES.items()})
    words.update({word: Sense(Kind.SHARE, Decimal(share)) for word, share in _SHARES.items()})
    words.update({word: Sense(Kind.HINT, name=name) for word, name in HINTS.items()})
    words.update({word: Sense(Kind.MARKET) for word in ("market", "mkt", "now")})
    words.update({word: Sense(Kind.FLAG, name=word) for word in ("all", "mine", "off")})
    words.update({word: Sense(Kind.FLAG, name="reduce") for word in _REDUCE.split()})
    words.update({word: Sense(Kind.BAD) for word in ("nan", "inf", "infinity", "-inf", "+inf")})
    words["on"] = Sense(Kind.ON)
    return words


LEXICON: Mapping[str, Sense] = _lexicon()

_UNITS = {
    Kind.NUMBER: ("",),
    Kind.DOLLARS: ("$", "€", "£"),
    Kind.MONEY: ("usd", "usdt", "u", "bucks", "dollars"),
}

ENDINGS: Mapping[str, tuple[Decimal, Kind]] = {
    **{
        scale + unit: (factor, kind)
        for scale, factor in SCALES.items()
        for kind, units in _UNITS.items()
        for unit in units
    },
    **dict.fromkeys(("x", "times", "fold", "-fold"), (Decimal(1), Kind.LEVERAGE)),
    **dict.fromkeys(("%", "pct", "percent"), (Decimal(1), Kind.PERCENT)),
}
"""What may follow a number, glued or as the next word: its factor and what it makes of it."""

MENDABLE: Mapping[str, Sense] = {
    word: sense
    for word, sense in LEXICON.items()
    if len(word) > 3
    and word.isalpha()
    and sense.kind in {Kind.SIDE, Kind.MODE, Kind.VENUE, Kind.SLOT, Kind.SHARE, Kind.MARKET}
}
"""Words in which a slip of one letter can be mended; shorter ones are too near to tickers."""
