"""Which topic a question is about: a linear classifier in whole numbers.

Every piece of a question (`core.lessons.grams`) says something for or against every topic and for
"none of these". A piece weighs more the rarer it is and the more often it occurs (1 + ln times);
runs of letters and phrases are weighed separately, each kind in proportion to its own length
(tf-idf with the L2 norm). What the pieces say was fitted beforehand (`tests.house.weights`) and is
kept as one byte for each piece and topic.

Scores are whole thousandths; nothing is rounded by a machine's float, and nothing is needed beside
the standard library.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import isqrt

from core.lessons.grams import letters, phrases
from core.lessons.spelling import Spelling
from core.lessons.wording import Lexicon, words
from core.money import EXACT, ONE

NONE = ""
"""The topic of what belongs to none."""

OFTEN = 20
"""Beyond so many times a piece says no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was fitted.

    `topics` are the columns, `pieces` the rows of `weights` (one signed byte each, row by row),
    `rarity` and `bias` are thousandths, `unit` millionths of a score for a weight of 1. `known`
    tells how often our own questions have a word (0: an ordinary word that means itself).
    `fingerprint` tells from which entries and words it was made.
    """

    fingerprint: str
    topics: Sequence[str]
    pieces: Mapping[str, int]
    rarity: Sequence[int]
    bias: Sequence[int]
    unit: int
    known: Mapping[str, int]
    weights: memoryview


@dataclass(frozen=True, slots=True)
class Ranked:
    """Topics with their scores, best first; `none` is the score of belonging to none of them.

    `heard` says whether the question had any piece that was known at all.
    """

    topics: tuple[tuple[str, int], ...]
    none: int
    heard: bool


class Ranking:
    """Ranks topics by what was fitted."""

    def __init__(self, fitted: Fitted, lexicon: Lexicon) -> None:
        """Take the weights, and the lexicon they were fitted with."""
        self.fitted = fitted
        self._lexicon = lexicon
        self._spelling = Spelling(fitted.known)

    def read(self, text: str) -> tuple[str, ...]:
        """Return a question's words: mended, in standard English words."""
        return tuple(
            self._spelling.mended(word)
            for word in self._lexicon.meant([self._spelling.mended(word) for word in words(text)])
        )

    def rank(self, text: str) -> Ranked:
        """Rank all topics for a question."""
        typed, fitted = self.read(text), self.fitted
        runs, pairs = self._voices(letters(typed)), self._voices(phrases(typed))
        scores = [
            bias + run + pair for bias, run, pair in zip(fitted.bias, runs, pairs, strict=True)
        ]
        found = dict(zip(fitted.topics, scores, strict=True))
        none = found.pop(NONE)
        order = sorted(found.items(), key=lambda each: (-each[1], each[0]))
        return Ranked(tuple(order), none, any(runs) or any(pairs))

    def _voices(self, counted: Counter[str]) -> list[int]:
        """What pieces of one kind say for each topic, in thousandths."""
        fitted = self.fitted
        width, weights = len(fitted.topics), fitted.weights
        sums, square = [0] * width, 0
        for piece, times in counted.items():
            row = fitted.pieces.get(piece)
            if row is None:
                continue
            heard = _LOUD[min(times, OFTEN)] * fitted.rarity[row]
            square += heard * heard
            voice = weights[row * width : (row + 1) * width]
            sums = [total + heard * said for total, said in zip(sums, voice, strict=True)]
        length = isqrt(square) * 1000
        return [total * fitted.unit // length for total in sums] if length else sums


def _loudness() -> tuple[int, ...]:
    """1 + ln times, in thousandths, for every number of times that counts."""
    with localcontext(EXACT):
        return (0, *(int((ONE + Decimal(times).ln()) * 1000) for times in range(1, OFTEN + 1)))


_LOUD = _loudness()
