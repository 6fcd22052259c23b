"""What is kept of learning: lessons, badges, entries of a chat's hosts, words nobody answers.

A chat's entries are its hosts' word, beside the knowledge base: questions of their own with
answers of their own, and topics that they hide. Every change is noted; notes are only ever added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.lessons.badges import Badge

LONGEST_WORD = 40
"""Characters of a missed word that are kept."""

OWN = "own-"
"""What the keys of hosts' own entries begin with; a number follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEntry:
    """What the hosts of a chat wrote or hid.

    `key` is the entry's own ("own-1"), or the id of a topic of the knowledge base. An empty
    `question` or `answer` leaves what the topic says itself. A `hidden` one is not answered in this
    chat. `by` is the platform's id of whoever changed it last (empty: somebody who was forgotten),
    `at` when that was.
    """

    key: str
    question: str
    answer: str
    by: str
    at: datetime
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One line of a chat's log: who did what to which entry, when, and what it said then.

    `by` is empty for somebody who was forgotten. `did` is one of "add", "edit", "hide", "show" and
    "drop".
    """

    at: datetime
    by: str
    did: str
    key: str
    question: str = ""
    answer: str = ""


def in_order(entries: Iterable[ChatEntry]) -> tuple[ChatEntry, ...]:
    """Return entries as they are listed: the hosts' own by their number, then topics by name."""

    def place(entry: ChatEntry) -> tuple[bool, int, str]:
        number = entry.key.removeprefix(OWN)
        own = entry.key.startswith(OWN) and number.isdecimal()
        return (not own, int(number) if own else 0, entry.key)

    return tuple(sorted(entries, key=place))


class LearningBooks(Protocol):
    """Everything that is kept of learning, seen inside one transaction."""

    def lessons(self, platform: str, person: str) -> frozenset[str]:
        """Return the lessons a person has passed; none for a stranger."""

    def set_lessons(self, platform: str, person: str, passed: frozenset[str]) -> None:
        """Keep which lessons a person has passed."""

    def badges(self, learner: int) -> Mapping[Badge, datetime]:
        """Return a learner's badges, and when each was earned."""

    def keep_badge(self, learner: int, badge: Badge, earned: datetime) -> None:
        """Keep a badge; one that is there stays as it is."""

    def hand_over_badges(self, learner: int, to: int) -> None:
        """Let a learner's badges belong to another; of one that both have the earlier counts."""

    def entries(self, platform: str, chat: str) -> tuple[ChatEntry, ...]:
        """Return what a chat's hosts wrote or hid, hidden ones too, `in_order`."""

    def keep_entry(self, platform: str, chat: str, entry: ChatEntry) -> None:
        """Keep an entry under its key, in place of the one that was there."""

    def drop_entry(self, platform: str, chat: str, key: str) -> None:
        """Delete an entry; what the log tells of it stays."""

    def note_entry(self, platform: str, chat: str, noted: Noted) -> None:
        """Add a line to a chat's log."""

    def entry_log(self, platform: str, chat: str, most: int) -> tuple[Noted, ...]:
        """Return the newest lines of a chat's log, at most so many, the newest first."""

    def entries_added(self, platform: str, chat: str) -> int:
        """Return how many entries were ever added in a chat, dropped ones too."""

    def count_missed(self, words: frozenset[str]) -> None:
        """Count each word once more, cut to `LONGEST_WORD`; nobody's name stands beside it."""

    def missed(self) -> Mapping[str, int]:
        """Return how often each word stood in a question that nothing answers, the most first."""
