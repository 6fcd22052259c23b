"""What the plays of all games of questions have in common: rounds, and no market."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from core.lessons.game.kind import Span, Table
from core.lessons.game.rounds import Rounds
from core.market import Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A game of questions under way; a kind adds what it asks."""

    limit: ClassVar[timedelta]

    rounds: Rounds = field(default_factory=Rounds)

    @property
    def due(self) -> datetime | None:
        """When the time for the item is up, or the pause is over."""
        return self.rounds.due

    @property
    def purse(self) -> int:
        """Nobody has an account."""
        return 0

    @property
    def span(self) -> Span | None:
        """No outage of prices moves anything."""
        return None

    @property
    def next_look(self) -> datetime | None:
        """No market matters."""
        return None

    @property
    def judged(self) -> datetime | None:
        """No market matters."""
        return None

    def wants(self, table: Table) -> frozenset[Symbol]:
        """No market matters."""
        del table
        return frozenset()

    @property
    def until(self) -> datetime | None:
        """The deadline of the item that is open, None while none is."""
        ask = self.rounds.last
        return ask.opened + self.limit if ask.is_open and ask.opened is not None else None
