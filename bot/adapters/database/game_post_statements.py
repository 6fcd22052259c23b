"""The questions and changes of what games say, each written once; values come by name."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from bot.adapters.database.shelf import Written
from bot.adapters.database.tables import GAME, GAME_POST, GAME_ROOM

_post, _room = GAME_POST.c, GAME_ROOM.c
_other = GAME_POST.alias("other")
_this: BindParameter[int] = bindparam("which")


def _posts(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Posts that fulfil conditions, with the chats they belong to."""
    return (
        select(
            _post.id,
            _post.game,
            _post.body,
            _room.platform,
            _room.chat,
            _room.topic,
            _room.thread,
            _post.learner,
            _post.attempts,
            _post.message,
            _post.shown,
        )
        .join(GAME_ROOM, and_(_room.game == _post.game, _room.place == _post.room))
        .where(_post.platform == bindparam("of"), *conditions)
        .limit(bindparam("most"))
    )


def _beside(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Another post of the same game to the same chat or player."""
    return and_(
        _other.c.game == _post.game,
        _other.c.room == _post.room,
        _other.c.player == _post.player,
        *conditions,
    )


def _same(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(
        _post.game == bindparam("in_game"),
        _post.view == bindparam("of_view"),
        _post.number == bindparam("at_number"),
        _post.player == bindparam("to_player"),
        *conditions,
    )


PLACES = Written(
    lambda: select(_room.place, _room.platform).where(_room.game == _this).order_by(_room.place)
)
PLACE = Written(
    lambda: select(_room.place, _room.platform).where(
        and_(
            _room.game == _this,
            _room.platform == bindparam("of"),
            _room.chat == bindparam("in_chat"),
            _room.topic == bindparam("in_topic"),
        )
    )
)
BRANCH = Written(
    lambda: (
        update(GAME_ROOM)
        .where(
            exists().where(
                and_(_post.id == _this, _post.game == _room.game, _post.room == _room.place)
            )
        )
        .values(thread=bindparam("as_thread"))
    )
)
KNOWN = Written(lambda: select(_post.id).where(_same(_post.room == bindparam("in_room"))))
POST = Written(
    lambda: insert(GAME_POST).values(
        game=bindparam("game"),
        room=bindparam("room"),
        platform=bindparam("platform"),
        player=bindparam("player"),
        learner=bindparam("learner"),
        view=bindparam("view"),
        number=bindparam("number"),
        body=bindparam("body"),
        due_at=bindparam("due"),
        attempts=0,
        sent_at=None,
        message="",
        live=bindparam("live"),
        shown="",
        shown_at=None,
    )
)
DUE = Written(
    lambda: _posts(
        _post.due_at <= bindparam("now"),
        # A chat hears things in order: what failed is told again before what came after it.
        ~exists().where(_beside(_other.c.id < _post.id, _other.c.due_at > bindparam("now"))),
    ).order_by(_post.due_at, _post.id)
)
SENT = Written(
    lambda: (
        update(GAME_POST)
        .where(_post.id == _this)
        .values(
            due_at=None,
            sent_at=bindparam("at"),
            message=bindparam("as_message"),
            shown_at=bindparam("at"),
        )
    )
)
REPLACED = Written(
    lambda: (
        update(GAME_POST)
        .where(
            # The game is known beforehand, so that only its own posts are looked at.
            _post.game == select(_other.c.game).where(_other.c.id == _this).scalar_subquery(),
            _post.live.is_(True),
            exists().where(
                _beside(_other.c.id == _this, _other.c.id > _post.id, _other.c.live.is_(True))
            ),
        )
        .values(live=False)
    )
)
UNSENT = Written(
    lambda: (
        update(GAME_POST)
        .where(_post.id == _this)
        .values(due_at=bindparam("until"), attempts=_post.attempts + 1)
    )
)
REACHED = Written(lambda: select(_post.room, _post.due_at, _post.sent_at).where(_same()))
LIVE = Written(
    lambda: _posts(
        _post.live.is_(True),
        _post.sent_at.is_not(None),
        _post.message != "",
        _post.shown_at < bindparam("since"),
    ).order_by(_post.shown_at, _post.id)
)
SHOWN = Written(
    lambda: (
        update(GAME_POST)
        .where(_post.id == _this)
        .values(
            message=bindparam("as_message"), shown=bindparam("as_shown"), shown_at=bindparam("at")
        )
    )
)
LAST_SHOWN = Written(
    lambda: (
        update(GAME_POST)
        .where(
            _post.id == _this,
            or_(
                _post.message == "",
                exists().where(and_(GAME.c.number == _post.game, GAME.c.ended < _post.shown_at)),
            ),
        )
        .values(live=False)
    )
)
HAND_OVER = Written(
    lambda: (
        update(GAME_POST).where(_post.learner == bindparam("whose")).values(learner=bindparam("to"))
    )
)
DROP_OF_PLAYER = Written(
    lambda: delete(GAME_POST).where(
        and_(_post.game == _this, _post.player == bindparam("to_player"))
    )
)
DROP_OF_LEARNER = Written(lambda: delete(GAME_POST).where(_post.learner == bindparam("whose")))
