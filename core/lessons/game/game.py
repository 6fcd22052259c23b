"""A game as a value: who plays what, where, and how far it has come.

    draft -> open -> running <-> frozen -> settling -> final -> archived

Inside a game a person is a number and nothing else: names are for the board, and who a number is
stands elsewhere. So a game can be kept, checked and published when its people are forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from core.lessons.game.errors import NoSeat, NotPlaying
from core.lessons.game.names import shown_as
from core.market import Symbol


class Phase(StrEnum):
    """How far a game has come."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    FROZEN = "frozen"
    SETTLING = "settling"
    FINAL = "final"
    ARCHIVED = "archived"

    @property
    def is_on(self) -> bool:
        """Whether the game is being played."""
        return self in {Phase.RUNNING, Phase.FROZEN}

    @property
    def is_there(self) -> bool:
        """Whether people can join the game, or play it."""
        return self is Phase.OPEN or self.is_on

    @property
    def is_over(self) -> bool:
        """Whether nothing can change its result any more."""
        return self in {Phase.SETTLING, Phase.FINAL, Phase.ARCHIVED}

    @property
    def is_final(self) -> bool:
        """Whether the result is told."""
        return self in {Phase.FINAL, Phase.ARCHIVED}


@dataclass(frozen=True, slots=True)
class Room:
    """A chat that plays: platform, chat, and the topic or thread in it."""

    platform: str
    chat: str
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Somebody who joined, under a number.

    `late` ones came after the beginning; `hidden` ones are shown without a name. `left` is when
    they went, None while they play; `room` is the number of their chat among the game's, from 0.
    `role` is the one their server gave them, "" where none counts; `banner` is what they called
    their squad as its captain.
    """

    number: int
    name: str
    joined: datetime
    late: bool = False
    hidden: bool = False
    left: datetime | None = None
    room: int = 0
    role: str = ""
    banner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """What is true of a game whatever its kind.

    `setup` are the options chosen, by name; `rooms` is in how many chats it is played. `seed`
    (hexadecimal) is secret until the end. `due` is the next moment at which something must happen
    by itself. `funded` is when funding of a contract was settled last. `why` says how it ended: ""
    as it should, "stopped", "expired", "outage", "unplayable" or "unreachable"; `reason` is what a
    host said of it.
    """

    kind: str
    seed: str
    rooms: int = 1
    setup: Mapping[str, str] = field(default_factory=dict)
    phase: Phase = Phase.DRAFT
    players: tuple[Player, ...] = ()
    began: datetime | None = None
    ended: datetime | None = None
    frozen: datetime | None = None
    moved: bool = False
    due: datetime | None = None
    funded: Mapping[Symbol, datetime] = field(default_factory=dict)
    why: str = ""
    reason: str = ""

    def player(self, number: int) -> Player:
        """Return the player of a number. Raises `NotPlaying`."""
        for player in self.players:
            if player.number == number:
                return player
        raise NotPlaying

    @property
    def playing(self) -> tuple[Player, ...]:
        """Those who have not left."""
        return tuple(player for player in self.players if player.left is None)

    def with_player(self, new: Player) -> "Game":
        """Return the game with somebody put in, or put in place of the one of their number."""
        kept = {player.number: player for player in self.players}
        return replace(self, players=tuple({**kept, new.number: new}.values()))

    def nameless(self, number: int) -> "Game":
        """Return the game with a player, if they are among its players, shown by their number.

        What they called a squad goes with their name; a role is their server's, and tells nobody.
        """
        names = [player.name for player in self.players if player.number != number]
        players = tuple(
            replace(player, name=shown_as("", number, names), banner="")
            if player.number == number
            else player
            for player in self.players
        )
        return replace(self, players=players)

    def seat(self, most: int, *, late: bool) -> int:
        """Return the number of the next player. Raises `NoSeat`."""
        if self.phase.is_over:
            raise NoSeat("stopped")
        if self.phase.is_on and not late:
            raise NoSeat("begun")
        if len(self.playing) >= most:
            raise NoSeat("full")
        return max((player.number for player in self.players), default=0) + 1
