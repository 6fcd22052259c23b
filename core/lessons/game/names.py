"""Names as they may stand on a board: short, readable, and nobody else's.

NFKC; no control, format (zero-width, bidirectional) or private characters, no more than one mark on
a letter, no @ and no link, at most 12 characters. Who is left without a name, or calls themselves
like somebody in charge, is shown by number.
"""

import unicodedata
from collections.abc import Collection

LONGEST = 12

RESERVED = frozenset({"admin", "administrator", "bot", "marginbot", "mod", "moderator", "official"})
"""Names of somebody in charge, whatever else stands round them."""

_MARKUP = frozenset('@<>[]()`*_~|#:/\\"')


def cleaned(name: str) -> str:
    """Return a name as it may be shown, or an empty text where nothing is left of it."""
    text = unicodedata.normalize("NFKC", name)
    if "://" in text or "www." in text.lower():
        return ""
    kept: list[str] = []
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category.startswith("M") else 0
        if category[0] in "LNPSZ" or (category.startswith("M") and kept and marks == 1):
            kept.append("" if letter in _MARKUP else " " if category.startswith("Z") else letter)
    return _short(" ".join("".join(kept).split()))


def _short(text: str) -> str:
    """The first characters, never ending within one that carries a mark."""
    end = LONGEST
    while end < len(text) and unicodedata.combining(text[end]) and end > 0:
        end -= 1
    return text[:end].strip()


def shown_as(name: str, number: int, taken: Collection[str]) -> str:
    """Return the name of a player on the board: their own, with #2 where it is taken.

    Two names are the same when they differ in case alone.
    """
    clean = cleaned(name)
    letters = "".join(letter for letter in clean.casefold() if letter.isalnum())
    if not letters or letters in RESERVED:
        clean = f"player {number}"
    known = {each.casefold() for each in taken}
    found, again = clean, 1
    while found.casefold() in known:
        again += 1
        end = f" #{again}"
        found = clean[: LONGEST - len(end)].strip() + end
    return found
