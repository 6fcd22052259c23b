"""FAQ entries as values, and the way from a question to the one that answers it.

A question that is an entry's id, question or alternative finds it at once. Any other is ranked; the
best topic answers where it stands clear of the second and of "none of these". Else the
answer is honestly "not covered", with the nearest topics.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.lessons.ranking import Ranked, Ranking
from core.lessons.wording import words

CLEAR = 700
"""By so many thousandths the best topic must be ahead of the second to be the answer."""

RATHER = 300
"""By so many thousandths it must be ahead of "none of these"."""

SHOWN = 3
"""How many entries are offered when none answers."""

_BEFORE = tuple(
    words(frame)
    for frame in ("what is", "what are", "whats", "what does", "explain", "define", "meaning of")
)
_AFTER = (("meaning",), ("mean",), ("means",), ("explained",), ("definition",))
_ARTICLES = (("a",), ("an",), ("the",))

OWN = ("liquidation", "margin", "loss", "leverage", "funding", "result", "switch", "balance")
"""What of the asker's own position an answer can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """One answer: a direct sentence, then up to four points.

    `place` is its place among all in the order of learning; `venue` is the id of the venue whose
    rules it tells, or empty; `live` are command lines whose results belong to the answer; `terms`
    are words that alone mean it; `own` is what of the asker's own position belongs to it, one of
    `OWN` or empty; `source_date` is the day the source was read, `source_url` its place or empty.
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
    place: int = 0
    own: str = ""
    terms: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Everything that asks for this entry in words."""
        return (self.question, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Found:
    """What a question leads to: the entry that answers it, or None; the nearest, best first.

    The answering entry is the first of the nearest. `exactly` says that the question is its own.
    """

    entry: FaqEntry | None
    near: tuple[FaqEntry, ...]
    exactly: bool = False


class KnowledgeBase:
    """All entries of one language, ready to be asked."""

    def __init__(self, entries: Iterable[FaqEntry], ranking: Ranking) -> None:
        """Take the entries. Raises `ValueError` when an id stands twice."""
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        if len(self._by_id) < len(self.entries):
            raise ValueError("two entries have the same id")
        self._exact = _exact(self.entries)
        self._ranking = ranking

    def entry(self, entry_id: str) -> FaqEntry | None:
        """Return the entry of that id, or None."""
        return self._by_id.get(entry_id)

    def read(self, text: str) -> tuple[str, ...]:
        """Return a question's words: mended, in standard English words."""
        return self._ranking.read(text)

    def ask(self, text: str) -> Found:
        """Return the entry that answers a question, and the nearest ones."""
        asked = words(text)
        ranked = self._ranking.rank(text)
        near = tuple(self._by_id[topic] for topic, _ in ranked.topics if topic in self._by_id)
        exact = self._exact.get(asked) or self._exact.get(_term(asked))
        if exact is not None:
            own = self._by_id[exact]
            others = tuple(entry for entry in near if entry is not own)
            return Found(own, (own, *others[: SHOWN - 1]), exactly=True)
        if not ranked.heard:
            return Found(None, ())
        sure = near[0] if near and _is_sure(ranked) else None
        return Found(sure, near[:SHOWN])


def _term(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a plain question for a meaning is about: "what is adl", "adl meaning"."""
    for frame in _BEFORE:
        if asked[: len(frame)] == frame:
            asked = asked[len(frame) :]
            break
    if asked[-1:] in _AFTER:
        asked = asked[:-1]
    return asked[1:] if asked[:1] in _ARTICLES else asked


def _is_sure(ranked: Ranked) -> bool:
    """Whether the best topic stands clear of the others and of none."""
    best, second = [*(score for _, score in ranked.topics[:2]), *(-CLEAR, -CLEAR)][:2]
    return best - second >= CLEAR and best - ranked.none >= RATHER


def _exact(entries: Iterable[FaqEntry]) -> Mapping[tuple[str, ...], str]:
    """Map ids, questions and alternatives to ids; of two that claim a phrase, the first has it."""
    exact: dict[tuple[str, ...], str] = {}
    for entry in entries:
        for text in (entry.id, *entry.terms, *entry.phrases):
            exact.setdefault(words(text), entry.id)
    exact.pop((), None)  # a phrase of signs only would be anybody's silence
    return exact
