"""The questions and changes of alerts, each written once; values come by name."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from bot.adapters.database.shelf import Written
from bot.adapters.database.tables import ALERT, ALERT_NUMBER, IDENTITY, NEWS, SCHEDULE

_alert, _news, _schedule = ALERT.c, NEWS.c, SCHEDULE.c
_KEPT = ("learner", "market", "number", "what", "since", "rests")


def _alerts(condition: ColumnElement[bool]) -> Select[Any]:
    """Whole alerts, in the order of their owners' numbers."""
    columns = (_alert.id, *(_alert[name] for name in _KEPT))
    return select(*columns).where(condition).order_by(_alert.learner, _alert.number)


def _given() -> dict[str, Any]:
    return {name: bindparam(name, type_=_alert[name].type) for name in _KEPT}


OF = Written(lambda: _alerts(_alert.learner == bindparam("whose")))
WAITING = Written(lambda: _alerts(_alert.market == bindparam("in_market")))
ONE = Written(lambda: _alerts(_alert.id == bindparam("which")))
ADD = Written(lambda: insert(ALERT).values(_given()).returning(_alert.id))
CHANGE = Written(lambda: update(ALERT).where(_alert.id == bindparam("which")).values(_given()))
DROP = Written(lambda: delete(ALERT).where(_alert.id == bindparam("which")))

_whose = ALERT_NUMBER.c.learner == bindparam("whose")
LAST_NUMBER = Written(lambda: select(ALERT_NUMBER.c.last).where(_whose))
FIRST_NUMBER = Written(
    lambda: insert(ALERT_NUMBER).values(learner=bindparam("whose"), last=bindparam("number"))
)
NEXT_NUMBER = Written(lambda: update(ALERT_NUMBER).where(_whose).values(last=bindparam("number")))


def _due(*conditions: ColumnElement[bool]) -> Select[Any]:
    """News that fulfil conditions, the longest due first."""
    return (
        select(_news.id, _news.attempts, _news.body, _news.learner)
        .where(*conditions)
        .order_by(_news.due_at, _news.id)
        .limit(bindparam("most"))
    )


KNOWN = Written(lambda: select(_news.id).where(_news.key == bindparam("told")))
POST = Written(
    lambda: insert(NEWS).values(
        learner=bindparam("learner"),
        key=bindparam("key"),
        body=bindparam("body"),
        due_at=bindparam("due"),
        attempts=0,
        sent_at=None,
        posted_at=bindparam("due"),
    )
)
DROP_NEWS = Written(
    lambda: delete(NEWS).where(_news.due_at.is_(None), _news.posted_at <= bindparam("until"))
)
DUE = Written(lambda: _due(_news.due_at <= bindparam("now")))
DUE_THERE = Written(
    lambda: _due(
        _news.due_at <= bindparam("now"),
        exists().where(
            and_(
                IDENTITY.c.learner == _news.learner,
                IDENTITY.c.platform == bindparam("platform"),
            )
        ),
    )
)
DELIVERED = Written(
    lambda: (
        update(NEWS)
        .where(_news.id == bindparam("which"))
        .values(due_at=None, sent_at=bindparam("at"))
    )
)
PUT_OFF = Written(
    lambda: (
        update(NEWS)
        .where(_news.id == bindparam("which"))
        .values(due_at=bindparam("until"), attempts=_news.attempts + 1)
    )
)
HAND_OVER = Written(
    lambda: update(NEWS).where(_news.learner == bindparam("whose")).values(learner=bindparam("to"))
)

POSTS_DUE = Written(
    lambda: (
        select(*_schedule)
        .where(and_(_schedule.platform == bindparam("of"), _schedule.due <= bindparam("now")))
        .order_by(_schedule.due, _schedule.chat, _schedule.topic, _schedule.board)
    )
)
IN_CHAT = Written(
    lambda: (
        select(*_schedule)
        .where(and_(_schedule.platform == bindparam("of"), _schedule.chat == bindparam("in_chat")))
        .order_by(_schedule.topic, _schedule.board)
    )
)
DROP_CHAT = Written(
    lambda: delete(SCHEDULE).where(
        and_(_schedule.platform == bindparam("of"), _schedule.chat == bindparam("in_chat"))
    )
)
