"""Alerts in rows: what people wait for, what fired and is on its way, what groups scheduled.

What is waited for, and what fired, is whole JSON: nothing of it is ever asked for alone.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import cast

from bot.adapters.database import alert_statements as sql
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Shelf, Transaction
from bot.adapters.database.tables import SCHEDULE
from core.alerts.alert import Alert, FundingAlert, LiquidationAlert, PriceAlert, What
from core.alerts.books import Bulletin, DueNews, News, Schedule

SCHEDULES = Shelf(SCHEDULE)
WHOLE = [*SCHEDULES.keys, *SCHEDULES.names]

assert [field.name for field in fields(Schedule)] == WHOLE


class AlertRows:
    """Implements `core.alerts.books.AlertBooks` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._rows = transaction

    # --- alerts -----------------------------------------------------------------------------------

    def of(self, learner: int) -> tuple[Alert, ...]:
        """Return a learner's alerts in all markets, by their numbers."""
        return tuple(map(_alert, self._rows.rows(sql.OF, {"whose": learner})))

    def waiting(self, market: str) -> tuple[Alert, ...]:
        """Return all alerts of a market, those that rest too."""
        return tuple(map(_alert, self._rows.rows(sql.WAITING, {"in_market": market})))

    def alert(self, number: int) -> Alert | None:
        """Return an alert by its row's number, or None."""
        found = self._rows.row(sql.ONE, {"which": number})
        return None if found is None else _alert(found)

    def keep(self, alert: Alert) -> Alert:
        """Keep a new alert, or how a known one has changed; return it with its row's number."""
        row = {
            "learner": alert.learner,
            "market": alert.market,
            "number": alert.number,
            "what": dumps(alert.what, What),
            "since": alert.since,
            "rests": alert.rests,
        }
        if not alert.id:
            return replace(alert, id=self._rows.added(sql.ADD, row))
        self._rows.change(sql.CHANGE, {**row, "which": alert.id})
        return alert

    def next_number(self, learner: int) -> int:
        """Return a number that no alert of a learner ever had, and use it up."""
        kept = self._rows.row(sql.LAST_NUMBER, {"whose": learner})
        last = 0 if kept is None else cast("int", kept[0])
        number = max((last, *(alert.number for alert in self.of(learner)))) + 1
        statement = sql.FIRST_NUMBER if kept is None else sql.NEXT_NUMBER
        self._rows.change(statement, {"whose": learner, "number": number})
        return number

    def drop(self, number: int) -> None:
        """Delete an alert by its row's number."""
        self._rows.change(sql.DROP, {"which": number})

    def hand_over(self, learner: int, to: int) -> None:
        """Let a learner's alerts and news belong to another, under new numbers behind theirs."""
        known = {(alert.market, alert.what) for alert in self.of(to)}
        for alert in self.of(learner):
            if (alert.market, alert.what) in known:
                self.drop(alert.id)
            else:
                self.keep(replace(alert, learner=to, number=self.next_number(to)))
        self._rows.change(sql.HAND_OVER, {"whose": learner, "to": to})

    # --- news -------------------------------------------------------------------------------------

    def post(self, news: News) -> None:
        """Put news into the outbox; the same key is told once."""
        if self._rows.row(sql.KNOWN, {"told": news.key}) is None:
            row = {"learner": news.learner, "key": news.key, "body": dumps(news), "due": news.at}
            self._rows.change(sql.POST, row)

    def due(self, now: datetime, limit: int, platform: str = "") -> tuple[DueNews, ...]:
        """Return news whose time has come, oldest first, of a platform's people or of all."""
        values: dict[str, object] = {"now": now, "most": limit}
        if platform:
            values["platform"] = platform
        rows = self._rows.rows(sql.DUE_THERE if platform else sql.DUE, values)
        return tuple(map(_due, rows))

    def delivered(self, news: int, at: datetime) -> None:
        """Keep that news arrived."""
        self._rows.change(sql.DELIVERED, {"which": news, "at": at})

    def put_off(self, news: int, until: datetime | None) -> None:
        """Try news again later; None gives them up."""
        self._rows.change(sql.PUT_OFF, {"which": news, "until": until})

    def drop_news(self, until: datetime) -> int:
        """Delete news posted by a moment that wait for nothing any more; return how many."""
        return self._rows.change(sql.DROP_NEWS, {"until": until})

    # --- schedules --------------------------------------------------------------------------------

    def schedules(self, platform: str, chat: str, topic: str) -> tuple[Schedule, ...]:
        """Return what a chat's hosts scheduled for a topic, by the names of the boards."""
        return tuple(each for each in self._in_chat(platform, chat) if each.topic == topic)

    def keep_schedule(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the one its chat and topic had for the same board."""
        row = {**_key(schedule), **{name: getattr(schedule, name) for name in SCHEDULES.names}}
        if not self._rows.change(SCHEDULES.replace, row):
            self._rows.change(SCHEDULES.add, row)

    def drop_schedule(self, schedule: Schedule) -> None:
        """Delete the schedule of a board in a chat and topic."""
        self._rows.change(SCHEDULES.drop, _key(schedule))

    def posts_due(self, platform: str, now: datetime) -> tuple[Schedule, ...]:
        """Return a platform's schedules whose time has come, the longest due first."""
        return tuple(map(_schedule, self._rows.rows(sql.POSTS_DUE, {"of": platform, "now": now})))

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's schedules to its new id; those that are there stay."""
        there = {(each.topic, each.board) for each in self._in_chat(platform, new)}
        for schedule in self._in_chat(platform, old):
            if (schedule.topic, schedule.board) not in there:
                self.keep_schedule(replace(schedule, chat=new))
        self._rows.change(sql.DROP_CHAT, {"of": platform, "in_chat": old})

    def _in_chat(self, platform: str, chat: str) -> tuple[Schedule, ...]:
        here = {"of": platform, "in_chat": chat}
        return tuple(map(_schedule, self._rows.rows(sql.IN_CHAT, here)))


def _alert(row: Sequence[object]) -> Alert:
    number, learner, market, own, what, since, rests = row
    return Alert(
        id=cast("int", number),
        learner=cast("int", learner),
        market=str(market),
        number=cast("int", own),
        what=_what(str(what)),
        since=cast("datetime", since),
        rests=cast("datetime | None", rests),
    )


def _what(text: str) -> PriceAlert | LiquidationAlert | FundingAlert:
    return loads(cast("type[What]", What), text)


def _due(row: Sequence[object]) -> DueNews:
    """News as they are now: whoever they were handed over to hears them."""
    number, attempts, body, learner = row
    news = replace(loads(News, str(body)), learner=cast("int", learner))
    return DueNews(cast("int", number), news, cast("int", attempts))


def _key(schedule: Schedule) -> dict[str, object]:
    return SCHEDULES.key(*(getattr(schedule, name) for name in SCHEDULES.keys))


def _schedule(row: Sequence[object]) -> Schedule:
    named = dict(zip(WHOLE, row, strict=True))
    named["board"] = Bulletin(str(named["board"]))
    return Schedule(**named)  # type: ignore[arg-type]  # the columns' types are the fields'
