"""Games on a recorded event: which one it is, and at what marks it stands.

A kind that has these two is handed the event in its `Ground`, the same one for the whole of a game.
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
    """A kind that is played on a recorded event and not on a market."""

    def reel(self, game: Game, events: ScenarioSource, ground: Ground) -> Reel | None:
        """Return the event a game is played on, drawn by its seed; None where none will do.

        `ground` has the real contracts.
        """

    def marks(self, play: Play, ground: Ground, now: datetime) -> Marks | None:
        """Return the marks at which a game stands now."""
