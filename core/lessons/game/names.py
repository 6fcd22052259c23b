"""Names as they may stand on a board: short, readable, and nobody else's.

NFKC; no control, format (zero-width, bidirectional), filling or private characters; a letter has
one accent, and a second mark where its script writes with several (Hindi, Thai, Arabic); no @ and
no link, at most 12 characters. Who is left without a name, or calls themselves like somebody in
charge, is shown by number.
"""

import re
import unicodedata
from collections.abc import Collection

LONGEST, LONGEST_REASON = 12, 80
"""Characters of a name, and of what a host says."""

RESERVED = frozenset({"admin", "administrator", "bot", "marginbot", "mod", "moderator", "official"})
"""Names of somebody in charge, alone or as one word among others, however they are dotted."""

_MARKUP = frozenset('@<>[]()`*_~|#:/\\"')

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""What counts as a letter, a mark or a symbol and shows nothing."""

_INNER_DOT, _DOT_BEFORE_LETTER = re.compile(r"[.\u3002](?=\w)"), re.compile(r"[.\u3002](?=[^\W\d])")
"""A dot that would make a link of what stands round it; and one that is in no figure."""

_MARKS, _ACCENTS = 2, 1
"""How many marks a letter may carry, and how many of them may belong to no script of their own."""


def cleaned(name: str, longest: int = LONGEST) -> str:
    """Return a name as it may be shown, or an empty text where nothing is left of it."""
    text = _normal(name)
    return "" if _links(text) else _line(_INNER_DOT, text, longest)


def said(reason: str) -> str:
    """Return what a host says of a decision as it may be printed: a line without links or markup.

    It has at most 80 characters; an empty text where nothing is left.
    """
    words = (word for word in _normal(reason).split() if not _is_address(word))
    return _line(_DOT_BEFORE_LETTER, " ".join(words).replace("/", " "), LONGEST_REASON)


def _line(dots: re.Pattern[str], text: str, longest: int) -> str:
    """A text as it may be read, with spaces for some of its dots, and cut."""
    return _short(" ".join(dots.sub(" ", _legible(text)).split()), longest)


def _normal(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _links(text: str) -> bool:
    return "://" in text or "www." in text.lower()


def _is_address(word: str) -> bool:
    """Whether a word is a link, or looks like one: a dot in it and a path behind."""
    return _links(word) or ("/" in word and bool(_INNER_DOT.search(word)))


def _legible(text: str) -> str:
    """A text without what cannot be read, or would be more than text."""
    kept: list[str] = []
    marks = accents = _MARKS  # nothing stands there yet that could carry one
    for letter in text:
        category = unicodedata.category(letter)[0]
        if category == "M":
            marks, accents = marks + 1, accents + _is_accent(letter)
            if marks <= _MARKS and accents <= _ACCENTS:
                kept.append(letter)
        elif category in "LNPS" and letter not in _MARKUP:
            kept.append(letter)
            marks = accents = _MARKS if category == "P" else 0
        else:
            kept.append(" " if letter.isspace() else "")
            marks = accents = _MARKS
    return "".join(kept)


def _is_accent(mark: str) -> bool:
    """Whether a mark belongs to no script of its own, and could be piled upon any letter."""
    return unicodedata.name(mark, "").startswith("COMBINING")


def _short(text: str, longest: int) -> str:
    """The first characters, never ending within one that carries a mark."""
    end = longest
    while 0 < end < len(text) and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return text[:end].strip()


def says_something(clean: str) -> bool:
    """Whether a cleaned name has a letter or a digit in it."""
    return bool(_words(clean))


def is_reserved(clean: str) -> bool:
    """Whether a cleaned name is that of somebody in charge."""
    words = _words(clean)
    return not RESERVED.isdisjoint({*words, "".join(words)})


def _words(clean: str) -> list[str]:
    return re.findall(r"\w+", clean.casefold())


def shown_as(name: str, number: int, taken: Collection[str]) -> str:
    """Return the name of a player on the board: their own, with #2 where it is taken.

    Two names are the same when they differ in case alone.
    """
    clean = cleaned(name)
    if not says_something(clean) or is_reserved(clean):
        clean = f"player #{number}"
    return told_apart(clean, taken)


def told_apart(clean: str, taken: Collection[str]) -> str:
    """Return a cleaned name, with #2 and so on where it is taken; case tells no two apart."""
    known = {each.casefold() for each in taken}
    found, again = clean, 1
    while found.casefold() in known:
        again += 1
        end = f" #{again}"
        found = _short(clean, LONGEST - len(end)) + end
    return found
