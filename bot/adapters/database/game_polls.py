"""Questions that chats were asked outside of games, in rows: of each chat the last ones."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, select, update

from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Transaction, Written
from bot.adapters.database.tables import GAME_POLL
from core.lessons.game.books import Polled
from core.lessons.game.game import Room
from core.lessons.game.items import Item

_poll = GAME_POLL.c
_WHOLE = (_poll.number, _poll.platform, _poll.chat, _poll.topic, _poll.body)
_here: ColumnElement[bool] = and_(
    _poll.platform == bindparam("of"),
    _poll.chat == bindparam("in_chat"),
    _poll.topic == bindparam("in_topic"),
)

POLL = Written(
    lambda: (
        insert(GAME_POLL)
        .values({c.name: bindparam(c.name) for c in _poll if c.name != "number"})
        .returning(_poll.number)
    )
)
POLLED = Written(lambda: select(*_WHOLE).where(_poll.number == bindparam("which")))
POLLED_BY = Written(lambda: select(*_WHOLE).where(_poll.request == bindparam("asked")))
POLLS = Written(lambda: select(*_WHOLE).where(_here).order_by(_poll.number.desc()))
DROP = Written(lambda: delete(GAME_POLL).where(_poll.number == bindparam("which")))
MOVE = Written(
    lambda: (
        update(GAME_POLL)
        .where(and_(_poll.platform == bindparam("of"), _poll.chat == bindparam("old")))
        .values(chat=bindparam("new"))
    )
)


class GamePollRows:
    """The part of `core.lessons.game.books.GameBooks` that is about polls."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._shelf = transaction

    def poll(self, room: Room, item: Item, request: str, most: int) -> Polled:
        """Keep what a chat was asked by a request; of its polls the last `most` stay."""
        row = {"platform": room.platform, "chat": room.chat, "topic": room.topic}
        more = {"request": request, "body": dumps(item)}
        number = self._shelf.added(POLL, {**row, **more})
        for old in self.polls(room)[most:]:
            self._shelf.change(DROP, {"which": old.number})
        return Polled(number=number, room=room, item=item)

    def polled(self, number: int) -> Polled | None:
        """Return a poll, or None."""
        found = self._shelf.row(POLLED, {"which": number})
        return None if found is None else _polled(found)

    def polled_by(self, request: str) -> Polled | None:
        """Return the poll that a request led to, or None if it led to none."""
        found = self._shelf.row(POLLED_BY, {"asked": request})
        return None if found is None else _polled(found)

    def polls(self, room: Room) -> tuple[Polled, ...]:
        """Return the polls of a chat and topic, the newest first."""
        values = {"of": room.platform, "in_chat": room.chat, "in_topic": room.topic}
        return tuple(map(_polled, self._shelf.rows(POLLS, values)))


def _polled(row: Sequence[object]) -> Polled:
    number, platform, chat, topic, body = row
    room = Room(str(platform), str(chat), str(topic))
    return Polled(number=cast("int", number), room=room, item=loads(Item, str(body)))
