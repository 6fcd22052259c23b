"""The questions and changes of paper trading, each written once; values come by name."""

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select, update

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


ENROLL = insert(LEARNER).values(since=bindparam("since")).returning(LEARNER.c.id)
NAMES = (
    select(IDENTITY.c.platform, IDENTITY.c.person)
    .where(IDENTITY.c.learner == bindparam("learner"))
    .order_by(IDENTITY.c.platform, IDENTITY.c.person)
)
FORGET = delete(LEARNER).where(LEARNER.c.id == bindparam("learner"))

PRESENT = select(_account.id, _account.state).where(
    and_(
        _account.learner == bindparam("learner"),
        _account.market == bindparam("market"),
        _account.archived.is_(False),
    )
)
OWNED = (
    select(_account.id, _account.state)
    .where(_account.learner == bindparam("learner"))
    .order_by(_account.archived, _account.id)
)
NUMBERED = select(_account.state, _account.learner).where(_account.id == bindparam("account"))
OPEN = (
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
STATE = update(ACCOUNT).where(_account.id == bindparam("account")).values(state=bindparam("state"))
VERSION = select(_account.version).where(_account.id == bindparam("account"))
MOVE_ON = (
    update(ACCOUNT)
    .where(_account.id == bindparam("account"))
    .values(
        version=bindparam("version"),
        state=bindparam("state"),
        live=bindparam("live"),
        last_event=bindparam("last_event"),
    )
)
ARCHIVE = (
    update(ACCOUNT).where(_account.id == bindparam("account")).values(archived=True, live=False)
)
HAND_OVER = (
    update(ACCOUNT).where(_account.id == bindparam("account")).values(learner=bindparam("learner"))
)
LIVE = (
    select(_account.last_event, _account.state)
    .where(and_(_account.market == bindparam("market"), _account.live.is_(True)))
    .order_by(_account.id)
)
TOUCHED = (
    select(_account.last_event, _account.state)
    .where(and_(_account.market == bindparam("market"), _account.last_event > bindparam("after")))
    .order_by(_account.id)
)
ALL = select(_account.id, _account.market, _account.archived, _account.state).order_by(_account.id)
RESTATE = (
    update(ACCOUNT)
    .where(_account.id == bindparam("account"))
    .values(
        version=bindparam("version"),
        state=bindparam("state"),
        live=bindparam("live"),
        last_event=bindparam("last_event"),
    )
)
STATES = select(_account.id, _account.state, _account.learner).order_by(_account.id)

EVENTS = (
    select(_event.id, _event.at, _event.request, _event.body)
    .where(_event.account == bindparam("account"))
    .order_by(_event.version)
)
HAPPEN = (
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
BOOK = insert(POSTING).values(
    event=bindparam("event"), ledger=bindparam("ledger"), quanta=bindparam("quanta")
)
UNBALANCED = (
    select(_event.account, func.sum(_posting.quanta).label("sum"))
    .join(EVENT, _event.id == _posting.event)
    .group_by(_posting.event, _event.account)
    .having(func.sum(_posting.quanta) != 0)
)
BALANCES = (
    select(_event.account, _posting.ledger, func.sum(_posting.quanta).label("sum"))
    .join(EVENT, _event.id == _posting.event)
    .group_by(_event.account, _posting.ledger)
)

STALE_DONE = delete(DONE).where(DONE.c.at < bindparam("before"))
STALE_PREVIEWS = delete(PREVIEW).where(PREVIEW.c.until < bindparam("before"))
LATEST = (
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
USE = update(PREVIEW).where(PREVIEW.c.token == bindparam("key")).values(used_by=bindparam("by"))

POST = insert(OUTBOX).values(
    learner=bindparam("learner"),
    event=bindparam("event"),
    body=bindparam("body"),
    due_at=bindparam("due"),
    attempts=0,
    sent_at=None,
)
DUE = (
    select(OUTBOX.c.id, OUTBOX.c.attempts, OUTBOX.c.body)
    .where(OUTBOX.c.due_at <= bindparam("now"))
    .order_by(OUTBOX.c.due_at, OUTBOX.c.id)
    .limit(bindparam("most"))
)
DUE_THERE = DUE.where(
    exists().where(
        and_(IDENTITY.c.learner == OUTBOX.c.learner, IDENTITY.c.platform == bindparam("platform"))
    )
)
TOLD = select(OUTBOX.c.body).where(
    and_(OUTBOX.c.learner == bindparam("learner"), OUTBOX.c.event == bindparam("event"))
)
DELIVERED = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("notice"))
    .values(due_at=None, sent_at=bindparam("at"))
)
PUT_OFF = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("notice"))
    .values(due_at=bindparam("until"), attempts=OUTBOX.c.attempts + 1)
)

EARLIER_LINKS = delete(LINK).where(LINK.c.asker == bindparam("asker"))
OLD_LINKS = delete(LINK).where(LINK.c.until <= bindparam("now"))

KEEP_LEASE = (
    update(LEASE)
    .where(
        and_(
            LEASE.c.name == bindparam("key"),
            (LEASE.c.holder == bindparam("mine")) | (LEASE.c.until <= bindparam("now")),
        )
    )
    .values(holder=bindparam("holder"), until=bindparam("until"))
)
