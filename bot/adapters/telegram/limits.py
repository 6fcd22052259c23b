"""Telegram's sizes, and how a text is cut to them: counted in UTF-16 code units, never in bytes."""

import unicodedata
from collections.abc import Iterator

TEXT = 4096
"""Length of a message after its markup was read."""
PAGES = 4
"""Messages that one reply may become."""
TOAST = 200
LABEL = 64
ROW = 8
ROWS = 12
DATA = 64
"""Bytes of a button's data."""
RESULTS = 50
"""Results of one inline query."""
RESULT = 64
"""Bytes of a result's id."""
TITLE = 128
HINT = 256
"""Telegram names no limit for these two; phones cut before."""
QUESTION = 300
OPTION = 100
EXPLANATION = 200
"""Of a quiz; at most two line feeds in it."""
MENU = 100
HELP = 256

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOTHING = frozenset({"Cc", "Cs", "Cn", "Co"})


def units(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def scrub(text: str) -> str:
    """Take out what has no place in a line: controls, halves of characters, turning marks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in map(_kept, text) if char)


def _kept(char: str) -> str:
    if char in "\t\n\r":
        return " "
    if char in _TURNING or unicodedata.category(char) in _NOTHING:
        return ""
    return char


def visible(text: str) -> bool:
    """Whether a reader would see anything."""
    return any(unicodedata.category(char)[0] not in "ZCM" for char in text)


def shortened(text: str, limit: int) -> str:
    """Cut a text to `limit` units, the last one an ellipsis where something went."""
    if units(text) <= limit:
        return text
    return next(pieces(text, limit - 1)).rstrip() + "…"


def pieces(text: str, limit: int) -> Iterator[str]:
    """Cut a text into pieces of at most `limit` units, at spaces where they stand late enough."""
    while units(text) > limit:
        end = _reach(text, limit)
        space = text.rfind(" ", end // 2, end)
        cut = space + 1 if space > 0 else end
        yield text[:cut]
        text = text[cut:]
    yield text


def _reach(text: str, limit: int) -> int:
    """Return how many characters fit into `limit` units."""
    end = min(len(text), limit)
    while units(text[:end]) > limit:
        end -= max(1, (units(text[:end]) - limit) // 2)
    return end
