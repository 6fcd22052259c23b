"""Games on recorded events: which ones they are, and at what marks such a game stands.

A kind that has these two is handed the events in its `Ground`, the same ones for the whole of a
game.
"""

from datetime import datetime
from typing import Protocol, runtime_checkable

from core.lessons.game.game import Game
from core.lessons.game.kind import Ground, Play
from core.lessons.game.reel import Reel
from core.lessons.scenario import ScenarioSource
from core.market import Marks


@runtime_checkable
class Recorded(Protocol):
    """A kind that is played on recorded events and not on a market, or may be."""

    def reels(self, game: Game, events: ScenarioSource, ground: Ground) -> tuple[Reel, ...] | None:
        """Return the events a game is played on, drawn by its seed; nothing where none will do.

        None says that this one is played on a market. `ground` has the real contracts.
        """

    def marks(self, play: Play, ground: Ground, now: datetime) -> Marks | None:
        """Return the marks at which a game stands now; None where its market has them."""
