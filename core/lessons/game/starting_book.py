"""The book that meets a crash: a few positions, the same for everybody, at its first open."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from core.lessons.game.chance import drawn
from core.lessons.game.errors import Unplayable
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.reel import Reel
from core.lessons.game.scenes import opening
from core.lessons.game.sides import Entry, stocked
from core.margin.pool import MarginMode, Side
from core.money import Amount, Rate
from core.paper.scene import Scene

WALLET = Amount(Decimal(10_000))
"""What everybody begins with, quote."""

MARGINS = tuple(Amount(Decimal(each)) for each in (1_500, 1_500, 1_000))
"""What is put on the first, the second and the third coin (quote)."""


def film(ground: Ground) -> Reel:
    """Return the event a game is played on. Raises `Unplayable` where there is none."""
    if ground.reel is None:
        raise Unplayable("recording")
    return ground.reel


def book(reel: Reel, seed: str, leverage: Rate) -> tuple[Entry, ...]:
    """Return what everybody holds: one isolated and one cross position, and perhaps a third.

    Two times of three the book stands on the side that the worst hours hurt. The third stands
    isolated beside the first, or cross against the second.
    """
    hurt = Side.LONG if reel.fell else Side.SHORT
    side = hurt if drawn(seed, 3, "side") else hurt.other
    third = (
        (side, MarginMode.ISOLATED) if drawn(seed, 2, "third") else (side.other, MarginMode.CROSS)
    )
    walls = ((side, MarginMode.ISOLATED), (side, MarginMode.CROSS), third)
    return tuple(
        (coin, side, leverage, margin, mode)
        for coin, (side, mode), margin in zip(reel.coins, walls, MARGINS, strict=False)
    )


def all_behind(entries: Iterable[Entry], mode: MarginMode | None) -> tuple[Entry, ...]:
    """Return a book with every position behind one wall; None leaves each where it is."""
    return tuple(
        (coin, side, leverage, margin, mode or own) for coin, side, leverage, margin, own in entries
    )


def scene_of(number: int, ground: Ground, at: datetime) -> Scene:
    """Return the scene at the open of a tick (from 1), at a moment of the game's own time."""
    return opening(film(ground), number, ground, at)


def holding(player: int, entries: Iterable[Entry], ground: Ground, at: datetime) -> Deed:
    """Return a new account that holds a book, entered at the first open."""
    return stocked(player, entries, WALLET, ground, scene_of(1, ground, at).marks)
