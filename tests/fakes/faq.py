"""A knowledge base of a few entries, held in memory, and a ranking that knows just them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.lessons.faq import FaqEntry
from core.lessons.grams import letters, phrases
from core.lessons.ranking import NONE, Fitted, Ranking
from core.lessons.wording import Lexicon, words


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


def ranking_of(entries: Iterable[FaqEntry]) -> Ranking:
    """Return a ranking in which every piece speaks for the entries that have it, the rarer louder.

    Nothing speaks for "none of these" but what nobody knows.
    """
    known = tuple(entries)
    having: dict[str, set[str]] = {}
    for entry in known:
        for text in entry.phrases:
            for piece in (*letters(words(text)), *phrases(words(text))):
                having.setdefault(piece, set()).add(entry.id)
    topics = (NONE, *sorted({entry.id for entry in known}))
    rows = [[100 // len(own) if topic in own else 0 for topic in topics] for own in having.values()]
    return Ranking(
        Fitted(
            fingerprint="made up",
            topics=topics,
            pieces={piece: row for row, piece in enumerate(having)},
            rarity=[1000] * len(having),
            bias=[0] * len(topics),
            unit=10_000,
            known={word: 1 for entry in known for text in entry.phrases for word in words(text)},
            weights=memoryview(bytes(value for row in rows for value in row)).cast("b"),
        ),
        Lexicon([("liq", "liquidation")]),
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

    def ranking(self) -> Ranking:
        """Return a ranking that knows the questions of all languages."""
        return ranking_of(entry for entries in self._languages.values() for entry in entries)
