"""What all games of questions have in common, plays and kinds: rounds, and no market."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Protocol, runtime_checkable

from core.lessons.game.game import Game
from core.lessons.game.kind import Kind, Span, Table, chosen
from core.lessons.game.late import may_come_late
from core.lessons.game.rounds import PAUSE, Rounds
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


@runtime_checkable
class AskingKind(Kind, Protocol):
    """A kind of games of questions; `counted` is the option that says how many items it asks."""

    play: ClassVar[type[Asking]]
    counted: ClassVar[str]
    fewest: ClassVar[int] = 1
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=10)
    trades: ClassVar[bool] = False

    def items(self, game: Game) -> int:
        """Return how many items the host chose."""
        return int(chosen(game, self, self.counted))

    def pace(self, game: Game) -> int:
        """There is no market."""
        del game
        return 1

    def full(self, game: Game) -> bool:
        """It waits for its host."""
        del game
        return False

    def takes_late(self, game: Game, at: datetime) -> bool:
        """As its host chose; items that are over count as not answered."""
        length = self.items(game) * (self.play.limit + PAUSE)
        return may_come_late(game, self, at, length)
