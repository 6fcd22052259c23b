"""The questions and changes of learning, each written once; values come by name."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, select, update

from bot.adapters.database.shelf import Written
from bot.adapters.database.tables import BADGE, CHAT_ENTRY, CHAT_NOTED, MISSED

_entry, _noted = CHAT_ENTRY.c, CHAT_NOTED.c


def _in_chat(columns: Any) -> ColumnElement[bool]:
    """What stands in one chat."""
    return and_(columns.platform == bindparam("of"), columns.chat == bindparam("in_chat"))


def _by_person(columns: Any) -> ColumnElement[bool]:
    """What one person did."""
    return and_(columns.platform == bindparam("of"), columns.by == bindparam("who"))


ENTRIES = Written(
    lambda: select(
        _entry.key, _entry.question, _entry.answer, _entry.hidden, _entry.by, _entry.at
    ).where(_in_chat(_entry))
)
MOVE_ENTRY = Written(
    lambda: (
        update(CHAT_ENTRY)
        .where(and_(_in_chat(_entry), _entry.key == bindparam("which")))
        .values(chat=bindparam("to"))
    )
)
DROP_ENTRIES = Written(lambda: delete(CHAT_ENTRY).where(_in_chat(_entry)))
UNNAME_ENTRIES = Written(lambda: update(CHAT_ENTRY).where(_by_person(_entry)).values(by=""))

NOTE = Written(
    lambda: insert(CHAT_NOTED).values(
        {
            name: bindparam(name, type_=_noted[name].type)
            for name in ("platform", "chat", "at", "by", "did", "key", "question", "answer")
        }
    )
)
NOTED = Written(
    lambda: (
        select(_noted.at, _noted.by, _noted.did, _noted.key, _noted.question, _noted.answer)
        .where(_in_chat(_noted))
        .order_by(_noted.id.desc())
        .limit(bindparam("most"))
    )
)
ADDED = Written(
    lambda: select(func.count().label("added")).where(and_(_in_chat(_noted), _noted.did == "add"))
)
LINES = Written(lambda: select(*_noted).where(_in_chat(_noted)))
LINES_BY = Written(lambda: select(*_noted).where(_by_person(_noted)))
TAKE_OUT = Written(lambda: delete(CHAT_NOTED).where(_noted.id == bindparam("number")))
PUT_BACK = Written(
    lambda: insert(CHAT_NOTED).values({c.name: bindparam(c.name, type_=c.type) for c in _noted})
)

_whose = BADGE.c.learner == bindparam("whose")
BADGES = Written(lambda: select(BADGE.c.name, BADGE.c.earned).where(_whose).order_by(BADGE.c.name))

ONCE_MORE = Written(
    lambda: (
        update(MISSED).where(MISSED.c.word == bindparam("which")).values(times=MISSED.c.times + 1)
    )
)
FIRST = Written(lambda: insert(MISSED).values(word=bindparam("which"), times=1))
COUNTED = Written(
    lambda: select(MISSED.c.word, MISSED.c.times).order_by(MISSED.c.times.desc(), MISSED.c.word)
)
