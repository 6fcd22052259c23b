"""A reply as embeds: the reading is the title, figures are code blocks, assumptions the footer.

Everything that is not ours is escaped, so that it can neither format, nor mention, nor link. No
inline fields: phones stack them. What does not fit one embed goes on in the next; a block is
broken at line ends or spaces, and before it is marked up, never inside a mark.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import discord

from bot.adapters.discord.limits import BODY, FOOTER, MORE, PAGES, TITLE, chunks, shortened, units
from bot.chat.render import Part, Writer, facts_lines, maths_lines, shown, table_lines
from bot.chat.reply import (
    Facts,
    File,
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

_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, marks that turn a line round, halves of characters."""

_LINKS_AND_MARKS = re.compile(
    r"(?P<link>https?://[^\s<>*|`\\()\[\]]+)"
    r"|(?:[\\*_~|`\[\]<]|^[ ]*(?:#(?=#*\s)|>|[-+](?=[\s#])|\d+[.)](?=\s)))",
    re.MULTILINE,
)
_RINGS = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_LINE = 200
"""No line of figures is this long unless somebody stacked marks on it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One message's worth of an answer."""

    title: str = ""
    body: str = ""
    footer: str = ""

    @property
    def embed(self) -> discord.Embed:
        """Return it as an embed."""
        embed = discord.Embed(title=self.title or None, description=self.body or None)
        return embed.set_footer(text=self.footer) if self.footer else embed


def pages(reply: Reply, writer: Writer) -> tuple[Page, ...]:
    """Return a reply as one to `PAGES` messages, each within all limits."""
    blocks = tuple(shown(reply.blocks))
    title, rest = _title(blocks, writer)
    footer = _footer(blocks, writer)
    if units(footer) > FOOTER:
        footer = ""
    bodies = list(_filled(_bodies(rest, writer, notes=not footer)))
    if len(bodies) > PAGES:
        bodies[PAGES:] = []
        bodies[-1] += f"\n{MORE}"
    if not bodies:
        bodies = ["" if title else MORE]
    last = len(bodies) - 1
    return tuple(
        Page(title if i == 0 else "", body, footer if i == last else "")
        for i, body in enumerate(bodies)
    )


def _title(blocks: tuple[Shown, ...], writer: Writer) -> tuple[str, tuple[Shown, ...]]:
    """Take the title off the front, if there is one."""
    if not blocks or not isinstance(blocks[0], Title):
        return "", blocks
    text = " ".join(_seen(writer.words(blocks[0].words)).split())
    marked = escaped(text)
    return marked if units(marked) <= TITLE else escaped(shortened(text, TITLE // 2)), blocks[1:]


def _footer(blocks: tuple[Shown, ...], writer: Writer) -> str:
    """What was assumed, as one line; Discord formats nothing there, so nothing is escaped."""
    notes = [words for block in blocks if isinstance(block, Notes) for words in block.items]
    return " · ".join(filter(None, (" ".join(_seen(writer.words(w)).split()) for w in notes)))


def _filled(pieces: Iterable[str]) -> Iterator[str]:
    """Put pieces together while they fit; stop one page after the last that may be sent."""
    body, count = "", 0
    for piece in pieces:
        if not body:
            body = piece
        elif units(body) + 1 + units(piece) <= BODY:
            body += "\n" + piece
        else:
            yield body
            body, count = piece, count + 1
            if count > PAGES:
                return
    if body:
        yield body


def _bodies(blocks: Iterable[Shown], writer: Writer, *, notes: bool) -> Iterator[str]:
    """Yield marked pieces, none longer than a page; notes only where the footer has none."""
    for block in blocks:
        if isinstance(block, Table | Facts | Maths):
            yield from _fixed(_figures(block, writer))
        elif not isinstance(block, File) and (notes or not isinstance(block, Notes)):
            for words, before, after in _prose(block):
                yield from _sentence(words, writer, before, after)


def _figures(block: Table | Facts | Maths, writer: Writer) -> list[str]:
    match block:
        case Table():
            return table_lines(block, writer)
        case Facts():
            return facts_lines(block, writer)
        case Maths():
            return maths_lines(block, writer)


def _prose(block: Title | Text | Points | Source | Notes) -> Iterator[tuple[Words, str, str]]:
    """The sentences of a block, with what stands before and after each."""
    match block:
        case Title(words) | Text(words, True):
            yield words, "**", "**"
        case Text(words):
            yield words, "", ""
        case Source(words):
            yield words, "-# ", ""
        case Points(items):
            yield from ((words, "- ", "") for words in items)
        case Notes(items):
            yield from ((words, "-# ", "") for words in items)


def _sentence(words: Words, writer: Writer, before: str, after: str) -> Iterator[str]:
    """A sentence with its marks; one that is too long loses the marks of its figures."""
    marked = "".join(_run(part) for part in writer.parts(words)).strip()
    if not marked:
        return
    if units(marked) + 4 <= BODY:
        yield before + marked + after
        return
    for chunk in chunks(_seen(writer.words(words)).strip(), BODY // 2 - 2):
        yield before + escaped(chunk) + after


def _run(part: Part) -> str:
    return code(part.text) if part.kind == "code" else escaped(part.text)


def _fixed(lines: Iterable[str]) -> Iterator[str]:
    """Lines in fixed width, in as many blocks as pages need."""
    block: list[str] = []
    room = BODY
    for line in lines:
        kept = shortened(_unfenced(line), _LINE)
        room -= units(kept) + 1
        if room < len(_fenced([])):
            yield _fenced(block)
            block, room = [], BODY - units(kept) - 1
        block.append(kept)
    if block:
        yield _fenced(block)


def _fenced(lines: list[str]) -> str:
    return "```\n" + "\n".join(lines) + "\n```"


def _unfenced(text: str) -> str:
    return _seen(text).replace("`", "'").replace("\n", " ")


def code(text: str) -> str:
    """Return text to copy; a backtick in it would end it and becomes an apostrophe."""
    kept = _unfenced(text).strip()
    return f"`{kept}`" if kept else ""


def escaped(text: str) -> str:
    """Return text that shows as it is: no formatting, no mention, no masked link.

    At most twice as long as before.
    """
    marked = _LINKS_AND_MARKS.sub(
        lambda m: m[0] if m["link"] else f"{m[0][:-1]}\\{m[0][-1]}", _seen(text)
    )
    return _RINGS.sub("@\u200b", marked)


def _seen(text: str) -> str:
    """Return text without characters that nobody sees but everybody suffers from."""
    return _UNSEEN.sub("", text.replace("\t", " ").replace("\r", "\n"))
