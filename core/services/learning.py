"""Looking things up: from a question to the entry that answers it, in the asker's language."""

from functools import lru_cache

from core.errors import UnknownTopic
from core.lessons.faq import Closest, FaqEntry, FaqIndex
from core.ports import FaqSource

_LANGUAGES = 16
"""Languages whose index is kept; people's devices may name any, so it has an end."""


class Learning:
    """The knowledge base as people ask for it."""

    def __init__(self, source: FaqSource) -> None:
        """Take the source of entries; each language is read once, when somebody first asks."""
        self._source = source
        self._index = lru_cache(maxsize=_LANGUAGES)(self._read)

    def answer(self, question: str, locale: str = "en") -> FaqEntry:
        """Return the entry that answers. Raises `UnknownTopic` with the closest ids."""
        found = self._index(locale).answer(question)
        if isinstance(found, Closest):
            raise _unknown(question, found.entries)
        return found.entry

    def entry(self, entry_id: str, locale: str = "en") -> FaqEntry:
        """Return the entry of that id. Raises `UnknownTopic` with the closest ids."""
        index = self._index(locale)
        if (entry := index.entry(entry_id)) is not None:
            return entry
        raise _unknown(entry_id, tuple(match.entry for match in index.search(entry_id)[:3]))

    def topics(self, locale: str = "en") -> tuple[FaqEntry, ...]:
        """Return all entries, in the order of the source."""
        return self._index(locale).entries

    def _read(self, locale: str) -> FaqIndex:
        return FaqIndex(self._source.entries(locale))


def _unknown(text: str, closest: tuple[FaqEntry, ...]) -> UnknownTopic:
    """The refusal of a text nothing answers, with what comes near."""
    ids = tuple(entry.id for entry in closest)
    return UnknownTopic(text, ids, tuple(entry.question for entry in closest))
