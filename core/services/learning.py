"""Looking things up: from a question to the entry that answers it, in the asker's language."""

from functools import cached_property, lru_cache

from core.errors import UnknownTopic
from core.lessons.faq import FaqEntry, Found, KnowledgeBase
from core.lessons.ranking import Ranking
from core.lessons.wording import words
from core.ports import FaqSource

_LANGUAGES = 16
"""Languages whose entries are kept; people's devices may name any, so it has an end."""


class Learning:
    """The knowledge base as people ask for it."""

    def __init__(self, source: FaqSource) -> None:
        """Take the source of entries; each language is read once, when somebody first asks."""
        self._source = source
        self._base = lru_cache(maxsize=_LANGUAGES)(self._read)

    def ask(self, question: str, locale: str = "en") -> Found:
        """Return what a question leads to: the entry that answers it, or the nearest."""
        return self._base(locale).ask(question)

    def answer(self, question: str, locale: str = "en") -> FaqEntry:
        """Return the entry that answers. Raises `UnknownTopic` with the closest ids."""
        found = self.ask(question, locale)
        if found.entry is None:
            raise _unknown(question, found.near)
        return found.entry

    def entry(self, entry_id: str, locale: str = "en") -> FaqEntry:
        """Return the entry of that id. Raises `UnknownTopic` with the closest ids."""
        base = self._base(locale)
        if (entry := base.entry(entry_id)) is not None:
            return entry
        raise _unknown(entry_id, base.ask(entry_id).near)

    def topics(self, locale: str = "en", category: str = "") -> tuple[FaqEntry, ...]:
        """Return all entries, or those of a category, in the order of learning."""
        chosen = (e for e in self._base(locale).entries if category in {"", e.category})
        return tuple(sorted(chosen, key=lambda entry: (entry.place, entry.id)))

    def suggest(self, typed: str, locale: str = "en", most: int = 25) -> tuple[FaqEntry, ...]:
        """Return entries for what is typed so far: questions that hold it, then the nearest."""
        asked = set(words(typed))
        holding = [
            entry
            for entry in self.topics(locale)
            if all(any(w.startswith(a) for w in words(entry.question)) for a in asked)
        ]
        near = self.ask(typed, locale).near if asked else ()
        return tuple(dict.fromkeys((*holding, *near)))[:most]

    def missed(self, question: str, locale: str = "en") -> frozenset[str]:
        """Return the telling words of a question that nothing answers, as they were understood.

        No numbers: they tell nothing of the topic, and may be somebody's own.
        """
        read = self._base(locale).read(question)
        return frozenset(word for word in read if len(word) >= _TELLING and word.isalpha())

    def _read(self, locale: str) -> KnowledgeBase:
        return KnowledgeBase(self._source.entries(locale), self._ranking)

    @cached_property
    def _ranking(self) -> Ranking:
        """Every language is asked in by the same ranking, whose lexicon knows them all."""
        return self._source.ranking()


_TELLING = 3
"""Letters of a word that may tell what a question is about."""


def _unknown(text: str, closest: tuple[FaqEntry, ...]) -> UnknownTopic:
    """The refusal of a text nothing answers, with what comes near."""
    ids = tuple(entry.id for entry in closest)
    return UnknownTopic(text, ids, tuple(entry.question for entry in closest))
