"""The small pieces a question is compared by: letters in a row, words, pairs of words.

Runs of two to five letters within a word and its borders see what words have in common (liquidate,
liquidation); words and pairs of neighbours see what they are.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

SHORTEST, LONGEST = 2, 5
"""Letters in a row, a word's border counting as one."""


def letters(words: Sequence[str]) -> Counter[str]:
    """Count the runs of letters of all words; a short word is counted whole, once."""
    found: Counter[str] = Counter()
    for word in words:
        framed = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            places = len(framed) - length + 1
            found.update(framed[place : place + length] for place in range(max(1, places)))
            if places <= 1:
                break
    return found


def phrases(words: Sequence[str]) -> Counter[str]:
    """Count the words and the pairs of neighbours, marked so that none is a run of letters."""
    pairs = (f"={first} {second}" for first, second in pairwise(words))
    return Counter((*(f"={word}" for word in words), *pairs))
