"""The small interface behind which every kind of challenge stands.

A `Kind` says what may be chosen and how a game of it begins; from then on its `Play`, a frozen
value, takes what comes in and returns what it has become. Nothing here waits, sends or stores: a
`Step` says what is to be said and what happened to whose account.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Protocol, runtime_checkable

from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.mistake import Mistake
from core.lessons.game.question import Question
from core.lessons.game.reel import Reel
from core.lessons.game.standing import Standing
from core.market import Listing, Symbol
from core.money import Amount
from core.paper.account import PaperAccount
from core.paper.events import Event
from core.paper.rules import PaperRules


@dataclass(frozen=True, slots=True)
class Ground:
    """What a game is played on: a venue's contracts, the house's rules, the market's contracts.

    `questions` are those of the content, `mistakes` the group's own liquidations whose owners are
    willing; both only for who asks questions. On a `path` of the game's own the market's time may
    pass faster (`Kind.pace`) than the clock's. `reel` is the recorded event of a game that is
    played on one, `later` are those of its further rounds.
    """

    listing: Listing
    rules: PaperRules
    symbols: tuple[Symbol, ...] = ()
    questions: tuple[Question, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    path: bool = False
    reel: Reel | None = None
    later: tuple[Reel, ...] = ()

    @property
    def reels(self) -> tuple[Reel, ...]:
        """All its recorded events, in the order of rounds."""
        return () if self.reel is None else (self.reel, *self.later)


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be chosen before a game opens; the first value is the default.

    One that `reads` takes more than its values, which are what buttons offer: it returns what was
    typed as it is kept, and raises `BadOption` or another refusal for what the ground lacks.
    """

    name: str
    values: tuple[str, ...]
    reads: Callable[[str, Ground], str] | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Something to be said: a view of the game, into all its rooms or to one player alone.

    Words are made from the game as it is when they are sent, so a view and a number (of a round)
    are enough. A post that `starts` is waited for: the game hears when it arrived, and only then
    does the time that it announces begin. A `live` one is kept up to date until the next one.
    """

    view: str
    number: int = 0
    player: int | None = None
    starts: bool = False
    live: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened to a player's account of this game: events, all of one moment."""

    player: int
    before: PaperAccount
    events: tuple[Event, ...]
    after: PaperAccount
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What an input led to. `said` is a code for whoever acted; `over` ends the game.

    `void` ends it without a result, for a reason (a code).
    """

    play: "Play"
    deeds: tuple[Deed, ...] = ()
    posts: tuple[Post, ...] = ()
    said: str = ""
    over: bool = False
    void: str = ""


Span = tuple[datetime, datetime]
"""A beginning and an end."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a play is handed: the game, everybody's account in it, and the ground."""

    game: Game
    ground: Ground
    accounts: Mapping[int, PaperAccount] = field(default_factory=dict)


class Play(Protocol):
    """A game of one kind under way; a frozen dataclass, so that it can be kept."""

    @property
    def due(self) -> datetime | None:
        """The next moment at which something must happen by itself."""

    @property
    def until(self) -> datetime | None:
        """The deadline of a question that is open; None while there is none."""

    @property
    def purse(self) -> int:
        """The number of the purse in use: a new one means new accounts for everybody."""

    @property
    def span(self) -> Span | None:
        """From when until when it is played as things stand; None where no end is set.

        An outage of more than a tenth of it moves the end; without one all that is to come waits.
        """

    @property
    def next_look(self) -> datetime | None:
        """From which moment on marks matter however quiet the market is; None: they never do.

        A past moment says that the very next ones matter.
        """

    @property
    def judged(self) -> datetime | None:
        """From which moment on marks are new to it; None where it wants none."""

    def wants(self, table: Table) -> frozenset[Symbol]:
        """Return the contracts whose marks it is judged by now."""

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it. Raises the refusals of whoever acted."""

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """Return who is where at this moment."""

    def moved(self, by: timedelta) -> "Play":
        """Return it with everything that is still to come later by so much."""


@runtime_checkable
class Guarded(Protocol):
    """A play in which something happens when an equity falls far enough, too."""

    def floor(self, player: int) -> Amount | None:
        """Return the equity (quote) at which a player must be looked at; None: at none."""


def floor_of(play: object, player: int) -> Amount | None:
    """Return the equity (quote) at which a play must look at a player; None where at none."""
    return play.floor(player) if isinstance(play, Guarded) else None


@runtime_checkable
class Sociable(Protocol):
    """A play that counts in no season where too few began it."""

    @property
    def friendly(self) -> bool:
        """Whether it was played for itself alone."""


def is_friendly(play: object) -> bool:
    """Return whether a play counts in no season, whoever wins it."""
    return isinstance(play, Sociable) and play.friendly


class Kind(Protocol):
    """A kind of challenge, with `fewest` to `most` players and `open_for` until it expires.

    `trades` says that it is played on a market, `order` where it stands in the list of all.
    """

    name: ClassVar[str]
    order: ClassVar[int]
    play: ClassVar[type]
    options: ClassVar[tuple[Option, ...]]
    fewest: ClassVar[int]
    most: ClassVar[int]
    open_for: ClassVar[timedelta]
    trades: ClassVar[bool]

    def pace(self, game: Game) -> int:
        """Seconds of market time that pass in a second, where the market is a recording's."""

    def full(self, game: Game) -> bool:
        """Whether it begins by itself now, because everybody is there."""

    def takes_late(self, game: Game, at: datetime) -> bool:
        """Whether somebody may still join a running game."""

    def begin(self, table: Table, at: datetime) -> Step:
        """Return the first step of a game whose players are there."""


def chosen(game: Game, kind: Kind, name: str) -> str:
    """Return what was chosen for an option, or its default."""
    default = next(option.values[0] for option in kind.options if option.name == name)
    return game.setup.get(name, default)
