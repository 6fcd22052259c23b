"""FAQ entries as values, and the way from a question to the one that answers it.

A question that is an entry's id, question or alternative finds it at once. Any other is compared
with every phrase of every entry: the words they share, weighted by rarity, in proportion to all
words of both. A word that no entry knows weighs as much as the rarest, so that a question about
something else stays below the threshold, and the answer is honestly "not covered".

Scores are whole thousandths; nothing is rounded by a machine's float.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from core.lessons.wording import Spelling, roots, words
from core.money import EXACT, ONE

WHOLE = 1000
"""The score of a question that is an entry's own."""

ENOUGH = 600
"""From this score on, an entry answers the question."""

LEAD = 10
"""By this much an answer must be nearer than any other entry; nearer calls are the asker's."""

NEAR = 200
"""Below this score an entry has nothing to do with the question."""

SHOWN = 3
"""How many entries are offered when none answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """One answer: a direct sentence, then up to four points.

    `venue` is the id of the venue whose rules it tells, or empty; `live` are command lines whose
    results belong to the answer; `source_date` is the day the source was read.
    """

    id: str
    question: str
    alternatives: tuple[str, ...]
    category: str
    related: tuple[str, ...]
    venue: str
    source: str
    source_url: str
    source_date: date
    answer: str
    points: tuple[str, ...] = ()
    live: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Everything that asks for this entry in words."""
        return (self.question, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and how well it fits, in thousandths."""

    entry: FaqEntry
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """The entry that answers."""

    entry: FaqEntry


@dataclass(frozen=True, slots=True)
class Closest:
    """No entry answers; these are the nearest, best first, or none at all."""

    entries: tuple[FaqEntry, ...]


class FaqIndex:
    """All entries of one language, ready to be searched."""

    def __init__(self, entries: Iterable[FaqEntry]) -> None:
        """Weigh the words of all entries. Raises `ValueError` when an id stands twice."""
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        if len(self._by_id) < len(self.entries):
            raise ValueError("two entries have the same id")
        self._exact = _exact(self.entries)
        phrases = [(entry, roots(text)) for entry in self.entries for text in entry.phrases]
        self._spelling = Spelling(text for entry in self.entries for text in entry.phrases)
        self._weight, self._unknown = _weights([meant for _, meant in phrases])
        self._phrases = [(entry.id, self._weigh(meant)) for entry, meant in phrases]
        self._having = _places([meant for _, meant in phrases])

    def entry(self, entry_id: str) -> FaqEntry | None:
        """Return the entry of that id, or None."""
        return self._by_id.get(entry_id)

    def search(self, text: str) -> tuple[Match, ...]:
        """Return the entries that share something with a question, best first."""
        asked = words(text)
        return self._ranked(asked, self._exact.get(asked))

    def answer(self, text: str) -> Found | Closest:
        """Return the entry that answers a question, or the closest ones."""
        asked = words(text)
        if (exact := self._exact.get(asked)) is not None:
            return Found(self._by_id[exact])
        matches = self._ranked(asked, None)
        best, next_best = [*(match.score for match in matches[:2]), 0, 0][:2]
        if best >= ENOUGH and best >= next_best + LEAD:
            return Found(matches[0].entry)
        return Closest(tuple(match.entry for match in matches if match.score >= NEAR)[:SHOWN])

    def _ranked(self, asked: tuple[str, ...], exact: str | None) -> tuple[Match, ...]:
        """All entries that share something; the one that was asked for exactly stands first."""
        scores = self._scores(self._spelling.roots(asked))
        if exact is not None:
            scores[exact] = WHOLE
        order = sorted(scores, key=lambda each: (each != exact, -scores[each], each))
        return tuple(Match(self._by_id[entry_id], scores[entry_id]) for entry_id in order)

    def _scores(self, asked: frozenset[str]) -> dict[str, int]:
        """The best score of any phrase, by entry."""
        whole = self._weigh(asked)
        shared: dict[int, int] = {}
        for word in asked:
            weight = self._weight.get(word, 0)
            for place in self._having.get(word, ()):
                shared[place] = shared.get(place, 0) + weight
        scores: dict[str, int] = {}
        for place, common in shared.items():
            entry_id, weight = self._phrases[place]
            score = 2 * common * WHOLE // (whole + weight)
            if score > scores.get(entry_id, 0):
                scores[entry_id] = score
        return scores

    def _weigh(self, meant: frozenset[str]) -> int:
        return sum(self._weight.get(word, self._unknown) for word in meant)


def _exact(entries: Iterable[FaqEntry]) -> Mapping[tuple[str, ...], str]:
    """Map ids, questions and alternatives to ids; of two that claim a phrase, the first has it."""
    exact: dict[tuple[str, ...], str] = {}
    for entry in entries:
        for text in (entry.id, *entry.phrases):
            exact.setdefault(words(text), entry.id)
    exact.pop((), None)  # a phrase of signs only would be anybody's silence
    return exact


def _weights(phrases: list[frozenset[str]]) -> tuple[Mapping[str, int], int]:
    """Weigh every word by its rarity, ln(1 + phrases / phrases that have it) in thousandths.

    The second value is what a word weighs that no phrase has.
    """
    counts = Counter(word for meant in phrases for word in meant)
    with localcontext(EXACT):
        rarity = {
            count: int((ONE + Decimal(len(phrases)) / count).ln() * WHOLE)
            for count in {1, *counts.values()}
        }
    return {word: rarity[count] for word, count in counts.items()}, rarity[1]


def _places(phrases: list[frozenset[str]]) -> Mapping[str, tuple[int, ...]]:
    """Map every word to the phrases that have it."""
    places: dict[str, list[int]] = {}
    for place, meant in enumerate(phrases):
        for word in meant:
            places.setdefault(word, []).append(place)
    return {word: tuple(having) for word, having in places.items()}
