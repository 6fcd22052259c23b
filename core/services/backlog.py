"""What nobody has judged yet: contracts that were silent while somebody had something at stake.

A contract whose mark is not fresh is no part of any decision. When it speaks again, the minutes in
which it was silent are judged first; until then it stands in the backlog, from its last mark on.
The backlog is kept in the books, so that every process, and whoever asks, knows the same.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.market import Marks, Symbol
from core.ports import Books


@dataclass(frozen=True, slots=True)
class Backlog:
    """Contracts that wait to be judged, each with the moment from which on.

    `asked` is since when their minutes are asked for in vain; None: they are not.
    """

    since: Mapping[Symbol, datetime] = field(default_factory=dict)
    asked: datetime | None = None

    def spoken(self, marks: Marks | None) -> dict[Symbol, datetime]:
        """Return those that speak again, so that they can be judged."""
        return {s: at for s, at in self.since.items() if marks is not None and s in marks.prices}

    def judged(self, symbols: Iterable[Symbol], until: datetime | None = None) -> "Backlog":
        """Return what waits when contracts were judged up to a moment; None: up to now."""
        since = dict(self.since)
        for symbol in symbols:
            if until is None:
                del since[symbol]
            else:
                since[symbol] = max(since[symbol], until)
        return replace(self, since=since)


NOTHING = Backlog()


def backlog(books: Books, market: str) -> Backlog:
    """Return what waits to be judged in a market."""
    note = books.note(_key(market))
    if not note:
        return NOTHING
    kept = json.loads(note)
    since = {Symbol(name): datetime.fromisoformat(at) for name, at in kept["since"].items()}
    return Backlog(since, datetime.fromisoformat(kept["asked"]) if kept["asked"] else None)


def keep_backlog(books: Books, market: str, value: Backlog) -> None:
    """Keep what waits to be judged in a market."""
    since = {symbol: at.isoformat() for symbol, at in sorted(value.since.items())}
    asked = value.asked.isoformat() if value.asked else None
    books.set_note(_key(market), json.dumps({"since": since, "asked": asked}))


def _key(market: str) -> str:
    return f"backlog:{market}"


class Listener:
    """Notices which contracts are silent for too long. Of one process, used by one thread."""

    def __init__(self, patience: timedelta) -> None:
        """A contract may be silent for so long."""
        self._patience = patience
        self._heard: dict[Symbol, datetime] = {}

    def hear(
        self,
        known: Backlog,
        at_stake: Collection[Symbol],
        marks: Marks | None,
        between: tuple[datetime, datetime],
    ) -> Backlog:
        """Return what waits to be judged now, of the contracts that somebody has something in.

        `marks` are the fresh ones, None without any; `between` is what was swept last, and now. A
        process that has not listened before may have missed a settlement of funding, so a full hour
        in between is a silence, too.
        """
        last, now = between
        deaf = not self._heard and _hour_of(now) > last
        since = {symbol: at for symbol, at in known.since.items() if symbol in at_stake}
        heard: dict[Symbol, datetime] = {}
        for symbol in at_stake:
            before = self._heard.get(symbol, last)
            mark = None if marks is None else marks.get(symbol)
            heard[symbol] = before if mark is None else mark.at
            until = now if mark is None else mark.at
            if symbol not in since and (deaf or until - before > self._patience):
                since[symbol] = before
        self._heard = heard
        return Backlog(since, known.asked if since else None)


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
