"""How long things may be on Discord, with room to spare, and how to cut what is longer.

Discord counts in characters and does not say which; here a character beyond the basic plane counts
as two, which is never too few. Body and footer are set so that title + body + footer stay below
the 6000 characters that all embeds of a message may hold together.
"""

from collections.abc import Iterator

TITLE = 256
BODY = 3600
FOOTER = 2000
PAGES = 5
"""Messages per answer: an app that only the person installed may follow up five times."""

LABEL = 80
FORM_TITLE = 45
CUSTOM_ID = 100
ROWS = 5
IN_A_ROW = 5

HELP = 100
OPTIONS = 25
CHOICES = 25

MORE = "…"


def units(text: str) -> int:
    """Return the length as Discord may count it."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def head(text: str, limit: int) -> str:
    """Return the longest beginning that fits; a character is never cut in two."""
    if units(text) <= limit:
        return text
    cut = text[:limit].encode("utf-16-le", "surrogatepass")[: limit * 2]
    return cut.decode("utf-16-le", "ignore")


def shortened(text: str, limit: int) -> str:
    """Return the text, or as much of it as fits before an ellipsis."""
    if units(text) <= limit:
        return text
    return head(text, limit - 1).rstrip() + MORE


def chunks(text: str, limit: int) -> Iterator[str]:
    """Yield the text in pieces that fit, broken at spaces where there are some."""
    while units(text) > limit:
        piece = head(text, limit)
        space = max(piece.rfind(" "), piece.rfind("\n"))
        if space > len(piece) // 2:
            piece = piece[:space]
        yield piece
        text = text[len(piece) :].lstrip()
    if text:
        yield text
