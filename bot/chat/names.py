"""What strangers wrote, made safe to show: people's names and quoted tokens.

A name can turn a line round, hide in zero width, stack marks over its neighbours, ring everybody
or look like a link. Shown names can do none of it.
"""

import re
import unicodedata

_LINK = re.compile(r"(?i)(?:https?://|www\.)\S*|\b\w+\.(?:com|net|org|io|me|ru|xyz|gg)\b\S*")
_SPACE = re.compile(r"\s+")
_MARKS_KEPT = 1
_JOINERS = frozenset("\u200c\u200d")
"""What is unseen and yet spells words: Persian and Hindi need it."""
_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})


def clean(text: str, limit: int = 32) -> str:
    """Return `text` fit to be shown, cut to `limit` characters.

    NFKC, one line, no control, bidi or zero-width characters, at most one combining mark a
    letter, no links, no `@`.
    """
    flat = unicodedata.normalize("NFKC", text[: limit * 8])
    kept: list[str] = []
    marks = 0
    for char in flat:
        category = unicodedata.category(char)
        if category.startswith("M"):
            marks += 1
            if marks <= _MARKS_KEPT and kept:
                kept.append(char)
            continue
        if category == "Cf":
            continue
        marks = 0
        kept.append(" " if category[0] in "CZ" else char)
    line = _LINK.sub("", "".join(kept).replace("@", ""))
    line = _SPACE.sub(" ", line).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def harmless(text: str) -> str:
    """Return `text` on one line and whole, without `@`, control and bidi characters."""
    return _SPACE.sub(" ", "".join(map(_kept, text))).strip()


def _kept(char: str) -> str:
    """A character, a space for what separates, or nothing for what is unseen or rings."""
    category = unicodedata.category(char)
    if char in _JOINERS:
        return char
    if category in _UNSEEN or char in "@\N{SMALL COMMERCIAL AT}\N{FULLWIDTH COMMERCIAL AT}":
        return ""
    return " " if category[0] in "CZ" else char


def platform_name(platform: str) -> str:
    """Return a platform as it writes itself."""
    return {"telegram": "Telegram", "discord": "Discord", "console": "Console"}.get(
        platform, platform
    )
