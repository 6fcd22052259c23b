"""Who may still join a game that has begun: nobody, whoever comes in its first quarter, anybody."""

from datetime import datetime, timedelta

from core.lessons.game.game import Game
from core.lessons.game.kind import Kind, Option, chosen

LATE = Option("late", ("no", "quarter", "any"))
"""The host's switch."""

_QUARTER = 4


def may_come_late(game: Game, kind: Kind, at: datetime, length: timedelta) -> bool:
    """Return whether somebody may join a game at a moment; `length` is the longest it may last."""
    how = chosen(game, kind, LATE.name)
    if how == "quarter" and game.began is not None:
        return at <= game.began + length / _QUARTER
    return how == "any"
