"""What must be true of the books after a process was killed, seen from outside.

The program's own audit is asked, and the tables are counted once more in plain SQL. All is done on
a copy of the file and its log, so that the next process finds what the killed one has left.
"""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from bot.adapters.database import Database
from bot.adapters.database.codec import loads
from core.paper.events import Event
from core.ports import PaperBooks
from core.services.notices import told
from tests.long.waiting import Waiting

EVENTS = """
SELECT request, COUNT(*), MIN(account), MAX(account), MIN(version), MAX(version)
FROM event WHERE request <> '' GROUP BY request
"""
UNBALANCED = "SELECT event FROM posting GROUP BY event HAVING SUM(quanta) <> 0"
NEGATIVE = """
SELECT account, ledger FROM posting JOIN event ON event.id = posting.event
WHERE ledger = 'wallet' OR ledger LIKE 'margin:%' GROUP BY account, ledger HAVING SUM(quanta) < 0
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person was told: so many events, on this account, which then had this version."""

    events: int
    account: int
    version: int


@dataclass
class Proof:
    """What is known of the books of one file, from life to life."""

    database: Path
    delivered: Path
    confirmed: dict[str, Answer] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    waiting: Waiting = field(default_factory=Waiting)
    repeats: int = 0
    notices: int = 0
    events: int = 0
    _seen: set[str] = field(default_factory=set)

    def wrong(self, *, clean: bool = False) -> list[str]:
        """Everything that is not as it must be; `clean` says that nothing may wait any more."""
        copy = copied(self.database)
        database = Database(f"sqlite:///{copy}")
        try:
            with database.units().reading() as books, closing(sqlite3.connect(copy)) as rows:
                lines = self.delivered.read_text().split() if self.delivered.exists() else []
                news = {line for line in lines if not line.isdecimal()}
                brought = Counter(int(line) for line in lines if line.isdecimal())
                return [
                    *self._of_books(books.paper, rows),
                    *self._of_notices(rows, brought, clean=clean),
                    *self.waiting.wrong(rows, news, clean=clean),
                ]
        finally:
            database.close()

    def _of_books(self, paper: PaperBooks, rows: sqlite3.Connection) -> Iterator[str]:
        """Sums, wallets, and every request once or not at all."""
        yield from (f"audit: {fault}" for fault in paper.faults())
        yield from (f"event {n} does not balance" for (n,) in rows.execute(UNBALANCED))
        yield from (f"account {n}: {name} is negative" for n, name in rows.execute(NEGATIVE))
        booked = {str(request): rest for request, *rest in rows.execute(EVENTS)}
        done = {str(request) for (request,) in rows.execute("SELECT request FROM done")}
        yield from (f"{r}: events that nobody asked for" for r in booked.keys() - done)
        yield from (f"{r}: it was done, and is no more" for r in self._seen - done)
        for request in done - self._seen:
            kept = paper.done(request)
            count, *_ = booked.get(request, [0])
            if kept is None or len(kept.events) != count:
                yield f"{request}: {count} events, kept as {kept}"
        self._seen |= done
        for request, answer in self.confirmed.items():
            if request not in done:
                yield f"{request}: confirmed, and lost"
            yield from _of_request(request, answer, booked.get(request))

    def _of_notices(
        self, rows: sqlite3.Connection, brought: Counter[int], *, clean: bool
    ) -> Iterator[str]:
        """Each event that must be told is in the outbox; what left it was brought."""
        events = rows.execute("SELECT id, kind, request, body FROM event").fetchall()
        self.kinds = Counter(str(kind) for _, kind, _, _ in events)
        if len(events) < self.events:
            yield f"{self.events} events were {len(events)} later"
        self.events = len(events)
        outbox = dict(rows.execute("SELECT event, sent_at FROM outbox"))
        kind = cast("type[Event]", Event)
        news = {n for n, _, request, body in events if not request and told(loads(kind, body))}
        yield from (f"event {n}: not in the outbox" for n in news - outbox.keys())
        self.repeats, self.notices = sum(brought.values()) - len(brought), len(outbox)
        yield from (f"event {n}: told, and not booked" for n in brought.keys() - outbox.keys())
        sent = {n for n, sent_at in outbox.items() if clean or sent_at is not None}
        yield from (f"event {n}: struck off, and not brought" for n in sent - brought.keys())


def copied(database: Path) -> Path:
    """Copy a database with its log, so that what looks at it changes nothing; return the copy."""
    copy = database.with_name("copy.db")
    for ending in ("", "-wal"):
        source = database.with_name(database.name + ending)
        target = copy.with_name(copy.name + ending)
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copy(source, target)
    copy.with_name(copy.name + "-shm").unlink(missing_ok=True)
    return copy


def _of_request(request: str, answer: Answer, booked: list[int] | None) -> Iterator[str]:
    """What a person was told is what stands in the books, once."""
    if booked is None:
        if answer.events:
            yield f"{request}: confirmed, and not booked"
        return
    count, first_account, last_account, first, last = booked
    whole = (answer.events, answer.account, answer.account, answer.version)
    if (count, first_account, last_account, last) != whole or last - first + 1 != count:
        yield f"{request}: told {answer}, booked {booked}"
