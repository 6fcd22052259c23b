"""From typed figures to characters, for every platform alike: digits, separators, columns.

Platforms wrap these lines in their own markup. Fixed-width lines never pass `COLUMNS`, because a
phone wraps wider ones; a table that does not fit becomes one card per column.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from functools import lru_cache
from string import Formatter as Template
from string import ascii_uppercase
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.chat.figures import Code, Figure, Name, Percent
from bot.chat.numerals import Numerals
from bot.chat.reply import Block, Facts, Maths, Poll, Reply, Row, Shown, Table, Text, Words

COLUMNS = 30
"""Columns of fixed-width text that every phone shows without wrapping."""

Translate = Callable[[str], str]


class Part(NamedTuple):
    """A run of text: plain, `code` to copy, or a `name` from outside."""

    kind: str
    text: str


@lru_cache(maxsize=2048)
def _runs(text: str) -> tuple[tuple[str, str | None], ...]:
    """Take a sentence apart into text and the place behind it; sentences come again and again."""
    return tuple((plain, place) for plain, place, _, _ in Template().parse(text))


class Writer:
    """Writes words and figures for one reader."""

    def __init__(self, numerals: Numerals) -> None:
        """Take the reader's way with numbers."""
        self.figure = numerals.figure

    @classmethod
    def of(cls, reply: Reply, locale: str, translate: Translate = str) -> "Writer":
        """Return the writer for a reply's reader: their separators, words and zone."""
        zone = ZoneInfo(reply.zone) if reply.zone else UTC
        return cls(Numerals(locale, zone, translate))

    def parts(self, words: Words) -> Iterator[Part]:
        """Yield the runs of a sentence, so that a platform can escape and wrap each."""
        for text, place in _runs(words.text):
            if text:
                yield Part("text", text)
            if place is not None:
                yield self.part(words.figures[place])

    def part(self, figure: Figure) -> Part:
        """Return one figure as a run."""
        match figure:
            case Code():
                return Part("code", self.figure(figure))
            case Name():
                return Part("name", self.figure(figure))
            case _:
                return Part("text", self.figure(figure))

    def words(self, words: Words) -> str:
        """Return a sentence as plain text."""
        figures, figure = words.figures, self.figure
        return "".join(
            text if place is None else text + figure(figures[place])
            for text, place in _runs(words.text)
        )

    def cell(self, label: Words | Figure) -> str:
        """Return a label or a figure as plain text."""
        return self.words(label) if isinstance(label, Words) else self.figure(label)


def shown(blocks: Iterable[Block]) -> Iterator[Shown]:
    """Yield blocks with a poll as a card: the question, its figures, and a choice for each letter.

    Its letters are the reply's own choices.
    """
    for block in blocks:
        if not isinstance(block, Poll):
            yield block
            continue
        yield Text(block.question, strong=True)
        if block.given:
            yield Facts(block.given)
        lettered = zip(ascii_uppercase, block.choices, strict=False)
        yield Table((), tuple(Row(_lettered(*each)) for each in lettered))


def _lettered(letter: str, answer: Figure) -> Words:
    return Words(f"{letter} {{answer}}", {"answer": answer})


def columns(text: str) -> int:
    """Return how many columns a text takes in fixed width; wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def right(text: str, width: int) -> str:
    """Pad on the left to `width` columns."""
    return " " * (width - columns(text)) + text


def left(text: str, width: int) -> str:
    """Pad on the right to `width` columns."""
    return text + " " * (width - columns(text))


def table_lines(table: Table, writer: Writer) -> list[str]:
    """Lay a table out in at most `COLUMNS` columns, as columns or, where too wide, as cards."""
    rows = [
        (" " * row.indent + writer.cell(row.label), [writer.figure(c) for c in row.cells], row)
        for row in table.rows
    ]
    rows = _aligned(rows)
    widths = [
        1 + max([columns(head), *(columns(cells[i]) for _, cells, _ in rows if cells)])
        for i, head in enumerate(table.head)
    ]
    label = max((columns(text) for text, cells, _ in rows if cells), default=0)
    if label + sum(widths) > COLUMNS:
        lines = _cards(table, rows)
    else:
        room = COLUMNS - sum(widths)
        lines = [" " * room + "".join(map(right, table.head, widths))] if any(table.head) else []
        for text, cells, row in rows:
            wide = [_line(left(text, room), cells, widths, row)] if cells else wrapped(text)
            lines += wide
    if table.footnote and any(row.flags for row in table.rows):
        lines += wrapped("* " + table.footnote, indent=2)
    return lines


def _aligned(rows: list[tuple[str, list[str], Row]]) -> list[tuple[str, list[str], Row]]:
    """Set labels that are percentages flush right, so that their digits stand below each other."""
    moves = [columns(text) for text, _, row in rows if isinstance(row.label, Percent)]
    width = max(moves, default=0)
    return [
        (right(text, width) if isinstance(row.label, Percent) else text, cells, row)
        for text, cells, row in rows
    ]


def _line(label: str, cells: list[str], widths: list[int], row: Row) -> str:
    """One row: the star of a flagged cell stands in the column of the space before it."""
    body = "".join(
        right(("*" if i in row.flags else "") + cell, width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=False))
    )
    return (label + body).rstrip()


def _cards(table: Table, rows: list[tuple[str, list[str], Row]]) -> list[str]:
    """One card per column: its head, then a line per row."""
    lines: list[str] = []
    for i, head in enumerate(table.head):
        lines.append(head)
        for text, cells, row in rows:
            if not cells:
                lines += wrapped(text)
            else:
                lines += pair(text, ("*" if i in row.flags else "") + cells[i])
    return lines


def pair(label: str, value: str) -> list[str]:
    """A label and a value on one line, or on two where they do not fit."""
    room = COLUMNS - columns(value)
    if columns(label) < room:
        return [left(label, room) + value]
    head = wrapped(label)
    return [*head, *(right(part, COLUMNS) for part in wrapped(value))]


def facts_lines(facts: Facts, writer: Writer) -> list[str]:
    """Lay pairs out, one a line."""
    lines = wrapped(facts.title) if facts.title else []
    for label, figure in facts.rows:
        lines += pair(label, writer.figure(figure))
    return lines


def maths_lines(maths: Maths, writer: Writer) -> list[str]:
    """Lay a calculation out, long lines broken at spaces."""
    lines = wrapped(maths.title) if maths.title else []
    for words in maths.lines:
        lines += wrapped(writer.words(words), indent=3)
    return lines


def wrapped(text: str, indent: int = 0) -> list[str]:
    """Break a line at spaces into lines of at most `COLUMNS`; longer words are cut.

    Leading spaces are kept, following lines are indented by `indent`.
    """
    if columns(text) <= COLUMNS:
        return [text]
    lead = len(text) - len(text.lstrip(" "))
    lines = [" " * lead]
    for word in text.split():
        for piece in _pieces(word, COLUMNS - max(indent, lead)):
            joined = lines[-1] + (" " if lines[-1].strip() else "") + piece
            if columns(joined) <= COLUMNS:
                lines[-1] = joined
            else:
                lines.append(" " * indent + piece)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """Cut a word that is wider than a line."""
    piece = ""
    for char in word:
        if columns(piece + char) > width:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
