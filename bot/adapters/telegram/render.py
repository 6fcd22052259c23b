"""A reply as Telegram shows it: HTML within all limits.

Every block becomes lines of runs (plain, bold, code ...) first; pages are filled with whole blocks,
then whole lines; only a finished page is written as HTML. So no cut can fall inside a tag, and
lengths are known before any escaping.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from bot.adapters.telegram.limits import PAGES, TEXT, pieces, scrub, shortened, units, visible
from bot.chat.render import Writer, facts_lines, maths_lines, shown, table_lines
from bot.chat.reply import (
    Block,
    Facts,
    Maths,
    Notes,
    Points,
    Reply,
    Shown,
    Source,
    Table,
    Text,
    Title,
    Words,
)

Run = tuple[str, str]
"""A tag (empty for plain text) and a text."""

_LIVELY = re.compile(r"[/#$@.:+]|[0-9]{4}")
"""What Telegram might make a link, a command, a cashtag or a card number of."""

_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that share one frame: "title", "text", "pre" or "quote"."""

    frame: str
    lines: tuple[tuple[Run, ...], ...]

    @property
    def size(self) -> int:
        """Units of all lines with the breaks between them."""
        return sum(map(_size, self.lines)) + len(self.lines) - 1


def render(reply: Reply, writer: Writer) -> list[str]:
    """Return the reply as one message or, where it is too long, as a few."""
    passages = [passage for block in shown(reply.blocks) for passage in _passages(block, writer)]
    pages = list(_pages(passages))
    if len(pages) > PAGES:
        pages = [*pages[: PAGES - 1], [Passage("text", ((("", "…"),),))]]
    written = [_page(page) for page in pages if _seen(page)]
    return written or ["…"]


def toast(reply: Reply, writer: Writer, limit: int) -> str:
    """Return the reply as one short line without markup."""
    words = reply.short or next(_sentences(reply.blocks), None)
    return shortened(scrub(writer.words(words)), limit) if words else ""


def _sentences(blocks: Iterable[Block]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, Title | Text):
            yield block.words


def _passages(block: Shown, writer: Writer) -> Iterator[Passage]:
    """Say a block in lines."""
    match block:
        case Title(words):
            yield from _prose([_line(words, writer, "b")], "title")
        case Text(words, strong):
            yield from _prose([_line(words, writer, "b" if strong else "")])
        case Points(items):
            yield from _prose([(("", "• "), *_line(words, writer)) for words in items])
        case Source(words):
            yield from _prose([_line(words, writer, "i")])
        case Notes(items):
            yield from _prose([_line(words, writer) for words in items], "quote")
        case Table():
            yield from _fixed(table_lines(block, writer))
        case Facts():
            yield from _fixed(facts_lines(block, writer))
        case Maths():
            yield from _fixed(maths_lines(block, writer))


def _prose(lines: list[tuple[Run, ...]], frame: str = "text") -> Iterator[Passage]:
    seen = tuple(line for line in lines if any(visible(text) for _, text in line))
    if seen:
        yield Passage(frame, seen)


def _fixed(lines: list[str]) -> Iterator[Passage]:
    if any(map(visible, lines)):
        yield Passage("pre", tuple((("", scrub(line)),) for line in lines))


def _line(words: Words, writer: Writer, tag: str = "") -> tuple[Run, ...]:
    """Return a sentence as runs; strangers' words that Telegram would liven up become code."""
    runs: list[Run] = []
    for part in writer.parts(words):
        text = scrub(part.text)
        still = part.kind == "code" or (part.kind == "name" and _LIVELY.search(text))
        form = "code" if still else tag
        if runs and runs[-1][0] == form:
            text = runs.pop()[1] + text
        runs.append((form, text))
    return tuple(runs)


# --- pages ----------------------------------------------------------------------------------------


def _size(line: tuple[Run, ...]) -> int:
    return sum(units(text) for _, text in line)


def _pages(passages: list[Passage]) -> Iterator[list[Passage]]:
    """Fill pages: a passage goes whole onto this page or the next, and is split only if it must."""
    page: list[Passage] = []
    room = TEXT
    for passage in passages:
        size = passage.size
        for part in [passage] if size <= TEXT else _parts(passage):
            size = size if part is passage else part.size
            if page and size > room:
                yield page
                page, room = [], TEXT
            page.append(part)
            room -= size + len(_PARAGRAPH)
    if page:
        yield page


def _parts(passage: Passage) -> Iterator[Passage]:
    """Split a passage that is longer than a page at ends of lines."""
    lines: list[tuple[Run, ...]] = []
    size = 0
    for line in (short for long in passage.lines for short in _short(long)):
        if lines and size + _size(line) + 1 > TEXT:
            yield Passage(passage.frame, tuple(lines))
            lines, size = [], 0
        lines.append(line)
        size += _size(line) + 1
    yield Passage(passage.frame, tuple(lines))


def _short(line: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Split a line that is longer than a page at spaces, run by run."""
    if _size(line) < TEXT:
        yield line
        return
    for tag, text in line:
        for piece in pieces(text, TEXT - 1):
            yield ((tag, piece),)


# --- markup ---------------------------------------------------------------------------------------


def _seen(page: list[Passage]) -> bool:
    return any(visible(text) for passage in page for line in passage.lines for _, text in line)


def _page(page: list[Passage]) -> str:
    """Write a page: paragraphs stand apart, everything else line under line."""
    text = ""
    for above, passage in zip([None, *page], page, strict=False):
        if above is not None:
            text += _PARAGRAPH if above.frame == passage.frame == "text" else "\n"
        text += _framed(passage)
    return text


def _framed(passage: Passage) -> str:
    inner = "\n".join("".join(_run(*run) for run in line) for line in passage.lines)
    match passage.frame:
        case "pre":
            return f"<pre>{inner}</pre>"
        case "quote":
            return f"<blockquote expandable>{inner}</blockquote>"
        case _:
            return inner


def _run(tag: str, text: str) -> str:
    safe = escape(text, quote=False)
    return f"<{tag}>{safe}</{tag}>" if tag and text else safe
