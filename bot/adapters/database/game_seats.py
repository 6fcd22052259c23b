"""Who plays, in rows: seats, and how their people are joined and forgotten.

A name stands in a game's state and in the input with which its owner joined, or with which they
named their squad. All are found by the learner; when the learner is forgotten a number stands
there, or nothing, and the game goes on or stays as it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from bot.adapters.database import game_post_statements as posts
from bot.adapters.database import game_seat_statements as sql
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.game_statements import ROOMS
from bot.adapters.database.shelf import Transaction
from core.lessons.game.books import Seat
from core.lessons.game.game import Game, Room
from core.lessons.game.inputs import Input, Joined, Named
from core.paper.records import Identity


class GameSeatRows:
    """The part of `core.lessons.game.books.GameBooks` that is about people."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._open = transaction

    def sit(self, game: int, learner: int, number: int) -> None:
        """Keep who a player is: one person has one seat, and a seat one person."""
        self.stand(game, number)
        self._open.change(sql.STAND_UP, {"which": game, "whose": learner})
        self._open.change(sql.SIT, {"game": game, "number": number, "learner": learner})

    def stand(self, game: int, number: int) -> None:
        """Let a seat be nobody's."""
        self._open.change(sql.STAND, {"which": game, "own": number})

    def seats(self, game: int) -> Mapping[int, int]:
        """Return the learners of a game by their numbers in it."""
        rows = self._open.rows(sql.SEATS, {"which": game})
        return {cast("int", number): cast("int", learner) for number, learner in rows}

    def seat(self, game: int, learner: int) -> int | None:
        """Return a learner's number in a game, or None."""
        found = self._open.row(sql.SEAT, {"which": game, "whose": learner})
        return None if found is None else cast("int", found[0])

    def sits(self, learner: int) -> Mapping[int, int]:
        """Return a learner's number in every game they sit in, by game."""
        return dict(self._seats_of(learner))

    def company(self, platform: str, chat: str) -> frozenset[int]:
        """Return the learners who sit in any game of a chat, past ones and other topics too."""
        rows = self._open.rows(sql.COMPANY, {"of": platform, "in_chat": chat})
        return frozenset(cast("int", learner) for (learner,) in rows)

    def playing(self, learner: int) -> tuple[int, ...]:
        """Return the running games in which a learner sits."""
        rows = self._open.rows(sql.PLAYING, {"whose": learner})
        return tuple(cast("int", game) for (game,) in rows)

    # --- who is there -----------------------------------------------------------------------------

    def seated(self, game: int, number: int) -> Seat | None:
        """Return a seat, None where it is nobody's."""
        rows = self._open.rows(sql.SEATED, {"which": game, "own": number})
        return next(self._told(rows), None)

    def unseen(self, since: datetime, most: int) -> tuple[Seat, ...]:
        """Return seats whose people were not looked for since a moment, the longest first."""
        return tuple(self._told(self._open.rows(sql.UNSEEN, {"since": since, "most": most})))

    def look(self, game: int, number: int, at: datetime, away: datetime | None) -> None:
        """Keep when somebody was looked for last, and since when they are gone, if they are."""
        self._open.change(sql.LOOK, {"which": game, "own": number, "at": at, "away": away})

    def _told(self, rows: Iterable[Sequence[object]]) -> Iterator[Seat]:
        """Seats with what their games know of them; each game is read once."""
        read: dict[int, tuple[Game, tuple[Room, ...]]] = {}
        for row in list(rows):
            game, number, learner = cast("tuple[int, int, int]", tuple(row[:3]))
            state, rooms = read.get(game) or read.setdefault(game, self._read(game))
            player = {each.number: each for each in state.players}.get(number)
            yield Seat(
                game=game,
                number=number,
                learner=learner,
                room=rooms[0 if player is None else player.room],
                rooms=rooms,
                playing=player is not None and player.left is None,
                away=cast("datetime | None", row[3]),
            )

    def _read(self, number: int) -> tuple[Game, tuple[Room, ...]]:
        """A game without its accounts, and its chats."""
        found = self._open.row(sql.STATE, {"which": number})
        assert found is not None
        rooms = self._open.rows(ROOMS, {"which": number})
        return loads(Game, str(found[0])), tuple(Room(*map(str, row)) for row in rooms)

    # --- joining and forgetting -------------------------------------------------------------------

    def hand_over(self, learner: int, to: int) -> tuple[int, ...]:
        """Let a learner's seats, wins and posts belong to another.

        Where both sit in a game the lower number stays. Return the games in which it was the
        other's own seat that was given up.
        """
        given_up = []
        for game, number in self._seats_of(learner):
            own = self.seat(game, to)
            if own is None:
                continue
            if own < number:
                self._vacate(game, number, learner)
            else:
                self._vacate(game, own, to)
                given_up.append(game)
        both = {"whose": learner, "to": to}
        for statement in (
            sql.HAND_OVER_SEATS,
            sql.DROP_DOUBLE_WON,
            sql.HAND_OVER_WON,
            sql.HAND_OVER_INPUTS,
            posts.HAND_OVER,
        ):
            self._open.change(statement, both)
        return tuple(given_up)

    def forget(self, learner: int) -> None:
        """Forget who a learner was in all games; in their place stands a number."""
        for game, number in self._seats_of(learner):
            self._unname(game, number)
        for which, own, body in list(self._open.rows(sql.JOINED, {"whose": learner})):
            named = loads(cast("type[Joined | Named]", Input), str(body))
            nameless = dumps(replace(named, name=""), Input)
            self._open.change(sql.REWRITE, {"which": which, "own": own, "body": nameless})
        for statement in (sql.LEAVE_ALL, sql.LOSE_ALL, posts.DROP_OF_LEARNER):
            self._open.change(statement, {"whose": learner})

    def forget_host(self, who: Identity) -> None:
        """Forget who made games; they go on."""
        self._open.change(sql.FORGET_HOST, {"of": who.platform, "who": who.person})

    def _seats_of(self, learner: int) -> list[tuple[int, int]]:
        rows = self._open.rows(sql.SEATS_OF, {"whose": learner})
        return [(cast("int", game), cast("int", number)) for game, number in rows]

    def _vacate(self, game: int, number: int, learner: int) -> None:
        """Let a seat be nobody's for good: without a name, a win or anything to hear."""
        self.stand(game, number)
        self._unname(game, number)
        self._open.change(sql.LOSE, {"which": game, "whose": learner})
        self._open.change(posts.DROP_OF_PLAYER, {"which": game, "to_player": number})

    def _unname(self, number: int, player: int) -> None:
        """Let a player be shown by their number."""
        found = self._open.row(sql.STATE, {"which": number})
        assert found is not None
        game = loads(Game, str(found[0])).nameless(player)
        self._open.change(sql.RESTATE, {"which": number, "state": dumps(game)})
