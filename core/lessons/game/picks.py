"""Choosing a contract, a side and a wall, at once or one by one."""

from collections.abc import Sequence
from dataclasses import replace

from core.lessons.game.errors import BadOption
from core.lessons.game.kind import Ground
from core.lessons.game.sides import Pick
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import Rate

OPEN = "open"
"""The word that makes a choice count."""

CLOSE = "close"
"""The word that gives up what is held."""

_SIDES = {side.value: side for side in Side}
_MODES = {mode.value: mode for mode in MarginMode}

NAMED = 8
"""Contracts that are named where there is no such one."""

PARTS = 3
"""Words of a whole choice, which counts without it."""


def pairs(ground: Ground, leverage: Rate) -> tuple[Symbol, ...]:
    """Return the contracts that take a leverage behind either wall, in the market's order."""
    listed = ground.listing.instruments
    return tuple(
        symbol
        for symbol in ground.symbols
        if symbol in listed
        and listed[symbol].max_leverage >= leverage
        and not listed[symbol].isolated_only
    )


def read(value: str, old: Pick | None, known: Sequence[Symbol]) -> tuple[Pick, bool]:
    """Return a choice with what words change of an older one, and whether it counts now.

    `btc`, `short`, `cross` change one part each, a whole choice or `open` counts. Without an older
    one it begins with Bitcoin, else the first contract, long and isolated. Raises `BadOption` for
    what there is not.
    """
    pick = old or Pick(min(known, key=_usual), Side.LONG, MarginMode.ISOLATED)
    words = value.lower().split()
    for word in words:
        pick = pick if word == OPEN else _changed(pick, word, known)
    return pick, OPEN in words or len(words) >= PARTS


def _changed(pick: Pick, word: str, known: Sequence[Symbol]) -> Pick:
    if word in _SIDES:
        return replace(pick, side=_SIDES[word])
    if word in _MODES:
        return replace(pick, mode=_MODES[word])
    for symbol in known:
        if symbol.lower() in {word, f"{word}usdt"}:
            return replace(pick, symbol=symbol)
    raise BadOption("action", word, (*known[:NAMED], *_SIDES, *_MODES, OPEN, CLOSE))


def _usual(symbol: Symbol) -> bool:
    return not symbol.startswith("BTC")
