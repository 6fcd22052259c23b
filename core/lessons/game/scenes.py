"""A tick of a recorded event as scenes: where it opens, and how an account comes through it.

A tick is passed as every replay passes a candle: the funding that was recorded for its hours, the
extreme that hurts what is held, the close.
"""

from datetime import datetime

from core.lessons.game.kind import Ground
from core.lessons.game.reel import Reel
from core.lessons.way import RECORDED, Way, opens, priced
from core.market import Marks
from core.paper.account import PaperAccount
from core.paper.scene import Scene


def opening(reel: Reel, number: int, ground: Ground, at: datetime) -> Scene:
    """Return the scene at the open of a tick (from 1), at a moment of the game's own time."""
    candle = reel.candle(number, at)
    blank = Scene(ground.listing, Marks(RECORDED, at, {}), at, ground.rules)
    return priced(blank, candle, opens(candle), reel.first)


def closing(reel: Reel, number: int, ground: Ground, at: datetime) -> Scene:
    """Return the scene at the close of a tick (from 1); of none (0) where the first one opens."""
    if not number:
        return opening(reel, 1, ground, at)
    candle = reel.candle(number, at)
    ends = {coin: bar.close for coin, bar in candle.bars.items()}
    return priced(opening(reel, number, ground, at), candle, ends, reel.first)


def through(account: PaperAccount, reel: Reel, number: int, scene: Scene) -> Way:
    """Return how an account comes from the open of a tick to its close."""
    way = Way(account, scene)
    way.take(reel.candle(number, scene.at), reel.first, reel.ticks[number - 1].funding)
    return way
