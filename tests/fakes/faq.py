"""A knowledge base of a few entries, held in memory."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.lessons.faq import FaqEntry


def faq_entry(entry_id: str, question: str, *alternatives: str, answer: str = "Yes.") -> FaqEntry:
    """Return an entry about which a test says no more than it needs."""
    return FaqEntry(
        id=entry_id,
        question=question,
        alternatives=alternatives,
        category="modes",
        related=(),
        venue="",
        source="A page",
        source_url="https://example.org/page",
        source_date=date(2026, 11, 25),
        answer=answer,
    )


class FakeFaq:
    """Entries by language, the English one first; counts how often each language was read."""

    def __init__(self, **languages: Sequence[FaqEntry]) -> None:
        self._languages: Mapping[str, Sequence[FaqEntry]] = languages
        self.reads: list[str] = []

    def entries(self, locale: str) -> tuple[FaqEntry, ...]:
        """Return all entries, in the order of their ids; those a language lacks in English."""
        self.reads.append(locale)
        found = {entry.id: entry for entry in self._languages["en"]}
        own = self._languages.get(locale.lower().replace("_", "-").partition("-")[0], ())
        found |= {entry.id: entry for entry in own}
        return tuple(found[entry_id] for entry_id in sorted(found))
