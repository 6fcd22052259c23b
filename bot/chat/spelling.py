"""How far a word is from another: slips of one letter are mended, further ones only suggested."""

from collections.abc import Iterable


def one_edit(typed: str, word: str) -> bool:
    """Whether one missing, extra, wrong or swapped letter separates two words."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    if len(typed) > len(word):
        typed, word = word, typed
    at = 0
    while at < len(typed) and typed[at] == word[at]:
        at += 1
    if len(typed) < len(word):
        return typed[at:] == word[at + 1 :]
    swapped = typed[at + 1 : at + 2] + typed[at : at + 1]
    return typed[at + 1 :] == word[at + 1 :] or swapped + typed[at + 2 :] == word[at:]


def distance(one: str, other: str) -> int:
    """Return how many edits (insert, delete, replace, swap) lie between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(typed: str, words: Iterable[str], limit: int = 2) -> list[str]:
    """Return the words within `limit` edits, nearest first; equal ones in the order given."""
    found = [
        (distance(typed, word), place, word)
        for place, word in enumerate(words)
        if abs(len(word) - len(typed)) <= limit
    ]
    return [word for edits, _, word in sorted(found) if edits <= limit]
