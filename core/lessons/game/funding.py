"""Funding in a game: settled on everybody's positions when it falls due, once for each contract.

On the live market a contract has its own hours. On a path it is due at 00, 08 and 16 of the path's
own time, whose first day begins with the game; the rate is one that was recorded. What was settled
stands in the game, so that nothing is settled twice, and in its log, so that anybody can check it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.lessons.game.game import Game
from core.lessons.game.inputs import Funded
from core.lessons.game.kind import Deed, Ground
from core.market import Marks, Symbol
from core.money import Rate
from core.paper.account import PaperAccount
from core.paper.apply import applied
from core.paper.funding import funding_settled
from core.paper.scene import Scene

EVERY = 8
"""Hours of a path's time from one settlement to the next."""

LATE = timedelta(minutes=2)
"""How long a rate that is not known yet is waited for."""

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)

Accounts = Mapping[int, PaperAccount]


def funded(accounts: Accounts, ground: Ground, what: Funded) -> tuple[Deed, ...]:
    """Return what a settlement does to the accounts that hold what it is about."""
    rates, marks = dict(what.rates), what.marks
    scene = Scene(ground.listing, marks, marks.at, ground.rules)
    deeds = []
    for player, account in accounts.items():
        events = funding_settled(account, rates, scene)
        if events:
            after = applied(account, events, marks.at)
            deeds.append(Deed(player, account, events, after, marks.at))
    return tuple(deeds)


def owed(game: Game, what: Funded) -> Funded:
    """Return a settlement without the contracts of which it is settled already."""
    left = tuple(rate for rate in what.rates if not _is_settled(game, rate[0], what.at))
    return replace(what, rates=left)


def settled(game: Game, what: Funded) -> Game:
    """Return the game in which a settlement has been made."""
    return replace(game, funded={**game.funded, **{symbol: what.at for symbol, _ in what.rates}})


def _is_settled(game: Game, symbol: Symbol, due: datetime) -> bool:
    last = game.funded.get(symbol)
    return last is not None and last >= due


def hours_between(since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the full hours after a moment, up to another."""
    hour = since.replace(minute=0, second=0, microsecond=0) + HOUR
    while hour <= until:
        yield hour
        hour += HOUR


def announced(marks: Marks, due: datetime) -> dict[Symbol, Rate]:
    """Return the rates that marks announce for a moment."""
    return {
        symbol: mark.funding
        for symbol, mark in marks.prices.items()
        if mark.funding is not None and mark.funding_at == due
    }
