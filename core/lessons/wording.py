"""What a question says, whatever words it was typed in.

A question becomes words: lower case, no punctuation, slang and other languages in standard English
words. The longest phrase that means something counts first; words nobody has put into the lexicon
stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

LONGEST = 4_096
"""Characters of a question that are read."""

MOST_WORDS = 80
"""Words of a question that are read; who needs more has not asked one question."""

_HAN = "\u4e00-\u9fff"
# Vowel signs of Devanagari are marks, not letters, and belong to their word all the same.
_WORD = re.compile(rf"[{_HAN}]+|(?:[^\W_{_HAN}]|[\u0900-\u097f])+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`\u0307")
"""Signs inside words that say nothing; the last is the dot that a Turkish capital i leaves."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in one spelling: NFKC, lower case, no punctuation."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    return tuple(_WORD.findall(plain.casefold().translate(_APOSTROPHES))[:MOST_WORDS])


class Lexicon:
    """Phrases, and the standard words that mean the same."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take phrases with their meanings; of two for one phrase the first counts."""
        self._spaced: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._joined: dict[str, tuple[str, ...]] = {}
        for phrase, meaning in phrases:
            typed = words(phrase)
            if len(typed) == 1 and _is_han(typed[0]):
                self._joined.setdefault(typed[0], words(meaning))
            elif typed:
                self._spaced.setdefault(typed, words(meaning))
        self._most = max(map(len, self._spaced), default=0)
        self._longest = max(map(len, self._joined), default=0)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every phrase with spaces."""
        return frozenset(word for phrase in self._spaced for word in phrase)

    def meant(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Return the words with phrases replaced by what they mean."""
        parted: list[str] = []
        for word in typed:
            parted += self._parted(word) if _is_han(word) else (word,)
        return tuple(_replaced(parted, self._spaced, self._most))

    def _parted(self, run: str) -> Sequence[str]:
        """Read a run of Chinese characters, which has no spaces; what is unknown is left out."""
        found: list[str] = []
        place = 0
        while place < len(run):
            for length in range(min(self._longest, len(run) - place), 0, -1):
                meaning = self._joined.get(run[place : place + length])
                if meaning is not None:
                    found += meaning
                    place += length
                    break
            else:
                place += 1
        return found


def _is_han(word: str) -> bool:
    return "\u4e00" <= word[0] <= "\u9fff"


def _replaced(
    typed: Sequence[str], phrases: Mapping[tuple[str, ...], tuple[str, ...]], most: int
) -> list[str]:
    """Put meanings in place of phrases, the longest first."""
    found: list[str] = []
    place = 0
    while place < len(typed):
        for length in range(min(most, len(typed) - place), 0, -1):
            meaning = phrases.get(tuple(typed[place : place + length]))
            if meaning is not None:
                found += meaning
                place += length
                break
        else:
            found.append(typed[place])
            place += 1
    return found
