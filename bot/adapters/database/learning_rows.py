"""Learning in rows: lessons, badges, entries of chats' hosts with their log, missed words.

The log is guarded by the database itself. When a chat moves or a person is forgotten, its lines are
taken out through the gate and put back under their own numbers, with another chat or no name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import cast

from bot.adapters.database import learning_statements as sql
from bot.adapters.database.shelf import Shelf, Transaction, Values
from bot.adapters.database.tables import BADGE, CHAT_ENTRY, CHAT_NOTED, GATE, LESSONS
from core.lessons.badges import Badge
from core.lessons.books import LONGEST_WORD, ChatEntry, Noted, in_order

PASSED, ENTRIES, GATES = Shelf(LESSONS), Shelf(CHAT_ENTRY), Shelf(GATE)
EARNED = Shelf(BADGE)
COLUMNS = [column.name for column in CHAT_NOTED.columns]
WRITTEN, NOTED = ["key", *ENTRIES.names], COLUMNS[3:]

assert {field.name for field in fields(ChatEntry)} == set(WRITTEN)
assert {field.name for field in fields(Noted)} == set(NOTED)


class LearningRows:
    """Implements `core.lessons.books.LearningBooks` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._rows = transaction

    def lessons(self, platform: str, person: str) -> frozenset[str]:
        """Return the lessons a person has passed; none for a stranger."""
        found = self._rows.row(PASSED.get, PASSED.key(platform, person))
        return frozenset() if found is None else cast("frozenset[str]", found[0])

    def set_lessons(self, platform: str, person: str, passed: frozenset[str]) -> None:
        """Keep which lessons a person has passed."""
        self._put(PASSED, {**PASSED.key(platform, person), "passed": passed})

    def badges(self, learner: int) -> Mapping[Badge, datetime]:
        """Return a learner's badges, and when each was earned."""
        rows = self._rows.rows(sql.BADGES, {"whose": learner})
        return {Badge(str(name)): cast("datetime", earned) for name, earned in rows}

    def keep_badge(self, learner: int, badge: Badge, earned: datetime) -> None:
        """Keep a badge; one that is there stays as it is."""
        key = EARNED.key(learner, badge.value)
        if self._rows.row(EARNED.get, key) is None:
            self._rows.change(EARNED.add, {**key, "earned": earned})

    def hand_over_badges(self, learner: int, to: int) -> None:
        """Let a learner's badges belong to another; of one that both have the earlier counts."""
        there = self.badges(to)
        for badge, earned in self.badges(learner).items():
            row = {**EARNED.key(to, badge.value), "earned": min(earned, there.get(badge, earned))}
            self._put(EARNED, row)
            self._rows.change(EARNED.drop, EARNED.key(learner, badge.value))

    def entries(self, platform: str, chat: str) -> tuple[ChatEntry, ...]:
        """Return what a chat's hosts wrote or hid: their own first, then topics by name."""
        rows = self._rows.rows(sql.ENTRIES, {"of": platform, "in_chat": chat})
        return in_order(_entry(row) for row in rows)

    def keep_entry(self, platform: str, chat: str, entry: ChatEntry) -> None:
        """Keep an entry under its key, in place of the one that was there."""
        values = {name: getattr(entry, name) for name in ENTRIES.names}
        self._put(ENTRIES, {**ENTRIES.key(platform, chat, entry.key), **values})

    def drop_entry(self, platform: str, chat: str, key: str) -> None:
        """Delete an entry; what the log tells of it stays."""
        self._rows.change(ENTRIES.drop, ENTRIES.key(platform, chat, key))

    def note_entry(self, platform: str, chat: str, noted: Noted) -> None:
        """Add a line to a chat's log."""
        line = {name: getattr(noted, name) for name in NOTED}
        self._rows.change(sql.NOTE, {"platform": platform, "chat": chat, **line})

    def entry_log(self, platform: str, chat: str, most: int) -> tuple[Noted, ...]:
        """Return the newest lines of a chat's log, at most so many, the newest first."""
        rows = self._rows.rows(sql.NOTED, {"of": platform, "in_chat": chat, "most": most})
        return tuple(_noted(row) for row in rows)

    def entries_added(self, platform: str, chat: str) -> int:
        """Return how many entries were ever added in a chat, dropped ones too."""
        found = self._rows.row(sql.ADDED, {"of": platform, "in_chat": chat})
        return 0 if found is None else cast("int", found[0])

    def count_missed(self, words: frozenset[str]) -> None:
        """Count each word once more, cut to `LONGEST_WORD` characters."""
        for word in sorted({word[:LONGEST_WORD] for word in words}):
            if not self._rows.change(sql.ONCE_MORE, {"which": word}):
                self._rows.change(sql.FIRST, {"which": word})

    def missed(self) -> Mapping[str, int]:
        """Return how often each word stood in a question that nothing answers, the most first."""
        rows = self._rows.rows(sql.COUNTED, {})
        return {str(word): cast("int", times) for word, times in rows}

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's entries and their log to its new id; entries that are there stay."""
        there = {entry.key for entry in self.entries(platform, new)}
        here = {"of": platform, "in_chat": old}
        for entry in self.entries(platform, old):
            if entry.key not in there:
                self._rows.change(sql.MOVE_ENTRY, {**here, "which": entry.key, "to": new})
        self._rows.change(sql.DROP_ENTRIES, here)
        self._write_again(self._rows.rows(sql.LINES, here), {"chat": new})

    def forget(self, platform: str, person: str) -> None:
        """Delete a person's lessons, and their name from entries and logs of chats."""
        self._rows.change(PASSED.drop, PASSED.key(platform, person))
        self._rows.change(sql.UNNAME_ENTRIES, {"of": platform, "who": person})
        lines = self._rows.rows(sql.LINES_BY, {"of": platform, "who": person})
        self._write_again(lines, {"by": ""})

    def _write_again(self, rows: Iterable[Sequence[object]], changes: Values) -> None:
        """Put lines of the log back under their own numbers, changed."""
        lines = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        if not lines:
            return
        key = GATES.key("log")
        self._rows.change(GATES.add, key)
        self._rows.change_each(sql.TAKE_OUT, ({"number": line["id"]} for line in lines))
        self._rows.change(GATES.drop, key)
        self._rows.change_each(sql.PUT_BACK, ({**line, **changes} for line in lines))

    def _put(self, shelf: Shelf, row: Values) -> None:
        """Replace a row or add it; nobody else writes in between."""
        if not self._rows.change(shelf.replace, row):
            self._rows.change(shelf.add, row)


def _entry(row: Sequence[object]) -> ChatEntry:
    named = zip(WRITTEN, row, strict=True)
    return ChatEntry(**dict(named))  # type: ignore[arg-type]  # the columns' types are the fields'


def _noted(row: Sequence[object]) -> Noted:
    named = zip(NOTED, row, strict=True)
    return Noted(**dict(named))  # type: ignore[arg-type]  # the columns' types are the fields'
