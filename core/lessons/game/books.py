"""What is kept of games: the game itself, who sits where, everything that came in, what to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.lessons.game.game import Room
from core.lessons.game.inputs import Input
from core.lessons.game.items import Item
from core.lessons.game.kind import Ground, Post
from core.lessons.game.lifecycle import State
from core.paper.records import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGame:
    """A game as it is kept: its number, who made it, its chats, and how often it has changed.

    `ground` is what it is played on, from when it began.
    """

    number: int
    state: State
    host: Identity
    rooms: tuple[Room, ...]
    version: int = 0
    ground: Ground | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A player's seat: whose it is, where they joined, since when they are gone from there.

    `room` is that chat, `rooms` are all that play the game. `playing` is False for who has left;
    `away` is None for who is there, as far as anybody knows.
    """

    game: int
    number: int
    learner: int
    room: Room
    rooms: tuple[Room, ...]
    playing: bool = True
    away: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePost:
    """Something to be said into one chat, or to one learner where `learner` is given.

    `message` is the platform's id of the message once it was sent: from then on it may be brought
    up to date. `shown` is a fingerprint of what it says now. `thread` is where in the chat it is
    said, "" for the chat itself.
    """

    id: int
    game: int
    post: Post
    room: Room
    learner: int | None = None
    attempts: int = 0
    message: str = ""
    shown: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """An input with its place in the log."""

    number: int
    what: Input


@dataclass(frozen=True, slots=True)
class Won:
    """What a game that ended at a moment was worth to a player in a season of a chat.

    A `shared` one was played in several chats; `name` is "" for who did not show theirs.
    """

    season: str
    room: Room
    game: int
    learner: int
    name: str
    place: int
    points: str
    at: datetime
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A question that a chat was asked outside of any game, under its number."""

    number: int
    room: Room
    item: Item


class GameBooks(Protocol):
    """Everything that is kept of games, seen inside one transaction."""

    def add(self, state: State, host: Identity, room: Room) -> KeptGame:
        """Keep a new game in its first chat."""

    def game(self, number: int) -> KeptGame | None:
        """Return a game, or None."""

    def keep(self, kept: KeptGame) -> KeptGame:
        """Keep how a game has changed; return it with its new version.

        Raises `Conflict` where it is no longer the one that was read.
        """

    def lay(self, kept: KeptGame, ground: Ground) -> KeptGame:
        """Keep under which conditions a game is played, once for all; return it with its ground."""

    def here(self, room: Room) -> tuple[KeptGame, ...]:
        """Return the games of a chat and topic that are not archived, the newest first."""

    def played(self, room: Room, kind: str, most: int) -> tuple[KeptGame, ...]:
        """Return the last games of a kind in a chat and topic, archived ones too, newest first."""

    def branch(self, post: int, thread: str) -> None:
        """Keep in which thread of a post's chat its game goes on; "" is the chat itself."""

    def threaded(self, room: Room, thread: str) -> int | None:
        """Return the number of the game that goes on in a thread of a chat, or None."""

    def running(self) -> Mapping[int, int]:
        """Return the versions of all games that are running or frozen, by number."""

    def due(self, now: datetime) -> tuple[int, ...]:
        """Return the numbers of games at which something must happen by itself by now.

        The longest due first; a frozen game waits.
        """

    def ended(self) -> tuple[int, ...]:
        """Return the numbers of games that are settling."""

    def archive(self, until: datetime) -> int:
        """Archive the final games that ended by a moment; return how many."""

    def enter(self, game: int, room: Room) -> None:
        """Let another chat play a game; one that plays it already is left as it is."""

    def sit(self, game: int, learner: int, number: int) -> None:
        """Keep who a player is: one person has one seat, and a seat one person."""

    def stand(self, game: int, number: int) -> None:
        """Let a seat be nobody's."""

    def seats(self, game: int) -> Mapping[int, int]:
        """Return the learners of a game by their numbers in it."""

    def seat(self, game: int, learner: int) -> int | None:
        """Return a learner's number in a game, or None."""

    def sits(self, learner: int) -> Mapping[int, int]:
        """Return a learner's number in every game they sit in, by game."""

    def company(self, platform: str, chat: str) -> frozenset[int]:
        """Return the learners who sit in any game of a chat, past ones and other topics too."""

    def playing(self, learner: int) -> tuple[int, ...]:
        """Return the running games in which a learner sits."""

    def seated(self, game: int, number: int) -> Seat | None:
        """Return a seat, None where it is nobody's."""

    def unseen(self, since: datetime, most: int) -> tuple[Seat, ...]:
        """Return seats of games that can be joined or played whose people were not looked for.

        Not since a moment, that is; those for whom nobody looked for longest first.
        """

    def look(self, game: int, number: int, at: datetime, away: datetime | None) -> None:
        """Keep when somebody was looked for last, and since when they are gone, if they are."""

    def log(self, game: int, what: Input, request: str = "", said: str = "") -> None:
        """Add an input to a game's log; an input that a person sent carries its request.

        Who joined is whoever sat down last, so a seat is kept before its `Joined` is logged. A
        name of a squad is forgotten with who gave it, as one's own is.
        """

    def answered(self, request: str) -> str | None:
        """Return the code that a request was answered with, or None if it never came."""

    def inputs(self, game: int) -> tuple[Logged, ...]:
        """Return everything that came in to a game, in order."""

    def post(self, game: int, post: Post, at: datetime, only: Room | None = None) -> None:
        """Put something to be said into the outbox: once for each chat, or once for a player.

        With one chat given (`only`) it is said there alone. A player hears it on the platform of
        the chat they joined in; a seat that is nobody's hears nothing. The same view and number are
        said once, however often they are posted.
        """

    def posts(self, platform: str, now: datetime, limit: int) -> tuple[DuePost, ...]:
        """Return what is due to be said on a platform, oldest first.

        A chat hears things in order: while something is put off, nothing that came after it is due.
        """

    def sent(self, post: int, message: str, at: datetime) -> None:
        """Keep that something was said, and in which message."""

    def unsent(self, post: int, until: datetime | None) -> None:
        """Try to say something again later; None gives it up."""

    def reached(self, game: int, post: Post) -> Mapping[int, bool | None]:
        """Return by place of each chat whether a post arrived there; None where it is waited for.

        What was never posted in a chat did not arrive there.
        """

    def live(self, platform: str, since: datetime, limit: int) -> tuple[DuePost, ...]:
        """Return the newest live message of each chat's game that was last shown before a moment.

        The longest untouched first. A game that is over is shown once more after its end.
        """

    def shown(self, post: int, message: str, shown: str, at: datetime) -> None:
        """Keep what a live message says now; without a message it is live no longer."""

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's games to its new id."""

    def hand_over(self, learner: int, to: int) -> tuple[int, ...]:
        """Let a learner's seats, wins and posts belong to another.

        Where both sit in a game the lower number stays, and the other is nobody's. Return the games
        in which it was the other's own seat that was given up.
        """

    def forget(self, learner: int) -> None:
        """Forget who a learner was in all games: seats, wins and posts go, names become numbers."""

    def forget_host(self, who: Identity) -> None:
        """Forget who made games; they go on."""

    def win(self, won: Won) -> None:
        """Keep what a game was worth to somebody; once for each game and person."""

    def unwin(self, game: int) -> None:
        """Forget what a game was worth, to whomever."""

    def won(self, season: str, room: Room) -> tuple[Won, ...]:
        """Return what was won in a chat and topic in a season, game by game, best place first."""

    def wins(self, learner: int) -> tuple[Won, ...]:
        """Return everything a learner has won, game by game."""

    def poll(self, room: Room, item: Item, request: str, most: int) -> Polled:
        """Keep what a chat was asked by a request; of its polls the last `most` stay."""

    def polled(self, number: int) -> Polled | None:
        """Return a poll, or None."""

    def polled_by(self, request: str) -> Polled | None:
        """Return the poll that a request led to, or None if it led to none."""

    def polls(self, room: Room) -> tuple[Polled, ...]:
        """Return the polls of a chat and topic, the newest first."""
