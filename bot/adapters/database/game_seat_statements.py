"""The questions and changes of who plays, each written once; values come by name."""

from sqlalchemy import BindParameter, and_, bindparam, delete, insert, or_, select, update

from bot.adapters.database.shelf import Written
from bot.adapters.database.tables import GAME, GAME_INPUT, GAME_ROOM, GAME_SEAT, GAME_WON
from core.lessons.game.game import Phase

_game, _seat, _input, _won = GAME.c, GAME_SEAT.c, GAME_INPUT.c, GAME_WON.c
_room = GAME_ROOM.c
_on = or_(_game.phase == Phase.RUNNING.value, _game.phase == Phase.FROZEN.value)
_this: BindParameter[int] = bindparam("which")

# --- seats

SIT = Written(
    lambda: insert(GAME_SEAT).values(
        game=bindparam("game"), number=bindparam("number"), learner=bindparam("learner")
    )
)
STAND = Written(
    lambda: delete(GAME_SEAT).where(and_(_seat.game == _this, _seat.number == bindparam("own")))
)
STAND_UP = Written(
    lambda: delete(GAME_SEAT).where(and_(_seat.game == _this, _seat.learner == bindparam("whose")))
)
LEAVE_ALL = Written(lambda: delete(GAME_SEAT).where(_seat.learner == bindparam("whose")))
SEATS = Written(
    lambda: select(_seat.number, _seat.learner).where(_seat.game == _this).order_by(_seat.number)
)
SEAT = Written(
    lambda: select(_seat.number).where(
        and_(_seat.game == _this, _seat.learner == bindparam("whose"))
    )
)
_seated = (_seat.game, _seat.number, _seat.learner, _seat.away_since)
SEATED = Written(
    lambda: select(*_seated).where(and_(_seat.game == _this, _seat.number == bindparam("own")))
)
UNSEEN = Written(
    lambda: (
        select(*_seated)
        .join(GAME, _game.number == _seat.game)
        .where(
            and_(
                or_(_on, _game.phase == Phase.OPEN.value),
                or_(_seat.looked_at.is_(None), _seat.looked_at <= bindparam("since")),
            )
        )
        .order_by(_seat.looked_at.nulls_first(), _seat.game, _seat.number)
        .limit(bindparam("most"))
    )
)
LOOK = Written(
    lambda: (
        update(GAME_SEAT)
        .where(and_(_seat.game == _this, _seat.number == bindparam("own")))
        .values(looked_at=bindparam("at"), away_since=bindparam("away"))
    )
)
HOLDER = Written(
    lambda: select(_seat.learner).where(and_(_seat.game == _this, _seat.number == bindparam("own")))
)
LAST_SEATED = Written(
    lambda: select(_seat.learner).where(_seat.game == _this).order_by(_seat.number.desc()).limit(1)
)
SEATS_OF = Written(
    lambda: (
        select(_seat.game, _seat.number)
        .where(_seat.learner == bindparam("whose"))
        .order_by(_seat.game)
    )
)
HAND_OVER_SEATS = Written(
    lambda: (
        update(GAME_SEAT).where(_seat.learner == bindparam("whose")).values(learner=bindparam("to"))
    )
)
COMPANY = Written(
    lambda: (
        select(_seat.learner)
        .distinct()
        .join(GAME_ROOM, _room.game == _seat.game)
        .where(and_(_room.platform == bindparam("of"), _room.chat == bindparam("in_chat")))
    )
)
PLAYING = Written(
    lambda: (
        select(_seat.game)
        .join(GAME, _game.number == _seat.game)
        .where(and_(_seat.learner == bindparam("whose"), _on))
        .order_by(_seat.game)
    )
)

# --- joining and forgetting

STATE = Written(lambda: select(_game.state).where(_game.number == _this))
RESTATE = Written(
    lambda: (
        update(GAME)
        .where(_game.number == _this)
        .values(state=bindparam("state"), version=_game.version + 1)
    )
)
FORGET_HOST = Written(
    lambda: (
        update(GAME)
        .where(and_(_game.platform == bindparam("of"), _game.person == bindparam("who")))
        .values(platform="", person="", version=_game.version + 1)
    )
)
JOINED = Written(
    lambda: select(_input.game, _input.number, _input.body).where(
        _input.learner == bindparam("whose")
    )
)
REWRITE = Written(
    lambda: (
        update(GAME_INPUT)
        .where(and_(_input.game == _this, _input.number == bindparam("own")))
        .values(body=bindparam("body"), learner=None)
    )
)
HAND_OVER_INPUTS = Written(
    lambda: (
        update(GAME_INPUT)
        .where(_input.learner == bindparam("whose"))
        .values(learner=bindparam("to"))
    )
)
LOSE = Written(
    lambda: delete(GAME_WON).where(and_(_won.game == _this, _won.learner == bindparam("whose")))
)
LOSE_ALL = Written(lambda: delete(GAME_WON).where(_won.learner == bindparam("whose")))
DROP_DOUBLE_WON = Written(
    lambda: delete(GAME_WON).where(
        and_(
            _won.learner == bindparam("whose"),
            _won.game.in_(select(_won.game).where(_won.learner == bindparam("to"))),
        )
    )
)
HAND_OVER_WON = Written(
    lambda: (
        update(GAME_WON).where(_won.learner == bindparam("whose")).values(learner=bindparam("to"))
    )
)
