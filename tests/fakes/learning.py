"""The books of learning in memory: the fake that stands beside the database's."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.lessons.badges import Badge
from core.lessons.books import LONGEST_WORD, ChatEntry, Noted, in_order

Chat = tuple[str, str]


@dataclass
class KeptLearning:
    """Everything a memory keeps of learning."""

    passed: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    entries: dict[Chat, dict[str, ChatEntry]] = field(default_factory=dict)
    log: list[tuple[Chat, Noted]] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    badges: dict[tuple[int, Badge], datetime] = field(default_factory=dict)

    def __deepcopy__(self, _: object) -> "KeptLearning":
        """A copy that shares no list and no dictionary."""
        return KeptLearning(
            dict(self.passed),
            {chat: dict(entries) for chat, entries in self.entries.items()},
            list(self.log),
            Counter(self.missed),
            dict(self.badges),
        )


class MemoryLearning:
    """Implements `LearningBooks`; `written` hands out what may be changed, or raises."""

    def __init__(self, seen: KeptLearning, written: Callable[[], KeptLearning]) -> None:
        self._seen = seen
        self._written = written

    def lessons(self, platform: str, person: str) -> frozenset[str]:
        return self._seen.passed.get((platform, person), frozenset())

    def set_lessons(self, platform: str, person: str, passed: frozenset[str]) -> None:
        self._written().passed[platform, person] = passed

    def badges(self, learner: int) -> Mapping[Badge, datetime]:
        own = [(badge, at) for (who, badge), at in self._seen.badges.items() if who == learner]
        return dict(sorted(own))

    def keep_badge(self, learner: int, badge: Badge, earned: datetime) -> None:
        self._written().badges.setdefault((learner, badge), earned)

    def hand_over_badges(self, learner: int, to: int) -> None:
        kept = self._written().badges
        for badge, earned in self.badges(learner).items():
            kept[to, badge] = min(earned, kept.get((to, badge), earned))
            del kept[learner, badge]

    def gone(self, learner: int) -> None:
        """Delete what a learner has earned."""
        kept = self._written()
        kept.badges = {key: at for key, at in kept.badges.items() if key[0] != learner}

    def entries(self, platform: str, chat: str) -> tuple[ChatEntry, ...]:
        return in_order(self._seen.entries.get((platform, chat), {}).values())

    def keep_entry(self, platform: str, chat: str, entry: ChatEntry) -> None:
        self._written().entries.setdefault((platform, chat), {})[entry.key] = entry

    def drop_entry(self, platform: str, chat: str, key: str) -> None:
        self._written().entries.get((platform, chat), {}).pop(key, None)

    def note_entry(self, platform: str, chat: str, noted: Noted) -> None:
        self._written().log.append(((platform, chat), noted))

    def entry_log(self, platform: str, chat: str, most: int) -> tuple[Noted, ...]:
        lines = [noted for where, noted in self._seen.log if where == (platform, chat)]
        return tuple(lines[::-1][:most])

    def entries_added(self, platform: str, chat: str) -> int:
        lines = [noted for where, noted in self._seen.log if where == (platform, chat)]
        return sum(noted.did == "add" for noted in lines)

    def count_missed(self, words: frozenset[str]) -> None:
        self._written().missed.update({word[:LONGEST_WORD] for word in words})

    def missed(self) -> Mapping[str, int]:
        counted = sorted(self._seen.missed.items(), key=lambda each: (-each[1], each[0]))
        return dict(counted)

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's entries and log."""
        kept = self._written()
        moved = kept.entries.pop((platform, old), {})
        if moved:
            kept.entries[platform, new] = moved | kept.entries.get((platform, new), {})
        was, now = (platform, old), (platform, new)
        kept.log = [(now if where == was else where, noted) for where, noted in kept.log]

    def forget(self, platform: str, person: str) -> None:
        """Delete a person's lessons and their name."""
        kept = self._written()
        kept.passed.pop((platform, person), None)
        for (there, _), entries in kept.entries.items():
            if there == platform:
                for key, entry in entries.items():
                    if entry.by == person:
                        entries[key] = replace(entry, by="")
        kept.log = [
            (where, replace(noted, by="") if (where[0], noted.by) == (platform, person) else noted)
            for where, noted in kept.log
        ]
