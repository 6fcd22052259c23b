"""What a host leaves room for where people trade: pairs, leverage, margin modes.

Any whole leverage from 1 to 125 may be typed, and any pairs of the market, two at least: so many it
takes to be listed.
"""

from collections.abc import Mapping
from decimal import Decimal

from core.lessons.game.errors import BadOption, FewPairs, NotAllowedHere
from core.lessons.game.game import Game
from core.lessons.game.kind import Ground, Kind, Option, chosen
from core.margin.pool import MarginMode
from core.market import Symbol
from core.paper import actions as a
from core.paper.actions import Action

ALL = "all"
FEWEST, HIGHEST = 2, 125
"""Pairs at least, and leverage at most."""

NAMED = 12
"""Coins that a refusal names."""

ALLOWED = (a.Open, a.Close, a.CloseAll, a.Cancel, a.MoveMargin, a.SetStops, a.ChoosePositionMode)
"""What may be done with a challenge account."""


def coins(ground: Ground) -> Mapping[str, Symbol]:
    """Return the market's coins with their contracts."""
    listed = ground.listing.instruments
    return {listed[symbol].base: symbol for symbol in ground.symbols if symbol in listed}


def read_leverage(typed: str, ground: Ground) -> str:
    """Return a leverage as it is kept, `37` of `37x`. Raises `BadOption`."""
    del ground
    digits = typed.lower().removesuffix("x")
    if digits.isascii() and digits.isdecimal() and 1 <= int(digits[:9]) <= HIGHEST:
        return str(int(digits))
    raise BadOption("leverage", typed, (f"1-{HIGHEST}",))


def read_pairs(typed: str, ground: Ground) -> str:
    """Return pairs as they are kept, `BTC ETH` of `btc, ETHUSDT`; or "all".

    Raises `BadOption` for a coin that the market lacks, `FewPairs`.
    """
    words = typed.replace(",", " ").upper().split()
    if words == [ALL.upper()]:
        return ALL
    known = coins(ground)
    names: dict[str, str] = {symbol: coin for coin, symbol in known.items()}
    names |= {coin: coin for coin in known}
    for word in words:
        if word not in names:
            raise BadOption("pairs", word, tuple(known)[:NAMED])
    found = tuple(dict.fromkeys(names[word] for word in words))
    if len(found) < FEWEST:
        raise FewPairs(FEWEST)
    return " ".join(found)


LEVERAGE = Option("leverage", ("20", "10", "50", "125"), read_leverage)
MODES = Option("modes", ("any", MarginMode.ISOLATED.value, MarginMode.CROSS.value))
PAIRS = Option("pairs", (ALL, "BTC ETH", "BTC ETH SOL"), read_pairs)


def check_action(action: Action, most: Decimal) -> None:
    """Refuse what is done with no challenge account, and more leverage. Raises `NotAllowedHere`."""
    if not isinstance(action, ALLOWED):
        raise NotAllowedHere("action", "")
    if isinstance(action, a.Open) and action.intent.leverage > most:
        raise NotAllowedHere("leverage", str(most))


def check_allowed(action: Action, game: Game, kind: Kind, ground: Ground) -> None:
    """Refuse what a game's options do not allow. Raises `NotAllowedHere`."""
    check_action(action, Decimal(chosen(game, kind, LEVERAGE.name)))
    if isinstance(action, a.Open):
        intent, modes = action.intent, chosen(game, kind, MODES.name)
        pairs = chosen(game, kind, PAIRS.name)
        if modes not in {"any", intent.mode.value}:
            raise NotAllowedHere("mode", modes)
        if pairs != ALL and intent.symbol not in _contracts(pairs, ground):
            raise NotAllowedHere("pairs", pairs)


def _contracts(pairs: str, ground: Ground) -> frozenset[Symbol]:
    known = coins(ground)
    return frozenset(known[coin] for coin in pairs.split() if coin in known)
