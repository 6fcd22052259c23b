"""Slips of the finger: a word that nobody knows is read as the known word near it.

A slip is a letter missing, too many or wrong, or two neighbours swapped (the distance of Damerau
and Levenshtein with adjacent swaps). Short words forgive one slip, those over seven letters two.
"""

from collections.abc import Iterator, Mapping

SHORTEST = 4
"""Letters of a word whose spelling is mended: shorter ones are too close to each other."""

LONG = 7
"""Words of more letters forgive two slips."""

FARTHEST = 24
"""Letters of a word that is looked at; longer ones are no words."""


class Spelling:
    """The words of a knowledge base, and the one that a mistyped word was meant to be."""

    def __init__(self, known: Mapping[str, int]) -> None:
        """Take all words that mean themselves, with how often a question of ours has each.

        Only words that some question has (more than 0 times) are what a slip may have meant.
        """
        self._known = known
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for word, times in known.items():
            if times and len(word) >= SHORTEST:
                self._by_length.setdefault(len(word), []).append((word, _letters(word)))
        self._mended: dict[str, str] = {}

    def mended(self, word: str) -> str:
        """Return the word as it was meant; itself when it is known, short, or near nothing."""
        if word in self._known or not (SHORTEST <= len(word) <= FARTHEST):
            return word
        if word.isdigit() or not word.isascii():
            return word
        return self._nearest(word)

    def _nearest(self, word: str) -> str:
        """The nearest known word: fewest slips, the same first letter, the most frequent."""
        most = 2 if len(word) > LONG else 1
        best: tuple[tuple[int, bool, int, str], str] | None = None
        for near in self._near(word, most):
            slips, elsewhere = _slips(near, word), near[0] != word[0]
            if slips > most or (elsewhere and slips > 1):
                continue
            rank = (slips, elsewhere, -self._known[near], near)
            if best is None or rank < best[0]:
                best = rank, near
        return word if best is None else best[1]

    def _near(self, word: str, most: int) -> Iterator[str]:
        """Yield words whose letters are nearly the same: a cheap look before the dear one."""
        letters = _letters(word)
        for length in range(len(word) - most, len(word) + most + 1):
            for known, its in self._by_length.get(length, ()):
                if (letters ^ its).bit_count() <= 2 * most:
                    yield known


def _letters(word: str) -> int:
    """One bit for each letter that occurs."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _slips(meant: str, typed: str) -> int:
    """Return how many slips lead from one word to the other."""
    before: list[int] = []
    row = list(range(len(typed) + 1))
    for place, letter in enumerate(meant, 1):
        earlier, before, row = before, row, [place]
        for spot, other in enumerate(typed, 1):
            cost = min(before[spot] + 1, row[-1] + 1, before[spot - 1] + (letter != other))
            swapped = spot > 1 and place > 1 and letter == typed[spot - 2]
            if swapped and meant[place - 2] == other:
                cost = min(cost, earlier[spot - 2] + 1)
            row.append(cost)
    return row[-1]
