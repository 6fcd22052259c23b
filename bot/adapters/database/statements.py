"""The questions and changes of paper trading, each written once; values come by name.

They are made when they are first asked: what is made of them is a text, and weighs a tenth.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.adapters.database.shelf import Written
from bot.adapters.database.tables import (
    ACCOUNT,
    DONE,
    EVENT,
    IDENTITY,
    LEARNER,
    LEASE,
    LINK,
    OUTBOX,
    POSTING,
    PREVIEW,
)

_account, _event, _posting = ACCOUNT.c, EVENT.c, POSTING.c


def _waiting(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Notices of the outbox that fulfil conditions, the longest due first."""
    return (
        select(OUTBOX.c.id, OUTBOX.c.attempts, OUTBOX.c.body)
        .where(*conditions)
        .order_by(OUTBOX.c.due_at, OUTBOX.c.id)
        .limit(bindparam("most"))
    )


ENROLL = Written(lambda: insert(LEARNER).values(since=bindparam("since")).returning(LEARNER.c.id))
NAMES = Written(
    lambda: (
        select(IDENTITY.c.platform, IDENTITY.c.person)
        .where(IDENTITY.c.learner == bindparam("learner"))
        .order_by(IDENTITY.c.platform, IDENTITY.c.person)
    )
)
SINCE = Written(lambda: select(LEARNER.c.since).where(LEARNER.c.id == bindparam("learner")))
FORGET = Written(lambda: delete(LEARNER).where(LEARNER.c.id == bindparam("learner")))

PRESENT = Written(
    lambda: select(_account.id, _account.state).where(
        and_(
            _account.learner == bindparam("learner"),
            _account.market == bindparam("market"),
            _account.archived.is_(False),
        )
    )
)
OWNED = Written(
    lambda: (
        select(_account.id, _account.state)
        .where(_account.learner == bindparam("learner"))
        .order_by(_account.archived, _account.id)
    )
)
NUMBERED = Written(
    lambda: select(_account.state, _account.learner).where(_account.id == bindparam("account"))
)
OPEN = Written(
    lambda: (
        insert(ACCOUNT)
        .values(
            learner=bindparam("learner"),
            market=bindparam("market"),
            archived=False,
            live=False,
            last_event=0,
            version=0,
            state=bindparam("state"),
        )
        .returning(_account.id)
    )
)
STATE = Written(
    lambda: (
        update(ACCOUNT).where(_account.id == bindparam("account")).values(state=bindparam("state"))
    )
)
VERSION = Written(lambda: select(_account.version).where(_account.id == bindparam("account")))
MOVE_ON = Written(
    lambda: (
        update(ACCOUNT)
        .where(_account.id == bindparam("account"))
        .values(
            version=bindparam("version"),
            state=bindparam("state"),
            live=bindparam("live"),
            last_event=bindparam("last_event"),
        )
    )
)
ARCHIVE = Written(
    lambda: (
        update(ACCOUNT).where(_account.id == bindparam("account")).values(archived=True, live=False)
    )
)
HAND_OVER = Written(
    lambda: (
        update(ACCOUNT)
        .where(_account.id == bindparam("account"))
        .values(learner=bindparam("learner"))
    )
)
LIVE = Written(
    lambda: (
        select(_account.last_event, _account.state)
        .where(and_(_account.market == bindparam("market"), _account.live.is_(True)))
        .order_by(_account.id)
    )
)
HOLDING = Written(
    lambda: (
        select(_account.learner, _account.state)
        .where(_account.live.is_(True))
        .order_by(_account.id)
    )
)
TOUCHED = Written(
    lambda: (
        select(_account.last_event, _account.state)
        .where(
            and_(_account.market == bindparam("market"), _account.last_event > bindparam("after"))
        )
        .order_by(_account.id)
    )
)
ALL = Written(
    lambda: select(_account.id, _account.market, _account.archived, _account.state).order_by(
        _account.id
    )
)
RESTATE = Written(
    lambda: (
        update(ACCOUNT)
        .where(_account.id == bindparam("account"))
        .values(
            version=bindparam("version"),
            state=bindparam("state"),
            live=bindparam("live"),
            last_event=bindparam("last_event"),
        )
    )
)
STATES = Written(
    lambda: select(_account.id, _account.state, _account.learner).order_by(_account.id)
)

EVENTS = Written(
    lambda: (
        select(_event.id, _event.at, _event.request, _event.body)
        .where(_event.account == bindparam("account"))
        .order_by(_event.version)
    )
)
HAPPEN = Written(
    lambda: (
        insert(EVENT)
        .values(
            account=bindparam("account"),
            version=bindparam("version"),
            kind=bindparam("kind"),
            body=bindparam("body"),
            at=bindparam("at"),
            request=bindparam("request"),
        )
        .returning(_event.id)
    )
)
BOOK = Written(
    lambda: insert(POSTING).values(
        event=bindparam("event"), ledger=bindparam("ledger"), quanta=bindparam("quanta")
    )
)
UNBALANCED = Written(
    lambda: (
        select(_event.account, func.sum(_posting.quanta).label("sum"))
        .join(EVENT, _event.id == _posting.event)
        .group_by(_posting.event, _event.account)
        .having(func.sum(_posting.quanta) != 0)
    )
)
BALANCES = Written(
    lambda: (
        select(_event.account, _posting.ledger, func.sum(_posting.quanta).label("sum"))
        .join(EVENT, _event.id == _posting.event)
        .group_by(_event.account, _posting.ledger)
    )
)

LATEST = Written(
    lambda: (
        select(PREVIEW.c.token)
        .where(
            and_(
                PREVIEW.c.learner == bindparam("learner"),
                PREVIEW.c.chat == bindparam("chat"),
                PREVIEW.c.used_by == "",
            )
        )
        .order_by(PREVIEW.c.until.desc())
        .limit(1)
    )
)
USE = Written(
    lambda: (
        update(PREVIEW).where(PREVIEW.c.token == bindparam("key")).values(used_by=bindparam("by"))
    )
)

POST = Written(
    lambda: insert(OUTBOX).values(
        learner=bindparam("learner"),
        event=bindparam("event"),
        body=bindparam("body"),
        due_at=bindparam("due"),
        attempts=0,
        sent_at=None,
    )
)
DUE = Written(lambda: _waiting(OUTBOX.c.due_at <= bindparam("now")))
DUE_THERE = Written(
    lambda: _waiting(
        OUTBOX.c.due_at <= bindparam("now"),
        exists().where(
            and_(
                IDENTITY.c.learner == OUTBOX.c.learner,
                IDENTITY.c.platform == bindparam("platform"),
            )
        ),
    )
)
TOLD = Written(
    lambda: select(OUTBOX.c.body).where(
        and_(OUTBOX.c.learner == bindparam("learner"), OUTBOX.c.event == bindparam("event"))
    )
)
DELIVERED = Written(
    lambda: (
        update(OUTBOX)
        .where(OUTBOX.c.id == bindparam("notice"))
        .values(due_at=None, sent_at=bindparam("at"))
    )
)
PUT_OFF = Written(
    lambda: (
        update(OUTBOX)
        .where(OUTBOX.c.id == bindparam("notice"))
        .values(due_at=bindparam("until"), attempts=OUTBOX.c.attempts + 1)
    )
)

EARLIER_LINKS = Written(lambda: delete(LINK).where(LINK.c.asker == bindparam("asker")))
OLD_PREVIEWS = Written(lambda: delete(PREVIEW).where(PREVIEW.c.until <= bindparam("now")))
OLD_DONE = Written(lambda: delete(DONE).where(DONE.c.at <= bindparam("now")))

OLD_LINKS = Written(lambda: delete(LINK).where(LINK.c.until <= bindparam("now")))

KEEP_LEASE = Written(
    lambda: (
        update(LEASE)
        .where(
            and_(
                LEASE.c.name == bindparam("key"),
                (LEASE.c.holder == bindparam("mine")) | (LEASE.c.until <= bindparam("now")),
            )
        )
        .values(holder=bindparam("holder"), until=bindparam("until"))
    )
)
