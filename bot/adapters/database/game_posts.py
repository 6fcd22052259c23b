"""What games say, in rows: each post once for every chat, and the boards that are kept up to date.

Of the boards of a chat only the newest that arrived is live; when its game is over it is shown once
more and then left alone. So the live rows are few, however many games there were.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from bot.adapters.database import game_post_statements as sql
from bot.adapters.database import game_seat_statements as seats
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Transaction, Values
from core.lessons.game.books import DuePost
from core.lessons.game.game import Game, Room
from core.lessons.game.kind import Post

NOBODY = 0
"""Stands for the player of a post to a whole chat; players are numbered from 1."""


class GamePostRows:
    """The part of `core.lessons.game.books.GameBooks` that is about posts."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._box = transaction

    def post(self, game: int, post: Post, at: datetime, only: Room | None = None) -> None:
        """Put something to be said into the outbox: once for each chat, or once for a player.

        With one chat given it is said there alone.
        """
        rooms = list(self._places(game, only))
        learner = None
        if post.player is not None:
            found = self._box.row(seats.HOLDER, {"which": game, "own": post.player})
            if found is None:
                return
            (learner,) = found
            rooms = [rooms[self._room_of(game, post.player)]]
        for room, platform in rooms:
            if self._box.row(sql.KNOWN, {**_same(game, post), "in_room": room}) is None:
                row = {
                    "game": game,
                    "room": room,
                    "platform": platform,
                    "player": post.player or NOBODY,
                    "learner": learner,
                    "view": post.view,
                    "number": post.number,
                    "body": dumps(post),
                    "due": at,
                    "live": post.live,
                }
                self._box.change(sql.POST, row)

    def _places(self, game: int, only: Room | None) -> Iterator[Sequence[object]]:
        """The numbers and platforms of a game's chats, or of one alone."""
        if only is None:
            return self._box.rows(sql.PLACES, {"which": game})
        where = {"of": only.platform, "in_chat": only.chat, "in_topic": only.topic}
        return self._box.rows(sql.PLACE, {"which": game, **where})

    def branch(self, post: int, thread: str) -> None:
        """Keep in which thread of a post's chat its game goes on; "" is the chat itself."""
        self._box.change(sql.BRANCH, {"which": post, "as_thread": thread})

    def _room_of(self, game: int, number: int) -> int:
        """The number of the chat that a player came from."""
        found = self._box.row(seats.STATE, {"which": game})
        assert found is not None
        return loads(Game, str(found[0])).player(number).room

    def posts(self, platform: str, now: datetime, limit: int) -> tuple[DuePost, ...]:
        """Return what is due to be said on a platform, oldest first."""
        values = {"of": platform, "now": now, "most": limit}
        return tuple(map(_due, self._box.rows(sql.DUE, values)))

    def sent(self, post: int, message: str, at: datetime) -> None:
        """Keep that something was said, and in which message."""
        self._box.change(sql.SENT, {"which": post, "as_message": message, "at": at})
        self._box.change(sql.REPLACED, {"which": post})

    def unsent(self, post: int, until: datetime | None) -> None:
        """Try to say something again later; None gives it up."""
        self._box.change(sql.UNSENT, {"which": post, "until": until})

    def reached(self, game: int, post: Post) -> Mapping[int, bool | None]:
        """Return by place of each chat whether a post arrived there; None where it is awaited."""
        found: dict[int, bool | None] = {}
        for place, due, sent in self._box.rows(sql.REACHED, _same(game, post)):
            found[cast("int", place)] = None if due is not None else sent is not None
        places = range(len(list(self._box.rows(sql.PLACES, {"which": game}))))
        return dict.fromkeys(places, False) | found

    def live(self, platform: str, since: datetime, limit: int) -> tuple[DuePost, ...]:
        """Return the newest live message of each running game on a platform."""
        values = {"of": platform, "since": since, "most": limit}
        return tuple(map(_due, self._box.rows(sql.LIVE, values)))

    def shown(self, post: int, message: str, shown: str, at: datetime) -> None:
        """Keep what a live message says now."""
        values = {"which": post, "as_message": message, "as_shown": shown, "at": at}
        self._box.change(sql.SHOWN, values)
        self._box.change(sql.LAST_SHOWN, {"which": post})


def _same(game: int, post: Post) -> Values:
    """What makes two posts one."""
    return {
        "in_game": game,
        "of_view": post.view,
        "at_number": post.number,
        "to_player": post.player or NOBODY,
    }


def _due(row: Sequence[object]) -> DuePost:
    number, game, body, platform, chat, topic, thread, learner, attempts, message, shown = row
    return DuePost(
        id=cast("int", number),
        game=cast("int", game),
        post=loads(Post, str(body)),
        room=Room(str(platform), str(chat), str(topic)),
        learner=cast("int | None", learner),
        attempts=cast("int", attempts),
        message=str(message),
        shown=str(shown),
        thread=str(thread),
    )
