"""The ladder of leverage: its steps, how long there is to choose on it, and how it is climbed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from core.lessons.game.kind import Deed, Table
from core.lessons.game.sides import Pick, restruck
from core.lessons.game.trading import Noted
from core.market import Marks
from core.money import ONE, ZERO, Amount, Rate

START = Amount(Decimal(10_000))
"""What everybody begins with, quote."""

LADDER = tuple(Rate(Decimal(x)) for x in (3, 5, 8, 12, 20, 30, 40, 50))
"""The leverage of each step; the last one stays."""

AT_THE_TOP = 3
"""Steps at the highest leverage after which equity decides."""

COMPANY = 3
"""Players with fewer than whom it is friendly."""

FLAT = timedelta(minutes=2)
"""Who has no position for so long is out."""

FIRST = timedelta(minutes=5)
"""How long there is for the first choice."""

FOREVER = timedelta(days=30)
STEPS: Mapping[str, timedelta] = {
    "10m": timedelta(minutes=10),
    "1h": timedelta(hours=1),
}
PLAYED = timedelta(hours=6)
"""Of a recorded market, in a step."""


def later(moments: Mapping[int, datetime], by: timedelta) -> Mapping[int, datetime]:
    """Return everybody's moment later by so much."""
    return {player: moment + by for player, moment in moments.items()}


def figures(notes: Noted, fell: datetime | None, began: datetime) -> tuple[Decimal, ...]:
    """Return what a player is told by, `fell` is when they went out; higher is better."""
    if fell is None:
        return (ONE, notes.equity)
    return (ZERO, Decimal((fell - began) // timedelta(seconds=1)))


def ready(fresh: Mapping[int, datetime], picks: Mapping[int, Pick], marks: Marks) -> frozenset[int]:
    """Return who can be struck at marks: those newer than the choice, with its contract's.

    `fresh` is since when each waits for it.
    """
    return frozenset(
        player
        for player, since in fresh.items()
        if marks.at > since and picks[player].symbol in marks.prices
    )


def strike(
    picks: Mapping[int, Pick], leverage: Rate, marks: Marks, table: Table
) -> tuple[Deed, ...]:
    """Return positions struck anew at a leverage; who cannot stays without one."""
    there, found = (table.ground, marks), []
    for player, pick in sorted(picks.items()):
        account = table.accounts[player]
        deed = Deed(player, account, (), account, marks.at)
        found.append(restruck(deed, pick, leverage, there))
    return tuple(deed for deed in found if deed.events)
