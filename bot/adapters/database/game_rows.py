"""Games in rows: whole as JSON, their accounts apart, so that only those that changed are written.

A game's row moves on only from the version that was read, so that of two changes that race one
fails (`Conflict`). What its kind keeps of it is written and read by the kind's own class.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from typing import cast

from bot.adapters.database import game_polls as polls
from bot.adapters.database import game_seat_statements as seats
from bot.adapters.database import game_statements as sql
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.game_polls import GamePollRows
from bot.adapters.database.game_posts import GamePostRows
from bot.adapters.database.game_seats import GameSeatRows
from bot.adapters.database.paper_books import Conflict
from bot.adapters.database.shelf import Transaction, Values
from core.lessons.challenges import kinds
from core.lessons.game.books import KeptGame, Logged, Won
from core.lessons.game.conditions import Conditions, conditions_of, ground_under
from core.lessons.game.game import Game, Phase, Room
from core.lessons.game.inputs import Input, Joined, Named
from core.lessons.game.kind import Ground, Play
from core.lessons.game.lifecycle import State
from core.paper.account import PaperAccount
from core.paper.records import Identity

Accounts = Mapping[int, PaperAccount]

WON = ("season", "game", "learner", "name", "place", "points", "at", "shared")
ROOM = tuple(field.name for field in fields(Room))

assert {field.name for field in fields(Won)} == {*WON, "room"}

KNOWN = 4096
"""Accounts that are remembered by their text; most are read again before they change."""

GROUNDS = 16
"""Grounds that are; only a venue's or a house's new terms make another one."""


class GameRows(GameSeatRows, GamePostRows, GamePollRows):
    """Implements `core.lessons.game.books.GameBooks` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        GameSeatRows.__init__(self, transaction)
        GamePostRows.__init__(self, transaction)
        GamePollRows.__init__(self, transaction)
        self._rows = transaction
        # What the rows hold: nobody else writes while this transaction does.
        self._held: dict[int, Accounts] = {}

    # --- games ------------------------------------------------------------------------------------

    def add(self, state: State, host: Identity, room: Room) -> KeptGame:
        """Keep a new game in its first chat."""
        row = {
            **_columns(state),
            "kind": state.game.kind,
            "platform": host.platform,
            "person": host.person,
        }
        number = self._rows.added(sql.ADD, row)
        self._put_accounts(number, {}, state.accounts)
        self.enter(number, room)
        return KeptGame(number=number, state=state, host=host, rooms=(room,))

    def game(self, number: int) -> KeptGame | None:
        """Return a game, or None."""
        found = self._rows.row(sql.ONE, {"which": number})
        if found is None:
            return None
        kind, platform, person, version, state, play = found
        accounts = {
            cast("int", own): _account(str(text))
            for own, text in self._rows.rows(sql.ACCOUNTS, {"which": number})
        }
        self._held[number] = accounts
        return KeptGame(
            number=number,
            state=State(loads(Game, str(state)), _play(str(kind), play), accounts),
            host=Identity(str(platform), str(person)),
            rooms=self._rooms(number),
            version=cast("int", version),
            ground=self._ground(number),
        )

    def _ground(self, number: int) -> Ground | None:
        found = self._rows.row(sql.GROUND, {"which": number})
        return None if found is None else _laid(str(found[0]))

    def lay(self, kept: KeptGame, ground: Ground) -> KeptGame:
        """Keep under which conditions a game is played, once for all; return it with its ground."""
        if self._ground(kept.number) is None:
            body = dumps(conditions_of(ground))
            self._rows.change(sql.LAY, {"which": kept.number, "body": body})
        return replace(kept, ground=self._ground(kept.number))

    def _rooms(self, number: int) -> tuple[Room, ...]:
        rows = self._rows.rows(sql.ROOMS, {"which": number})
        return tuple(Room(*map(str, row)) for row in rows)

    def keep(self, kept: KeptGame) -> KeptGame:
        """Keep how a game has changed; return it with its new version. Raises `Conflict`."""
        row = {**_columns(kept.state), "which": kept.number, "read": kept.version}
        if not self._rows.change(sql.KEEP, row):
            raise Conflict(f"game {kept.number} is past version {kept.version}")
        if kept.number not in self._held:
            self.game(kept.number)
        self._put_accounts(kept.number, self._held[kept.number], kept.state.accounts)
        return replace(kept, version=kept.version + 1)

    def _put_accounts(self, number: int, held: Accounts, now: Accounts) -> None:
        """Write the accounts that changed; one that did not is the very same object."""
        gone = [own for own, account in held.items() if now.get(own) is not account]
        new = [own for own, account in now.items() if held.get(own) is not account]
        self._rows.change_each(sql.DROP_ACCOUNT, ({"which": number, "own": own} for own in gone))
        self._rows.change_each(
            sql.ADD_ACCOUNT,
            ({"which": number, "own": own, "state": dumps(now[own])} for own in new),
        )
        self._held[number] = now

    def here(self, room: Room) -> tuple[KeptGame, ...]:
        """Return the games of a chat and topic that are not archived, the newest first."""
        return tuple(self._games(self._rows.rows(sql.HERE, _of_room(room))))

    def played(self, room: Room, kind: str, most: int) -> tuple[KeptGame, ...]:
        """Return the last games of a kind in a chat and topic, archived ones too, newest first."""
        values = {**_of_room(room), "of_kind": kind, "most": most}
        return tuple(self._games(self._rows.rows(sql.PLAYED, values)))

    def threaded(self, room: Room, thread: str) -> int | None:
        """Return the number of the game that goes on in a thread of a chat, or None."""
        found = self._rows.row(sql.THREADED, {**_of_room(room), "in_thread": thread})
        return None if found is None else cast("int", found[0])

    def running(self) -> Mapping[int, int]:
        """Return the versions of all games that are running or frozen, by number."""
        return {
            cast("int", number): cast("int", version)
            for number, version in self._rows.rows(sql.RUNNING, {})
        }

    def due(self, now: datetime) -> tuple[int, ...]:
        """Return the numbers of games at which something must happen by itself by now."""
        return _numbers(self._rows.rows(sql.DUE, {"now": now}))

    def ended(self) -> tuple[int, ...]:
        """Return the numbers of games that are settling."""
        return _numbers(self._rows.rows(sql.ENDED, {}))

    def archive(self, until: datetime) -> int:
        """Archive the final games that ended by a moment; return how many."""
        old = tuple(self._games(self._rows.rows(sql.OLD, {"until": until})))
        for kept in old:
            game = replace(kept.state.game, phase=Phase.ARCHIVED)
            self.keep(replace(kept, state=replace(kept.state, game=game)))
        return len(old)

    def _games(self, rows: Iterable[Sequence[object]]) -> Iterator[KeptGame]:
        for number in _numbers(rows):
            kept = self.game(number)
            assert kept is not None
            yield kept

    # --- chats ------------------------------------------------------------------------------------

    def enter(self, game: int, room: Room) -> None:
        """Let another chat play a game; one that plays it already is left as it is."""
        rooms = self._rooms(game)
        if room not in rooms:
            row = {"platform": room.platform, "chat": room.chat, "topic": room.topic}
            self._rows.change(sql.ENTER, {"game": game, "place": len(rooms), **row})

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's games to its new id."""
        for statement in (sql.MOVE_ROOMS, sql.MOVE_WON, polls.MOVE):
            self._rows.change(statement, {"of": platform, "old": old, "new": new})

    # --- the log ----------------------------------------------------------------------------------

    def log(self, game: int, what: Input, request: str = "", said: str = "") -> None:
        """Add an input to a game's log; with a name goes whose it is.

        Who joined is whoever sat down last.
        """
        seated = None
        if isinstance(what, Joined):
            seated = self._rows.row(seats.LAST_SEATED, {"which": game})
        elif isinstance(what, Named):
            seated = self._rows.row(seats.HOLDER, {"which": game, "own": what.player})
        (last,) = self._rows.row(sql.NEXT_INPUT, {"which": game}) or (0,)
        row = {
            "game": game,
            "number": cast("int", last) + 1,
            "learner": None if seated is None else seated[0],
            "request": request or None,
            "said": said,
            "at": what.at,
            "body": dumps(what, Input),
        }
        self._rows.change(sql.LOG, row)

    def answered(self, request: str) -> str | None:
        """Return the code that a request was answered with, or None if it never came."""
        found = self._rows.row(sql.ANSWERED, {"asked": request})
        return None if found is None else str(found[0])

    def inputs(self, game: int) -> tuple[Logged, ...]:
        """Return everything that came in to a game, in order."""
        rows = self._rows.rows(sql.INPUTS, {"which": game})
        return tuple(Logged(cast("int", number), _input(str(body))) for number, body in rows)

    # --- what was won -----------------------------------------------------------------------------

    def win(self, won: Won) -> None:
        """Keep what a game was worth to somebody; once for each game."""
        if self._rows.row(sql.WON_ONCE, {"which": won.game, "whose": won.learner}) is None:
            row = {name: getattr(won, name) for name in WON}
            room = {name: getattr(won.room, name) for name in ROOM}
            self._rows.change(sql.WIN, {**row, **room})

    def unwin(self, game: int) -> None:
        """Forget what a game was worth, to whomever."""
        self._rows.change(sql.UNWIN, {"which": game})

    def won(self, season: str, room: Room) -> tuple[Won, ...]:
        """Return what was won in a chat in a season."""
        rows = self._rows.rows(sql.WON, {"in_season": season, **_of_room(room)})
        return tuple(map(_won, rows))

    def wins(self, learner: int) -> tuple[Won, ...]:
        """Return everything a learner has won, game by game."""
        return tuple(map(_won, self._rows.rows(sql.WINS, {"whose": learner})))


def _columns(state: State) -> Values:
    """A game's row, but for its host."""
    game, play = state.game, state.play
    return {
        "phase": game.phase.value,
        "due": game.due,
        "ended": game.ended,
        "state": dumps(game),
        "play": None if play is None else dumps(play, kinds()[game.kind].play),
    }


def _play(kind: str, text: object) -> Play | None:
    """What the kind keeps of a game, in its own class."""
    return None if text is None else cast("Play", loads(kinds()[kind].play, str(text)))


def _of_room(room: Room) -> Values:
    return {"of": room.platform, "in_chat": room.chat, "in_topic": room.topic}


def _numbers(rows: Iterable[Sequence[object]]) -> tuple[int, ...]:
    return tuple(cast("int", number) for (number,) in rows)


def _input(text: str) -> Input:
    return loads(cast("type[Input]", Input), text)


def _won(row: Sequence[object]) -> Won:
    season, platform, chat, topic, *rest, shared = row
    room = Room(str(platform), str(chat), str(topic))
    won = Won(str(season), room, *rest)  # type: ignore[arg-type]  # the columns' types are the fields'
    return replace(won, shared=bool(shared))


@lru_cache(maxsize=GROUNDS)
def _laid(text: str) -> Ground:
    """Read what a game is played on; most games are played on the same."""
    return ground_under(loads(Conditions, text))


@lru_cache(maxsize=KNOWN)
def _account(state: str) -> PaperAccount:
    """Read an account; it never changes, so the same text may be the same object."""
    return loads(PaperAccount, state)
