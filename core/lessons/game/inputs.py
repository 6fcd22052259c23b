"""Everything that can come in to a game, each with the moment at which it counts."""

from dataclasses import dataclass
from datetime import datetime

from core.market import Marks, Symbol
from core.money import Rate
from core.paper.actions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Somebody took a seat under a clean name, in one of the game's chats.

    `role` is what their server made them, where the game asks for it.
    """

    at: datetime
    name: str
    room: int = 0
    hidden: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Somebody who had left took their seat again."""

    at: datetime
    player: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Somebody gave their seat up, or was gone from the chat for long."""

    at: datetime
    player: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """Whoever may said that it begins."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message on which the game waits arrived in its rooms: what it shows may be answered now.

    `missed` are the numbers of the rooms in which it did not, and never will.
    """

    at: datetime
    view: str
    number: int
    missed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message on which the game waits can never arrive."""

    at: datetime
    view: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The moment came that the game waited for."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """Fresh marks, all of one moment; those of a past minute are estimates."""

    marks: Marks

    @property
    def at(self) -> datetime:
        """The moment of the marks."""
        return self.marks.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """Funding was due at these rates."""

    marks: Marks
    rates: tuple[tuple[Symbol, Rate], ...]

    @property
    def at(self) -> datetime:
        """The moment of the settlement."""
        return self.marks.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A player wants something done to their challenge account; it waits for a fresh mark."""

    at: datetime
    player: int
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A player chose or typed something."""

    at: datetime
    player: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A player gave their squad a name; "" is none of its own (any more)."""

    at: datetime
    player: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A player says that something, an item for instance, is no good; hosts decide about it."""

    at: datetime
    player: int
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A host decided something about the game; it is printed and stays in the log.

    `by` is the host's own number where they play, else 0; `reason` is what they said of it.
    """

    at: datetime
    what: str
    about: str
    by: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Froze:
    """No fresh price has come for so long that nothing may be decided."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Thawed:
    """Prices are fresh again, and what was missed has been looked at."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Woke:
    """The bot was away since a moment, and is back."""

    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaf:
    """What people sent since a moment may have come too late: a platform could not be heard."""

    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """It ends before its time; `why` is a code, `reason` what a host said of it."""

    at: datetime
    why: str
    reason: str = ""


Input = (
    Joined
    | Returned
    | Left
    | Began
    | Sent
    | Unsent
    | Due
    | Ticked
    | Funded
    | Ordered
    | Answered
    | Named
    | Reported
    | Ruled
    | Froze
    | Thawed
    | Woke
    | Deaf
    | Stopped
)
"""All of them."""
