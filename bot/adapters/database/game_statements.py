"""The questions and changes of games, each written once; values come by name."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.adapters.database.shelf import Written
from bot.adapters.database.tables import (
    GAME,
    GAME_ACCOUNT,
    GAME_GROUND,
    GAME_INPUT,
    GAME_ROOM,
    GAME_SEAT,
    GAME_WON,
)
from core.lessons.game.game import Phase

_game, _room, _seat, _input, _won = (
    GAME.c,
    GAME_ROOM.c,
    GAME_SEAT.c,
    GAME_INPUT.c,
    GAME_WON.c,
)
_on = or_(_game.phase == Phase.RUNNING.value, _game.phase == Phase.FROZEN.value)
_this: BindParameter[int] = bindparam("which")


def _numbers(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(_game.number).where(*conditions).order_by(_game.number)


def _in_room(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Games of a chat and topic, the newest first."""
    return (
        select(_game.number)
        .join(GAME_ROOM, _room.game == _game.number)
        .where(
            _room.platform == bindparam("of"),
            _room.chat == bindparam("in_chat"),
            _room.topic == bindparam("in_topic"),
            *conditions,
        )
        .order_by(_game.number.desc())
    )


def _wins(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            _won.season,
            _won.platform,
            _won.chat,
            _won.topic,
            _won.game,
            _won.learner,
            _won.name,
            _won.place,
            _won.points,
            _won.at,
            _won.shared,
        )
        .where(*conditions)
        .order_by(_won.game, _won.place, _won.learner)
    )


# --- games

ADD = Written(
    lambda: (
        insert(GAME)
        .values(
            kind=bindparam("kind"),
            phase=bindparam("phase"),
            due=bindparam("due"),
            ended=bindparam("ended"),
            platform=bindparam("platform"),
            person=bindparam("person"),
            version=0,
            state=bindparam("state"),
            play=bindparam("play"),
        )
        .returning(_game.number)
    )
)
ONE = Written(
    lambda: select(
        _game.kind, _game.platform, _game.person, _game.version, _game.state, _game.play
    ).where(_game.number == _this)
)
KEEP = Written(
    lambda: (
        update(GAME)
        .where(and_(_game.number == _this, _game.version == bindparam("read")))
        .values(
            phase=bindparam("phase"),
            due=bindparam("due"),
            ended=bindparam("ended"),
            version=_game.version + 1,
            state=bindparam("state"),
            play=bindparam("play"),
        )
    )
)
HERE = Written(lambda: _in_room(_game.phase != Phase.ARCHIVED.value))
PLAYED = Written(lambda: _in_room(_game.kind == bindparam("of_kind")).limit(bindparam("most")))
RUNNING = Written(lambda: select(_game.number, _game.version).where(_on).order_by(_game.number))
DUE = Written(
    lambda: (
        select(_game.number)
        .where(and_(_game.due <= bindparam("now"), _game.phase != Phase.FROZEN.value))
        .order_by(_game.due, _game.number)
    )
)
ENDED = Written(lambda: _numbers(_game.phase == Phase.SETTLING.value))
OLD = Written(lambda: _numbers(_game.phase == Phase.FINAL.value, _game.ended <= bindparam("until")))

# --- chats and accounts

ROOMS = Written(
    lambda: (
        select(_room.platform, _room.chat, _room.topic)
        .where(_room.game == _this)
        .order_by(_room.place)
    )
)
ENTER = Written(
    lambda: insert(GAME_ROOM).values(
        game=bindparam("game"),
        place=bindparam("place"),
        platform=bindparam("platform"),
        chat=bindparam("chat"),
        topic=bindparam("topic"),
        thread="",
    )
)
THREADED = Written(
    lambda: (
        select(_room.game)
        .where(
            and_(
                _room.platform == bindparam("of"),
                _room.chat == bindparam("in_chat"),
                _room.topic == bindparam("in_topic"),
                _room.thread == bindparam("in_thread"),
            )
        )
        .order_by(_room.game.desc())
    )
)
MOVE_ROOMS = Written(
    lambda: (
        update(GAME_ROOM)
        .where(and_(_room.platform == bindparam("of"), _room.chat == bindparam("old")))
        .values(chat=bindparam("new"))
    )
)
ACCOUNTS = Written(
    lambda: (
        select(GAME_ACCOUNT.c.number, GAME_ACCOUNT.c.state)
        .where(GAME_ACCOUNT.c.game == _this)
        .order_by(GAME_ACCOUNT.c.number)
    )
)
DROP_ACCOUNT = Written(
    lambda: delete(GAME_ACCOUNT).where(
        and_(GAME_ACCOUNT.c.game == _this, GAME_ACCOUNT.c.number == bindparam("own"))
    )
)
ADD_ACCOUNT = Written(
    lambda: insert(GAME_ACCOUNT).values(
        game=_this, number=bindparam("own"), state=bindparam("state")
    )
)

# --- the ground

GROUND = Written(lambda: select(GAME_GROUND.c.body).where(GAME_GROUND.c.game == _this))
LAY = Written(lambda: insert(GAME_GROUND).values(game=_this, body=bindparam("body")))

# --- the log

NEXT_INPUT = Written(
    lambda: select(func.coalesce(func.max(_input.number), 0)).where(_input.game == _this)
)
LOG = Written(
    lambda: insert(GAME_INPUT).values(
        game=bindparam("game"),
        number=bindparam("number"),
        learner=bindparam("learner"),
        request=bindparam("request"),
        said=bindparam("said"),
        at=bindparam("at"),
        body=bindparam("body"),
    )
)
ANSWERED = Written(lambda: select(_input.said).where(_input.request == bindparam("asked")))
INPUTS = Written(
    lambda: select(_input.number, _input.body).where(_input.game == _this).order_by(_input.number)
)

# --- what was won

WON_ONCE = Written(
    lambda: select(_won.game).where(and_(_won.game == _this, _won.learner == bindparam("whose")))
)
WIN = Written(
    lambda: insert(GAME_WON).values({column.name: bindparam(column.name) for column in _won})
)
UNWIN = Written(lambda: delete(GAME_WON).where(_won.game == _this))
WON = Written(
    lambda: _wins(
        _won.season == bindparam("in_season"),
        _won.platform == bindparam("of"),
        _won.chat == bindparam("in_chat"),
        _won.topic == bindparam("in_topic"),
    )
)
WINS = Written(lambda: _wins(_won.learner == bindparam("whose")))
MOVE_WON = Written(
    lambda: (
        update(GAME_WON)
        .where(and_(_won.platform == bindparam("of"), _won.chat == bindparam("old")))
        .values(chat=bindparam("new"))
    )
)
