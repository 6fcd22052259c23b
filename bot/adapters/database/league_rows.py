"""Leagues in rows: the league, and its chats in the order in which they came."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, select, update

from bot.adapters.database.shelf import Shelf, Transaction, Written
from bot.adapters.database.tables import LEAGUE, LEAGUE_ROOM
from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.paper.records import Identity

_league, _room = LEAGUE.c, LEAGUE_ROOM.c
LEAGUES = Shelf(LEAGUE)

_WHOLE = (_league.number, _league.name, _league.code, _league.platform, _league.person)
_here: ColumnElement[bool] = and_(
    _room.platform == bindparam("of"),
    _room.chat == bindparam("in_chat"),
    _room.topic == bindparam("in_topic"),
)

ADD = Written(
    lambda: (
        insert(LEAGUE)
        .values({name: bindparam(name) for name in ("name", "code", "platform", "person")})
        .returning(_league.number)
    )
)
OF = Written(lambda: select(*_WHOLE).join(LEAGUE_ROOM).where(_here))
CODED = Written(
    lambda: select(*_WHOLE).where(and_(_league.code == bindparam("coded"), _league.code != ""))
)
ROOMS = Written(
    lambda: (
        select(_room.platform, _room.chat, _room.topic, _room.title, _room.let_in)
        .where(_room.league == bindparam("which"))
        .order_by(_room.place)
    )
)
EMPTY = Written(lambda: delete(LEAGUE_ROOM).where(_room.league == bindparam("which")))
ENTER = Written(
    lambda: insert(LEAGUE_ROOM).values({column.name: bindparam(column.name) for column in _room})
)
THERE = Written(
    lambda: select(_room.topic).where(
        and_(_room.platform == bindparam("of"), _room.chat == bindparam("in_chat"))
    )
)
LEAVE = Written(lambda: delete(LEAGUE_ROOM).where(_here))
MOVE = Written(
    lambda: (
        update(LEAGUE_ROOM)
        .where(and_(_room.platform == bindparam("of"), _room.chat == bindparam("old")))
        .values(chat=bindparam("new"))
    )
)
FORGET_HOST = Written(
    lambda: (
        update(LEAGUE)
        .where(and_(_league.platform == bindparam("of"), _league.person == bindparam("who")))
        .values(person="")
    )
)


class LeagueRows:
    """Implements `core.lessons.game.league.LeagueBooks` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._rows = transaction

    def add(self, name: str, code: str, host: Identity, first: Member) -> League:
        """Keep a new league with its first chat."""
        row = {"name": name, "code": code, "platform": host.platform, "person": host.person}
        number = self._rows.added(ADD, row)
        league = League(number=number, name=name, code=code, host=host, members=(first,))
        self._enter(league)
        return league

    def of(self, room: Room) -> League | None:
        """Return the league that a chat is in or waits for, or None."""
        where = {"of": room.platform, "in_chat": room.chat, "in_topic": room.topic}
        return self._found(self._rows.row(OF, where))

    def coded(self, code: str) -> League | None:
        """Return the league of a code, or None."""
        return self._found(self._rows.row(CODED, {"coded": code}))

    def keep(self, league: League) -> None:
        """Keep how a league has changed; one without chats is gone."""
        key = LEAGUES.key(league.number)
        self._rows.change(EMPTY, {"which": league.number})
        if not league.members:
            self._rows.change(LEAGUES.drop, key)
            return
        host = league.host
        row = {"name": league.name, "code": league.code}
        row |= {"platform": host.platform, "person": host.person}
        self._rows.change(LEAGUES.replace, {**key, **row})
        self._enter(league)

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's place in a league to its new id; what it has there already stays."""
        for (topic,) in list(self._rows.rows(THERE, {"of": platform, "in_chat": new})):
            self._rows.change(LEAVE, {"of": platform, "in_chat": old, "in_topic": topic})
        self._rows.change(MOVE, {"of": platform, "old": old, "new": new})

    def forget_host(self, who: Identity) -> None:
        """Forget who made leagues; their first chats' hosts go on."""
        self._rows.change(FORGET_HOST, {"of": who.platform, "who": who.person})

    def _enter(self, league: League) -> None:
        for place, member in enumerate(league.members):
            row = {
                "league": league.number,
                "place": place,
                "platform": member.room.platform,
                "chat": member.room.chat,
                "topic": member.room.topic,
                "title": member.title,
                "let_in": member.let_in,
            }
            self._rows.change(ENTER, row)

    def _found(self, row: Sequence[object] | None) -> League | None:
        if row is None:
            return None
        number, name, code, platform, person = row
        rooms = self._rows.rows(ROOMS, {"which": number})
        return League(
            number=cast("int", number),
            name=str(name),
            code=str(code),
            host=Identity(str(platform), str(person)),
            members=tuple(_member(each) for each in rooms),
        )


def _member(row: Sequence[object]) -> Member:
    platform, chat, topic, title, let_in = row
    return Member(Room(str(platform), str(chat), str(topic)), str(title), bool(let_in))
