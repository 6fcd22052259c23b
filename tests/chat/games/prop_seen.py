"""A prop desk as it is looked at: games that are fed by hand, and what is said of them."""

from datetime import datetime

from bot.chat.games.prop import WORDS
from bot.chat.games.seen import Seen
from bot.chat.i18n import english
from bot.chat.reply import Reply
from core.lessons.challenges.prop import KIND
from core.lessons.game.books import KeptGame
from core.lessons.game.game import Room as Chat
from core.market import Marks
from core.paper.records import Identity
from tests.builders import Number
from tests.core.lessons.challenges.test_prop import Room, begun
from tests.core.lessons.game.builders import at, tick
from tests.walk.group import shown

HOUR = 3600

__all__ = ["HOUR", "Room", "begun", "shown"]


def seen(
    room: Room, seconds: float, price: Number | None = None, reader: int | None = None
) -> Seen:
    """A game at a moment, with everything marked at a price."""
    kept = KeptGame(
        number=7, state=room.state, host=Identity("telegram", "9"), rooms=(Chat("telegram", "-5"),)
    )
    marks: Marks | None = None if price is None else tick(seconds, price)
    now: datetime = at(seconds)
    return Seen(kept, KIND, room.on, now, room.on.path, english, marks, reader)


def said(view: str, number: int, room: Seen) -> Reply:
    """What a view says."""
    return WORDS.views[view](room, number)
